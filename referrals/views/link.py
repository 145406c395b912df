"""The page behind a link: one referral, for a partner without an account. A wrong, old or ended link is not found."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import context
from core.exceptions import Conflict, Unprocessable
from core.views import Page, queue_event
from referrals.cared import care_shown, is_cared
from referrals.forms import CareForm, CodeForm
from referrals.models import Referral, ReferralLink, ReferralStatus
from referrals.presenters import clock_of, story_of
from referrals.services import advance, keep_care, links
from referrals.shown import shown_to_partner
from referrals.views.record import asked_of
from referrals.workflow import OF_THE_SYSTEM, REFERRAL
from workflow.forms import StepForm
from workflow.services import available_steps
from workflow.table import Step

COOKIE = "referral"
HIDDEN = (*OF_THE_SYSTEM, "recall")


def step_form(step: Step, referral: Referral, data: Any = None) -> StepForm:
    """Return the form of a step, one of several on the page: each names its fields apart."""
    return StepForm([step], referral, data, auto_id=f"{step.name}_%s")


class LinkPage(Page):
    """What every page behind a link does: find it, and know whether this browser showed a code."""

    public = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the link before anything else."""
        super().setup(request, *args, **kwargs)
        self.link: ReferralLink | None = links.find(kwargs["token"])

    def found(self) -> ReferralLink:
        """Return the link; 404 for all that are none, without a difference."""
        if self.link is None:
            raise Http404
        return self.link

    @property
    def is_open(self) -> bool:
        """Return whether this browser showed a code of this link."""
        return self.link is not None and links.is_open(self.link, self.request.COOKIES.get(COOKIE, ""))

    def enter(self) -> Any:
        """Act as the partner's link; returns its user."""
        partner = self.found().referral.to_partner
        if partner is None:
            raise Http404
        user = links.link_user(partner)
        context.enter(user)
        return user

    def shown(self, template: str, data: dict[str, Any], status: int = 200) -> HttpResponse:
        """Render a page that no cache keeps and no address of which is handed on."""
        response = self.render(template, {"token": self.kwargs["token"], **data}, status=status)
        add_never_cache_headers(response)
        # The address is a secret, so no other site learns it; "no-referrer" would also hide the Origin that a form is checked by.
        response["Referrer-Policy"] = "same-origin"
        return response

    def looked(self, user: Any, verb: str = "read") -> None:
        """Record a look by the link's user."""
        queue_event(self.request, verb, self.found().referral, detail={"by_link": True, "user": user.username})


class LinkOpen(LinkPage):
    """The referral once a code was shown, else the page that asks for one."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        self.found()
        return self.referral() if self.is_open else self.door()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Take the code that was typed."""
        link, form = self.found(), CodeForm(request.POST)
        self.enter()
        if not form.is_valid():
            return self.door(form, 400)
        try:
            secret = links.open_with(link, form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error("code", error.message_dict["code"])
            return self.door(form, 400)
        if not secret:
            form.add_error("code", _("This is not the code. Look at the newest message."))
            return self.door(form, 200)  # an answer of 400 would take the counted try back
        response = redirect("referral_link", token)
        path = response["Location"]
        age = int(links.SESSION_LIVES.total_seconds())
        response.set_cookie(
            COOKIE, secret, max_age=age, path=path, httponly=True, samesite="Strict", secure=request.is_secure()
        )
        return response

    def door(self, form: CodeForm | None = None, status: int = 200, **more: Any) -> HttpResponse:
        """Ask for the code; says nothing of the referral."""
        link = self.found()
        phone = link.referral.to_partner.code_phone if link.referral.to_partner else None
        data = {
            "form": form or CodeForm(),
            "sent": bool(link.code_sha256),
            "tail": phone.e164[-3:] if phone else "",
        }
        return self.shown("referrals/door.html", {**data, **more}, status)

    def referral(self, status: int = 200, **more: Any) -> HttpResponse:
        """Show the referral, and nothing else."""
        user, link = self.enter(), self.found()
        referral = self.fetch(link)
        if referral.status == ReferralStatus.SENT:
            with suppress(Conflict):  # a double tap: it is seen
                advance(referral, "see", by=user)
            referral = self.fetch(link)
        self.looked(user)
        steps = [asked_of(s, referral, user) for s in available_steps(REFERRAL, referral, user) if s.name not in HIDDEN]
        forms = more.pop("forms", {})
        cared = is_cared(referral) and referral.is_running
        typed = more.pop("care_form", None)
        data = {
            "referral": referral,
            "read": shown_to_partner(referral),
            "clock": clock_of(referral),
            "words": True,
            "steps": [{"step": s, "form": forms.get(s.name) or step_form(s, referral)} for s in steps],
            "care": care_shown(referral, user, words=True),
            "care_form": (typed or CareForm()) if cared else None,
            "timeline": story_of(referral, user, words=True),
        }
        return self.shown("referrals/by_link.html", {**data, **more}, status)

    def fetch(self, link: ReferralLink) -> Referral:
        """Return the referral as it stands now."""
        rows = Referral.objects.for_list().select_related("sent_by").prefetch_related("victim__person__documents")
        return rows.get(pk=link.referral_id)


class LinkCode(LinkOpen):
    """Send a code to the telephone of the directory; what was asked for counts, whatever is answered."""

    atomic = False

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        self.found()
        return redirect("referral_link", token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        link = self.found()
        self.enter()
        try:
            links.ask_code(link, get_language() or "")
        except Conflict as error:
            return self.door(status=409, why=error.message)
        return redirect("referral_link", token)


class LinkAct(LinkOpen):
    """An act behind the link: only while it is open."""

    def get(self, request: HttpRequest, token: str, step: str = "") -> HttpResponse:
        self.found()
        return redirect("referral_link", token)

    def post(self, request: HttpRequest, token: str, step: str = "") -> HttpResponse:
        self.found()
        if not self.is_open:
            return self.door(status=409, why=_("The page was open for half an hour. Ask for a new code."))
        return self.act(step)

    def act(self, step: str) -> HttpResponse:
        """Do it."""
        raise NotImplementedError


class LinkStep(LinkAct):
    """Accept, return, arrived, complete."""

    def act(self, step: str) -> HttpResponse:
        user, referral = self.enter(), self.fetch(self.found())
        chosen = [s for s in REFERRAL.named(step) if s.name not in HIDDEN]
        if not chosen:
            raise Http404
        asked = asked_of(chosen[0], referral, user)
        form = step_form(asked, referral, self.request.POST)
        if not form.is_valid():
            return self.referral(400, forms={step: form})
        try:
            advance(referral, step, by=user, **form.said(asked))
        except ValidationError as error:
            form.take_errors(error)
            return self.referral(400, forms={step: form})
        except (Conflict, PermissionDenied) as error:
            return self.referral(409, why=getattr(error, "message", str(error)))
        if links.find(self.kwargs["token"]) is None:  # it has ended, and the link with it
            return self.shown("referrals/by_link_done.html", {"referral": self.fetch(self.found())})
        return redirect("referral_link", self.kwargs["token"])


class LinkCare(LinkAct):
    """Record a service."""

    def act(self, step: str) -> HttpResponse:
        user, referral, form = self.enter(), self.fetch(self.found()), CareForm(self.request.POST)
        if not form.is_valid():
            return self.referral(400, care_form=form)
        try:
            keep_care(referral, form.cleaned_data, by=user, key=form.cleaned_data["idempotency_key"])
        except ValidationError as error:
            form.take(error.message_dict)
            return self.referral(400, care_form=form)
        except (Conflict, Unprocessable) as error:
            return self.referral(409, why=error.message, care_form=form)
        return redirect("referral_link", self.kwargs["token"])

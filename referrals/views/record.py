"""The page of one referral, its steps, its link, the services of its person, and the hand-over on paper."""

from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from core.exceptions import Conflict, Unprocessable
from core.templatetags.sangkroh import safe_url
from core.views import Page
from partners.models import PartnerKind
from referrals.cared import care_shown, is_cared
from referrals.forms import CareForm
from referrals.guards import receives
from referrals.models import Referral, ReferralStatus
from referrals.presenters import (
    clock_of,
    facts_of,
    is_inside,
    person_of,
    read_by_receiver,
    reads,
    receiver_name,
    steps_of,
    story_of,
)
from referrals.services import advance, keep_care, links
from referrals.services.change import may_change
from referrals.services.sender import may_refer
from referrals.shown import shown_to_partner, shows_child
from referrals.workflow import OF_THE_SYSTEM, REFERRAL
from victims.guardians import guardian_of
from victims.models import Care
from victims.services.assistance import take_back_care
from workflow.pages import StepPage
from workflow.table import Step


class ReferralPage(Page):
    """A page of one referral."""

    permission = "referral.read"

    def fetch(self, reference: str) -> Referral:
        """Return the referral through the scope, or 404."""
        seen = Referral.objects.visible_to(self.request.user).for_list()  # type: ignore[arg-type]
        related = seen.select_related("sent_by").prefetch_related("to_partner__phones", "victim__person__documents")
        return get_object_or_404(related, reference=reference.upper())

    def show(self, referral: Referral, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the page of the referral; no cache keeps it."""
        self.audit("read", referral)
        bar = frame(referral, self.request.user)
        data = {**bar, **card_of(referral, self.request.user, words=bar["words"]), **more}
        response = self.render("referrals/detail.html", data, status=status)
        add_never_cache_headers(response)
        return response


class ReferralDetail(ReferralPage):
    """Both sides read the same record; the receiver's first look is its answer that it was seen."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        referral, user = self.fetch(reference), request.user
        if referral.status == ReferralStatus.SENT and user.may("referral.answer") and receives(referral, user):  # type: ignore[union-attr]
            with suppress(Conflict):  # somebody of the same side looked at the same moment: it is seen
                advance(referral, "see", by=user)
            referral = self.fetch(reference)
        return self.show(referral)


class ReferralStep(StepPage):
    """One step of one referral."""

    permission = "referral.read"
    model = Referral
    workflow = REFERRAL
    service = staticmethod(advance)
    template = "referrals/step.html"
    route = "referrals:detail"

    def seen(self) -> Any:
        """Return the referrals the reader may know of, with what the bar shows."""
        return super().seen().for_list().select_related("sent_by")

    def leaving(self, obj: Referral, name: str) -> list[Step]:
        """Return the step; beds are asked of shelters, who answered only of who writes it down for a partner."""
        if name in OF_THE_SYSTEM:
            raise Http404
        return [asked_of(step, obj, self.request.user) for step in super().leaving(obj, name)]

    def besides(self, obj: Referral, step: Step | None) -> dict[str, Any]:
        """Return the bar."""
        return frame(obj, self.request.user)


def asked_of(step: Step, referral: Referral, user: Any) -> Step:
    """Return a step with only the questions that make sense for this receiver and this reader."""
    out = set()
    if receives(referral, user):
        out.add("answered_by")
    if referral.to_partner is None or referral.to_partner.kind != PartnerKind.SHELTER:
        out.add("beds")
    if referral.to_partner is None or referral.victim_id is None:
        out.add("arrived_on")
    return replace(step, asks=tuple(ask for ask in step.asks if ask.name not in out))


class MakeLink(ReferralPage):
    """Make the link of a partner without an account; it is shown on this page only."""

    permission = "referral.send"

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        referral = self.fetch(reference)
        if "end" in request.POST:
            links.end_link(referral, by=request.user)
            return redirect("referrals:detail", referral.reference)
        try:
            link, token = links.make_link(referral, by=request.user)
        except Conflict as error:
            return self.show(referral, status=409, why=error.message)
        url = request.build_absolute_uri(reverse("referral_link", args=[token]))
        return self.show(referral, link={"url": url, "until": link.until_at})

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return redirect("referrals:detail", self.fetch(reference).reference)


class AddCare(ReferralPage):
    """Record a service, by the partner that gives it or by who handles the case."""

    permission = "referral.answer"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return redirect("referrals:detail", self.fetch(reference).reference)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        referral, form = self.fetch(reference), CareForm(request.POST)
        if referral.victim is None or referral.to_partner is None:
            raise Http404
        if not form.is_valid():
            return self.show(referral, status=400, care_form=form)
        try:
            keep_care(referral, form.cleaned_data, by=request.user, key=form.cleaned_data["idempotency_key"])
        except ValidationError as error:
            form.take(error.message_dict)
            return self.show(referral, status=400, care_form=form)
        except (Conflict, Unprocessable) as error:
            return self.show(referral, status=409, why=error.message, care_form=form)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": referral.reference})
        return redirect("referrals:detail", referral.reference)


class TakeBackCare(ReferralPage):
    """Take a service back that was recorded by mistake."""

    permission = "referral.answer"

    def post(self, request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
        referral = self.fetch(reference)
        care = get_object_or_404(Care.objects.filter(victim_id=referral.victim_id, provider=referral.to_partner), pk=pk)
        try:
            take_back_care(referral.victim, care, by=request.user)  # type: ignore[arg-type]
        except Conflict as error:
            return self.show(referral, status=409, why=error.message)
        return redirect("referrals:detail", referral.reference)


class HandOver(ReferralPage):
    """The hand-over of a person on paper, for both sides to sign."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        referral = self.fetch(reference)
        bar = frame(referral, request.user)
        if referral.is_running and not bar["words"]:
            raise PermissionDenied(_("Your role does not allow this. Ask your supervisor."))
        if (
            referral.victim is None
            or referral.to_partner is None
            or not may_print(referral, request.user, words=bar["words"])
        ):
            raise Http404
        self.audit("read", referral, detail={"part": "hand_over"})
        child = shows_child(referral)
        guardian = guardian_of(referral.victim) if child else None
        rows = read_by_receiver(referral, request.user) if is_inside(request.user) else shown_to_partner(referral)
        data = {**bar, "rows": rows, "child": child, "guardian": guardian}
        return self.render("referrals/hand_over.html", data)


def may_print(referral: Referral, user: Any, *, words: bool) -> bool:
    """Return whether the hand-over may be printed: by both sides while it runs, by the sender's as a record afterwards."""
    return words and (referral.is_running or is_inside(user))


def frame(referral: Referral, user: Any) -> dict[str, Any]:
    """Return what the bar above every page of the referral shows."""
    steps = steps_of(referral, user)
    complaints: Any = Referral._meta.get_field("complaint").related_model
    victims: Any = Referral._meta.get_field("victim").related_model
    inside = is_inside(user)
    seen = inside and complaints.objects.visible_to(user).filter(pk=referral.complaint_id).exists()
    person = inside and referral.victim and victims.objects.visible_to(user).filter(pk=referral.victim_id).exists()
    return {
        "referral": referral,
        "to": receiver_name(referral),
        "person": person_of(referral, user, seen=bool(seen or person)),
        "words": reads(referral, user, seen=bool(seen or person)),
        "person_url": safe_url("victims:detail", referral.victim.reference) if person and referral.victim else "",
        "complaint": referral.complaint if seen else None,
        "clock": clock_of(referral),
        "next": next((step for step in steps if not step["aside"]), None),
        "others": [step for step in steps if step["aside"]],
    }


def card_of(referral: Referral, user: Any, *, words: bool) -> dict[str, Any]:
    """Return the cards of the page: what the receiver reads, the story, services, the link, what wants doing."""
    inside = is_inside(user)
    of_person = referral.victim is not None and referral.to_partner is not None
    cared = is_cared(referral)
    may_answer = user.may("referral.answer") and (receives(referral, user) or user.may("referral.send"))
    return {
        "facts": facts_of(referral, user, words=words),
        "read": read_by_receiver(referral, user) if inside else shown_to_partner(referral),
        "is_inside": inside,
        "timeline": story_of(referral, user, words=words),
        "care": care_shown(referral, user, words=words) if cared else [],
        "care_form": CareForm() if cared and may_answer and referral.is_running else None,
        "links": inside and user.may("referral.send") and referral.to_partner is not None and referral.is_running,
        "alive": referral.links.filter(ended_at=None).first() if inside else None,
        "hand_over": of_person and may_print(referral, user, words=words),
        "may_change": may_change(referral, user),
        "paper_missing": of_person and shows_child(referral) and not referral.placement_paper,
        "again": again(referral, user),
    }


def again(referral: Referral, user: Any) -> str:
    """Return where somebody else is asked, once nobody helps here and nobody else was asked yet."""
    back = referral.is_without_help and not referral.settled
    if not back or not may_refer(referral.complaint, user) or Referral.objects.filter(after=referral).exists():
        return ""
    whom = referral.victim.reference if referral.victim else referral.complaint.reference
    return f"{reverse('referrals:new', args=[whom])}?after={referral.reference}"

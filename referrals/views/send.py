"""Send referrals: first to whom, then whom, with what this receiver reads; one press for one or for sixty people."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.models import Complaint, Holiday
from core.display import number
from core.exceptions import Conflict, Unprocessable
from core.views import Page
from partners.models import Partner, PartnerKind
from partners.presenters import offered
from provinces.models import Province
from referrals.forms import SendForm
from referrals.models import Referral
from referrals.presenters import people_of
from referrals.services import send, send_many
from referrals.services.checks import hindrances
from referrals.services.send import receiver_of
from referrals.services.sender import require_sender
from referrals.whom import Whom, whom_of
from victims.models import Victim
from workflow.services import submit_once

ALL, PAGE, ANEW = "all", "page-", "anew"
OURS = ("csrfmiddlewaretoken", "to", "look")
Kept = list[tuple[str, str]]


class NewReferral(Page):
    """GET without a receiver asks to whom; with one it asks what that receiver reads. POST sends; with `look` it shows
    another page of the people, ticks all of this one, or goes on with another receiver, and keeps what was typed."""

    permission = "referral.send"
    request: HttpRequest

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        whom = self.about(reference)
        receiver = receiver_of(request.GET.get("to", ""))
        if receiver is None:
            return self.choose(whom)
        form = self.form(receiver, whom)
        form.initial = {"to": request.GET["to"], "after": request.GET.get("after", ""), "idempotency_key": uuid4().hex}
        return self.show(form, whom, receiver)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        whom = self.about(reference)
        receiver = receiver_of(request.POST.get("to", ""))
        if receiver is None:
            return self.choose_anew(whom)
        chosen = whom.chosen(request.POST.getlist("people"))
        if request.POST.get("look"):
            return self.show(self.form(receiver, whom, data=request.POST, judge=False), whom, receiver, chosen=chosen)
        form = self.form(receiver, whom, data=request.POST)
        again = {"chosen": chosen}
        if form.is_valid() and whom.n and not chosen:
            form.add_error(None, _("Tick at least one person."))
        if not form.is_valid():
            return self.show(form, whom, receiver, status=400, **again)
        try:
            first, made = self.once(form, whom.complaint, chosen, receiver)
        except ValidationError as error:
            if "to" in error.message_dict:
                return self.choose_anew(whom)
            form.take(error.message_dict)
            return self.show(form, whom, receiver, status=400, **again)
        except (Conflict, Unprocessable) as error:
            return self.show(form, whom, receiver, status=409, why=error.message, **again)
        return self.done(first, max(len(chosen), 1), reference.upper(), made=made)

    def once(self, form: SendForm, complaint: Complaint, chosen: list[Victim], receiver: Any) -> tuple[Referral, bool]:
        """Send once for the key the form carries."""
        said, by = form.values(), self.request.user
        to = receiver.reference if isinstance(receiver, Partner) else receiver.pk
        after = {"after": form.cleaned_data["after"]}

        def make() -> Referral:
            if chosen:
                return send_many(chosen, by=by, to=to, **after, **said)[0]
            return send(complaint, by=by, to=to, **after, **said)

        body = {"to": to, "people": sorted(v.reference for v in chosen), **{k: str(v) for k, v in said.items()}}
        return submit_once(
            form.cleaned_data["idempotency_key"] or uuid4().hex,
            by=by,
            route=f"referrals:new:{complaint.reference}",
            body=body,
            make=make,
            find=lambda reference: Referral.objects.visible_to(by).filter(reference=reference).first(),  # type: ignore[arg-type]
        )

    def done(self, first: Referral, n: int, reference: str, *, made: bool) -> HttpResponse:
        """Say how many were sent, and lead to the one or to all: of the operation where it began there."""
        words = ngettext("%(n)s referral sent.", "%(n)s referrals sent.", n) % {"n": number(n)}
        messages.info(self.request, words if made else _("This was sent already."))
        if n == 1:
            return redirect("referrals:detail", first.reference)
        of = f"operation={reference}" if reference.startswith("OP-") else f"complaint={first.complaint.reference}"
        return redirect(f"{reverse('referrals:list')}?{of}")

    def about(self, reference: str) -> Whom:
        """Return whom it is about, through the scope: 404 where nothing is, 403 for who does not answer for it."""
        whom = whom_of(reference.upper(), self.request.user, people=bool(self.request.GET.get("people")))
        require_sender(whom.complaint, self.request.user)
        return whom

    def form(self, receiver: Any, whom: Whom, *, data: Any = None, judge: bool = True) -> SendForm:
        """Return the form for this kind of receiver."""
        complaint = whom.complaint
        transfers = complaint.handling == "provincial" and complaint.province_id != "00"
        of = {"of_person": bool(whom.n), "several": whom.several}
        return SendForm(receiver, may_transfer=transfers, data=data, judge=judge, **of)

    def looked_for(self) -> tuple[str, str]:
        """Return what was pressed beside sending, and the number of the page of people to show."""
        look = self.request.POST.get("look", "")
        return look, look.removeprefix(PAGE) if look.startswith(PAGE) else self.request.POST.get("page", "")

    def choose(self, whom: Whom, kept: Kept | None = None, *, status: int = 200, why: str = "") -> HttpResponse:
        """Ask to whom; `kept`: what was typed already, carried along to the form."""
        data = {"groups": receivers(whom.nations()), "complaint": whom.complaint, "n": whom.n, "why": why}
        asked = [(name, value) for name in ("people", "after") for value in self.request.GET.getlist(name)]
        data |= {"kept": asked if kept is None else kept, "typed": kept is not None}
        return self.render("referrals/choose.html", data, status=status)

    def choose_anew(self, whom: Whom) -> HttpResponse:
        """Ask to whom instead: the receiver takes nothing any more, or is none. Everything typed is kept."""
        typed = self.request.POST
        kept = [(name, value) for name in typed if name not in OURS for value in typed.getlist(name)]
        gone = Partner.objects.filter(reference=typed.get("to", "").replace("\x00", "").strip().upper()).exists()
        if gone:
            why = _("This receiver takes nobody any more. Choose another one: what you typed is kept.")
        else:
            why = _("There is no such receiver. Choose one: what you typed is kept.")
        return self.choose(whom, [*kept, ("look", ANEW)], status=409 if gone else 400, why=why)

    def show(self, form: SendForm, whom: Whom, receiver: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form with a page of whom may be ticked, and why some may not."""
        look, number = self.looked_for()
        victims, pages = whom.page(receiver, number)
        self.audit("read", whom.complaint, detail={"part": "refer", "people": len(victims)})
        names, chosen = people_of(victims, self.request.user), more.pop("chosen", ())
        emergency = bool(form.data.get("emergency")) if form.is_bound else False
        whys = hindrances(victims, receiver, emergency=emergency)
        ticked = {victim.pk for victim in chosen}
        if look == ALL or not (whom.several or form.is_bound):
            ticked |= {victim.pk for victim in victims if not (whom.several and whys.get(victim.pk))}
        rows = [
            {
                "reference": victim.reference,
                "name": names[victim.pk],
                "why": whys.get(victim.pk, ""),
                "ticked": victim.pk in ticked,
                "child": victim.is_child,
            }
            for victim in victims
        ]
        pages["elsewhere"] = [victim.reference for victim in chosen if victim not in victims]
        pages["nobody"] = bool(victims) and all(whys.get(victim.pk) for victim in victims)
        data = {"form": form, "complaint": whom.complaint, "people": rows, "receiver": receiver, "pages": pages, **more}
        data["may_emergency"] = isinstance(receiver, Partner) and receiver.kind == PartnerKind.HOSPITAL
        return self.render("referrals/send.html", data, status=status)


def receivers(nations: set[str]) -> list[dict[str, Any]]:
    """Return whom something may be sent to, by kind; of embassies those that serve these people, first."""
    rows, now = list(Partner.objects.active().order_by("sort_name")), timezone.now()
    today = Holiday.objects.filter(on=timezone.localdate(now)).first()
    holiday = today.name if today else ""
    groups = [
        {
            "label": kind.label,
            "options": [
                (row.reference, offered(row, now, holiday))
                for row in rows
                if row.kind == kind and (kind != PartnerKind.EMBASSY or not nations or nations & set(row.nationalities))
            ],
        }
        for kind in PartnerKind
    ]
    provinces = [(row.pk, row.name) for row in Province.objects.choosable()]
    return [*(group for group in groups if group["options"]), {"label": _("Another province"), "options": provinces}]

"""Send referrals: first to whom, then whom, with what this receiver reads; one press for one or for sixty people."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.models import Complaint
from core.display import number
from core.exceptions import Conflict, Unprocessable
from core.views import Page
from partners.models import Partner, PartnerKind
from provinces.models import Province
from referrals.forms import SendForm
from referrals.models import Referral
from referrals.presenters import people_of
from referrals.services import obstacles, send, send_many
from referrals.services.send import receiver_of
from referrals.services.sender import require_sender
from victims.models import Operation, Victim
from workflow.services import submit_once

MOST = 200


class NewReferral(Page):
    """GET without a receiver asks to whom; with one it asks what that receiver reads. POST sends."""

    permission = "referral.send"
    request: HttpRequest

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint, victims = self.about(reference.upper())
        receiver = receiver_of(request.GET.get("to", ""))
        if receiver is None:
            return self.choose(complaint, victims)
        data = {"to": request.GET["to"], "after": request.GET.get("after", ""), "idempotency_key": uuid4().hex}
        form = self.form(receiver, complaint, of_person=bool(victims))
        form.initial = data
        return self.show(form, complaint, victims, receiver, ticked={v.pk for v in victims if len(victims) == 1})

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint, victims = self.about(reference.upper())
        receiver = receiver_of(request.POST.get("to", ""))
        if receiver is None:
            return self.choose(complaint, victims, status=400)
        chosen = [victim for victim in victims if victim.reference in request.POST.getlist("people")]
        form = self.form(receiver, complaint, of_person=bool(victims), data=request.POST)
        again = {"ticked": {victim.pk for victim in chosen}}
        if form.is_valid() and victims and not chosen:
            form.add_error(None, _("Tick at least one person."))
        if not form.is_valid():
            return self.show(form, complaint, victims, receiver, status=400, **again)
        try:
            first, made = self.once(form, complaint, chosen, receiver)
        except ValidationError as error:
            form.take(error.message_dict)
            return self.show(form, complaint, victims, receiver, status=400, **again)
        except (Conflict, Unprocessable) as error:
            return self.show(form, complaint, victims, receiver, status=409, why=error.message, **again)
        return self.done(first, max(len(chosen), 1), made=made)

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

    def done(self, first: Referral, n: int, *, made: bool) -> HttpResponse:
        """Say how many were sent, and lead to the one or to all."""
        words = ngettext("%(n)s referral sent.", "%(n)s referrals sent.", n) % {"n": number(n)}
        messages.info(self.request, words if made else _("This was sent already."))
        if n == 1:
            return redirect("referrals:detail", first.reference)
        return redirect(f"{reverse('referrals:list')}?complaint={first.complaint.reference}")

    def about(self, reference: str) -> tuple[Complaint, list[Victim]]:
        """Return the complaint and the people that are spoken of, through the scope; 404 where nothing is.

        The reference is a person's, an operation's (everybody met in it), or a complaint's: itself, or its people (`?people=1`).
        """
        complaint, victims = self.seen(reference)
        require_sender(complaint, self.request.user)
        return complaint, victims

    def seen(self, reference: str) -> tuple[Complaint, list[Victim]]:
        """Return what of it the reader sees."""
        user: Any = self.request.user
        seen = Victim.objects.visible_to(user).live().select_related("person", "complaint")
        seen = seen.prefetch_related("person__names").order_by("reference")
        if reference.startswith("V-"):
            victims = list(seen.filter(reference=reference))
        elif reference.startswith("OP-"):
            operations = Operation.objects.visible_to(user).filter(reference=reference)
            victims = list(seen.filter(operation__in=operations)[:MOST])
        else:
            complaints = Complaint.objects.visible_to(user).live()
            complaint = get_object_or_404(complaints, reference=reference)
            people = seen.filter(complaint=complaint) if self.request.GET.get("people") else seen.none()
            return complaint, list(people[:MOST])
        if not victims:
            raise Http404
        return victims[0].complaint, victims

    def form(self, receiver: Any, complaint: Complaint, *, of_person: bool, data: Any = None) -> SendForm:
        """Return the form for this kind of receiver."""
        transfers = complaint.handling == "provincial" and complaint.province_id != "00"
        return SendForm(receiver, of_person=of_person, may_transfer=transfers, data=data)

    def choose(self, complaint: Complaint, victims: list[Victim], status: int = 200) -> HttpResponse:
        """Ask to whom."""
        data = {"groups": receivers(victims), "complaint": complaint, "n": len(victims)}
        kept = [(name, value) for name in ("people", "after") for value in self.request.GET.getlist(name)]
        return self.render("referrals/choose.html", {**data, "kept": kept}, status=status)

    def show(
        self,
        form: SendForm,
        complaint: Complaint,
        victims: list[Victim],
        receiver: Any,
        *,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        """Render the form with everybody who may be ticked, and why some may not."""
        self.audit("read", complaint, detail={"part": "refer", "people": len(victims)})
        names, ticked = people_of(victims, self.request.user), more.pop("ticked", set())
        emergency = bool(form.data.get("emergency")) if form.is_bound else False
        whys = obstacles(victims, receiver, emergency=emergency) if isinstance(receiver, Partner) else {}
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
        data = {"form": form, "complaint": complaint, "people": rows, "receiver": receiver, **more}
        data["may_emergency"] = isinstance(receiver, Partner) and receiver.kind == PartnerKind.HOSPITAL
        return self.render("referrals/send.html", data, status=status)


def receivers(victims: list[Victim]) -> list[dict[str, Any]]:
    """Return whom something may be sent to, by kind; of embassies those that serve these people, first."""
    nations = {victim.person.nationality for victim in victims}
    rows = list(Partner.objects.active().order_by("sort_name"))
    groups = [
        {
            "label": kind.label,
            "options": [
                (row.reference, str(row))
                for row in rows
                if row.kind == kind and (kind != PartnerKind.EMBASSY or not nations or nations & set(row.nationalities))
            ],
        }
        for kind in PartnerKind
    ]
    provinces = [(row.pk, row.name) for row in Province.objects.choosable()]
    return [*(group for group in groups if group["options"]), {"label": _("Another province"), "options": provinces}]

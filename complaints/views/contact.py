"""The page of one contact that is no complaint (yet), what its words propose, who told it, and its steps."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from complaints.contact_workflow import CONTACT
from complaints.forms.record import Reason
from complaints.message_search import waiting_beside
from complaints.models import Complaint, Contact, ContactStatus, PublicReport
from complaints.presenters.inbox import (
    acts_of,
    candidates,
    contact_rows,
    facts_of,
    phone_of,
    proposals_of,
    unread_of,
    words_of,
    written_of,
)
from complaints.presenters.names import list_of, rows_of_list, senders
from complaints.presenters.rows import language_of
from complaints.services import advance_contact, reveal_teller
from complaints.services.inbox import accept_proposals
from complaints.services.kept_signs import is_cut
from complaints.services.message_pages import is_by_code, mark_waiting_shown, opened_for
from complaints.views.walls import lines_of
from complaints.ways import ways_in
from core.exceptions import Conflict, Unprocessable
from core.paging import capped_count
from core.views import Page, require
from workflow.forms import StepForm
from workflow.models import Transition
from workflow.pages import StepPage
from workflow.story import as_items, line_of
from workflow.table import Step

RELATED = ("complaint", "logged_by", "province_of_report")


class ContactPage(Page):
    """A page of one contact."""

    permission = "contact.read"

    def fetch(self, reference: str) -> Contact:
        """Return the contact through the scope; out of it, it does not exist. Looking at it is recorded."""
        seen = Contact.objects.visible_to(self.request.user).select_related(*RELATED)  # type: ignore[arg-type]
        row: Contact = get_object_or_404(seen, reference=reference.upper())
        self.audit("read", row)
        return opened_for(row, self.request.user)


def held_beside(user: Any) -> dict[str, int]:
    """Return how many are held apart now, and how many of them speak of somebody in danger; at most 1,001 are counted."""
    rows = Contact.objects.visible_to(user).held()
    return {"n": capped_count(rows), "immediate": capped_count(rows.immediate())}


def frame_of(row: Contact, user: Any) -> dict[str, Any]:
    """Return what the bar above every page of a contact shows."""
    words = words_of(row, user)
    return {"contact": row, "headline": words, "headline_lang": language_of(words)}


class ContactDetail(ContactPage):
    """What was said, what it may be about, and what may become of it."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        user: Any = request.user
        row = self.fetch(reference)
        steps = Transition.objects.of(row).select_related("by")
        notes = user.may("identity.read")
        data = {
            **frame_of(row, user),
            "facts": facts_of(row, user),
            "reads_identity": notes,
            "is_cut": notes and is_cut(row),
            "may_reveal": user.may("reporter.reveal"),
            "has_code": PublicReport.objects.filter(contact=row).exists(),
            "unread": unread_of(row),
            "written": written_of(row, user),
            "acts": acts_of(row, user),
            "timeline": as_items(line_of(step, notes=notes, people={}) for step in steps),
        }
        if row.status == ContactStatus.HELD:
            data["held"] = held_beside(user)
        made = list_of(row, user)
        if row.status == ContactStatus.WAITING and notes and not made:
            data |= self.proposed(row, user)
        if made:
            data |= {"name_list": made, "names": rows_of_list(made, user)}
            data["senders"] = senders(user, made.partner) if user.may("contact.triage") else []
        mark_waiting_shown(row, user)
        return self.render("contacts/detail.html", data)

    def proposed(self, row: Contact, user: Any) -> dict[str, Any]:
        """Return what is proposed, and the likely complaints; that they were shown is recorded."""
        proposals, phone = proposals_of(row), phone_of(row, user)
        found = candidates(row, user, proposals.urgency, phone) if user.may("contact.triage") else []
        others = contact_rows(waiting_beside(row, phone, user), user)
        self.audit("search", Complaint, detail={"part": "similar", "rows": len(found) + len(others)})
        may_make = user.may("complaint.create") and user.may("contact.triage")
        new_url = f"{reverse('complaints:new')}?contact={row.reference}" if may_make else ""
        is_list = row.kind == Contact.Kind.NAMES  # its names are entered: one complaint of them all would name nobody
        ways = ways_in(row.narrative)
        at_once = may_make and not is_list and row.narrative.strip() and not ways
        at_once = at_once and not proposals.names_official and not is_by_code(row)
        accept_url = reverse("contacts:accept", args=[row.reference]) if at_once else ""
        made = {"new_url": new_url, "accept_url": accept_url}
        return {"proposals": proposals, "candidates": found, "others": others, "ways": ways, **made}


class AcceptProposals(ContactPage):
    """One press: the message becomes a complaint as its words propose; its story keeps what was proposed."""

    permission = "contact.triage"

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        row = self.fetch(reference)
        require(request.user, "complaint.create")
        try:
            made = accept_proposals(row, by=request.user, key=request.POST.get("idempotency_key", "") or str(uuid4()))
        except ValidationError:
            messages.warning(request, _("More has to be said of it first."))
            return redirect(f"{reverse('complaints:new')}?contact={row.reference}")
        except (Conflict, Unprocessable) as error:
            messages.warning(request, error.message)
            return redirect("contacts:detail", row.reference)
        messages.info(request, _("Released: %(reference)s.") % {"reference": made.reference})
        return redirect("complaints:receipt", made.reference)


class ShowTeller(ContactPage):
    """Ask why, then show who told it on this page only; asking again asks again."""

    permission = "reporter.reveal"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference), Reason())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        row, form = self.fetch(reference), Reason(request.POST)
        if not form.is_valid():
            return self.show(row, form, status=400)
        try:
            found = reveal_teller(row, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(row, form, status=400)
        return self.show(row, form, shown=True, reporters=[lines_of(one) for one in found])

    def show(self, row: Contact, form: Reason, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the question, or the answer; no cache keeps it."""
        data = {**frame_of(row, self.request.user), "form": form, **more}
        answer = self.render("contacts/reporter.html", data, status=status)
        add_never_cache_headers(answer)
        return answer


class ContactStep(StepPage):
    """One step of a contact: by one press, or asked on a page."""

    permission = "contact.read"
    model = Contact
    workflow = CONTACT
    service = staticmethod(advance_contact)
    template = "contacts/step.html"
    route = "contacts:detail"

    def finished(self, obj: Contact, name: str, *, made: bool) -> HttpResponse:
        """Go back, or to the inbox where the step took the contact out of the reader's sight."""
        answer = super().finished(obj, name, made=made)
        return answer if self._again(obj.reference) else redirect("contacts:list")

    def fetch(self, reference: str) -> Contact:
        """Return the contact through the scope, its words as the reader reads them."""
        return opened_for(super().fetch(reference), self.request.user)

    def filled(self, obj: Contact, step: Step) -> dict[str, Any]:
        """Fill in the words, to be gone over, and which complaint they go to: that was asked in the address."""
        if step.name != "file":
            return {}
        mark_waiting_shown(obj, self.request.user)
        asked = {name: self.request.GET.get(name, "")[:20] for name in ("complaint", "urgency")}
        return {"words": obj.narrative, **asked}

    def show(
        self, obj: Contact, step: Step | None, form: StepForm | None, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Render the page of the step; where the words are to be gone over they stand there."""
        if form is not None and form.is_bound and "words" in form.errors and not form.data.get("words"):
            form.say("words", obj.narrative)
        return super().show(obj, step, form, status=status, **more)

    def besides(self, obj: Contact, step: Step | None) -> dict[str, Any]:
        """Return the bar."""
        return frame_of(obj, self.request.user)

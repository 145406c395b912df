"""How the number reported came about, and what is proposed to lower or move: two people decide it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.forms.changes import ProposeChange, SendBack, fitting
from complaints.models import Complaint, ProposedChange
from complaints.presenters.changes import MOST, change_rows, revision_rows
from complaints.services import confirm_change, may_change_facts, open_change, propose_change, send_back_change
from complaints.views.base import RecordPage
from core.exceptions import Conflict


class ChangesPage(RecordPage):
    """The revisions of the number, and what waits for a second person."""

    part = "changes"

    def show(self, complaint: Complaint, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render everything that changed or shall change; `more` brings back what was typed."""
        user: Any = self.request.user
        seen = ProposedChange.objects.visible_to(user).filter(complaint=complaint)
        rows = change_rows(seen.select_related("approval__decided_by", "by").order_by("-at")[:MOST], complaint, user)
        waiting = [row for row in rows if row["change"].is_waiting]
        if more.pop("opening", False):
            for row in waiting:
                open_change(row["change"], user)
        offered = fitting(complaint, [row["change"].field for row in waiting])
        if "form" in more:
            more["form"].offer(offered)
        data = {
            **self.frame(complaint, ""),
            "form": ProposeChange(complaint, offered=offered),
            "waiting": waiting,
            "decided": [row for row in rows if not row["change"].is_waiting],
            "revisions": revision_rows(complaint, user),
            "may_propose": may_change_facts(complaint, user) and bool(offered),
            "send_back": SendBack(),
            **more,
        }
        return self.render("complaints/changes.html", data, status=status)


class Changes(ChangesPage):
    """Look, and propose."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        return self.show(complaint, opening=True)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        form = ProposeChange(complaint, request.POST, offered=fitting(complaint, ()))
        if not form.is_valid():
            return self.show(complaint, form=form, status=400)
        field, why = form.cleaned_data["field"], form.cleaned_data["why"]
        try:
            propose_change(complaint, by=request.user, field=field, after=form.after(), why=why)
        except ValidationError as error:
            form.take(error.message_dict)
            return self.show(complaint, form=form, status=400)
        except Conflict as error:
            return self.show(self.fetch(reference), form=form, may_propose=True, status=409, notice=error.message)
        messages.info(request, _("Proposed. Another person at the ministry decides."))
        return redirect("complaints:changes", complaint.reference)


class DecideChange(ChangesPage):
    """One decision about a change that waits; what was decided or changed meanwhile is said on the page."""

    done: Any = ""

    def post(self, request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
        complaint = self.fetch(reference)
        seen = ProposedChange.objects.visible_to(request.user).select_related("complaint")  # type: ignore[arg-type]
        change, form = get_object_or_404(seen, pk=pk, complaint=complaint), SendBack(request.POST)
        if not form.is_valid():
            return self.again(reference, change, form, 400)
        try:
            self.take(change, form.cleaned_data["note"])
        except ValidationError as error:
            form.add_error("note", error.messages)
            return self.again(reference, change, form, 400)
        except Conflict as error:
            return self.again(reference, change, form, 409, notice=error.message)
        messages.info(request, str(self.done))
        return redirect("complaints:changes", complaint.reference)

    def again(self, reference: str, change: ProposedChange, form: SendBack, status: int, **more: Any) -> HttpResponse:
        """Show the page as it is now, with what was typed."""
        complaint = self.fetch(reference)
        return self.show(complaint, status=status, send_back=form, about=change.pk, **more)

    def take(self, change: ProposedChange, note: str) -> None:
        """Call the service; a subclass says which."""
        raise NotImplementedError


class ConfirmChange(DecideChange):
    done = gettext_lazy("Confirmed.")

    def take(self, change: ProposedChange, note: str) -> None:
        """Do what was proposed."""
        confirm_change(change, by=self.request.user)


class SendBackChange(DecideChange):
    done = gettext_lazy("Sent back.")

    def take(self, change: ProposedChange, note: str) -> None:
        """Refuse it."""
        send_back_change(change, by=self.request.user, note=note)

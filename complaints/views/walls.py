"""Who may see more: the reporter's identity for one visit, and who is named to handle a complaint."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from complaints.forms import safe_contact_words
from complaints.forms.record import NameHandler, Reason
from complaints.models import Complaint, Handling
from complaints.services import Revealed, end_naming, name_handler, named_handlers, reveal
from complaints.views.base import RecordPage
from core.exceptions import Conflict


class ShowReporter(RecordPage):
    """Ask why, then show the reporter on this page only; asking again asks again."""

    permission = "reporter.reveal"
    part = "reporter"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference), Reason())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint, form = self.fetch(reference), Reason(request.POST)
        if not form.is_valid():
            return self.show(complaint, form, status=400)
        try:
            found = reveal(complaint, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(complaint, form, status=400)
        return self.show(complaint, form, shown=True, reporters=[lines_of(one) for one in found])

    def show(self, complaint: Complaint, form: Reason, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the question, or the answer; no cache keeps it."""
        data = {**self.frame(complaint, ""), "form": form, **more}
        response = self.render("complaints/reporter.html", data, status=status)
        add_never_cache_headers(response)
        return response


def lines_of(reporter: Revealed) -> list[dict[str, Any]]:
    """Return what is known of a reporter, the rule of safe contact with it."""
    return [
        {"key": _("Who"), "value": reporter.relation},
        {"key": _("Name"), "value": reporter.name},
        {"key": _("Phone"), "value": reporter.phone},
        {"key": _("Address"), "value": reporter.address},
        *({"key": label, "value": word} for label, word in safe_contact_words(reporter.safe_contact)),
    ]


class Handlers(RecordPage):
    """Who is named to handle a national-led or sealed complaint."""

    permission = "complaint.name_handler"
    part = "handlers"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference), NameHandler())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint, form = self.fetch(reference), NameHandler(request.POST)
        if not form.is_valid():
            return self.show(complaint, form, status=400)
        user = form.cleaned_data["user"]
        try:
            name_handler(complaint, user, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(complaint, form, status=400)
        except Conflict as error:
            return self.show(complaint, form, status=409, why=error.message)
        words = {"name": user.display_name, "reference": complaint.reference}
        messages.info(request, _("%(name)s handles %(reference)s from now on and was told.") % words)
        return redirect("complaints:handlers", complaint.reference)

    def show(self, complaint: Complaint, form: NameHandler, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render who is named, and the form."""
        data = {
            **self.frame(complaint, ""),
            "form": form,
            "grants": named_handlers(complaint),
            "may_be_named": complaint.handling != Handling.PROVINCIAL,
            **more,
        }
        return self.render("complaints/handlers.html", data, status=status)


class EndNaming(RecordPage):
    """Take a naming back."""

    permission = "complaint.name_handler"

    def post(self, request: HttpRequest, reference: str, grant: UUID) -> HttpResponse:
        complaint = self.fetch(reference)
        found = get_object_or_404(named_handlers(complaint), pk=grant)
        end_naming(complaint, found, by=request.user)
        words = {"name": found.user.display_name if found.user else "", "reference": complaint.reference}
        messages.info(request, _("%(name)s no longer sees %(reference)s.") % words)
        return redirect("complaints:handlers", complaint.reference)

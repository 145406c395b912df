"""Calls and messages that are no complaint yet: the inbox, logging one, and what may become of it."""

from functools import cached_property
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from accounts.lists import ScopedList
from complaints.contact_filter import InboxFilter
from complaints.contact_workflow import HELD, TRIAGE
from complaints.forms.inbox import Message
from complaints.forms.reporter import LANGUAGES
from complaints.models import Contact, ContactStatus
from complaints.presenters.inbox import (
    contact_rows,
)
from complaints.services import log_contact
from complaints.views.contact import held_beside
from complaints.views.sent import is_utf8
from core.exceptions import Unprocessable
from core.views import Page

ORDER = (
    ContactStatus.WAITING,
    ContactStatus.LISTED,
    ContactStatus.HELD,
    ContactStatus.ANSWERED,
    ContactStatus.SET_ASIDE,
    ContactStatus.FILED,
)
SEALED_ORDER = (ContactStatus.HELD, ContactStatus.SET_ASIDE, ContactStatus.FILED)


def order_for(user: Any) -> tuple[ContactStatus, ...]:
    """Return the tabs of the inbox for somebody, the first one first: who deals with no message sees sealed reports alone."""
    return ORDER if user.may(TRIAGE) else SEALED_ORDER


class Inbox(ScopedList):
    """Contacts of the ministry, those that wait unless told: urgent first, then what is due first; constant queries.

    Integrity officers see the reports held apart that say an official takes part, and what became of them.
    """

    permission = "contact.read"
    model = Contact
    filterset = InboxFilter
    template = "contacts/list.html"
    export = "contacts"

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.GET.get("status"):
            request.GET = request.GET.copy()  # type: ignore[assignment]
            request.GET["status"] = order_for(request.user)[0]  # type: ignore[index]
        return super().get(request)

    def branch(self, user: Any) -> Any:
        """Return the contacts of the reader's own branch; nothing of them is shared alone."""
        return Contact.objects.of_own_provinces(user)

    def rows(self, found: list[Contact], user: Any) -> list[Any]:
        """Prepare the rows."""
        return contact_rows(found, user)

    def tabs(self, user: Any) -> list[dict[str, Any]]:
        """Return what may have become of a contact, as tabs; of what is held apart nobody need look to know how much it is."""
        shown, n = self.request.GET["status"], self.held["n"] if user.may(HELD) else None
        return [
            {
                "label": status.label,
                "url": f"?status={status}",
                "current": shown == status,
                "count": n if status == ContactStatus.HELD else None,
            }
            for status in order_for(user)
        ]

    @cached_property
    def held(self) -> dict[str, int]:
        """Return how many are held apart now."""
        return held_beside(self.request.user)

    def besides(self, user: Any) -> dict[str, Any]:
        """Say which status is shown, who may log, and who deals with several at once."""
        status = self.request.GET["status"]
        holds = status == ContactStatus.HELD and user.may(HELD)
        shown = {"status": status, "clear_url": f"?status={status}", "may_log": user.may(TRIAGE), "holds": holds}
        return {**shown, "held": self.held} if holds else shown


class NewContact(Page):
    """Log what came in without making it a complaint; an error keeps everything typed."""

    permission = "contact.triage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form(Message())

    def post(self, request: HttpRequest) -> HttpResponse:
        message = Message(request.POST)
        try:
            contact = logged(message, request)
        except ValidationError as error:
            message.refuse(error)
            return self.form(message, status=400)
        except Unprocessable:
            message.key = str(uuid4())
            why = _("This form was sent already, with other words. Press again to log it as another message.")
            return self.form(message, status=422, why=why)
        messages.info(request, _("Logged: %(reference)s.") % {"reference": contact.reference})
        return redirect("contacts:detail", contact.reference)

    def form(self, message: Message, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form with what was typed."""
        message.key = message.key or str(uuid4())
        data = {
            "words": message.words,
            "reporter": message.reporter,
            "came": message.came,
            "key": message.key,
            "languages": LANGUAGES,
        }
        answer = self.render("contacts/new.html", {**data, **more}, status=status)
        if message.words.is_bound:
            add_never_cache_headers(answer)
        return answer


def logged(message: Message, request: HttpRequest) -> Contact:
    """Log what the form says; raises ValidationError with all that is wrong."""
    if not is_utf8(request):
        raise ValidationError(_("This holds characters that cannot be stored. Type them again."))
    if not message.is_valid():
        raise ValidationError({})
    contact, _made = log_contact(message.said(), by=request.user, key=message.key)
    return contact

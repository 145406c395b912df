"""What a letter, an official request or a visit has of its own, as its page and the page of its complaint show it."""

from typing import Any

from django.utils.translation import gettext as _

from complaints.came import CHANNELS
from complaints.models import Complaint, Contact
from core import display

HAVE = {channel for channels in CHANNELS.values() for channel in channels}


def came_of(row: Contact, user: Any) -> list[dict[str, Any]]:
    """Return what a letter, an official request or a visit has of its own; its subject for who reads identities."""
    subject = row.subject if user.may("identity.read") else ""
    found = [
        {"key": _("Sending office or organisation"), "value": row.office},
        {"key": _("Number of the letter"), "value": row.letter_number},
        {"key": _("Date of the letter"), "value": display.day(row.dated_on)},
        {"key": _("Subject"), "value": subject},
        {"key": _("Answer due by"), "value": display.day(row.answer_by)},
        {"key": _("At which office they came"), "value": row.counter},
    ]
    return [fact for fact in found if fact["value"]]


def came_with(complaint: Complaint, user: Any) -> list[dict[str, Any]]:
    """Return what the first contact of a complaint has of its own, as far as the reader sees it; one query, of the channels that have something."""
    if complaint.channel not in HAVE:
        return []
    seen = Contact.objects.visible_to(user).filter(complaint=complaint, channel=complaint.channel)
    first = seen.order_by("received_at", "pk").first()
    return came_of(first, user) if first else []

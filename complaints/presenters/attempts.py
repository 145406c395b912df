"""What the pages say of what is missing and of the attempts to learn it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.models import Complaint, ContactAttempt, Missing, Outcome, Status
from complaints.services.attempts import OPEN, tried
from core import display

MOST = 100
ASKING = {Status.VERIFYING, Status.INFORMATION_NEEDED, Status.OUTCOME_PROPOSED}


def missing_words(complaint: Complaint) -> str:
    """Return what is missing, in words."""
    words = dict(Missing.choices)
    return ", ".join(str(words.get(code, code)) for code in complaint.missing)


def next_words(complaint: Complaint) -> str:
    """Say when the next attempt is due."""
    day = complaint.next_attempt_on
    if day is None:
        return _("No further attempt is planned")
    return _("Next attempt: %(day)s") % {"day": display.day(day)}


def is_overdue(complaint: Complaint) -> bool:
    """Return whether the next attempt should have been made by now."""
    day = complaint.next_attempt_on
    return day is not None and day < timezone.localdate()


def times_words(attempts: int, days: int) -> str:
    """Say how often it was tried: "2 attempts on 1 day"."""
    if not attempts:
        return _("No attempt yet")
    n = ngettext("%(n)s attempt", "%(n)s attempts", attempts) % {"n": display.number(attempts)}
    return f"{n} " + ngettext("on %(n)s day", "on %(n)s days", days) % {"n": display.number(days)}


def tried_words(complaint: Complaint) -> str:
    """Say how much was tried and, where it matters, what is needed if that is not enough."""
    found = tried(complaint)
    said = times_words(found.attempts, found.days)
    wanted = complaint.status in OPEN or complaint.proposed_outcome == Outcome.INSUFFICIENT
    if found.enough or not wanted:
        return said
    needed = {"n": display.number(found.attempts_needed), "days": display.number(found.days_needed)}
    words = _("For “insufficient information” %(n)s attempts on %(days)s days are needed.")
    return display.sentences(said, words % needed)


def attempt_rows(complaint: Complaint, user: Any) -> list[dict[str, Any]]:
    """Return the attempts, newest first; notes for who reads identities. One query."""
    rows = ContactAttempt.objects.visible_to(user).filter(complaint=complaint).select_related("by")
    words = user.may("identity.read")
    return [
        {"row": row, "note": row.note if words else "", "late": (row.recorded_at - row.happened_at).days >= 1}
        for row in rows.order_by("-happened_at", "-id")[:MOST]
    ]

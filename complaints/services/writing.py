"""Write to who reported through the public form, and see what they see; by whom who may speak to reporters.

A message is a word to the reporter in the answers' clock, at once, where the code is the way they chose.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from complaints.models import Asks, AttemptWay, Contact, PublicMessage, PublicReport, Reporter, Told
from complaints.services.answers import may_answer, record_answer
from complaints.services.filing import is_never_contacted
from complaints.services.public import MOST_MESSAGES, state_of
from core.sealed import open_sealed
from core.text import clean
from workflow.services import lock

MOST = 4_000  # characters
# What who has the code reads above the message is what they were told.
TOLD = {
    "received": Told.RECEIVED,
    "looked_into": Told.LOOKED_INTO,
    "need_to_know": Told.NEED_MORE,
    "call_us": Told.NEED_MORE,
    "closed": Told.CLOSED,
}


@dataclass(frozen=True)
class Written:
    """One message, for staff: who of us wrote it (None: who reported), when, and the words."""

    by: Any
    at: Any
    words: str
    asks: str


@dataclass(frozen=True)
class Thread:
    """The messages of one report, the newest first, the state its reporter sees, and whether a message is a word to them."""

    contact: Contact
    state: str
    messages: tuple[Written, ...]
    counts: bool = False


@transaction.atomic
def write_to_reporter(contact: Contact, *, by: Any, words: str, asks: str = "") -> PublicMessage:
    """Write a message that who has the code of this contact's report will read; where that is their way, it is a word to them.

    Raises PermissionDenied, ValidationError by field, Http404 out of scope.
    """
    row = lock(contact, by)
    if not may_answer(by):
        raise PermissionDenied(_("Your role does not speak to the reporter."))
    report = PublicReport.objects.filter(contact=row).first()
    wrong: dict[str, Any] = {}
    words = clean(words)
    if report is None:
        wrong["words"] = [_("This did not come in through the public form: nobody has a code to read it with.")]
    elif not words:
        wrong["words"] = [_("Write the message.")]
    elif len(words) > MOST:
        wrong["words"] = [_("This is longer than %(most)s characters.") % {"most": MOST}]
    if asks not in Asks.values:
        wrong["asks"] = [_("Choose one of the answers.")]
    if wrong:
        raise ValidationError(wrong)
    message = PublicMessage(report=report, by=by, words=words, asks=asks, taken_at=timezone.now())
    message.save(force_insert=True)
    record("contact.write", by=by, about=row, detail={"asks": asks})
    if row.complaint is not None and report is not None and chose_code(row, report):
        told = TOLD[state_of(bytes(report.receipt_hash))]
        record_answer(row.complaint, by=by, told=told, way=AttemptWay.MESSAGE)
    return message


def chose_code(contact: Contact, report: PublicReport) -> bool:
    """Return whether the code is the way by which a reporter hears: they left no other one, or came back by it and wrote.

    Who left a telephone and never came back is rung; who is never to be contacted reads, and no clock presses.
    """
    teller = Reporter.objects.filter(contact=contact).first()
    if teller is not None and is_never_contacted(teller):
        return False
    if teller is None or not (teller.phone or teller.address):
        return True
    return PublicMessage.objects.filter(report=report, by=None, kind=PublicMessage.Kind.MESSAGE).exists()


def thread_of(contact: Contact) -> Thread | None:
    """Return the messages of a contact's report; None where it did not come in through the public form. Five queries at most."""
    report = PublicReport.objects.filter(contact=contact).first()
    if report is None:
        return None
    rows = report.messages.filter(kind=PublicMessage.Kind.MESSAGE).select_related("by").order_by("-at")
    said = (Written(row.by, row.at, open_sealed(row, "words"), row.get_asks_display()) for row in rows[:MOST_MESSAGES])
    counts = contact.complaint_id is not None and chose_code(contact, report)
    return Thread(contact, state_of(bytes(report.receipt_hash)), tuple(said), counts)

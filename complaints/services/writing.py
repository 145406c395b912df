"""Write to who reported through the public form, and see what they see; by whom who may speak to reporters.

A message is a word to the reporter in the answers' clock, at once, where the code is the way they chose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from complaints.contact_workflow import HELD
from complaints.models import (
    Asks,
    AttemptWay,
    Contact,
    ContactStatus,
    Handling,
    PublicMessage,
    PublicReport,
    Reporter,
    Told,
    Urgency,
)
from complaints.services.answers import may_answer, record_answer
from complaints.services.filing import is_never_contacted
from complaints.services.hearers import OPENS
from complaints.services.message_pages import mark_shown, pages_of
from complaints.services.public import state_of, states_of
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
    """One message, for staff: who of us wrote it (None: who reported), when, and the words, for who reads them.

    `waits` is the contact it waits in to be passed on, for who reads it; `is_passed_on`: somebody did. `broken`: the words cannot be opened. `urgency`: what its words propose, or who reported ticked; empty where nothing speaks for haste.
    """

    by: Any
    at: Any
    words: str
    asks: str
    broken: bool = False
    urgency: str = ""
    waits: str = ""
    is_passed_on: bool = False


@dataclass(frozen=True)
class Thread:
    """The messages of one report, the newest first, the state its reporter sees, and whether a message is a word to them.

    `fresh` are those that nobody was shown yet, the oldest first; `left` how many of them are not here, `older` how many
    messages stand behind these, `before` where those begin. `reads`: the reader reads the words of who reported.
    """

    contact: Contact
    state: str
    messages: tuple[Written, ...]
    counts: bool = False
    reads: bool = False
    fresh: tuple[Written, ...] = ()
    left: int = 0
    older: int = 0
    before: str = ""


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
    if row.complaint is not None and report is not None and row.pk in chosen_code([row]):
        told = TOLD[state_of(bytes(report.receipt_hash))]
        record_answer(row.complaint, by=by, told=told, way=AttemptWay.MESSAGE)
    return message


def chosen_code(contacts: Sequence[Contact]) -> set[Any]:
    """Return the keys of the contacts whose reporter hears by the code: they left no other way, or came back by it and wrote.

    Who left a telephone and never came back is rung; who is never to be contacted reads, and no clock presses. Two queries.
    """
    tellers = {row.contact_id: row for row in Reporter.objects.filter(contact__in=contacts)}
    wrote = PublicMessage.objects.filter(report__contact__in=contacts, by=None, kind=PublicMessage.Kind.MESSAGE)
    back = set(wrote.values_list("report__contact", flat=True))
    return {row.pk for row in contacts if _by_code(tellers.get(row.pk), came_back=row.pk in back)}


def _by_code(teller: Reporter | None, *, came_back: bool) -> bool:
    if teller is None:
        return True
    return not is_never_contacted(teller) and (came_back or not (teller.phone or teller.address))


def reads_reporters(contact: Contact, user: Any) -> bool:
    """Return whether somebody reads what the reporter of a contact in their sight writes: who may open a reporter.

    A sealed report that is held apart has no other reader than the integrity unit, which reads all of it.
    """
    apart = contact.complaint_id is None and contact.handling == Handling.SEALED
    return bool(user.may(OPENS) or (apart and user.may(HELD)))


def threads_of(contacts: Sequence[Contact], *, by: Any, before: str = "") -> list[Thread]:
    """Return the messages of the reports of contacts, in their order; contacts that came in another way have none. Seven queries.

    What nobody was shown yet stands first, and is shown from now on; `before` is where the older ones of one report begin.
    The words are opened only for who reads them.
    """
    reports = {row.contact_id: row for row in PublicReport.objects.filter(contact__in=contacts)}
    states = states_of([bytes(row.receipt_hash) for row in reports.values()])
    found = [(contact, reports[contact.pk]) for contact in contacts if contact.pk in reports]
    word = chosen_code([contact for contact, _report in found if contact.complaint_id])
    pages = pages_of([row.pk for row in reports.values()], before)
    threads = []
    for to, row in found:
        page, reads = pages[row.pk], reads_reporters(to, by)
        threads.append(
            Thread(
                to,
                states.get(bytes(row.receipt_hash), ""),
                tuple(_written(one, reads) for one in page.rows),
                to.pk in word,
                reads,
                tuple(_written(one, reads) for one in page.fresh),
                page.left,
                page.older,
                page.before,
            )
        )
        if reads:
            mark_shown(page.fresh)
    return threads


def _written(row: PublicMessage, reads: bool) -> Written:
    words, broken = "", False
    if reads:
        try:
            words = open_sealed(row, "words")
        except ValueError:  # moved, or of another key: the page shows the others
            broken = True
    urgency = str(Urgency(row.urgency).label) if row.urgency in (Urgency.IMMEDIATE, Urgency.HIGH) else ""
    at = row.contact.status if row.contact else ""
    waits = row.contact.reference if row.contact and reads and at == ContactStatus.WAITING else ""
    passed_on = at == ContactStatus.FILED
    return Written(row.by, row.at, words, row.get_asks_display(), broken, urgency, waits, passed_on)

"""Write to who reported through the public form, and see what they see; by whom who may speak to reporters.

A message is a word to the reporter in the answers' clock, at once, where the code is the way they chose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from complaints.models import Asks, AttemptWay, Contact, PublicMessage, PublicReport, Reporter, Told
from complaints.services.answers import may_answer, record_answer
from complaints.services.filing import is_never_contacted
from complaints.services.public import MOST_MESSAGES, state_of, states_of
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


def threads_of(contacts: Sequence[Contact], *, reads: bool) -> list[Thread]:
    """Return the messages of the reports of contacts, in their order; contacts that came in another way have none. Five queries.

    The words are opened only where the user reads them.
    """
    reports = {row.contact_id: row for row in PublicReport.objects.filter(contact__in=contacts)}
    states = states_of([bytes(row.receipt_hash) for row in reports.values()])
    said: dict[Any, list[Written]] = {row.pk: [] for row in reports.values()}
    for row in _newest(list(said)):
        words = open_sealed(row, "words") if reads else ""
        said[row.report_id].append(Written(row.by, row.at, words, row.get_asks_display()))
    found = [(contact, reports[contact.pk]) for contact in contacts if contact.pk in reports]
    word = chosen_code([contact for contact, _report in found if contact.complaint_id])
    return [
        Thread(to, states.get(bytes(row.receipt_hash), ""), tuple(said[row.pk]), to.pk in word) for to, row in found
    ]


def _newest(reports: Sequence[Any]) -> QuerySet[PublicMessage]:
    """Return the newest messages of each report, the newest first."""
    place = Window(RowNumber(), partition_by="report", order_by="-at")
    rows = PublicMessage.objects.filter(report__in=reports, kind=PublicMessage.Kind.MESSAGE)
    found: QuerySet[PublicMessage] = rows.annotate(place=place).filter(place__lte=MOST_MESSAGES)
    return found.select_related("by").order_by("-at")

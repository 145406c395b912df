"""Write to who reported through the public form, and see what they see; by whom who may speak to reporters."""

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
from complaints.models import Asks, Contact, PublicMessage, PublicReport
from complaints.services.answers import may_answer
from complaints.services.public import MOST_MESSAGES, states_of
from core.sealed import open_sealed
from core.text import clean
from workflow.services import lock

MOST = 4_000  # characters


@dataclass(frozen=True)
class Written:
    """One message, for staff: who of us wrote it (None: who reported), when, and the words."""

    by: Any
    at: Any
    words: str
    asks: str


@dataclass(frozen=True)
class Thread:
    """The messages of one report, the newest first, and the state its reporter sees."""

    contact: Contact
    state: str
    messages: tuple[Written, ...]


@transaction.atomic
def write_to_reporter(contact: Contact, *, by: Any, words: str, asks: str = "") -> PublicMessage:
    """Write a message that who has the code of this contact's report will read.

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
    return message


def threads_of(contacts: Sequence[Contact], *, reads: bool) -> list[Thread]:
    """Return the messages of the reports of contacts, in their order; contacts that came in another way have none. Three queries.

    The words are opened only where the user reads them.
    """
    reports = {row.contact_id: row for row in PublicReport.objects.filter(contact__in=contacts)}
    states = states_of([bytes(row.receipt_hash) for row in reports.values()])
    said: dict[Any, list[Written]] = {row.pk: [] for row in reports.values()}
    for row in _newest(list(said)):
        words = open_sealed(row, "words") if reads else ""
        said[row.report_id].append(Written(row.by, row.at, words, row.get_asks_display()))
    found = [(contact, reports[contact.pk]) for contact in contacts if contact.pk in reports]
    return [Thread(to, states.get(bytes(row.receipt_hash), ""), tuple(said[row.pk])) for to, row in found]


def _newest(reports: Sequence[Any]) -> QuerySet[PublicMessage]:
    """Return the newest messages of each report, the newest first."""
    place = Window(RowNumber(), partition_by="report", order_by="-at")
    rows = PublicMessage.objects.filter(report__in=reports, kind=PublicMessage.Kind.MESSAGE)
    found: QuerySet[PublicMessage] = rows.annotate(place=place).filter(place__lte=MOST_MESSAGES)
    return found.select_related("by").order_by("-at")

"""The messages of reports a page at a time: what nobody was shown yet first, then the newest; the older ones behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.models import Channel, Complaint, Contact, ContactStatus, PublicMessage, Status, Urgency, is_more_urgent
from core.sealed import open_sealed

MOST = 50  # of a report on one page
UNSAID = "—"  # stands in a contact for words that are sealed with the messages
LONGEST = 15_000  # characters of what waits that are shown, and gone over, at once
LATELY = timedelta(days=7)
FRESH = 50  # of those that nobody was shown yet, before them


@dataclass
class MessagePage:
    """Messages of one report: `fresh` the oldest first, `rows` the newest first; how many are not here."""

    rows: list[PublicMessage] = field(default_factory=list)
    fresh: list[PublicMessage] = field(default_factory=list)
    left: int = 0
    older: int = 0

    @property
    def before(self) -> str:
        """Return where the older ones begin; empty where there are none."""
        return str(self.rows[-1].pk) if self.older else ""


def pages_of(reports: Sequence[Any], before: str = "") -> dict[Any, MessagePage]:
    """Return a page of messages for each report, `before` a message of one of them or from the newest; three queries at most."""
    pages = {report: MessagePage() for report in reports}
    rows = PublicMessage.objects.filter(report__in=reports, kind=PublicMessage.Kind.MESSAGE)
    edge = rows.filter(pk=before).first() if _is_key(before) else None
    if edge is not None:
        rows = rows.filter(Q(at__lt=edge.at) | Q(at=edge.at, pk__lt=edge.pk), report=edge.report_id)
    else:
        _put_fresh(pages, rows)
    for row in _first(rows, "-at", "-pk", most=MOST):
        pages[row.report_id].rows.append(row)
    for report, n in rows.order_by().values_list("report").annotate(n=Count("pk")):
        pages[report].older = n - len(pages[report].rows)
    return pages


def _put_fresh(pages: dict[Any, MessagePage], rows: QuerySet[PublicMessage]) -> None:
    unseen = rows.filter(by=None, seen_at=None)
    for row in _first(unseen, "at", "pk", most=FRESH + 1):
        pages[row.report_id].fresh.append(row)
    full = [report for report, page in pages.items() if len(page.fresh) > FRESH]
    for report, n in unseen.filter(report__in=full).order_by().values_list("report").annotate(n=Count("pk")):
        pages[report].fresh.pop()
        pages[report].left = n - FRESH


def _first(rows: QuerySet[PublicMessage], *order: str, most: int) -> QuerySet[PublicMessage]:
    """Return the first messages of each report in an order."""
    place = Window(RowNumber(), partition_by="report", order_by=list(order))
    found = rows.annotate(place=place).filter(place__lte=most)
    return found.select_related("by", "contact").order_by(*order)


def mark_shown(rows: Iterable[PublicMessage]) -> None:
    """Keep that messages were shown to somebody who reads them."""
    if keys := [row.pk for row in rows if row.seen_at is None]:
        PublicMessage.objects.filter(pk__in=keys, seen_at=None).update(seen_at=timezone.now())


def is_by_code(contact: Contact) -> bool:
    """Return whether who reported wrote it by the code: none of its words goes to others unread."""
    return contact.channel == Channel.PUBLIC_FORM and PublicMessage.objects.filter(contact=contact).exists()


def _waiting_in(contact: Contact) -> tuple[list[PublicMessage], list[str]]:
    """Return the messages that wait in a contact, the oldest first, as many as are shown at once, and their words; one query."""
    rows: list[PublicMessage] = []
    words: list[str] = []
    room = LONGEST
    if contact.status == ContactStatus.FILED:
        return rows, words
    for row in PublicMessage.objects.of_reporters().filter(contact=contact).order_by("at", "pk")[:MOST]:
        text = opened(row)
        if rows and len(text) > room:
            break
        rows.append(row)
        words.append(text[:room])
        room -= len(text)
    return rows, words


def opened(row: PublicMessage) -> str:
    """Return the words of a message; where they cannot be opened a line that says so."""
    try:
        return open_sealed(row, "words")
    except ValueError:
        return _("This message cannot be opened. Tell the administrator.")


def words_in(contact: Contact) -> str:
    """Return the words of a contact, those that who reported wrote by the code opened: for a service, or `opened_for`."""
    _rows, words = _waiting_in(contact)
    return "\n\n".join(words) if words else contact.narrative


def opened_for(contact: Contact, user: Any) -> Contact:
    """Return a contact with its words as somebody reads them: what came by the code opened for who may open a reporter.

    It is for showing: nothing saves it.
    """
    if user.may("reporter.reveal"):
        rows, words = _waiting_in(contact)
        contact.narrative = "\n\n".join(words) if words else contact.narrative
        contact.opened = rows  # type: ignore[attr-defined]
    return contact


def mark_waiting_shown(contact: Contact, user: Any) -> None:
    """Keep that what was opened of a contact (`opened_for`), and no more, was shown: nothing is added to it any more."""
    if user.may("reporter.reveal"):
        mark_shown(getattr(contact, "opened", ()))


def proposed_by_code(complaint: Complaint) -> str:
    """Return the urgency that what came by the code lately proposes for a complaint, where it is above its own; else empty."""
    lately = PublicMessage.objects.of_reporters().filter(at__gt=timezone.now() - LATELY)
    found = set(lately.filter(report__contact__complaint=complaint).values_list("urgency", flat=True).distinct())
    above = [one for one in Urgency if one in found and is_more_urgent(one, complaint.urgency)]
    return str(above[0].label) if above and complaint.status != Status.CLOSED else ""


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False

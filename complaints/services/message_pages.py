"""The messages of reports a page at a time: what nobody was shown yet first, then the newest; the older ones behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from complaints.models import Complaint, Contact, PublicMessage, Status, Urgency, is_more_urgent

MOST = 50  # of a report on one page
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
    return found.select_related("by").order_by(*order)


def mark_shown(rows: Iterable[PublicMessage]) -> None:
    """Keep that messages were shown to somebody who reads them."""
    if keys := [row.pk for row in rows if row.seen_at is None]:
        PublicMessage.objects.filter(pk__in=keys, seen_at=None).update(seen_at=timezone.now())


def mark_waiting_shown(contact: Contact, user: Any) -> None:
    """Keep that what waits in a contact was shown to somebody who may open a reporter: nothing is added to it any more."""
    if user.may("reporter.reveal"):
        PublicMessage.objects.filter(contact=contact, seen_at=None).update(seen_at=timezone.now())


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

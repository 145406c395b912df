"""One late complaint as a row: how long, whose, and who was told."""

from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, OuterRef, Subquery
from django.urls import reverse

from accounts.models import User
from complaints.late import Lateness
from complaints.models import Complaint, Escalation, Late, Whom
from complaints.models.complaint import ComplaintQuerySet
from complaints.models.escalation import OF_COMPLAINTS
from complaints.presenters.inbox import contact_row
from complaints.presenters.rows import Row, for_rows, row_of
from core import display
from core.paging import COUNT_CAP


@dataclass(frozen=True, slots=True)
class LateRow:
    """A row of the list, with how long it is late and to whom it was escalated."""

    row: Row
    since: str
    length: str
    told: str
    told_at: str
    act: str


class Capped(Subquery):
    """Counts the rows of a cut query; reads no more than it gives."""

    template = "(SELECT count(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()


def groups_of(user: Any) -> list[str]:
    """Return the groups somebody is shown: messages of the inbox are for who reads them."""
    return Late.values if user.may("contact.read") else list(OF_COMPLAINTS)


def counts(rows: ComplaintQuerySet, messages: Any, asked: Lateness, user: Any) -> dict[str, int]:
    """Count each group up to 1,001; one query for all."""
    of = {what: messages if what == Late.INBOX else rows for what in groups_of(user)}
    arms = {what: Capped(asked.of(of[what], what).order_by().values("pk")[:COUNT_CAP]) for what in of}
    found: dict[str, int] = User.objects.filter(pk=user.pk).annotate(**arms).values(*arms).get()
    return found


def with_told(rows: ComplaintQuerySet, what: str) -> Any:
    """Bring along who was told last of this clock, and when."""
    told = Escalation.objects.filter(complaint=OuterRef("pk"), stage=what).order_by("-told_at", "-level")
    fetched: Any = for_rows(rows)
    return fetched.annotate(whom=Subquery(told.values("whom")[:1]), told_at=Subquery(told.values("told_at")[:1]))


def messages_told(rows: Any) -> Any:
    """Bring along who was told last that a message waits too long, and when."""
    told = Escalation.objects.filter(contact=OuterRef("pk")).order_by("-told_at", "-level")
    fetched = rows.for_list()
    return fetched.annotate(whom=Subquery(told.values("whom")[:1]), told_at=Subquery(told.values("told_at")[:1]))


def late_messages(found: list[Any], asked: Lateness, user: Any) -> list[dict[str, Any]]:
    """Prepare the messages of a page; no query."""
    return [
        {
            "row": contact_row(contact, user),
            "since": display.moment(contact.due_at, "short"),
            "length": display.span(asked.now - contact.due_at),
            "told": str(Whom(contact.whom).label) if contact.whom else "",
            "told_at": display.moment(contact.told_at, "short") if contact.whom else "",
        }
        for contact in found
    ]


def late_rows(found: list[Any], what: str, asked: Lateness, user: Any) -> list[LateRow]:
    """Prepare the rows of a page; no query."""
    return [_row(complaint, what, asked, user) for complaint in found]


def _row(complaint: Any, what: str, asked: Lateness, user: Any) -> LateRow:
    since = asked.moment(complaint, what)
    return LateRow(
        row=row_of(complaint, user, asked.now, steps=True),
        since=display.moment(since, "short"),
        length=display.span(asked.now - since),
        told=str(Whom(complaint.whom).label) if complaint.whom else "",
        told_at=display.moment(complaint.told_at, "short") if complaint.whom else "",
        act=_act(complaint, what, user),
    )


def _act(complaint: Complaint, what: str, user: Any) -> str:
    """Return where the reporter is answered, for who may."""
    if what != Late.ANSWER or not user.may("reporter.reveal"):
        return ""
    return reverse("complaints:answers", args=[complaint.reference])

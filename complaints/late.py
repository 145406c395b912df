"""What is late: one question for the worker, the page, the list, the API and the export."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef

from accounts.models import User
from complaints.models import ContactAttempt, Late, ReporterAnswer, Status
from complaints.models.complaint import ComplaintQuerySet
from core.paging import Sort
from workflow.models import Edit, Transition

VERIFYING = (Status.ACKNOWLEDGED, Status.VERIFYING, Status.INFORMATION_NEEDED, Status.OUTCOME_PROPOSED)
RESCUING = (Status.DECIDED, Status.CLOSING_PROPOSED)
STATUSES: Mapping[str, tuple[Status, ...]] = {
    Late.ACKNOWLEDGE: (Status.NEW,),
    Late.VERIFY: VERIFYING,
    Late.RESCUE: RESCUING,
}
# The column of each clock's limit, which orders its group, first what waits longest. It is never counted anew.
ORDERS: Mapping[str, str] = {Late.SILENT: "silent_due_at", Late.ANSWER: "answer_due_at"}
# What counts as an act in the story of a complaint, and when it happened.
ACTS: Mapping[Any, str] = {
    Transition: "happened_at",
    ContactAttempt: "happened_at",
    ReporterAnswer: "happened_at",
    Edit: "recorded_at",
}
# That a receiver opened a referral is no act on the complaint, nor is what follows by itself (an expiry, by the system).
NO_ACT = ("see",)
SORTS = {what: {"due": Sort(ORDERS.get(what, "due_at"), False, "")} for what in Late.values}


@dataclass(frozen=True)
class Lateness:
    """The moment it is asked for."""

    now: datetime.datetime

    def of(self, rows: Any, what: str) -> Any:
        """Keep the complaints of which this clock is over; of the inbox's, the messages."""
        if what == Late.INBOX:
            return rows.late(self.now)
        if what == Late.ANSWER:
            return rows.answer_due(self.now)
        if what == Late.SILENT:
            return untouched(rows.live().filter(status=Status.ACKNOWLEDGED, silent_due_at__lt=self.now))
        return rows.live().filter(status__in=STATUSES[what], due_at__lt=self.now)

    def since(self, what: str) -> Any:
        """Return the moment since which it is late, as a column."""
        return F(ORDERS.get(what, "due_at"))

    def moment(self, row: Any, what: str) -> datetime.datetime:
        """Return the moment since which a complaint or message is late."""
        moment: datetime.datetime = getattr(row, ORDERS.get(what, "due_at"))
        return moment


def untouched(rows: ComplaintQuerySet) -> ComplaintQuerySet:
    """Keep the complaints in whose story nobody did anything since they were acknowledged."""
    for model, column in ACTS.items():
        acts = model._base_manager.filter(complaint_id=OuterRef("pk"), **{f"{column}__gt": OuterRef("status_at")})
        if model is Transition:
            acts = acts.exclude(step__in=NO_ACT).exclude(by__in=User.objects.filter(role=User.Role.SYSTEM))
        rows = rows.filter(~Exists(acts))
    return rows

"""How long each stage may take: data an administrator edits, never constants."""

import datetime
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.models.calendar import calendar_from
from complaints.models.words import Stage, Status, Urgency


class Deadline(models.Model):
    """Hours a stage is allowed at an urgency, counted from receipt for the first, from the step for the others.

    `office_hours`: only hours in which offices are open count; immediate danger runs day and night.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.CharField(_("Stage"), max_length=12, choices=Stage)
    urgency = models.CharField(_("Urgency"), max_length=10, choices=Urgency)
    hours = models.PositiveIntegerField(_("Hours"))
    office_hours = models.BooleanField(_("Only office hours count"), default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["stage", "urgency"], name="deadline_once"),
            models.CheckConstraint(
                condition=~Q(urgency="immediate") | Q(office_hours=False),
                name="deadline_immediate_runs_day_and_night",
                violation_error_message=_("Immediate danger runs day and night."),
            ),
        ]


# As the first migration wrote them, all by the clock. Since decision 0024 high and normal count office hours: a day
# became a working day of 8 hours, a week five of them (`translated`).
FIRST = {
    (Stage.ACKNOWLEDGE, Urgency.IMMEDIATE): 1,
    (Stage.ACKNOWLEDGE, Urgency.HIGH): 8,
    (Stage.ACKNOWLEDGE, Urgency.NORMAL): 24,
    (Stage.VERIFY, Urgency.IMMEDIATE): 24,
    (Stage.VERIFY, Urgency.HIGH): 72,
    (Stage.VERIFY, Urgency.NORMAL): 168,
    (Stage.RESCUE, Urgency.IMMEDIATE): 48,
    (Stage.RESCUE, Urgency.HIGH): 168,
    (Stage.RESCUE, Urgency.NORMAL): 336,
}
# Of a message that waits in the inbox (decision 0035): high and normal in office hours.
FIRST_INBOX = {Urgency.IMMEDIATE: 1, Urgency.HIGH: 4, Urgency.NORMAL: 8}


def translated(hours: int) -> int:
    """Return the office hours that stand for hours of the clock: 24 are 8, whole weeks are 40."""
    weeks, rest = divmod(hours, 168)
    return weeks * 40 + -(-rest // 3)


RUNNING = {
    Status.NEW: Stage.ACKNOWLEDGE,
    Status.ACKNOWLEDGED: Stage.VERIFY,
    Status.VERIFYING: Stage.VERIFY,
    Status.INFORMATION_NEEDED: Stage.VERIFY,
    Status.OUTCOME_PROPOSED: Stage.VERIFY,
    Status.DECIDED: Stage.RESCUE,
    Status.CLOSING_PROPOSED: Stage.RESCUE,
}


def stage_of(status: str) -> Stage | None:
    """Return the stage whose clock runs in a status; None once it is closed."""
    return RUNNING.get(Status(status))


def due(stage: str, urgency: str, since: datetime.datetime) -> datetime.datetime:
    """Return when a stage that began at `since` is due; one query, three where office hours count."""
    row = Deadline.objects.filter(stage=stage, urgency=urgency).values_list("hours", "office_hours").first()
    hours, in_office = row or (24, False)
    if in_office:
        return calendar_from(since).after(since, hours)
    return since + datetime.timedelta(hours=hours)


def clock(stage: str, urgency: str, since: datetime.datetime) -> dict[str, datetime.datetime]:
    """Return the columns of a clock that starts at a moment; the limit of the first stage is kept for good."""
    limit = due(stage, urgency, since)
    first = {"acknowledge_due_at": limit} if stage == Stage.ACKNOWLEDGE else {}
    return {"clock_from": since, "due_at": limit, **first}

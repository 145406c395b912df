"""How long each stage may take: data an administrator edits, never constants."""

import datetime
import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.words import Stage, Urgency


class Deadline(models.Model):
    """Hours a stage is allowed at an urgency, counted from receipt for the first, from the step for the others."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.CharField(_("Stage"), max_length=12, choices=Stage)
    urgency = models.CharField(_("Urgency"), max_length=10, choices=Urgency)
    hours = models.PositiveIntegerField(_("Hours"))

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["stage", "urgency"], name="deadline_once")]


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


def due(stage: str, urgency: str, since: datetime.datetime) -> datetime.datetime:
    """Return when a stage that began at `since` is due."""
    hours = Deadline.objects.filter(stage=stage, urgency=urgency).values_list("hours", flat=True).first()
    return since + datetime.timedelta(hours=hours if hours is not None else 24)

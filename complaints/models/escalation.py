"""What is late, who is told of it after how many hours, and that they were told: once."""

import datetime
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from complaints.models.complaint import Complaint
from complaints.models.contact import Contact

NAMESPACE = uuid.UUID("5f0c5a58-5f1c-4b0e-9d57-0e7d2a7a1f24")


class Late(models.TextChoices):
    """The clocks that can be over."""

    ACKNOWLEDGE = "acknowledge", _("Not acknowledged")
    SILENT = "silent", _("Acknowledged, nothing done since")
    VERIFY = "verify", _("Verification over its time")
    RESCUE = "rescue", _("Rescue over its time")
    ANSWER = "answer", _("Reporter without a word")
    INBOX = "inbox", _("Message in the inbox not dealt with")


# The clocks of a complaint: of the last one the rows are messages.
OF_COMPLAINTS = tuple(what for what in Late.values if what != Late.INBOX)


class Level(models.IntegerChoices):
    """Who is told, one after the other."""

    OFFICER = 1, pgettext_lazy("escalation", "Who handles it")
    LEAD = 2, pgettext_lazy("escalation", "The lead of the province")
    SUPERVISORS = 3, pgettext_lazy("escalation", "The supervisors")


class Whom(models.TextChoices):
    """Who was told in the end: where a level has nobody, the next one is."""

    OFFICER = "officer", pgettext_lazy("escalated to", "the officer")
    DUTY = "duty", pgettext_lazy("escalated to", "those on duty")
    LEAD = "lead", pgettext_lazy("escalated to", "the lead of the province")
    SUPERVISORS = "supervisors", pgettext_lazy("escalated to", "the supervisors")
    NAMED = "named", pgettext_lazy("escalated to", "who is named for it")
    LOGGER = "logger", pgettext_lazy("escalated to", "who logged it")
    NOBODY = "nobody", pgettext_lazy("escalated to", "nobody, nobody could be told")


class EscalationHours(models.Model):
    """Hours after a limit at which a level is told; they run day and night."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.CharField(max_length=12, choices=Late)
    level = models.PositiveSmallIntegerField(choices=Level)
    hours = models.PositiveSmallIntegerField(_("Hours"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["stage", "level"], name="escalation_hours_once")
        ]


class EscalationQuerySet(ScopedQuerySet["Escalation"]):
    """Escalations, scoped like their complaint."""


class Escalation(models.Model):
    """A level was told that a clock of a complaint, or of a message that waits, is over; one row for each limit, however often a worker was killed."""

    id = models.UUIDField(primary_key=True, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="escalations")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="escalations")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    stage = models.CharField(max_length=12, choices=Late)
    level = models.PositiveSmallIntegerField(choices=Level)
    whom = models.CharField(max_length=12, choices=Whom)
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(default=timezone.now)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["complaint", "stage", "level", "due_at"], name="escalation_once"),
            models.UniqueConstraint(fields=["contact", "stage", "level", "due_at"], name="escalation_of_contact_once"),
            models.CheckConstraint(
                condition=Q(complaint__isnull=False, contact__isnull=True)
                | Q(complaint__isnull=True, contact__isnull=False, stage=Late.INBOX),
                name="escalation_of_one_record",
            ),
        ]


def escalation_key(record: uuid.UUID, stage: str, level: int, due_at: datetime.datetime) -> uuid.UUID:
    """Return the key of an escalation: the same whoever makes it, so that its notices are the same too."""
    return uuid.uuid5(NAMESPACE, f"{record} {stage} {level} {due_at.timestamp():.6f}")


FIRST_ESCALATION = {
    Late.ACKNOWLEDGE: (0, 2, 8),
    Late.SILENT: (0, 24, 48),
    Late.VERIFY: (0, 24, 72),
    Late.RESCUE: (0, 24, 72),
    Late.ANSWER: (0, 48, 168),
    Late.INBOX: (0, 1, 4),
}

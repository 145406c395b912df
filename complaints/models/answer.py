"""What the reporter was told, and when: a line for every word, never a number or a name to call."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from complaints.models.complaint import Complaint
from complaints.models.words import AttemptWay


class Told(models.TextChoices):
    """What a reporter may be told."""

    RECEIVED = "received", pgettext_lazy("told the reporter", "We have it")
    LOOKED_INTO = "looked_into", pgettext_lazy("told the reporter", "It is being looked into")
    NEED_MORE = "need_more", pgettext_lazy("told the reporter", "We need to know more")
    PERSON_SAFE = "person_safe", pgettext_lazy("told the reporter", "The person is safe")
    CLOSED = "closed", pgettext_lazy("told the reporter", "It is closed")


class ReporterAnswerQuerySet(ScopedQuerySet["ReporterAnswer"]):
    """Words to reporters, scoped like their complaint."""


class ReporterAnswer(models.Model):
    """One word to the reporter; it stands for good. `victim` where somebody was said to be safe: only if they agreed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="answers")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    told = models.CharField(_("What was told?"), max_length=12, choices=Told)
    way = models.CharField(_("How"), max_length=20, choices=AttemptWay)
    victim = models.ForeignKey("victims.Victim", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=2000, blank=True, default="")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReporterAnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(told="person_safe", victim__isnull=False) | (~Q(told="person_safe") & Q(victim=None)),
                name="answer_safe_names_who",
            )
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["complaint", "-happened_at"], name="answer_complaint")]

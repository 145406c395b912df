"""What is missing to decide a complaint, and every attempt to learn it."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from complaints.models.complaint import Complaint
from complaints.models.words import AttemptResult, AttemptWay, AttemptWhom


class ContactAttemptQuerySet(ScopedQuerySet["ContactAttempt"]):
    """Attempts, scoped like their complaint."""


class ContactAttempt(models.Model):
    """One attempt to learn what is missing, reached or not; it stands for good. No number or handle is kept here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="attempts")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    way = models.CharField(_("How"), max_length=20, choices=AttemptWay)
    whom = models.CharField(pgettext_lazy("attempt", "Whom"), max_length=20, choices=AttemptWhom)
    result = models.CharField(_("Result"), max_length=20, choices=AttemptResult)
    note = models.CharField(max_length=2000, blank=True, default="")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ContactAttemptQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["complaint", "-happened_at"], name="attempt_complaint")]


class Limit(models.Model):
    """A number an administrator sets: how much must have been tried, how long may be silence, when the digest goes out."""

    class Name(models.TextChoices):
        ATTEMPTS = "attempts", _("Attempts before “insufficient information”")
        ATTEMPT_DAYS = "attempt_days", _("Days on which they were made")
        SILENT_HOURS = "silent_hours", _("Hours without an act after it was acknowledged")
        ANSWER_DAYS = "answer_days", _("Days without a word to the reporter")
        DIGEST_MINUTE = "digest_minute", _("Minute of the day at which the digest goes out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=20, choices=Name, unique=True)
    number = models.PositiveIntegerField()


FIRST_LIMITS = {Limit.Name.ATTEMPTS: 3, Limit.Name.ATTEMPT_DAYS: 2}
CLOCK_LIMITS = {Limit.Name.SILENT_HOURS: 72, Limit.Name.ANSWER_DAYS: 14, Limit.Name.DIGEST_MINUTE: 450}


def limits(*names: str) -> dict[str, int]:
    """Return these limits of the clocks as they are set; one query."""
    kept = dict(Limit.objects.filter(name__in=names).values_list("name", "number"))
    return {name: kept.get(name, CLOCK_LIMITS[Limit.Name(name)]) for name in names}

"""Where somebody serves (dated postings) and when they are on duty."""

from datetime import date, datetime
from typing import ClassVar, Self
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DateRange(Func):
    """Days from the first to the last, both included."""

    function = "daterange"
    output_field = DateRangeField()


class MomentRange(Func):
    """Moments from the first up to the last, which is outside."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class PostingQuerySet(models.QuerySet["Posting"]):
    def active(self, day: date | None = None) -> Self:
        """Keep what runs on that day (default: today in Asia/Phnom_Penh); both ends are included."""
        day = day or timezone.localdate()
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)


class DutyQuerySet(models.QuerySet["Duty"]):
    def active(self, moment: datetime | None = None) -> Self:
        """Keep who is on duty at that moment (default: now)."""
        moment = moment or timezone.now()
        return self.filter(Q(until_at=None) | Q(until_at__gt=moment), from_at__lte=moment)


class Posting(models.Model):
    """A user serves in a province from one day to another; `until_on` empty means until further notice."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="postings")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    lead = models.BooleanField(_("Leads the province"), default=False)
    from_on = models.DateField(_("From"), default=timezone.localdate)
    until_on = models.DateField(_("Until, included"), null=True, blank=True)

    objects: ClassVar[PostingQuerySet] = PostingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("province_id", "from_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="posting_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            ExclusionConstraint(
                name="posting_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("province", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person is posted there already in these days."),
            ),
        ]
        indexes = [models.Index(fields=["province", "user"], name="posting_province")]

    def __str__(self) -> str:
        return f"{self.province_id} {self.from_on}–{self.until_on or ''}"

    def clean(self) -> None:
        """Refuse a posting of somebody whose role has none."""
        if not self.user.table.is_posted:
            raise ValidationError(_("This role has no posting."), code="no_posting")


class Duty(models.Model):
    """A user answers for a province from one moment up to another; `until_at` empty means without end."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="duties")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    from_at = models.DateTimeField(_("From"), default=timezone.now)
    until_at = models.DateTimeField(_("Until"), null=True, blank=True)

    objects: ClassVar[DutyQuerySet] = DutyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("province_id", "from_at")
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")),
                name="duty_ends_after_start",
                violation_error_message=_("The end lies before the start."),
            ),
            ExclusionConstraint(
                name="duty_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("province", RangeOperators.EQUAL),
                    (MomentRange("from_at", "until_at", RangeBoundary(True, False)), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person is on duty there already at that time."),
            ),
        ]
        indexes = [models.Index(fields=["province", "from_at"], name="duty_province")]

    def __str__(self) -> str:
        return f"{self.province_id} {self.from_at:%Y-%m-%d %H:%M}"

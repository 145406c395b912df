"""Who stands in for somebody at the ministry who is away."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.posting import DateRange
from core.models import new_reference


def deputy_reference() -> str:
    """Return a new reference: DY-XXXXXXXX."""
    return new_reference("DY")


class DeputyQuerySet(models.QuerySet["Deputy"]):
    """Questions about deputies."""

    def visible_to(self, user: Any) -> Self:
        """Keep what the user named, or is named in."""
        return self.filter(Q(user_id=user.pk) | Q(deputy_id=user.pk))

    def active(self, day: date | None = None) -> Self:
        """Keep what runs on that day (default: today in Asia/Phnom_Penh); both ends are included."""
        day = day or timezone.localdate()
        return self.filter(from_on__lte=day, until_on__gte=day)

    def standing_in(self, user: Any) -> Self:
        """Keep those for whom the user stands in today: of the same role still, and with an account."""
        found = self.active().filter(deputy_id=user.pk, user__role=user.role, user__is_active=True)
        return found.select_related("user").order_by("until_on", "id")


class Deputy(models.Model):
    """`deputy` looks after what waits for `user` on these days, both included; with no right beyond the own role's."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True, default=deputy_reference, editable=False)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey("accounts.User", models.PROTECT, related_name="stands_in")
    from_on = models.DateField(_("From"), default=timezone.localdate)
    until_on = models.DateField(_("Until, included"))

    objects: ClassVar[DeputyQuerySet] = DeputyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("from_on",)
        verbose_name_plural = "deputies"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="deputy_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(user=F("deputy")),
                name="deputy_is_another_person",
                violation_error_message=_("Name somebody else."),
            ),
            ExclusionConstraint(
                name="deputy_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("You named a deputy for some of these days already. End that first."),
            ),
        ]
        indexes = [models.Index(fields=["deputy", "until_on"], name="deputy_stands_in")]

    def __str__(self) -> str:
        return f"{self.from_on}–{self.until_on}"

    def clean(self) -> None:
        """Insist on somebody of the same role at the ministry, who may act."""
        if not self.user.is_ministry or self.deputy.role != self.user.role or not self.deputy.is_active:
            raise ValidationError({"deputy": [_("Name somebody of your own role at the ministry.")]})

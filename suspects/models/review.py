"""Non-punishment: the review asked for before somebody found and not cleared goes to court, or its override."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.scope import ScopedQuerySet
from core.models import UUIDModel


class ReviewQuerySet(ScopedQuerySet["Review"]):
    """Reviews, scoped like their suspect; overrides are read by the integrity unit too, of whatever province."""

    def visible_to(self, user: Any) -> Self:
        """Keep the reviews in scope and, for the integrity unit, every override; each by its suspect's reference."""
        seen = self._own(user) | self._shared(user)
        if user.is_active and user.may("override.read"):
            seen |= Q(finding=Review.Finding.OVERRIDDEN)
        return self.filter(seen).annotate(reference=F("suspect__reference"))

    def overrides_for(self, user: Any) -> "ReviewQuerySet":
        """Keep the acts that went on without a review, of every province: the integrity unit's alone."""
        rows = self.filter(finding=Review.Finding.OVERRIDDEN)
        return rows if user.is_active and user.may("override.read") else rows.none()


class Review(UUIDModel):
    """One review (or override) of a suspect who was found and is unscreened, presumed or trafficked."""

    class Finding(models.TextChoices):
        MAY_PROCEED = "may_proceed", _("May go to court")
        MUST_NOT = "must_not", _("Must not be punished")
        OVERRIDDEN = "overridden", _("Sent on without a review")

    suspect = models.ForeignKey("suspects.Suspect", models.PROTECT, related_name="reviews")
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    finding = models.CharField(max_length=12, choices=Finding)
    why = models.TextField(_("Why"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["suspect", "-at"], name="review_suspect")]

    @cached_property
    def reference(self) -> str:
        """Return the reference of the suspect: what a notice calls this review."""
        return self.suspect.reference

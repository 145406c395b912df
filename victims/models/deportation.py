"""A deportation: an order of an authority, recorded apart from returns; and its review for somebody who must not be punished."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from core.models import UUIDModel, Versioned, new_reference
from core.paging import Sort
from victims.models.victim import Decision, Victim
from workflow.models import Transition


class DeportationStatus(models.TextChoices):
    ORDERED = "ordered", pgettext_lazy("deportation", "Ordered")
    CARRIED_OUT = "carried_out", pgettext_lazy("deportation", "Carried out")
    STOPPED = "stopped", pgettext_lazy("deportation", "Stopped")


class DeportationReason(models.TextChoices):
    OVERSTAY = "overstay", _("Stayed without a valid visa")
    ILLEGAL_ENTRY = "illegal_entry", _("Entered without permission")
    ILLEGAL_WORK = "illegal_work", _("Worked without permission")
    OFFENCE = "offence", _("An offence")
    REQUEST = "request_from_abroad", _("Asked for by another state")
    OTHER = "other", pgettext_lazy("why deported", "Another reason")


def deportation_reference() -> str:
    """Return a new reference of a deportation: DP-XXXXXXXX."""
    return new_reference("DP")


def _protected() -> Exists:
    """Say of a deportation that non-punishment protects the person, wherever they were found; a look of the system."""
    return Exists(Victim.objects.protected().filter(person_id=OuterRef("victim__person_id")))


def _decided_since() -> Exists:
    """Say of a review that something was decided of the person since, in whatever complaint."""
    person = Victim.objects.filter(person_id=OuterRef(OuterRef("deportation__victim__person_id")))
    since = Transition.objects.filter(object_type=Victim._meta.label_lower, field="decision")
    return Exists(since.filter(object_id__in=person.values("pk"), recorded_at__gt=OuterRef("at")))


class DeportationQuerySet(ScopedQuerySet["Deportation"]):
    """Questions about deportations."""

    victim_lookup = "victim_id"

    def live(self) -> Self:
        """Keep every deportation: none is ever merged."""
        return self.all()

    def with_protection(self) -> Self:
        """Bring along whether the person is protected, and what the newest review found."""
        reviews = DeportationReview.objects.filter(deportation_id=OuterRef("pk")).order_by("-at")
        finding, standing = reviews.values("finding")[:1], Exists(reviews.standing())
        return self.annotate(is_protected=_protected(), finding=Subquery(finding), is_reviewed=standing)

    def with_reviews(self) -> Self:
        """Bring along protection, and the reviews with whether each has lapsed: two queries."""
        return self.with_protection().prefetch_related(Prefetch("reviews", DeportationReview.objects.with_lapse()))

    def awaiting_review(self) -> Self:
        """Keep orders against somebody protected of which no review of the ministry stands."""
        unread = ~Exists(DeportationReview.objects.standing().filter(deportation_id=OuterRef("pk")))
        return self.filter(unread, _protected(), status=DeportationStatus.ORDERED)

    def for_list(self) -> Self:
        """Fetch what a list shows, in two queries however many rows."""
        return self.select_related("victim__person", "province").prefetch_related("victim__person__names")


class Deportation(Versioned):
    """One order to deport one person; `decision_then`: what was decided of them when it was recorded."""

    reference = models.CharField(max_length=20, unique=True, default=deportation_reference, editable=False)
    victim = models.ForeignKey("victims.Victim", models.PROTECT, related_name="deportations")
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    status = models.CharField(_("Status"), max_length=12, choices=DeportationStatus, default=DeportationStatus.ORDERED)
    status_at = models.DateTimeField(default=timezone.now)
    authority = models.CharField(_("Which authority ordered it?"), max_length=200)
    order_number = models.CharField(_("Number of the order"), max_length=120)
    ordered_on = models.DateField(_("Day of the order"))
    reason = models.CharField(_("Reason"), max_length=20, choices=DeportationReason)
    carried_out_on = models.DateField(_("Carried out on"), null=True, blank=True)
    decision_then = models.CharField(max_length=28, choices=Decision)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    is_protected: bool  # by `with_protection`
    is_reviewed: bool
    objects = DeportationQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "updated": Sort("updated_at", True, _("Changed, latest first")),
        "status": Sort("status_at", True, _("Latest first")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["victim"],
                condition=Q(status="ordered"),
                name="deportation_one_open_a_person",
                violation_error_message=_("An order to deport this person stands already."),
            ),
            models.CheckConstraint(
                condition=Q(status="carried_out", carried_out_on__isnull=False)
                | ~Q(status="carried_out") & Q(carried_out_on__isnull=True),
                name="deportation_carried_out_has_its_day",
                violation_error_message=_("A deportation that was carried out has its day."),
            ),
            models.CheckConstraint(
                condition=Q(carried_out_on=None) | Q(carried_out_on__gte=F("ordered_on")),
                name="deportation_after_its_order",
                violation_error_message=_("Nobody is deported before the order."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["province", "handling", "-updated_at", "-id"], name="deportation_updated"),
            models.Index(fields=["-updated_at", "-id"], name="deportation_updated_all"),
            models.Index(fields=["-status_at", "-id"], name="deportation_status_all"),
            models.Index(fields=["carried_out_on"], name="deportation_day", condition=Q(carried_out_on__isnull=False)),
        ]

    @property
    def awaits_review(self) -> bool:
        """Return whether it stands against somebody protected and no review counts; after `with_protection`."""
        return self.is_protected and not self.is_reviewed and self.status == DeportationStatus.ORDERED


class DeportationReviewQuerySet(ScopedQuerySet["DeportationReview"]):
    """Reviews, scoped like their deportation; overrides are read by the integrity unit too, of whatever province."""

    def visible_to(self, user: Any) -> Self:
        """Keep the reviews in scope and, for the integrity unit, every override; each by its deportation's reference."""
        seen = self._own(user) | self._shared(user)
        if user.is_active and user.may("override.read"):
            seen |= Q(finding=DeportationReview.Finding.OVERRIDDEN)
        return self.filter(seen).annotate(reference=F("deportation__reference"))

    def standing(self) -> Self:
        """Keep the reviews that count: no override, and nothing was decided of the person since, in any complaint."""
        return self.exclude(finding=DeportationReview.Finding.OVERRIDDEN).filter(~_decided_since())

    def with_lapse(self) -> Self:
        """Bring along whether the person was decided on since, so that the review counts no more."""
        return self.annotate(is_lapsed=_decided_since())

    def overrides_for(self, user: Any) -> "DeportationReviewQuerySet":
        """Keep the deportations that went on without a review, of every province: the integrity unit's alone."""
        rows = self.filter(finding=DeportationReview.Finding.OVERRIDDEN)
        return rows if user.is_active and user.may("override.read") else rows.none()


class DeportationReview(UUIDModel):
    """One review (or override) of the deportation of somebody who is unscreened, presumed or trafficked."""

    class Finding(models.TextChoices):
        MAY_PROCEED = "may_proceed", _("May be deported")
        MUST_NOT = "must_not", _("Must not be deported")
        OVERRIDDEN = "overridden", _("Deported without a review")

    deportation = models.ForeignKey(Deportation, models.PROTECT, related_name="reviews")
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    finding = models.CharField(max_length=12, choices=Finding)
    why = models.TextField(_("Why"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    is_lapsed: bool  # by `with_lapse`
    objects = DeportationReviewQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["deportation", "-at"], name="deportationreview_of")]

    @cached_property
    def reference(self) -> str:
        """Return the reference of the deportation: what a notice calls this review."""
        return self.deportation.reference

"""Where a person found is now: one stay after another, the address sealed."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.scope import ScopedQuerySet
from core.models import UUIDModel
from core.sealed import SealedTextField


class PlaceKind(models.TextChoices):
    SHELTER = "shelter", _("Shelter")
    HOSPITAL = "hospital", _("Hospital")
    EMBASSY = "embassy", _("Embassy")
    IMMIGRATION = "immigration_detention", _("Immigration detention")
    POLICE = "police", _("Police")
    PRISON = "prison", _("Prison")
    HOTEL = "hotel", _("Hotel")
    HOME = "home", _("Home")
    UNKNOWN = "unknown", _("Unknown")


DETENTION = ("immigration_detention", "police", "prison")


class StayQuerySet(ScopedQuerySet["Stay"]):
    """Questions about where people are."""

    victim_lookup = "victim_id"

    def now(self) -> Self:
        """Keep the stays that have not ended."""
        return self.filter(until=None)


class Stay(UUIDModel):
    """One person at one kind of place, from a day to a day; open while `until` is empty, one open stay a person.

    The kind is seen by who may see the person; `detail` (which house, which room) is sealed and opened with a reason.
    """

    victim = models.ForeignKey("victims.Victim", models.PROTECT, related_name="stays")
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    kind = models.CharField(_("Place now"), max_length=24, choices=PlaceKind)
    detail = SealedTextField(purpose="place")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = StayQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["victim"],
                condition=Q(until=None),
                name="stay_one_open_a_person",
                violation_error_message=_("The person is recorded at another place now."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="stay_ends_after_it_began",
                violation_error_message=_("A stay does not end before it began."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["victim", "-since"], name="stay_victim"),
            models.Index(fields=["kind", "victim"], name="stay_now", condition=Q(until=None)),
        ]

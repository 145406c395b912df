"""An awareness activity: a forum, a training, a campaign, a religious service, an inspection."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Branch
from core.models import Versioned, new_reference
from core.paging import Sort
from prevention.models.words import ActivityKind, Audience, Organiser, ReachSource


def activity_reference() -> str:
    """Return a new reference of an activity: AC-XXXXXXXX."""
    return new_reference("AC")


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Questions about activities: read by all staff, written by the ministry and the province where it was held."""

    def visible_to(self, user: Any) -> Self:
        """Keep every activity for staff, nothing for others."""
        return self if user.may("activity.read") else self.none()

    def of_own_provinces(self, user: Any) -> Self:
        """Keep what a figure for this reader counts: of an officer the own provinces', else all."""
        rows = self.visible_to(user)
        if user.table.branch == Branch.PROVINCES:
            return rows.filter(province_id__in=sorted(user.posted_provinces))
        return rows


class Activity(Versioned):
    """One activity by the day it was held (began); `reached` are heads as its source says, women among them."""

    reference = models.CharField(max_length=20, unique=True, default=activity_reference, editable=False)
    kind = models.CharField(_("Kind"), max_length=20, choices=ActivityKind)
    title = models.CharField(_("Title"), max_length=200)
    held_on = models.DateField(_("Held on"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+", verbose_name=_("Province"))
    place = models.CharField(_("Place"), max_length=200, blank=True, default="")
    organisers = ArrayField(models.CharField(max_length=16, choices=Organiser), verbose_name=_("Who organised it"))
    audience = ArrayField(models.CharField(max_length=20, choices=Audience), verbose_name=_("For whom"))
    subject = models.CharField(_("Subject of the training"), max_length=300, blank=True, default="")
    reached = models.PositiveIntegerField(_("People reached"), null=True, blank=True)
    reached_women = models.PositiveIntegerField(_("Women among them"), null=True, blank=True)
    reach_source = models.CharField(
        _("Where the number comes from"), max_length=12, choices=ReachSource, blank=True, default=""
    )
    note = models.TextField(_("Note"), blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ActivityQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "newest": Sort("held_on", True, _("Newest first")),
        "oldest": Sort("held_on", False, _("Oldest first")),
        "updated": Sort("updated_at", True, _("Last changed")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("held_on")),
                name="activity_ends_after_it_began",
                violation_error_message=_("It cannot end before it began."),
            ),
            models.CheckConstraint(
                condition=Q(reached_women=None) | Q(reached__isnull=False, reached_women__lte=F("reached")),
                name="activity_women_among_reached",
                violation_error_message=_("There cannot be more women than people reached."),
            ),
            models.CheckConstraint(
                condition=Q(reached=None, reach_source="") | (Q(reached__isnull=False) & ~Q(reach_source="")),
                name="activity_number_has_its_source",
                violation_error_message=_("Say where the number of people reached comes from."),
            ),
            models.CheckConstraint(
                condition=~Q(organisers=[]) & ~Q(audience=[]),
                name="activity_by_whom_for_whom",
                violation_error_message=_("Say who organised it and for whom it was."),
            ),
            models.CheckConstraint(condition=~Q(province_id="00"), name="activity_of_a_province"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["-held_on", "-id"], name="activity_newest")]

    def __str__(self) -> str:
        return self.title

"""What a court does with a suspect: what it charges, how it holds, when it sits."""

import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from core.models import UUIDModel


class OfSuspectQuerySet(ScopedQuerySet[Any]):
    """Rows about one suspect, scoped like them; what was recorded by mistake stays and does not stand."""

    def standing(self) -> Self:
        """Keep what was not taken back."""
        return self.filter(taken_back_at=None)


class OfSuspect(UUIDModel):
    """Columns of a row about one suspect: it is never deleted, only taken back."""

    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = OfSuspectQuerySet.as_manager()

    class Meta:
        abstract = True


class ChargeResult(models.TextChoices):
    OPEN = "", _("Not decided yet")
    CONVICTED = "convicted", _("Convicted")
    LESSER = "lesser", _("Convicted of a lesser offence instead")
    ACQUITTED = "acquitted", _("Acquitted")
    DISMISSED = "dismissed", _("Dismissed")


class Charge(OfSuspect):
    """One article a suspect is charged under, and what became of it; `is_lesser`: put there by the judgment instead."""

    suspect = models.ForeignKey("suspects.Suspect", models.PROTECT, related_name="charges")
    article = models.ForeignKey("suspects.Article", models.PROTECT, related_name="charges")
    charged_on = models.DateField(_("Charged on"))
    is_lesser = models.BooleanField(default=False)
    result = models.CharField(max_length=10, choices=ChargeResult, blank=True, default=ChargeResult.OPEN)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["suspect", "article"], name="charge_suspect"),
            models.Index(fields=["charged_on"], name="charge_day"),
        ]


class RestraintKind(models.TextChoices):
    """How a court holds somebody who is charged, by the Code of Criminal Procedure."""

    DETENTION = "provisional_detention", _("Provisional detention")
    SUPERVISION = "judicial_supervision", _("Judicial supervision")
    LIBERTY = "at_liberty", _("At liberty")


class RestraintQuerySet(OfSuspectQuerySet):
    """Questions about orders of the court."""

    def ending(self, until: datetime.date) -> Self:
        """Keep orders that hold somebody now, and whose last day is over or comes by a day; nobody is held without one."""
        here = self.standing().filter(suspect__merged_into=None, ended_on=None, ordered_until__lte=until)
        return here.exclude(kind=RestraintKind.LIBERTY)


class Restraint(OfSuspect):
    """One order about somebody charged, from a day until the next order or the verdict."""

    suspect = models.ForeignKey("suspects.Suspect", models.PROTECT, related_name="restraints")
    kind = models.CharField(max_length=24, choices=RestraintKind)
    since = models.DateField(_("Since"))
    ordered_until = models.DateField(_("Ordered until"), null=True, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[RestraintQuerySet] = RestraintQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(ordered_until=None) | Q(ordered_until__gte=F("since")),
                name="restraint_ordered_forward",
                violation_error_message=_("An order does not end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")),
                name="restraint_ends_after_it_began",
                violation_error_message=_("An order does not end before it begins."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["suspect", "since"], name="restraint_suspect"),
            models.Index(
                fields=["ordered_until"],
                name="restraint_until",
                condition=Q(ended_on=None, taken_back_at=None, ordered_until__isnull=False),
            ),
        ]


class AppealBy(models.TextChoices):
    DEFENCE = "defence", pgettext_lazy("appeal", "The defence")
    PROSECUTOR = "prosecutor", pgettext_lazy("appeal", "The prosecutor")
    CIVIL_PARTY = "civil_party", pgettext_lazy("appeal", "The civil party")


class FirstContact(models.TextChoices):
    """How somebody first met the police as a suspect; an arrest has its own columns."""

    QUESTIONED = "questioned", _("Questioned as a suspect")
    CAUTIONED = "cautioned", _("Cautioned")

"""A hearing: when and where a court sits about a suspect, and what came of it."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from core.display import ZONE
from core.models import Versioned, new_reference
from core.paging import Sort


class HearingKind(models.TextChoices):
    QUESTIONING = "questioning", pgettext_lazy("hearing", "Questioning by the investigating judge")
    DETENTION = "detention", pgettext_lazy("hearing", "About the provisional detention")
    TRIAL = "trial", pgettext_lazy("hearing", "Trial")
    JUDGMENT = "judgment", pgettext_lazy("hearing", "Judgment")
    APPEAL = "appeal", pgettext_lazy("hearing", "Appeal")
    OTHER = "other", pgettext_lazy("hearing", "Another hearing")


class HearingStatus(models.TextChoices):
    SET = "set", pgettext_lazy("hearing", "Set")
    HELD = "held", pgettext_lazy("hearing", "Held")
    ADJOURNED = "adjourned", pgettext_lazy("hearing", "Adjourned")
    CALLED_OFF = "called_off", pgettext_lazy("hearing", "Called off")
    MISTAKEN = "mistaken", pgettext_lazy("hearing", "Recorded by mistake")


def hearing_reference() -> str:
    """Return a new reference of a hearing: H-XXXXXXXX."""
    return new_reference("H")


class HearingQuerySet(ScopedQuerySet["Hearing"]):
    """Questions about hearings."""

    def live(self) -> Self:
        """Keep what was not recorded by mistake, of suspects that did not leave for another row."""
        return self.exclude(status=HearingStatus.MISTAKEN).filter(suspect__merged_into=None)

    def coming(self, now: datetime | None = None) -> Self:
        """Keep what is set and has not begun."""
        return self.live().filter(status=HearingStatus.SET, at__gte=now or timezone.now())

    def unrecorded(self, now: datetime) -> Self:
        """Keep what has begun and of which nobody recorded what came."""
        return self.live().filter(status=HearingStatus.SET, at__lt=now)

    def undated(self) -> Self:
        """Keep what was adjourned without a day: no later hearing of the suspect stands, and no verdict came since."""
        off = (HearingStatus.MISTAKEN, HearingStatus.CALLED_OFF)
        later = Hearing.objects.filter(suspect=OuterRef("suspect"), at__gt=OuterRef("at")).exclude(status__in=off)
        judged = Q(suspect__verdict_on__gte=TruncDate("at", tzinfo=ZONE))
        return self.live().filter(~Exists(later), status=HearingStatus.ADJOURNED).exclude(judged)

    def for_list(self) -> Self:
        """Fetch what a list shows, in two queries however many rows."""
        related = ("suspect", "suspect__person", "suspect__complaint", "court")
        return self.select_related(*related).prefetch_related("suspect__person__names")


class Hearing(Versioned):
    """One sitting about one suspect; co-suspects each have their own row, as each stands behind the wall of a complaint."""

    reference = models.CharField(max_length=20, unique=True, default=hearing_reference, editable=False)
    suspect = models.ForeignKey("suspects.Suspect", models.PROTECT, related_name="hearings")
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    court = models.ForeignKey("suspects.Court", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Day and hour"))
    kind = models.CharField(_("What for"), max_length=12, choices=HearingKind)
    room = models.CharField(_("Room"), max_length=120, blank=True, default="")
    status = models.CharField(_("Status"), max_length=12, choices=HearingStatus, default=HearingStatus.SET)
    result = models.CharField(_("What was decided"), max_length=2000, blank=True, default="")
    next = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="earlier")
    told_early_at = models.DateTimeField(null=True, blank=True)
    told_late_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = HearingQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "soonest": Sort("at", False, _("Soonest first")),
        "latest": Sort("at", True, _("Latest first")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["suspect", "at", "court"],
                condition=Q(status="set"),
                name="hearing_once_at_a_time",
                violation_error_message=_("This hearing is recorded already."),
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["province", "handling", "at", "id"], name="hearing_at"),
            models.Index(fields=["at", "id"], name="hearing_at_all"),
            models.Index(fields=["suspect", "at"], name="hearing_suspect"),
            models.Index(fields=["at"], name="hearing_set", condition=Q(status="set")),
        ]

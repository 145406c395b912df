"""A sheet of answers on its way in: the rows as they were read, and how far they are."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import UUIDModel, new_reference
from prevention.models.survey import Survey
from prevention.models.words import ImportState


def import_reference() -> str:
    """Return a new reference of an import: SI-XXXXXXXX."""
    return new_reference("SI")


class SheetImportQuerySet(models.QuerySet["SheetImport"]):
    """Questions about imports."""

    def visible_to(self, user: Any) -> Self:
        """Keep them for who imports."""
        return self if user.may("survey.manage") else self.none()

    def running(self) -> Self:
        """Keep those a worker has to go on with, oldest first."""
        return self.filter(state=ImportState.RUNNING).order_by("begun_at")


class SheetImport(UUIDModel):
    """One sheet for one survey. `rows` are emptied once all are in; `skipped` stood there already."""

    reference = models.CharField(max_length=20, unique=True, default=import_reference, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="imports")
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    total = models.PositiveIntegerField()
    wrong = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READ)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(done__lte=F("total")) & Q(skipped__lte=F("done")), name="sheetimport_counts"
            ),
            models.UniqueConstraint(
                fields=["survey"],
                condition=Q(state="running"),
                name="sheetimport_one_runs",
                violation_error_message=_("Another sheet is being taken in for this survey. Wait until it is done."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def percent(self) -> int:
        """Return how far it is."""
        return 100 * self.done // self.total if self.total else 100

    @property
    def taken(self) -> int:
        """Return how many respondents came of it."""
        return self.done - self.skipped

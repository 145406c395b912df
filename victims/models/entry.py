"""What was entered for an operation in one press: a count of the night, or a sheet of names; it can be taken back."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import UUIDModel
from victims.models.operation import Operation


class Entry(UUIDModel):
    """One press that made or changed the rows of many people.

    `lines` keeps for each row what was done: {"did": "made" | "named" | "rescued", "victim": id, "version": after it,
    "before": what a taking back writes again}. Scoped like its operation.
    """

    class Kind(models.TextChoices):
        COUNT = "count", _("Quick count")
        SHEET = "sheet", _("List of people")

    operation = models.ForeignKey(Operation, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind)
    lines = models.JSONField(default=list)
    n_people = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="entry_undone_by_somebody",
            )
        ]

    @property
    def is_undone(self) -> bool:
        """Return whether it was taken back."""
        return self.undone_at is not None

"""One in ten closings is read a second time, by somebody who had no part in it."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Grant
from accounts.roles import ROLES, Branch
from accounts.scope import ScopedQuerySet
from complaints.models.complaint import Complaint
from complaints.models.words import Status
from core.paging import Sort
from workflow.models import Transition

CLOSING = ("propose_closing", "close")
REOPEN = "complaint.reopen"


class SecondReadingQuerySet(ScopedQuerySet["SecondReading"]):
    """Second readings, scoped like their complaint."""

    def waiting(self) -> Self:
        """Keep what nobody read yet, of complaints that are closed still."""
        return self.filter(reader=None, complaint__status=Status.CLOSED, complaint__merged_into=None)

    def asking(self) -> Self:
        """Keep what asks for reopening, of complaints that were not reopened since."""
        done = Transition.objects.filter(object_id=OuterRef("complaint_id"), step="reopen")
        asked = self.filter(finding="reopen", complaint__status=Status.CLOSED, complaint__merged_into=None)
        return asked.exclude(Exists(done.filter(recorded_at__gt=OuterRef("read_at"))))

    def unnamed(self) -> Self:
        """Keep those of which nobody is named now who may reopen the complaint."""
        roles = [name for name, role in ROLES.items() if REOPEN in role.permissions]
        named = Grant.objects.active().filter(complaint_id=OuterRef("complaint_id"), kind=Grant.Kind.NAMING)
        return self.exclude(Exists(named.filter(user__is_active=True, user__role__in=roles)))

    def not_of(self, user: Any) -> Self:
        """Leave out what the user proposed or closed: the closing that was drawn, or one after a reopening."""
        acts = Transition.objects.filter(object_id=OuterRef("complaint_id"), step__in=CLOSING, by=user)
        return self.exclude(closed_by=user).exclude(proposed_by=user).exclude(Exists(acts))


class SecondReading(models.Model):
    """Drawn in the act of closing, once a complaint, never again; `reader` neither proposed nor closed it."""

    class Finding(models.TextChoices):
        STANDS = "stands", _("The closing stands")
        REOPEN = "reopen", _("Reopening is asked for")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="second_readings")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    drawn_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=8, choices=Finding, blank=True, default="")
    words = models.CharField(max_length=2000, blank=True, default="")

    objects = SecondReadingQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {"drawn": Sort("drawn_at", False, _("Drawn, oldest first"))}

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["complaint"], name="second_reading_once"),
            models.CheckConstraint(
                condition=Q(reader=None, read_at=None, finding="")
                | (~Q(reader=None) & ~Q(read_at=None) & ~Q(finding="")),
                name="second_reading_whole",
            ),
            models.CheckConstraint(
                condition=Q(reader=None)
                | (~Q(reader=models.F("closed_by")) & (Q(proposed_by=None) | ~Q(reader=models.F("proposed_by")))),
                name="second_reading_by_another",
                violation_error_message=_("Who proposed or closed it does not read it again."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["drawn_at", "id"], name="second_reading_drawn"),
            models.Index(fields=["drawn_at", "id"], name="second_reading_waits", condition=Q(reader=None)),
            models.Index(fields=["read_at", "id"], name="second_reading_asks", condition=Q(finding="reopen")),
        ]

    @property
    def reference(self) -> str:
        """Return the reference of its complaint."""
        return self.complaint.reference

    @property
    def is_sealed(self) -> bool:
        """Return whether the integrity unit reads it."""
        return self.handling == Branch.SEALED

"""What shrinks an inquiry is proposed by one person and decided by another: fewer people, less urgent, another province."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.scope import ScopedQuerySet
from complaints.models.complaint import Complaint
from workflow.models import Approval


class ProposedChangeQuerySet(ScopedQuerySet["ProposedChange"]):
    """Proposed changes, scoped like their complaint."""

    def waiting(self) -> Self:
        """Keep what nobody decided yet."""
        return self.filter(approval__state=Approval.State.ASKED)


class ProposedChange(models.Model):
    """One change that needs a second person; `before` and `after` are the values as text, empty for none."""

    class Field(models.TextChoices):
        NUMBER_REPORTED = "number_reported", _("Fewer people reported")
        URGENCY = "urgency", _("Less urgent")
        PROVINCE_OF_INCIDENT = "province_of_incident", _("Another province of incident")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="proposed_changes")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    field = models.CharField(max_length=24, choices=Field)
    before = models.CharField(max_length=40, blank=True, default="")
    after = models.CharField(max_length=40, blank=True, default="")
    why = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=500, blank=True, default="")

    objects = ProposedChangeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["complaint", "-at"], name="proposed_change_complaint")]

    @property
    def is_waiting(self) -> bool:
        """Return whether it waits for the second person."""
        return self.approval.state == Approval.State.ASKED

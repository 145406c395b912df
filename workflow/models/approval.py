"""What waits for a second person, and who looked at it before deciding."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Approval(models.Model):
    """An act that is no status and needs a second person (merge, export of identities, unseal, grants)."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    payload_sha256 = models.CharField(max_length=64)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")), name="approval_second_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="approval_approved_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["kind", "object_id"], condition=Q(state="asked"), name="approval_asked_once"
            ),
        ]


class Opening(models.Model):
    """When somebody first opened the page of a proposal (an approval, or the step that proposed), and what they decided.

    `opened_at` is empty where it was decided without its page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12, blank=True, default="")
    opened_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="opening_once")]
        indexes = [models.Index(fields=["user", "-decided_at"], name="opening_yes", condition=Q(approved=True))]

    @property
    def open_for(self) -> timedelta | None:
        """Return how long it was open before the decision."""
        return self.decided_at - self.opened_at if self.opened_at and self.decided_at else None

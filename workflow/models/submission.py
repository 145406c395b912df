"""What the machinery keeps: submissions already made, and the moves that are allowed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Submission(models.Model):
    """One idempotency key used once. No body is stored, only its digest and what it made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    key = models.CharField(max_length=80)
    route = models.CharField(max_length=80)
    body_sha256 = models.CharField(max_length=64)
    reference = models.CharField(max_length=40, blank=True, default="")
    status = models.PositiveSmallIntegerField(default=201)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="submission_user_key"),
            models.UniqueConstraint(fields=["key"], condition=Q(user__isnull=True), name="submission_public_key"),
        ]


class StepRow(models.Model):
    """The allowed moves, filled from Python by `migrate`; the trigger on every status field reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workflow = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)

    class Meta:
        db_table = "workflow_step"
        constraints = [models.UniqueConstraint(fields=["workflow", "source", "target"], name="workflow_step_once")]

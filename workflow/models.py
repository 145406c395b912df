"""What happened to records: steps taken, fields edited, approvals asked, submissions already made."""

import uuid
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.notes import in_words

S = TypeVar("S", bound="Story")


class StoryQuerySet(models.QuerySet[S]):
    """Rows of a story are read through their object, which was fetched through the scope."""

    def of(self, obj: models.Model) -> Self:
        """Return the rows about one object, newest first."""
        return self.filter(object_type=obj._meta.label_lower, object_id=obj.pk).order_by("-recorded_at", "-id")

    def of_complaint(self, complaint: models.Model) -> Self:
        """Return the rows about a complaint and everything under it, newest first."""
        return self.filter(complaint_id=complaint.pk).order_by("-recorded_at", "-id")


class Story(models.Model):
    """Columns of a row about an object; the composite key to its complaint is added by complaints' migration."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    reference = models.CharField(max_length=20, blank=True, default="")
    complaint_id = models.UUIDField(null=True)
    province_id = models.CharField(max_length=2, null=True)
    handling = models.CharField(max_length=12, null=True)
    field = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Transition(Story):
    """One step taken. Notes hold personal data: the timeline people read, scoped and erasable."""

    step = models.CharField(max_length=60)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40)
    note = models.TextField(blank=True, default="")
    late_why = models.CharField(max_length=500, blank=True, default="")
    happened_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar["StoryQuerySet[Transition]"] = StoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["complaint_id", "-recorded_at"], name="transition_complaint"),
            models.Index(fields=["object_id", "-recorded_at"], name="transition_object"),
        ]

    @property
    def words(self) -> str:
        """Return the note for its reader: a person's as it was written, the system's in the reader's language."""
        return in_words(self.note.split("\n")) if self.by.role == "system" else self.note

    @property
    def is_late(self) -> bool:
        """Return whether more than 24 hours lie between what happened and its recording."""
        return (self.recorded_at - self.happened_at).total_seconds() > 86_400


class Edit(Story):
    """One field changed by an edit that is no step."""

    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    version = models.PositiveIntegerField()

    objects: ClassVar["StoryQuerySet[Edit]"] = StoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["complaint_id", "-recorded_at"], name="edit_complaint"),
            models.Index(fields=["object_id", "-recorded_at"], name="edit_object"),
        ]


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
            )
        ]


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

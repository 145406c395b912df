"""What happened to a record: steps taken, and fields edited."""

import uuid
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from workflow.notes import WRITERS, in_words

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
            models.Index(  # when steps of a complaint happened, without reading the story
                fields=["complaint_id", "happened_at"],
                include=["step", "field", "object_type"],
                name="transition_moment",
            ),
        ]

    @property
    def words(self) -> str:
        """Return the note for its reader: a person's as it was written, the system's and codes in the reader's language."""
        if write := WRITERS.get(f"{self.object_type}.{self.step}"):
            return write(self.note)
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

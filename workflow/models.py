"""What happened to records: steps taken, fields edited, approvals asked, records merged, submissions already made."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Versioned, new_reference
from workflow.notes import WRITERS, in_words
from workflow.shapes import SHAPES

S = TypeVar("S", bound="Story")


def merge_reference() -> str:
    """Return a new reference of a merge: M-XXXXXXXX."""
    return new_reference("M")


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


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, user: Any) -> Self:
        """Keep merges whose survivor the user may see; before it is done, and once it is undone, the other record too.

        Of one that is done the room says besides whether its references may be known (`Shape.names`).
        """
        seen = Q(pk__in=())
        done = Q(at__isnull=False, undone_at__isnull=True)
        for shape in SHAPES.values():
            onward = shape.model._base_manager.filter(shape.seen(user, "merged_into"), pk=OuterRef("survivor_id"))
            survivor, absorbed = shape.seen(user, "survivor_id"), shape.seen(user, "absorbed_id")
            known = done & shape.names(user)
            seen |= Q(object_type=shape.label) & (survivor & (known | absorbed) | known & Q(Exists(onward)))
        return self.filter(seen)

    def waiting(self) -> Self:
        """Keep what was proposed and not decided."""
        return self.filter(approval__state=Approval.State.ASKED)

    def waiting_for(self, user: Any, labels: Iterable[str], *, own: bool = False) -> Self:
        """Keep the waiting merges of these kinds that others proposed (`own`: the user), both of whose records the user sees.

        What `visible_to` says of one that waits, found in one query for what waits and one for each kind that does: the
        whole condition takes a hundred milliseconds to write down, and hardly anything ever waits.
        """
        asked = self.waiting().filter(object_type__in=labels)
        asked = asked.filter(by=user) if own else asked.exclude(by=user)
        return self.filter(pk__in=_both_seen(asked, user, "pk"))

    def visible_among(self, user: Any, references: Iterable[str]) -> set[str]:
        """Return those of the references that `visible_to` keeps; the long condition is asked only of what does not wait."""
        named = self.filter(reference__in=references)
        found = set(_both_seen(named.waiting(), user, "reference"))
        decided = named.exclude(approval__state=Approval.State.ASKED)
        return found | set(decided.visible_to(user).values_list("reference", flat=True) if decided.exists() else ())


def _both_seen(waiting: MergeQuerySet, user: Any, key: str) -> list[Any]:
    """Return the keys of waiting merges both of whose records the user sees: a query, and one for each kind among them."""
    pairs: dict[str, list[tuple[Any, Any, Any]]] = {}
    for label, *row in waiting.order_by("asked_at", "id").values_list("object_type", key, "survivor_id", "absorbed_id"):
        pairs.setdefault(label, []).append(tuple(row))
    return [found for label, rows in pairs.items() for found in SHAPES[label].seen_of(user, rows)]


class Merge(Versioned):
    """One record taken into another of its kind: proposed, then done once a second person approved; it can be undone.

    `chosen` names the groups of fields taken from the absorbed record; `before` and `after` are the survivor's values.
    `moved` lists [table.column, id] of every row that went along; `also` keeps what the room did besides.
    """

    reference = models.CharField(max_length=20, unique=True, default=merge_reference, editable=False)
    object_type = models.CharField(max_length=60)
    survivor_id = models.UUIDField()
    survivor_reference = models.CharField(max_length=20)
    absorbed_id = models.UUIDField()
    absorbed_reference = models.CharField(max_length=20)
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="merge")
    chosen = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    moved = models.JSONField(default=list)
    also = models.JSONField(default=dict)
    why = models.TextField()
    answer = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)
    undone_why = models.TextField(blank=True, default="")
    kept = models.JSONField(default=dict)

    objects: ClassVar[MergeQuerySet] = MergeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(survivor_id=F("absorbed_id")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(at__isnull=True, approved_by__isnull=True)
                | Q(at__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("by")),
                name="merge_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False, at__isnull=False),
                name="merge_undone_after_it_was_done",
            ),
            models.UniqueConstraint(
                fields=["absorbed_id"],
                condition=Q(at__isnull=False, undone_at__isnull=True),
                name="merge_absorbed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="merge_asked"),
            models.Index(fields=["survivor_id"], name="merge_survivor"),
        ]

    @property
    def is_done(self) -> bool:
        """Return whether the two records are one now."""
        return self.at is not None and self.undone_at is None

    @property
    def is_waiting(self) -> bool:
        """Return whether it waits for the second person."""
        return self.approval.state == Approval.State.ASKED


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

"""Two records that are one: proposed, done, undone."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from core.models import Versioned, new_reference
from workflow.models.approval import Approval
from workflow.shapes import SHAPES


def merge_reference() -> str:
    """Return a new reference of a merge: M-XXXXXXXX."""
    return new_reference("M")


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

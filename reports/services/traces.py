"""What was done to rows after a moment: steps, edits and merges, of themselves, their complaint and their person."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from complaints.presenters.field_words import LABELS
from workflow.models import Edit, Merge, Transition
from workflow.story import word_of


@dataclass(frozen=True)
class Done:
    """One thing done: what, by whom, when it happened and when it was written down, and to which object."""

    what: str
    who: str
    at: datetime
    recorded_at: datetime
    object_id: UUID


@dataclass
class Trace:
    """What is known of a row: who it is of, when it was entered, and what was done to it since."""

    complaint_id: UUID | None = None
    person_id: UUID | None = None
    logged_at: datetime | None = None
    born_at: datetime | None = None
    merged_into: bool = False
    merged: list[Done] = field(default_factory=list)
    parted: list[Done] = field(default_factory=list)
    steps: list[Done] = field(default_factory=list)
    edits: list[Done] = field(default_factory=list)

    def after(self, as_of: datetime) -> "Trace":
        """Return what was done after a moment alone."""

        def since(done: list[Done]) -> list[Done]:
            return [one for one in done if one.recorded_at > as_of]

        lists = {"merged": since(self.merged), "parted": since(self.parted)}
        return replace(self, **lists, steps=since(self.steps), edits=since(self.edits))  # type: ignore[arg-type]

    def is_new(self, as_of: datetime) -> bool:
        """Return whether the row itself was entered after a moment."""
        return any(at is not None and at > as_of for at in (self.logged_at, self.born_at))

    def done(self, key: UUID) -> list[Done]:
        """Return what was done to the row itself, newest first; where nothing was, what was done to its complaint and person."""
        every = [*self.merged, *self.parted, *self.steps, *self.edits]
        every = [done for done in every if done.object_id == key] or every
        return sorted(every, key=lambda done: done.recorded_at, reverse=True)


COLUMNS = ("complaint_id", "person_id", "merged_into_id", "logged_at")


def traces(label: str, keys: set[UUID], as_of: datetime) -> dict[UUID, Trace]:
    """Return what was done to rows of one kind after a moment; five queries however many rows."""
    found = {key: Trace() for key in keys}
    if not keys:
        return found
    model: Any = apps.get_model(label)
    names = [name for name in COLUMNS if name in {field.attname for field in model._meta.concrete_fields}]
    for row in model._base_manager.filter(pk__in=keys).values("pk", *names):
        trace = found[row["pk"]]
        trace.complaint_id = row.get("complaint_id")
        trace.person_id = row.get("person_id")
        trace.merged_into = row.get("merged_into_id") is not None
        trace.logged_at = row.get("logged_at")
    of = _whose(found)
    _add_steps(found, of, as_of)
    _add_edits(found, of, as_of)
    _add_merges(found, of, as_of)
    return found


def _whose(found: dict[UUID, Trace]) -> dict[UUID, list[UUID]]:
    """Return for each object (row, complaint, person) the rows it matters to."""
    of: dict[UUID, list[UUID]] = {}
    for key, trace in found.items():
        for one in {key, trace.complaint_id, trace.person_id} - {None}:
            of.setdefault(one, []).append(key)  # type: ignore[arg-type]
    return of


def _add_steps(found: dict[UUID, Trace], of: dict[UUID, list[UUID]], as_of: datetime) -> None:
    rows = Transition.objects.filter(object_id__in=of, recorded_at__gt=as_of).select_related("by")
    for row in rows.order_by("recorded_at", "id"):
        for key in of.get(row.object_id, ()):
            trace = found[key]
            if row.object_id == key and not row.before:
                trace.born_at = row.recorded_at
            done = Done(word_of(row), row.by.display_name, row.happened_at, row.recorded_at, row.object_id)
            trace.steps.append(done)


def _add_edits(found: dict[UUID, Trace], of: dict[UUID, list[UUID]], as_of: datetime) -> None:
    rows = Edit.objects.filter(object_id__in=of, recorded_at__gt=as_of).select_related("by")
    for row in rows.order_by("recorded_at", "id"):
        for key in of.get(row.object_id, ()):
            done = Done(_field(row), row.by.display_name, row.recorded_at, row.recorded_at, row.object_id)
            found[key].edits.append(done)


def _field(row: Edit) -> str:
    """Return what a field is called."""
    return str(LABELS.get(row.field) or row.field.replace("_", " "))


def _add_merges(found: dict[UUID, Trace], of: dict[UUID, list[UUID]], as_of: datetime) -> None:
    since = Q(at__gt=as_of) | Q(undone_at__gt=as_of)
    concerned = Q(survivor_id__in=of) | Q(absorbed_id__in=of)
    rows = Merge.objects.filter(since, concerned).select_related("approved_by", "undone_by")
    for row in rows.order_by("at", "id"):
        for key in _concerned(row, of, found):
            if row.undone_at and row.undone_at > as_of:
                who = row.undone_by.display_name if row.undone_by else ""
                found[key].parted.append(Done("", who, row.undone_at, row.undone_at, row.absorbed_id))
            elif row.at:
                who = row.approved_by.display_name if row.approved_by else ""
                found[key].merged.append(Done("", who, row.at, row.at, row.absorbed_id))


def _concerned(row: Merge, of: dict[UUID, list[UUID]], found: dict[UUID, Trace]) -> set[UUID]:
    """Return the rows a merge decides about: the one taken in, and the rows of both persons; not what hangs on a complaint."""
    taken = {key for key in of.get(row.absorbed_id, ()) if key == row.absorbed_id}
    persons = {*of.get(row.survivor_id, ()), *of.get(row.absorbed_id, ())}
    return taken | {key for key in persons if found[key].person_id in (row.survivor_id, row.absorbed_id)}

"""What changed since a publication: recounted by the same rules now, which rows came, which left, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from reports.figures import parts
from reports.indicators import REGISTRY, Indicator, Look, Measure
from reports.models import PublishedFigure, PublishedPart, PublishedRecord
from reports.services.freezing import counted_rows
from reports.services.snapshot import as_system
from reports.services.traces import Trace, traces

LATE, CORRECTED_IN, PARTED = "late", "corrected_in", "parted"
MERGED, CORRECTED_OUT = "merged", "corrected_out"
OTHERWISE, THROUGH_ANOTHER = "otherwise", "through_another"


@dataclass(frozen=True)
class Moved:
    """A row that counts otherwise now than when it was published, and what was done to it since."""

    object_type: str
    object_id: UUID
    kind: str
    trace: Trace


@dataclass
class Since:
    """One published figure and what it is now; `now` is None where no such figure is counted any more."""

    figure: PublishedFigure
    now: Measure | None
    is_same_rule: bool
    moved: list[Moved] = field(default_factory=list)
    parts: list[tuple[PublishedPart, int]] = field(default_factory=list)
    # Numbers beside it that are others now: its words as they were kept, what it was, what it is.
    beside: list[tuple[Mapping[str, Any], int | None, int | None]] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Return whether the number is another now."""
        return self.now is not None and self.now.value != self.figure.number_kept

    def many(self, *kinds: str) -> int:
        """Return how many rows moved in these ways."""
        return sum(moved.kind in kinds for moved in self.moved)


Counted = dict[UUID, tuple[int, bool]]


@dataclass
class Apart:
    """What counts now and did not (`came`), what did and does not (`left`); what counts otherwise stands in both."""

    one: Since
    look: Look
    label: str
    came: Counted
    left: Counted


def since(figures: Iterable[PublishedFigure], *, splits: bool = True) -> list[Since]:
    """Recount published figures as the system and say what moved; queries grow with the figures, not with what moved."""
    found: list[Since] = []
    every: list[Apart] = []
    with as_system() as system:
        for figure in figures:
            indicator = REGISTRY.get(figure.indicator)
            found.append(Since(figure, None, is_same_rule=False))
            if indicator is not None:
                look = Look(system, figure.publication.window, figure.province)
                every.append(recounted(found[-1], indicator, look, splits=splits))
        _say_why(every)
    return found


def recounted(one: Since, indicator: Indicator, look: Look, *, splits: bool) -> Apart:
    """Count a published figure anew and compare the rows behind it in the database."""
    figure = one.figure
    one.now = indicator.figure(look)
    one.is_same_rule = (indicator.version, indicator.digest) == (figure.definition_version, figure.digest)
    one.parts = parts_now(figure, indicator, look) if splits else []
    one.beside = beside_now(figure, one.now)
    now = counted_rows(indicator, look)
    kept = PublishedRecord.objects.filter(figure=figure).values_list("object_id", "weight", "is_true")
    came: Counted = {key: (weight, true) for key, weight, true in now.difference(kept)}
    left: Counted = {key: (weight, true) for key, weight, true in kept.difference(now)}
    return Apart(one, look, now.model._meta.label_lower, came, left)


def _say_why(every: list[Apart]) -> None:
    """Say of each row that moved why it did; what was done to rows of one kind is read once for all figures."""
    kinds: dict[str, list[Apart]] = {}
    for apart in every:
        kinds.setdefault(apart.label, []).append(apart)
    for label, of in kinds.items():
        begins = min(apart.one.figure.publication.as_of for apart in of)
        known = traces(label, {key for apart in of for key in (*apart.came, *apart.left)}, begins)
        for apart in of:
            apart.one.moved = moved(apart, known)


def moved(apart: Apart, known: dict[UUID, Trace]) -> list[Moved]:
    """Return the rows that came, that left, and that count otherwise."""
    came, left = apart.came.keys(), apart.left.keys()
    of = {key: known[key].after(apart.one.figure.publication.as_of) for key in came | left}
    found = dict.fromkeys(came & left, OTHERWISE)
    found |= _through_another(came - left, left - came, of)
    for key in (came | left) - found.keys():
        found[key] = why_came(key, of[key], apart) if key in came else why_left(of[key])
    return [Moved(apart.label, key, found[key], of[key]) for key in sorted(found)]


def _through_another(came: Iterable[UUID], left: Iterable[UUID], known: dict[UUID, Trace]) -> dict[UUID, str]:
    """Pair a row that left with one that came of the same person: the person still counts, through another row."""
    by_person = {known[key].person_id: key for key in came if known[key].person_id}
    found: dict[UUID, str] = {}
    for key in left:
        other = by_person.pop(known[key].person_id, None)
        if other is not None:
            found |= {key: THROUGH_ANOTHER, other: THROUGH_ANOTHER}
    return found


def why_came(key: UUID, trace: Trace, apart: Apart) -> str:
    """Say why a row counts now and did not: parted again, entered late, or corrected."""
    if trace.parted:
        return PARTED
    late = any(done.object_id == key and done.at < apart.look.window.ends for done in trace.steps)
    if trace.is_new(apart.one.figure.publication.as_of) or late or not (trace.steps or trace.edits):
        return LATE
    return CORRECTED_IN


def why_left(trace: Trace) -> str:
    """Say why a row counts no more: merged into another, or corrected."""
    return MERGED if trace.merged_into or trace.merged else CORRECTED_OUT


def beside_now(figure: PublishedFigure, now: Measure) -> list[tuple[Mapping[str, Any], int | None, int | None]]:
    """Return the numbers that stood beside a figure and are others now, or are none any more."""
    found = [(kept, kept["n"], now.beside.get(name)) for name, kept in figure.beside.items()]
    return [(words, then, n) for words, then, n in found if then != n]


def parts_now(figure: PublishedFigure, indicator: Indicator, look: Look) -> list[tuple[PublishedPart, int]]:
    """Return the parts whose number is another now, with that number; a part that was none then stands with nothing."""
    found: list[tuple[PublishedPart, int]] = []
    kept: dict[str, list[PublishedPart]] = {}
    for part in figure.parts.all():
        kept.setdefault(part.split, []).append(part)
    for name, rows in kept.items():
        splits = [split for split in indicator.splits if split.name == name]
        now = {part.code: part for part in parts(indicator, splits[0], look)} if splits else {}
        found += [(row, now[row.code].n if row.code in now else 0) for row in rows]
        for code in now.keys() - {row.code for row in rows}:
            word = {"km": now[code].word, "en": now[code].word}
            found.append((PublishedPart(split=name, title=rows[0].title, code=code, word=word, n=0), now[code].n))
    return [(part, n) for part, n in found if part.n != n]

"""What the public gets of a window: exact numbers, and crossings of people with their small cells hidden.

Complaints, operations, suspects and convictions are exact, nationally and by province. What describes victims, people
sought or reporters is exact by one dimension, nationally; what is crossed by two is protected (`core.disclosure`).
Read as the system sees the nation: what is sealed is in the nation's numbers and in no province's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.services import system_user
from core.disclosure import Node, Protected, Table, protect_all
from core.display import today
from reports.crossed import counted_by
from reports.figures import Part, parts
from reports.indicators import REGISTRY, Indicator, Look, Measure, Split, Window
from reports.models import Publication

# Exact, by one dimension each; of people too.
LINES: dict[str, tuple[str, ...]] = {
    "complaints_received": ("province_of_incident", "channel", "main_form", "relation"),
    "complaints_with_outcome": ("outcome",),
    "operations_carried_out": ("province_of_operation",),
    "suspects_arrested": ("arrested_in", "nationality", "sex"),
    "suspects_sent_to_court": ("arrested_in", "nationality"),
    "people_prosecuted": ("court_province", "law_kind"),
    "people_convicted": ("court_province", "sentence"),
    "measures_and_assets": ("kind",),
    "people_reported": ("province_of_incident", "nationality", "sex", "age"),
    "victims_rescued": ("rescued_in", "nationality", "sex", "age", "main_form", "week"),
    "victims_identified": ("rescued_in", "nationality", "sex", "age", "main_form"),
    "people_repatriated": ("country", "sex", "age"),
    "cambodians_returned": ("country", "sex", "age"),
    "victims_assisted": ("nationality", "sex", "age"),
}
# These are crossed, and protected. The crossings of a figure close no circle (A × B, B × C and A × C would): then they share
# exact margins alone and tell nothing of each other, for any two tables that agree on B belong to some people (0039).
VICTIMS = (("rescued_in", "nationality"), ("nationality", "sex"), ("sex", "age"), ("nationality", "main_form"))
RETURNED = (("country", "sex"), ("sex", "age"))
CROSSED: dict[str, tuple[tuple[str, str], ...]] = {
    "victims_rescued": VICTIMS,
    "victims_identified": VICTIMS,
    "people_repatriated": RETURNED,
    "cambodians_returned": RETURNED,
}


@dataclass(frozen=True)
class Line:
    """A figure by one dimension, exact."""

    indicator: Indicator
    split: Split
    parts: list[Part]


@dataclass(frozen=True)
class Crossing:
    """A figure by two dimensions, protected; `words` of the values of each. The first one has more values."""

    indicator: Indicator
    splits: tuple[Split, Split]
    values: tuple[list[str], list[str]]
    words: Mapping[str, Mapping[str, str]]
    protected: Protected

    def shown(self, first: str | None, second: str | None) -> int | None:
        """Return a number, None where it is hidden; a value of None stands for the total."""
        at = {self.splits[0].name: first, self.splits[1].name: second}
        return self.protected.shown(*(at[dim] for dim in self.protected.table.dims))


@dataclass(frozen=True)
class Figure:
    """A figure of the nation with everything the public gets of it."""

    indicator: Indicator
    measure: Measure
    lines: list[Line] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)


@dataclass(frozen=True)
class Released:
    """All that is released of a window."""

    window: Window
    k: int
    figures: list[Figure]

    @property
    def tables(self) -> list[Protected]:
        """Return the protected tables."""
        return [crossing.protected for figure in self.figures for crossing in figure.crossings]


def national(window: Window) -> Look:
    """Look at the nation as the system sees it."""
    return Look(system_user(), window)


def last_month() -> Window:
    """Return the last whole month."""
    last = today().replace(day=1) - timedelta(days=1)
    return Window(last.replace(day=1), last)


def asked_window(params: Mapping[str, str]) -> Mapping[str, str]:
    """Return the days an address asks for, the last whole month where it asks for none."""
    month = last_month()
    if params.get("from") or params.get("to"):
        return params
    return {"from": month.first.isoformat(), "to": month.last.isoformat()}


def check_window(window: Window) -> None:
    """Insist on whole months that are over, or on days of which figures were released. ValidationError.

    Of other days one table could be subtracted from another, or the reader's own figures from the nation's of a single
    day: what is sealed would stand there alone, with its channel and its form.
    """
    is_over = window.last < today()
    if is_over and window.first.day == (window.last + timedelta(days=1)).day == 1:
        return
    released_ones = Publication.objects.released().filter(first_on=window.first, last_on=window.last)
    if not (is_over and released_ones.exists()):
        raise ValidationError({"from": [_("Choose whole months that are over, or the days of a publication.")]})


def is_of_one_dimension(node: Node) -> bool:
    """Say that a number is exact for the public: the nation's, and by one dimension."""
    return len(node) < 2


def released(look: Look) -> Released:
    """Return what the public gets of a window."""
    found = []
    counted = {name: crossings_of(REGISTRY[name], look) for name in CROSSED}
    protected = iter(protect_all([t for every in counted.values() for t in every], exact=is_of_one_dimension))
    for name, dims in LINES.items():
        indicator = REGISTRY[name]
        lines = [Line(indicator, split, parts(indicator, split, look)) for split in map(indicator.split, dims)]
        words = {line.split.name: {part.code: part.word for part in line.parts} for line in lines}
        crossed = [crossing(indicator, next(protected), words) for _table in counted.get(name, [])]
        found.append(Figure(indicator, indicator.figure(look), lines, [one for one in crossed if one]))
    return Released(look.window, settings.SMALL_CELL, found)


def crossings_of(indicator: Indicator, look: Look) -> list[Table]:
    """Count a figure by the pairs of dimensions that are crossed."""
    pairs = CROSSED[indicator.name]
    return [counted_by(indicator, (indicator.split(a), indicator.split(b)), look) for a, b in pairs]


def crossing(indicator: Indicator, protected: Protected, words: Mapping[str, Mapping[str, str]]) -> Crossing | None:
    """Return a crossing as it is shown, None where there is nothing to cross; columns are fewer than rows."""
    table = protected.table
    if not table.cells:
        return None
    longer, shorter = sorted(table.dims, key=lambda dim: -len(table.values[dim]))
    splits = (indicator.split(longer), indicator.split(shorter))
    # In the order of the tables of one dimension, which say every value that occurs.
    values = tuple([code for code in words[dim] if code in table.values[dim]] for dim in (longer, shorter))
    return Crossing(indicator, splits, (values[0], values[1]), words, protected)


def notes(k: int) -> list[str]:
    """Return the rules of release, as they are printed under the tables."""
    most = {"most": k - 1, "k": k}
    return [
        _(
            "“Hidden” stands for a number from 1 to %(most)s of people, or for a larger one where it would give such a number away. "
            "Zero is shown."
        )
        % most,
        _(
            "Hidden numbers cannot be worked out from the totals: what is shown leaves each small one a range of %(k)s or more."
        )
        % most,
        _("Numbers of the nation and by one dimension are exact. They may hold a small group narrow by themselves."),
        _("What is sealed is in the nation's numbers, under “not known, or not shown”, and in no province's."),
    ]

"""What an indicator is: its words, the rows it counts, how they make a figure, and how they may be split."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from reports.window import Window

T = TypeVar("T")
NOT_STATED = "none"  # how "not stated" is written in addresses and answers (R6: every split has it)
NOT_STATED_WORD = _("not stated")
COUNTED_ONLY = _("counted, not listed by the complaint")
UNLISTED = "unlisted"  # people a complaint counts and does not list: a figure of heads has them in its splits by person


@dataclass(frozen=True)
class Look:
    """Who looks, at which window, and (for indicator 3) about which province. Figures hold what the user may see.

    `kept`: what was counted together, and of a page that `keeps` everything it counted.
    """

    user: Any
    window: Window
    province: str = ""
    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    keeps: bool = field(default=False, compare=False, repr=False)

    def at(self, window: Window) -> "Look":
        """Return the same look at other days; what it keeps is kept with this one's."""
        kept = self.kept.setdefault(("at", window), {}) if self.keeps else {}
        return replace(self, window=window, kept=kept)

    def once(self, key: Any, count: Callable[[], T]) -> T:
        """Return what was counted under a key, counting it where it was not; a page that keeps asks once."""
        if key in self.kept:
            return cast(T, self.kept[key])
        found = count()
        if self.keeps:
            self.kept[key] = found
        return found


@dataclass(frozen=True)
class Measure:
    """A figure. `count` is the number of rows `records` pages through; a rate has its numerator and denominator.

    `beside` are numbers that stand beside it and are never added in, by name.
    """

    value: int | float | None
    count: int | None
    numerator: int | None = None
    denominator: int | None = None
    beside: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Split:
    """A dimension: a column or expression of the records' rows, and the words of its values.

    `words(values)` gives the label of each code in one query at most. `adds_up` False: one row counts under several values,
    and `narrow(look, value)` says which rows those are. `unknown` is the word for rows without a value. `aside`: shown when asked.
    `ordered`: by its codes, not the largest first. `of_people`: of a figure of heads, split by the people themselves.
    `judges`: a rate is made of it, so that there is no rate of its values. `permission`: what its reader must hold.
    `note`: what is said beside its title.
    """

    name: str
    label: Any
    expression: Any  # or a function of the look that returns one
    words: Callable[[list[str]], Mapping[str, Any]]
    adds_up: bool = True
    narrow: Callable[[Look, str], Q] | None = None
    unknown: Any = NOT_STATED_WORD
    aside: bool = False
    ordered: bool = False
    of_people: bool = False
    judges: bool = False
    permission: str = ""
    note: Any = ""

    def of(self, look: Look) -> Any:
        """Return the expression for a look."""
        return self.expression(look) if callable(self.expression) else self.expression


@dataclass(frozen=True)
class Heads:
    """How a figure counts people of whom some have no row: its rows stand for several.

    `weighed(look)`: the figure's rows, each with `heads`, the people it stands for. `people(look)`: one row for each of
    the people who have one. `unlisted(look)`: rows with `heads`, their people who have none; `word` says who these are.
    """

    weighed: Callable[[Look], QuerySet[Any]]
    people: Callable[[Look], QuerySet[Any]]
    unlisted: Callable[[Look], QuerySet[Any]]
    word: Any = COUNTED_ONLY


@dataclass(frozen=True)
class Typical:
    """What a part of a figure of hours says beside its number of records: `of(look, rows)` adds the hours as `column`.

    `middle` is the aggregate of half of them, `most` that of nine in ten.
    """

    of: Callable[[Look, QuerySet[Any]], QuerySet[Any]]
    column: str
    middle: Callable[[str], Any]
    most: Callable[[str], Any]
    rounded: Callable[[float], float]


@dataclass(frozen=True)
class Indicator:
    """One figure. `rows(look)` is a scoped queryset of exactly the counted rows, one row for one unit.

    `version` is raised whenever what is counted changes; `digest` is that of the rule's words (tests hold the two together).
    """

    number: int
    name: str
    label: Any
    unit: str
    definition: Any
    counted_by: Any
    rows: Callable[[Look], QuerySet[Any]]
    measure: Callable[[Look], Measure] | None = None
    splits: tuple[Split, ...] = ()
    is_stock: bool = False
    needs_province: bool = False
    # Headings of numbers beside the figure, by their name in `Measure.beside`.
    beside: Mapping[str, Any] = field(default_factory=dict)
    heads: Heads | None = None
    # Of a rate: which of its rows are the numerator.
    true: Q | None = None
    typical: Typical | None = None
    version: int = 1

    @property
    def digest(self) -> str:
        """Return a mark of the rule's words: what is published keeps it, so that a changed rule is found."""
        with override("en"):
            words = "\n".join((self.name, self.unit, str(self.definition), str(self.counted_by)))
        return hashlib.sha256(words.encode()).hexdigest()[:12]

    def figure(self, look: Look) -> Measure:
        """Return the figure: the number of rows, or what `measure` says."""
        return look.once(("figure", self.name), lambda: self._figure(look))

    def _figure(self, look: Look) -> Measure:
        if self.needs_province and not look.province:
            return Measure(value=None, count=None)
        if self.measure is not None:
            return self.measure(look)
        kept = look.kept.get((self.name, ()))
        n = self.rows(look).order_by().count() if kept is None else sum(kept.values())
        return Measure(value=n, count=n)

    def splits_for(self, user: Any) -> tuple[Split, ...]:
        """Return the dimensions that a reader may see."""
        return tuple(split for split in self.splits if not split.permission or user.may(split.permission))

    def split(self, name: str) -> Split:
        """Return a dimension by its name; raises StopIteration."""
        return next(split for split in self.splits if split.name == name)


REGISTRY: dict[str, Indicator] = {}


def register(indicator: Indicator) -> Indicator:
    """Add an indicator; a name or number used twice is a mistake found at import."""
    taken = {known.number for known in REGISTRY.values()}
    if {"from", "to", "province", "by"} & {split.name for split in indicator.splits}:
        raise ValueError(f"a split of {indicator.name} is called like a part of the window")
    if indicator.name in REGISTRY or indicator.number in taken:
        raise ValueError(f"two indicators are called {indicator.name} or have the number {indicator.number}")
    REGISTRY[indicator.name] = indicator
    return indicator

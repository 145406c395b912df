"""What a table to hand in is: rows and columns, each cell bound to a figure, typed in by hand, or said to be unfillable."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

MINISTRY = _("Ministry of Interior")
BUT = "-"  # before a value of a split: every other one


@dataclass(frozen=True)
class Bound:
    """A cell that is a figure, a part of it, or a number beside it; `where`: values of its splits, any of several each."""

    indicator: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    beside: str = ""

    def only(self, **more: str | tuple[str, ...]) -> "Bound":
        """Return the cell narrowed to more values."""
        return replace(self, where=(*self.where, *_where(more)))


@dataclass(frozen=True)
class ByHand:
    """A cell that an analyst types in, with where it is from; `unit` in words."""

    unit: Any


@dataclass(frozen=True)
class Cannot:
    """A cell that nothing we keep can fill; `why` in words."""

    why: Any


@dataclass(frozen=True)
class People:
    """How many people live in the country, of a sex and an age ("" for all)."""

    sex: str = ""
    age: str = ""


@dataclass(frozen=True)
class Rate:
    """A figure for 100,000 people who live in the country."""

    of: Bound
    among: People


Cell = Bound | ByHand | Cannot | People | Rate | None  # None: not asked


@dataclass(frozen=True)
class Row:
    """A row with its cells, as many as its table has columns, or fewer: the rest is not asked."""

    code: str
    title: Any
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class RowsOf:
    """A row for each value of a split that occurs, each cell narrowed to it; `title` stands where none is counted yet."""

    code: str
    split: str
    cells: tuple[Bound | None, ...]
    title: Any = ""


@dataclass(frozen=True)
class Sheet:
    """One table. `agency`: who else may know, or where it comes from; `note` stands below it."""

    code: str
    title: Any
    columns: tuple[tuple[str, Any], ...]
    rows: tuple[Row | RowsOf, ...]
    agency: Any = MINISTRY
    note: Any = ""


@dataclass(frozen=True)
class HandIn:
    """A set of tables for one receiver; its years begin in April, or in January."""

    slug: str
    title: Any
    about: Any
    sheets: tuple[Sheet, ...]
    begins: int = 1
    note: Any = ""

    def sheet(self, code: str) -> Sheet:
        """Return a table by its code; raises StopIteration."""
        return next(sheet for sheet in self.sheets if sheet.code == code)


def _where(said: dict[str, str | tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, (value,) if isinstance(value, str) else value) for name, value in said.items())


def count(indicator: str, **where: str | tuple[str, ...]) -> Bound:
    """Bind a cell to a figure, or to a part of it."""
    return Bound(indicator, _where(where))


def beside(indicator: str, name: str) -> Bound:
    """Bind a cell to a number beside a figure."""
    return Bound(indicator, beside=name)


ADULT, CHILD, UNSAID = "18_and_over", "under_18", ("other", "unknown", "none")
# Women, men, girls, boys, and who is neither for certain: these six add up.
WOMEN_TO_BOYS = (
    ("women", _("Women")),
    ("men", _("Men")),
    ("girls", _("Girls")),
    ("boys", _("Boys")),
    ("ageless", _("Age not known")),
    ("sexless", _("Sex other or not known")),
    ("all", _("All")),
)


def women_to_boys(of: Bound) -> tuple[Bound, ...]:
    """Return a figure by women, men, girls, boys, age not known, sex not known, and all."""
    people = [of.only(sex=sex, child=age) for age in (ADULT, CHILD) for sex in ("female", "male")]
    return (*people, of.only(sex=("female", "male"), child="none"), of.only(sex=UNSAID), of)


SEXES = (("male", _("Male")), ("female", _("Female")), ("sexless", _("Sex other or not known")), ("all", _("All")))


def by_sex(of: Bound) -> tuple[Bound, ...]:
    """Return a figure by male, female, not known, and all."""
    return (of.only(sex="male"), of.only(sex="female"), of.only(sex=UNSAID), of)


AGES = (
    ("adult", _("18 and over"), ADULT),
    ("child", _("Under 18"), CHILD),
    ("ageless", _("Age not known"), "none"),
)


def rows_by_age(of: Bound) -> tuple[Row, ...]:
    """Return a figure by age in rows and sex in columns, and all ages."""
    rows = (Row(code, title, by_sex(of.only(child=age))) for code, title, age in AGES)
    return (*rows, Row("all", _("All ages"), by_sex(of)))

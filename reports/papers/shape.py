"""What a paper of figures is, before it is written in any form: facts, texts, tables of words and their numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from core.display import day, moment, number
from reports.window import Window

Value = int | float | Decimal | date | datetime | None


@dataclass(frozen=True)
class Cell:
    """What stands in a place: words as the page has them, small ones below, and the number or day they say, if any."""

    words: str
    value: Value = None
    small: tuple[str, ...] = ()
    days: Window | None = None

    @property
    def is_plain(self) -> bool:
        """Return whether the value says all that the words do; so does a dash where there is none."""
        return not self.small and (self.value is None or self.words == number(self.value))


@dataclass(frozen=True)
class Table:
    """A table: the first column names its rows; `right` are columns of numbers; `code` names its sheet."""

    code: str
    title: str
    head: tuple[str, ...]
    rows: list[list[Cell]]
    remark: str = ""
    right: tuple[int, ...] = ()


@dataclass(frozen=True)
class Text:
    """Texts below a title, each with its language."""

    title: str
    said: list[tuple[str, str]]
    remark: str = ""


@dataclass(frozen=True)
class Paper:
    """A whole paper. `mark` stands on every page, `foot` in its foot; `warning` on the first page alone; `wide`: on its side."""

    title: str
    language: str
    facts: list[tuple[str, Cell]]
    foot: str
    mark: str = ""
    warning: str = ""
    parts: list[Table | Text] = field(default_factory=list)
    definitions: list[tuple[str, str]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    wide: bool = False

    @property
    def tables(self) -> list[Table]:
        """Return the tables in their order."""
        return [part for part in self.parts if isinstance(part, Table)]


def count(n: int, *small: str) -> Cell:
    """Return a cell that is a number."""
    return Cell(number(n), n, small)


def words(*lines: str) -> Cell:
    """Return a cell of words, what stands behind the first smaller."""
    return Cell(lines[0], None, tuple(lines[1:]))


def on_day(value: date) -> Cell:
    """Return a cell that is a day."""
    return Cell(day(value), value)


def at(value: datetime) -> Cell:
    """Return a cell that is a moment."""
    return Cell(moment(value), value)


def within(window: Window) -> str:
    """Say the days of a window."""
    return day(window.first) if window.first == window.last else f"{day(window.first)} – {day(window.last)}"


def kept(facts: Iterable[tuple[str, Cell | str]]) -> list[tuple[str, Cell]]:
    """Return facts as cells, those left out that say nothing."""
    found = ((key, Cell(said) if isinstance(said, str) else said) for key, said in facts)
    return [(key, cell) for key, cell in found if cell.words]

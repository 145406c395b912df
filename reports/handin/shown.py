"""A set of tables to hand in as it is read: on the page, in a workbook, on paper."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from core.display import day, digits, in_khmer, moment, number
from reports.handin.filling import Filled, FilledRow, FilledSheet, Filling, is_missing
from reports.handin.shapes import Bound, ByHand, Cannot, HandIn, People, Rate
from reports.indicators import Window
from reports.models import HandInCell, Population
from suspects.models import Article


@dataclass(frozen=True)
class Tally:
    """How many cells of a set are counted, typed, still to be typed, not counted yet, and unfillable."""

    counted: int = 0
    typed: int = 0
    to_type: int = 0
    later: int = 0
    cannot: int = 0


def tally(made: HandIn, year: int, reader: Any) -> Tally:
    """Count the cells of a set for a year, a row for each value of a split as one row."""
    found: Counter[str] = Counter()
    has_people = len(Population.objects.by_group(year)) == len(Population.Sex) * len(Population.Age)
    for cell in (cell for sheet in made.sheets for row in sheet.rows for cell in row.cells):
        match cell:
            case Bound():
                found["later" if is_missing(cell) else "counted"] += 1
            case People() | Rate():
                found["counted" if has_people else "later"] += 1
            case ByHand():
                found["to_type"] += 1
            case Cannot():
                found["cannot"] += 1
    typed = HandInCell.objects.visible_to(reader).filter(table__startswith=f"{made.slug}:", year=year).count()
    return Tally(**{**found, "typed": typed, "to_type": max(0, found["to_type"] - typed)})


def said(cell: Filled, *, before: bool = False) -> str:
    """Return what stands in a cell, or stood there the year before; a dash where there is no number."""
    value = cell.before if before else cell.value
    if value is None:
        return "" if cell.kind == "blank" else "–"
    if cell.kind == "rate":
        return digits(str(value).replace(".", ",") if in_khmer() else str(value))
    return number(int(value)) if isinstance(value, int) or str(value).isdecimal() else str(value)


def why_of(row: FilledRow) -> str:
    """Return why a whole row has no number, where all its cells say the same."""
    reasons = {cell.why for cell in row.cells if cell.kind != "blank"}
    return reasons.pop() if len(reasons) == 1 else ""


@dataclass(frozen=True)
class Tables:
    """A set of tables as workbook and paper write it, filled now or as signed; `mark` and `foot` stand on every page."""

    title: str
    lines: list[str]
    notes: list[str]
    mark: str
    sheets: list[FilledSheet]
    foot: str = ""


def live(filling: Filling) -> Tables:
    """Return a set as it is filled now: provisional."""
    sheets = filling.sheets()
    return Tables(str(filling.made.title), heading(filling), notes(filling.made), _("Provisional"), sheets)


def heading(filling: Filling) -> list[str]:
    """Return what stands above the tables: the days, the days before, when it was taken, and what state it is in."""
    now, then = filling.window, filling.then.look.window
    return [
        days_words(now, then),
        _("Taken on %(moment)s; provisional, signed by nobody.") % {"moment": moment(timezone.now())},
    ]


def days_words(now: Window, then: Window) -> str:
    """Say the days of a set, and those beside them."""
    words = {"first": day(now.first), "last": day(now.last), "before": day(then.first)}
    return _("%(first)s – %(last)s, beside the year before (from %(before)s)") % words


def notes(made: HandIn) -> list[str]:
    """Return the notes printed with every set."""
    articles = Article.objects.filter(is_trafficking=True).values_list("number", flat=True)
    found = [
        _("Exact figures of the whole country, for official use by who asked for them; no province is named."),
        _("Not for the public: there, numbers of people from 1 to %(most)s are hidden.")
        % {"most": number(settings.SMALL_CELL - 1)},
        _("Articles that count as trafficking: %(articles)s.") % {"articles": digits(", ".join(map(str, articles)))},
        _("What is sealed is counted; its records are opened by the integrity unit alone."),
        _("Typed cells are as their source says, not counted by the system."),
    ]
    return [*found, str(made.note)] if made.note else found


def joined(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Make one cell of those side by side that are empty for one reason."""
    found: list[dict[str, Any]] = []
    for cell in cells:
        if found and cell["why"] and cell["why"] == found[-1]["why"]:
            found[-1]["span"] += 1
        else:
            found.append(cell)
    return found

"""What came in and who was brought out, by weeks (months or years in a long window), cut to the window's days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.display import day
from reports.figures import parts, records_url
from reports.indicators import REGISTRY, Look, Window

COUNTED = ("complaints_received", "victims_rescued")
UNITS = ("week", "month", "year")
MOST_ROWS = 27  # half a year of weeks, two years of months: the whole page fits on two of paper
TITLES = {"week": _("By week"), "month": _("By month"), "year": _("By year")}


@dataclass(frozen=True)
class Cell:
    """One number of one period, its share of the largest number shown in percent, and the address of its records."""

    n: int
    share: int
    url: str


@dataclass(frozen=True)
class Period:
    """A week, month or year, as far as it lies in the window."""

    words: str
    cells: list[Cell]
    window: Window


@dataclass(frozen=True)
class Trend:
    """The periods of a window, none left out, and what is counted in them."""

    title: Any
    labels: list[Any]
    periods: list[Period]


def trend(look: Look) -> Trend:
    """Return the trend; one query for each of what is counted. All bars have one scale, and stand for one row or more."""
    unit = unit_of(look.window)
    counts = {name: _counts(name, unit, look) for name in COUNTED}
    most = max((n for found in counts.values() for n in found.values()), default=0)
    periods = []
    for part in cut(look.window, unit):
        within = Look(look.user, part, look.province)
        cells = []
        for name in COUNTED:
            n = counts[name].get(begin(part.first, unit), 0)
            url = records_url(REGISTRY[name], within) if n else ""
            cells.append(Cell(n, max(round(100 * n / most), 1) if n else 0, url))
        periods.append(Period(span(part, years=look.window.first.year != look.window.last.year), cells, part))
    return Trend(TITLES[unit], [REGISTRY[name].label for name in COUNTED], periods)


def _counts(name: str, unit: str, look: Look) -> dict[date, int]:
    """Count by the first day of each period; years are added up from their months."""
    found: dict[date, int] = {}
    for part in parts(REGISTRY[name], REGISTRY[name].split(split_of(look.window)), look):
        first = begin(date.fromisoformat(part.code), unit)
        found[first] = found.get(first, 0) + part.n
    return found


def unit_of(window: Window) -> str:
    """Return the smallest unit of which the window has not too many."""
    return next((unit for unit in UNITS if len(list(cut(window, unit))) <= MOST_ROWS), UNITS[-1])


def split_of(window: Window) -> str:
    """Return the split that the trend of a window is read by."""
    return "week" if unit_of(window) == "week" else "month"


def begin(value: date, unit: str) -> date:
    """Return the first day of the week, month or year of a day."""
    if unit == "week":
        return value - timedelta(days=value.weekday())
    return value.replace(day=1) if unit == "month" else value.replace(month=1, day=1)


def cut(window: Window, unit: str) -> Iterator[Window]:
    """Return the weeks, months or years of a window; the first and the last with only its days."""
    step = timedelta(days={"week": 7, "month": 32, "year": 367}[unit])  # from a first day surely into the next period
    first = window.first
    while first <= window.last:
        following = begin(begin(first, unit) + step, unit)
        yield Window(first, min(following - timedelta(days=1), window.last))
        first = following


def span(part: Window, *, years: bool) -> str:
    """Write the days of a period, the month where it differs: "18–21 Aug", "18–21 Aug 2021"; a whole month or year by its name."""
    first, last = part.first, part.last
    head, month, year = day(first).split(" ")

    def said(value: date) -> str:
        return day(value) if years else " ".join(day(value).split(" ")[:2])

    if first == last:
        return said(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return year
    if (first.year, first.month) != (last.year, last.month):
        return f"{said(first)} – {said(last)}"
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return f"{month} {year}" if years else month
    return f"{head}–{said(last)}"

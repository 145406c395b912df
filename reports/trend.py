"""What came in and who was brought out, week after week (month after month in a long window), cut to the window's days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.display import day
from reports.figures import parts, records_url
from reports.indicators import REGISTRY, Look, Window

COUNTED = ("complaints_received", "victims_rescued")
MOST_WEEKS = 54
TITLES = {"week": _("By week"), "month": _("By month")}


@dataclass(frozen=True)
class Cell:
    """One number of one period, its share of the largest of its kind in percent, and the address of its records."""

    n: int
    share: int
    url: str


@dataclass(frozen=True)
class Period:
    """A week or month, as far as it lies in the window."""

    words: str
    cells: list[Cell]


@dataclass(frozen=True)
class Trend:
    """The periods of a window, none left out, and what is counted in them."""

    title: Any
    labels: list[Any]
    periods: list[Period]


def trend(look: Look) -> Trend:
    """Return the trend; one query for each of what is counted."""
    unit = "week" if (look.window.last - look.window.first).days < 7 * MOST_WEEKS else "month"
    starts = list(weeks(look.window) if unit == "week" else months(look.window))
    counts = {name: _counts(name, unit, look) for name in COUNTED}
    most = {name: max(found.values(), default=0) for name, found in counts.items()}
    year = look.window.first.year != look.window.last.year
    periods = []
    for place, first in enumerate(starts):
        last = starts[place + 1] - timedelta(days=1) if place + 1 < len(starts) else look.window.last
        cells = []
        for name in COUNTED:
            n = counts[name].get(first, 0)
            url = records_url(REGISTRY[name], look, {unit: first.isoformat()}) if n else ""
            cells.append(Cell(n, round(100 * n / most[name]) if n else 0, url))
        periods.append(Period(span(max(first, look.window.first), last, year=year), cells))
    return Trend(TITLES[unit], [REGISTRY[name].label for name in COUNTED], periods)


def _counts(name: str, unit: str, look: Look) -> dict[date, int]:
    found = parts(REGISTRY[name], REGISTRY[name].split(unit), look)
    return {date.fromisoformat(part.code): part.n for part in found}


def weeks(window: Window) -> Iterator[date]:
    """Return the Mondays of the weeks that a window touches."""
    monday = window.first - timedelta(days=window.first.weekday())
    while monday <= window.last:
        yield monday
        monday += timedelta(days=7)


def months(window: Window) -> Iterator[date]:
    """Return the first days of the months that a window touches."""
    first = window.first.replace(day=1)
    while first <= window.last:
        yield first
        first = (first + timedelta(days=32)).replace(day=1)


def span(first: date, last: date, *, year: bool) -> str:
    """Write the days from first to last, the month where it differs: "18–21 Aug", with the year "18–21 Aug 2021"."""

    def said(value: date) -> str:
        return day(value) if year else " ".join(day(value).split(" ")[:2])

    if first == last:
        return said(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{day(first).split(' ')[0]}–{said(last)}"
    return f"{said(first)} – {said(last)}"

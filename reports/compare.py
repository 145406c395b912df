"""A figure beside the same figure of other days, and the difference in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.display import number, today
from reports.figures import records_url
from reports.indicators import REGISTRY, Indicator, Look, Measure, Window
from reports.indicators.complaints import percent
from reports.indicators.counting import together
from reports.units import decimal, said

BASE = 50  # a percentage of fewer than this says more than there is


@dataclass(frozen=True)
class Shown:
    """A figure as a page shows it: its words, how many records stand behind it and where, how it differs, and its number."""

    said: str
    n: int | None
    url: str
    differs: str = ""
    value: int | float | None = None


@dataclass(frozen=True)
class Line:
    """One figure of a window: now, in the days before, a year before."""

    indicator: Indicator
    now: Shown
    others: list[Shown]


def others(window: Window) -> list[Window]:
    """Return the windows to compare with: as many days before, and the same days a year before.

    Of a window that is not over, only the days that are over are compared. Of a whole year these are the same days, once.
    """
    over = window.until(today())
    return list(dict.fromkeys((over.just_before, over.a_year_before)))


def lines(look: Look, measures: dict[str, Measure]) -> list[Line]:
    """Return the figures beside those of other days; as many queries however much happened."""
    looks = [look.at(window) for window in others(look.window)]
    for other in looks:
        together("complaints_received", other, ((), ("outcome",)))
    return [line(REGISTRY[name], look, measure, looks) for name, measure in measures.items()]


def line(indicator: Indicator, look: Look, measure: Measure, looks: Iterable[Look]) -> Line:
    """Return one figure beside those of other days."""
    beside = []
    for other in looks:
        before = indicator.figure(other)
        beside.append(shown(indicator, other, before, differs(indicator, measure, before)))
    return Line(indicator, shown(indicator, look, measure), beside)


def shown(indicator: Indicator, look: Look, measure: Measure, words: str = "") -> Shown:
    """Return a figure with the way to its records; of people whom complaints count, how many complaints these are."""
    text = said(indicator, measure)
    if indicator.heads and measure.count:
        where = ngettext("%(said)s in %(n)s complaint", "%(said)s in %(n)s complaints", measure.count)
        text = where % {"said": text, "n": number(measure.count)}
    return Shown(text, measure.count, records_url(indicator, look), words, measure.value)


def differs(indicator: Indicator, now: Measure, before: Measure) -> str:
    """Say how a figure differs from another; in percent only where there was something to be a percentage of."""
    if now.value is None or before.value is None:
        return ""
    apart: Any = round(now.value - before.value, 1)
    if not apart:
        return _("as many in this window")
    if indicator.unit == "percent":
        return _points(int(apart))
    if indicator.unit == "hours":
        words = _("%(n)s h more in this window") if apart > 0 else _("%(n)s h less in this window")
        return words % {"n": decimal(abs(apart))}
    n = abs(int(apart))
    if apart > 0:
        words = ngettext("%(n)s more in this window", "%(n)s more in this window", n)
    else:
        words = ngettext("%(n)s fewer in this window", "%(n)s fewer in this window", n)
    text = words % {"n": number(n)}
    share = percent(n, int(before.value)) if before.value >= BASE else None
    return text if share is None else _("%(words)s (%(percent)s %%)") % {"words": text, "percent": number(share)}


def _points(apart: int) -> str:
    n = abs(apart)
    if apart > 0:
        words = ngettext("%(n)s point more in this window", "%(n)s points more in this window", n)
    else:
        words = ngettext("%(n)s point less in this window", "%(n)s points less in this window", n)
    return words % {"n": number(n)}

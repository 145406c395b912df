"""Windows that are asked for again and again."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.display import digits, today
from reports.indicators import Window

TIP_MONTH = 4  # the TIP report's year begins with April


def usual() -> Iterator[tuple[str, Window]]:
    """Give the usual windows with their names: those that run up to today, and the last whole years."""
    now = today()
    year, tip = now.year - 1, tip_year(now)
    yield _("This week"), Window(now - timedelta(days=now.weekday()), now)
    yield _("This month"), Window(now.replace(day=1), now)
    yield _("Last 30 days"), Window(now - timedelta(days=29), now)
    yield _("Since 1 January"), Window(date(now.year, 1, 1), now)
    yield _("Year %(year)s") % {"year": digits(str(year))}, Window(date(year, 1, 1), date(year, 12, 31))
    years = {"first": digits(str(tip.year - 1)), "last": digits(str(tip.year))}
    yield (
        _("TIP year April %(first)s – March %(last)s") % years,
        Window(tip.replace(year=tip.year - 1), tip - timedelta(days=1)),
    )
    yield _("TIP year, since April %(year)s") % {"year": digits(str(tip.year))}, Window(tip, now)


def tip_year(day: date) -> date:
    """Return the first day of the TIP report's year in which a day lies."""
    return date(day.year if day.month >= TIP_MONTH else day.year - 1, TIP_MONTH, 1)


def presets(params: QueryDict, window: Window | None) -> list[dict[str, Any]]:
    """Return the usual windows as links that keep whatever else was asked, and the days shown a year before."""
    found = list(usual())
    if window is not None:
        found.append((_("The same days a year before"), window.a_year_before))
    return [
        {"label": label, "url": with_window(params, one), "current": window is not None and one == window}
        for label, one in found
    ]


def with_window(params: QueryDict, window: Window) -> str:
    """Return the query of another window, with whatever else was asked."""
    rest = params.copy()
    for name in ("from", "to", "cursor"):
        rest.pop(name, None)
    more = rest.urlencode()
    return f"?{window.query}{'&' + more if more else ''}"

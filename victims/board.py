"""The board of returns: a row a country, a column a step, in each cell the people and the days of the one waiting longest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import display
from core.countries import country_name
from victims.models import Direction, ReturnStatus
from victims.models.repatriation import COMING, UNDER_WAY, WAITING
from victims.repatriation_filter import is_child, limits, over

TABS = ("", "over", "child", "unwilling", "coming")


@dataclass(frozen=True, slots=True)
class Cell:
    """People in one step, and the days of the oldest; `state`: "", soon, over."""

    n: int
    url: str
    current: bool
    label: str
    days: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One country: its cells, who waits in all of them, and who was handed over."""

    name: str
    cells: list[Cell]
    waiting: Cell
    handed: Cell


@dataclass
class Group:
    """What one query counted of a country and a step."""

    n: int = 0
    over: int = 0
    children: int = 0
    oldest: datetime | None = None
    oldest_child: datetime | None = None


@dataclass
class Counted:
    """What the board counted, by country and step."""

    groups: dict[tuple[str, str], Group] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)

    def n(self, part: str, steps: Iterable[str], country: str = "") -> int:
        """Add up `n`, `over` or `children` over steps, of one country or all."""
        wanted = set(steps)
        return sum(
            getattr(group, part)
            for (code, step), group in self.groups.items()
            if step in wanted and country in ("", code)
        )


def count(rows: Any) -> Counted:
    """Count scoped rows by country and step; two queries whatever their number."""
    known = limits()
    child = Q(is_child())
    found = (
        rows.order_by()
        .values_list("country", "status")
        .annotate(
            n=Count("pk"),
            over=Count("pk", filter=over(known)),
            children=Count("pk", filter=child),
            oldest=Min("status_at"),
            oldest_child=Min("status_at", filter=child),
        )
    )
    groups = {(country, status): Group(*counted) for country, status, *counted in found}
    return Counted(groups, known)


def days_of(moment: datetime | None) -> int:
    """Return the days since a moment's day."""
    return (display.today() - display.day_of(moment)).days if moment else 0


def state_of(days: int, limit: int | None) -> str:
    """Say whether days are over a limit, or near it (three quarters and more)."""
    if limit is None:
        return ""
    return "over" if days > limit else ("soon" if days >= limit * display.SOON_SHARE else "")


class Board:
    """The matrix as a page shows it, under one of its tabs."""

    def __init__(self, counted: Counted, view: str, country: str, steps: list[str]) -> None:
        self.counted, self.view, self.chosen = counted, view, (country.upper(), steps)
        self.part = {"over": "over", "child": "children"}.get(view, "n")
        self.steps = UNDER_WAY if view == "over" else WAITING  # who comes has limits too

    def columns(self) -> list[dict[str, Any]]:
        """Return the steps with their limits."""
        return [{"label": ReturnStatus(step).label, "limit": self.counted.limits.get(step)} for step in self.steps]

    def lines(self) -> list[Line]:
        """Return the countries of the tab, those with most people first."""
        every = (*self.steps, "handed_over")
        codes = {code for code, step in self.counted.groups if step in every}
        size = {code: self.counted.n(self.part, self.steps, code) for code in codes}
        if self.view:
            codes = {code for code in codes if size[code]}
        handed = {code: self.counted.n("n", ["handed_over"], code) for code in codes}
        order = sorted(codes, key=lambda code: (-size[code] - handed[code], country_name(code)))
        return [self.line(code) for code in order]

    def line(self, code: str) -> Line:
        """Return the row of a country."""
        name = country_name(code)
        return Line(
            name=name,
            cells=[self.cell(code, step) for step in self.steps],
            waiting=self.sum(code),
            handed=self.handed(code),
        )

    def totals(self) -> Line:
        """Return the row of all countries."""
        name = _("All embassies")
        cells = [self._sum("", [step], ReturnStatus(step).label) for step in self.steps]
        return Line(name, cells, self.sum(""), self.handed(""))

    def cell(self, code: str, step: str) -> Cell:
        """Return one cell: its people, and the days of the one waiting longest."""
        group = self.counted.groups.get((code, step), Group())
        n, words = getattr(group, self.part), ReturnStatus(step).label
        days = days_of(group.oldest_child if self.view == "child" else group.oldest)
        plain = self._sum(code, [step], words)
        if not n:
            return plain
        said = ngettext("%(n)s d", "%(n)s d", days) % {"n": display.number(days)}
        return Cell(n, plain.url, plain.current, plain.label, said, state_of(days, self.counted.limits.get(step)))

    def sum(self, code: str) -> Cell:
        """Return who waits in all steps."""
        found = self._sum(code, self.steps, _("Waiting"))
        url, current = self._opens(code, [], "" if self.view else "waiting")
        return Cell(found.n, url, current, found.label)

    def handed(self, code: str) -> Cell:
        """Return who was handed over; of all, whatever the tab."""
        url, current = self._opens(code, ["handed_over"], "none")
        return Cell(self.counted.n("n", ["handed_over"], code), url, current, str(ReturnStatus.HANDED_OVER.label))

    def _sum(self, code: str, steps: Iterable[str], words: Any) -> Cell:
        url, current = self._opens(code, list(steps))
        return Cell(self.counted.n(self.part, steps, code), url, current, str(words))

    def _opens(self, code: str, steps: list[str], view: str = "") -> tuple[str, bool]:
        """Return the address that opens a cell's people under the board, and whether they are open now."""
        kept = "" if view == "none" else (view or self.view)
        said = {name: value for name, value in (("view", kept), ("country", code), ("status", steps)) if value}
        current = self.chosen == (code, steps) and self.view == kept
        return f"?{urlencode(said, doseq=True)}#people", current

    def tabs(self) -> list[dict[str, Any]]:
        """Return the saved views of the board with how many people each has."""
        numbers = {
            "": self.counted.n("n", WAITING),
            "over": self.counted.n("over", UNDER_WAY),
            "child": self.counted.n("children", WAITING),
            "unwilling": self.counted.n("n", [ReturnStatus.DECLINED]),
            "coming": self.counted.n("n", COMING),
        }
        words = {
            "": _("All"),
            "over": _("Over the limit"),
            "child": _("Under 18"),
            "unwilling": _("Does not want to return"),
            "coming": _("Coming to Cambodia"),
        }
        shown = "" if self.view == "waiting" else self.view
        return [
            {"label": words[tab], "url": f"?view={tab}" if tab else "?", "current": tab == shown, "count": numbers[tab]}
            for tab in TABS
        ]


def outward(rows: Any) -> Any:
    """Keep what the matrix counts: the way out of Cambodia, and who comes for its tab."""
    return rows.filter(Q(direction=Direction.OUT) | Q(status__in=COMING))

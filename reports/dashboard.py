"""The overview of a role: what waits first, then how far things came, when, where, and how long it takes.

Every number is a figure of the registry or a part of one, over what the reader may see, and opens its records. The boards are
stocks of today; everything else is of the window.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.display import number, today
from core.templatetags.sangkroh import safe_url
from provinces.models import Province
from referrals.models import UNANSWERED
from reports.figures import Part, parts, records_url
from reports.indicators import NOT_STATED, REGISTRY, Indicator, Look, Window
from reports.indicators.counting import together
from reports.map import drawn
from reports.trend import split_of, trend
from reports.units import counted

SENT_WITHIN = 365  # days: a referral nobody answered in a year is told by its own list
HOTSPOTS = 10
# How far something comes, from the first step to the last: who reached one reached those before it.
WAY = {
    "complaints_received": {
        "received": gettext_lazy("Received"),
        "acknowledged": gettext_lazy("Acknowledged"),
        "decided": gettext_lazy("With an outcome"),
        "confirmed": gettext_lazy("Substantiated, at least partly"),
    },
    "suspects_arrested": {
        "arrested": gettext_lazy("Arrested"),
        "sent_to_court": gettext_lazy("Sent to court"),
        "charged": gettext_lazy("Charged"),
        "convicted": gettext_lazy("Convicted"),
    },
}
BROUGHT_OUT = ("victims_rescued", "people_brought_out_not_trafficked", "people_brought_out_undecided")


@dataclass(frozen=True)
class Bar:
    """A number with its unit, its share of the longest bar in percent, and the address of its records."""

    label: Any
    n: int
    share: int
    url: str


@dataclass(frozen=True)
class Board:
    """What waits now: how many, in words with the unit, by how long or why, and the address of them all."""

    name: str
    title: Any
    n: int
    said: str
    url: str
    parts: list[Part]


@dataclass(frozen=True)
class Hotspot:
    """A site: open complaints about it, and people still sought there, now."""

    name: str
    url: str
    complaints: Part
    sought: Part | None


def boards(user: Any) -> list[Board]:
    """Return what waits today: late, unscreened, in detention, still sought, unanswered; five figures of one query each, and their splits."""
    now = Look(user, Window(today(), today()))
    year = Look(user, Window(today() - timedelta(days=SENT_WITHIN), today()))
    return [
        _board("late", _("Late"), "complaints_open", "late", now, lambda part: part.code != "in_time"),
        _board("unscreened", _("Found, not yet screened"), "people_not_screened", "waiting", now),
        _board("held", _("Victims in detention"), "victims_held", "held_for", now),
        _board("sought", _("Still sought"), "people_still_sought", "last_step", now),
        _board("unanswered", _("Referrals not answered"), "referrals_made", "state", year, _is_unanswered),
    ]


def _is_unanswered(part: Part) -> bool:
    return part.code in UNANSWERED


def _board(name: str, title: Any, figure: str, split: str, look: Look, keep: Any = None) -> Board:
    indicator = REGISTRY[figure]
    found = parts(indicator, indicator.split(split), look)
    kept = [part for part in reversed(found) if keep is None or keep(part)]  # who waits longest first
    n = sum(part.n for part in kept)
    url = records_url(indicator, look, {split: [part.code for part in kept]} if keep and kept else None)
    return Board(name, title, n, _said(indicator, n), url, kept)


def _said(indicator: Indicator, n: int) -> str:
    return counted(indicator.unit, n) % {"n": number(n)}


def ways(look: Look) -> list[tuple[Any, list[Bar]]]:
    """Return how far the complaints received, and the suspects arrested, have come; one query each."""
    return [(REGISTRY[name].label, _way(REGISTRY[name], words, look)) for name, words in WAY.items()]


def _way(indicator: Indicator, words: dict[str, Any], look: Look) -> list[Bar]:
    found = {part.code: part.n for part in parts(indicator, indicator.split("reached"), look)}
    whole, steps = sum(found.values()), list(words)
    bars = []
    for place, step in enumerate(steps):
        further = [code for code in steps[place:] if found.get(code)]
        n = sum(found[code] for code in further)
        url = records_url(indicator, look, {"reached": further} if place else None) if n else ""
        bars.append(Bar(words[step], n, _share(n, whole), url))
    return bars


def _share(n: int, most: int) -> int:
    return max(round(100 * n / most), 1) if n else 0


def brought_out(look: Look) -> list[Bar]:
    """Return the people brought out in the window by what was decided of them; the three never share a person."""
    found = [(REGISTRY[name], REGISTRY[name].figure(look)) for name in BROUGHT_OUT]
    most = max((int(measure.value or 0) for _indicator, measure in found), default=0)
    return [
        Bar(one.label, int(measure.value or 0), _share(int(measure.value or 0), most), records_url(one, look))
        for one, measure in found
    ]


def hotspots(user: Any) -> list[Hotspot]:
    """Return the sites with most open complaints now, with who is still sought there; for who may read sites."""
    if not user.may("site.read"):
        return []
    now = Look(user, Window(today(), today()))
    still_open = _stated("complaints_open", "site", now)[:HOTSPOTS]
    sought = {part.code: part for part in _stated("people_still_sought", "site", now)} if still_open else {}
    return [Hotspot(part.word, safe_url("sites:detail", part.code), part, sought.get(part.code)) for part in still_open]


def _stated(name: str, split: str, look: Look) -> list[Part]:
    found = parts(REGISTRY[name], REGISTRY[name].split(split), look)
    return [part for part in found if part.code != NOT_STATED]


def times(look: Look) -> list[Part]:
    """Return the hours to acknowledgement by province, the slowest first; one query."""
    found = parts(REGISTRY["response_time"], REGISTRY["response_time"].split("province_of_incident"), look)
    return sorted(found, key=lambda part: (part.code == NOT_STATED, -(part.most or 0), -part.n))


def overview(look: Look) -> dict[str, Any]:
    """Return everything of the window: funnels, trend, map, sites, times; a constant number of queries."""
    unit = (split_of(look.window),)
    together("complaints_received", look, (("reached",), ("province_of_incident",), unit))
    together("victims_rescued", look, (("decision",), unit))
    about = {part.code: part.n for part in _stated("complaints_received", "province_of_incident", look)}
    provinces = Province.objects.in_bulk()
    return {
        "ways": ways(look),
        "brought_out": brought_out(look),
        "trend": trend(look),
        "map": drawn(about, look, provinces),
        "hotspots": hotspots(look.user),
        "times": times(look),
    }

"""The situation of a window: its figures and tables; every number from the registry, with its records."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.display import number
from provinces.models import Province
from reports.chosen import title_of
from reports.figures import Part, parts, records_url
from reports.indicators import NOT_STATED, REGISTRY, Indicator, Look, Measure
from reports.indicators.counting import crossed, numbers, together
from reports.trend import COUNTED, split_of

SHOWN = (
    "complaints_received",
    "people_reported",
    "confirmation_rate",
    "victims_rescued",
    "people_brought_out_not_trafficked",
    "people_brought_out_undecided",
    "suspects_arrested",
    "suspects_sent_to_court",
    "people_repatriated",
    "measures_and_assets",
    "complaints_open",
    "people_still_sought",
)


PLACES = ("province_of_incident", "province_of_report")


@dataclass
class ProvinceRow:
    """One province: complaints about it, only from it, from or about it (these do not add up), people rescued."""

    code: str
    name: str
    about: int = 0
    only_from: int = 0
    rescued: int = 0
    urls: dict[str, str] = field(default_factory=dict)

    @property
    def either(self) -> int:
        """Return the complaints from or about it, each once."""
        return self.about + self.only_from


@dataclass(frozen=True)
class Situation:
    """Everything the page shows."""

    measures: dict[str, Measure]
    urls: dict[str, str]
    rows: list[ProvinceRow]
    tables: list[tuple[Any, list[Part]]]
    provinces: dict[str, Province]


def situation(look: Look, *, splits: bool = True) -> Situation:
    """Read the figures of a window, and the usual splits; a constant number of queries."""
    read_together(look, splits=splits)
    measures = {name: REGISTRY[name].figure(look) for name in SHOWN}
    urls = {name: records_url(REGISTRY[name], look) for name in SHOWN}
    provinces = Province.objects.in_bulk()
    return Situation(measures, urls, by_province(look, provinces), tables(look) if splits else [], provinces)


def read_together(look: Look, *, splits: bool) -> None:
    """Read everything of the window that counts the same rows at once."""
    sets: dict[str, list[tuple[str, ...]]] = {
        "complaints_received": [(), ("outcome",), PLACES],
        "victims_rescued": [("decision",), ("rescued_in",)],
    }
    for name, split in TABLES if splits else ():
        sets.setdefault(name, []).append((split,))
    for name in COUNTED:
        sets[name].append((split_of(look.window),))
    for name, asked in sets.items():
        together(name, look, tuple(asked))


def by_province(look: Look, provinces: dict[str, Province]) -> list[ProvinceRow]:
    """Return the provinces with any complaint or rescue, most complaints first; not known and abroad last.

    Of the whole nation, what is sealed is counted there too, and stands under no province (R11).
    """
    found: dict[str, ProvinceRow] = {}

    def row(code: str | None) -> ProvinceRow:
        return found.setdefault(code or "", ProvinceRow(code or "", ""))

    for (about, came), n in crossed("complaints_received", PLACES, look).items():
        row(about).about += n
        if came in provinces and came != about:
            row(came).only_from += n
    for code, n in numbers("victims_rescued", "rescued_in", look).items():
        row(code).rescued += n
    for code, one in found.items():
        one.name = provinces[code].name if code in provinces else _("Not known, or abroad")
        one.urls = _urls(code, look)
    return sorted(found.values(), key=lambda one: (one.code == "", -one.either, -one.rescued, one.code))


def _urls(code: str, look: Look) -> dict[str, str]:
    received, rescued = REGISTRY["complaints_received"], REGISTRY["victims_rescued"]
    here = code or NOT_STATED
    urls = {
        "about": records_url(received, look, {"province_of_incident": here}),
        "rescued": records_url(rescued, look, {"rescued_in": here}),
    }
    if code:
        either = Look(look.user, look.window, code)
        urls["either"] = records_url(REGISTRY["complaints_from_or_about"], either)
        urls["only_from"] = records_url(REGISTRY["complaints_from_or_about"], either, {"side": "from_only"})
    return urls


TABLES = (
    ("complaints_received", "channel"),
    ("complaints_received", "main_form"),
    ("victims_rescued", "nationality"),
    ("suspects_sent_to_court", "nationality"),
)
MOST_PARTS = 12  # of a table; the figure's own page has them all


def tables(look: Look) -> list[tuple[Any, list[Part]]]:
    """Return the tables beside the provinces, each split adding up to its figure: the largest parts, the others together."""
    found = []
    for name, split_name in TABLES:
        indicator = REGISTRY[name]
        split = indicator.split(split_name)
        found.append(
            (title_of(indicator, split), shortened(parts(indicator, split, look), indicator, split.name, look))
        )
    return found


def shortened(found: list[Part], indicator: Indicator, split_name: str, look: Look) -> list[Part]:
    """Return the largest parts, and the rest of those that are stated as one, with the records of them all."""
    stated = [part for part in found if part.code != NOT_STATED]
    if len(stated) <= MOST_PARTS:
        return found
    rest = stated[MOST_PARTS - 1 :]
    codes = [part.code for part in rest]
    words = _("%(n)s others") % {"n": number(len(rest))}
    url = records_url(indicator, look, {split_name: codes})
    one = Part("", words, sum(part.n for part in rest), url, sum(part.rows for part in rest))
    return [*stated[: MOST_PARTS - 1], one, *(part for part in found if part.code == NOT_STATED)]

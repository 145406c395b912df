"""The situation of a window as the page and the papers report it: read once, by the same functions, for whoever asks."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from reports import chosen, figures
from reports.compare import Line, lines, others
from reports.indicators import REGISTRY, Indicator, Look, Split, Window
from reports.last_published import LastPublished, last_published
from reports.rules import RULES
from reports.sentences import paragraphs
from reports.situation import Situation, situation
from reports.trend import Trend, trend

NOTED = ("R1", "R2", "R3", "R5", "R6", "R11")  # what a reader of the printed page must know of the counting rules
Pairs = list[tuple[Indicator, Split]]


@dataclass(frozen=True)
class Reported:
    """Everything that is said of a window; `pairs` are the dimensions chosen, in place of the usual tables."""

    look: Look
    pairs: Pairs
    found: Situation
    lines: list[Line]
    published: dict[str, LastPublished]
    paragraphs: list[dict[str, Any]]
    trend: Trend

    @property
    def others(self) -> list[Window]:
        """Return the windows compared with."""
        return others(self.look.window)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing happened in the window."""
        measures = self.found.measures.items()
        return not any(measure.count for name, measure in measures if not REGISTRY[name].is_stock)

    @property
    def rules(self) -> list[Any]:
        """Return the counting rules a reader must know."""
        return [words for code, words in RULES if code in NOTED]


def asked(params: QueryDict, user: Any) -> tuple[Look, Pairs]:
    """Read what is asked for; raises ValidationError by field."""
    look = figures.look_of(params, user)
    return look, chosen.asked(params.getlist(chosen.PARAM), user)


def reported(look: Look, pairs: Pairs) -> Reported:
    """Read the figures of a window, beside other days and what was published."""
    found = situation(look, splits=not pairs)
    published = last_published(look, found.measures)
    beside = lines(look, found.measures)
    return Reported(look, pairs, found, beside, published, paragraphs(found, look), trend(look))

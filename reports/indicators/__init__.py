"""The indicators: each figure has a name, one written counting rule, one date, and exactly its records.

Pages, API, reports and `check_figures` take every figure from `REGISTRY`; nothing else counts for publication.
"""

from reports.indicators import (
    assistance,
    complaints,
    court,
    heads,
    justice,
    measures,
    operations,
    people,
    prevention,
    proceedings,
    response,
    returns,
    screening,
)
from reports.indicators.registry import NOT_STATED, REGISTRY, UNLISTED, Indicator, Look, Measure, Split
from reports.window import Window

__all__ = [
    "NOT_STATED",
    "REGISTRY",
    "UNLISTED",
    "Indicator",
    "Look",
    "Measure",
    "Split",
    "Window",
    "assistance",
    "complaints",
    "court",
    "heads",
    "justice",
    "measures",
    "operations",
    "people",
    "prevention",
    "proceedings",
    "response",
    "returns",
    "screening",
]

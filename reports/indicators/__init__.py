"""The indicators: each figure has a name, one written counting rule, one date, and exactly its records.

Pages, API, reports and `check_figures` take every figure from `REGISTRY`; nothing else counts for publication.
"""

from reports.indicators import complaints, justice, people
from reports.indicators.registry import NOT_STATED, REGISTRY, Indicator, Look, Measure, Split
from reports.indicators.window import Window

__all__ = [
    "NOT_STATED",
    "REGISTRY",
    "Indicator",
    "Look",
    "Measure",
    "Split",
    "Window",
    "complaints",
    "justice",
    "people",
]

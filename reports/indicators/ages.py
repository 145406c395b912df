"""The dimension of age: bands, child or adult, and how the age is known."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Case, CharField, Q, Value, When
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from core import display
from people.ages import BANDS, CHILD_UNDER, age_of, band
from reports.indicators.registry import Look, Split


def bands(_values: list[str]) -> Mapping[str, Any]:
    """Return the bands in the reader's digits."""
    return {band(low, high): display.digits(f"{low}–{high}" if high else f"{low}+") for low, high in BANDS}


CHILD = {"under_18": _("Under 18"), "18_and_over": _("18 and over")}
AGE_KNOWN = {"stated": _("Stated"), "estimated": _("Estimated")}


def ages(day: Any, path: str = "person__") -> tuple[Split, ...]:
    """Split by age on the day that counts (AG, R7): in bands, as child or adult, and by whether it was estimated.

    The day is an expression, or a function of the look that returns one; `path` leads to the person.
    """

    def by(cases: Callable[[Any], list[When]]) -> Callable[[Look], Case]:
        def of(look: Look) -> Case:
            age = age_of(path, day(look) if callable(day) else day)
            return Case(*cases(age), output_field=CharField())

        return of

    return (
        Split("age", _("Age"), by(in_bands), bands, ordered=True),
        Split("child", _("Child or adult"), by(child_or_adult), lambda _values: CHILD),
        Split("age_known", _("How the age is known"), by(known(path)), lambda _values: AGE_KNOWN),
    )


def in_bands(age: Any) -> list[When]:
    """Return the cases of the bands."""
    return [When(in_range(age, low, high), then=Value(band(low, high))) for low, high in BANDS]


def child_or_adult(age: Any) -> list[When]:
    """Return the cases of child and adult."""
    last = CHILD_UNDER - 1
    return [
        When(in_range(age, 0, last), then=Value("under_18")),
        When(in_range(age, CHILD_UNDER), then=Value("18_and_over")),
    ]


def known(path: str) -> Callable[[Any], list[When]]:
    """Return the cases of ages stated and estimated, of the person a path leads to."""
    estimated = {f"{path}estimated": True}
    return lambda age: [
        When(Q(in_range(age, 0), **estimated), then=Value("estimated")),
        When(in_range(age, 0), then=Value("stated")),
    ]


def in_range(age: Any, low: int, high: int | None = None) -> Any:
    """Say that an age lies from low to high, both included."""
    found = GreaterThanOrEqual(age, low)
    return Q(found) & Q(LessThanOrEqual(age, high)) if high is not None else Q(found)

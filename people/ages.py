"""How old somebody was on a day: one rule, said for one person and for a query.

Whole years: from the date of birth; else from the year of birth; else from the age that was stated, moved by the whole
years between the day it was stated and the day asked for. Nothing where nothing is known.
"""

from datetime import date

from django.db.models import Case, ExpressionWrapper, F, Func, IntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractYear, Greatest

from people.models import Person

CHILD_UNDER = 18
BANDS: tuple[tuple[int, int | None], ...] = ((0, 11), (12, 17), (18, 24), (25, 34), (35, 49), (50, None))  # R7


def band(low: int, high: int | None) -> str:
    """Return the code of a band of ages."""
    return f"{low}-{high}" if high else f"{low}+"


def band_of(age: int) -> str:
    """Return the code of the band an age lies in."""
    return next(band(low, high) for low, high in BANDS if high is None or age <= high)


def age_at(person: Person, day: date) -> int | None:
    """Return the age in whole years on a day, never below 0; None where nothing is known of it."""
    if person.born_on:
        found = _years(person.born_on, day)
    elif person.born_year:
        found = day.year - person.born_year
    elif person.age is not None and person.age_on:
        found = person.age + _years(person.age_on, day)
    else:
        return None
    return max(found, 0)


def _years(first: date, last: date) -> int:
    """Return the whole years from one day to another, negative where the other is earlier."""
    if last < first:
        return -_years(last, first)
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


class WholeYears(Func):
    """Whole years between two days, as `_years` counts them: (first, last)."""

    function = "date_part"
    template = "date_part('year', age(%(expressions)s))::int"
    output_field = IntegerField()

    def __init__(self, first: Combinable, last: Combinable) -> None:
        super().__init__(last, first)


def age_of(path: str, day: Combinable) -> Case:
    """Return the same rule as an expression; `path` leads to the person, as in "person__"; `day` is a date."""
    stated = F(f"{path}age") + WholeYears(F(f"{path}age_on"), day)
    by_year = ExtractYear(day) - F(f"{path}born_year")
    return Case(
        When(**{f"{path}born_on__isnull": False}, then=Greatest(WholeYears(F(f"{path}born_on"), day), Value(0))),
        When(
            **{f"{path}born_year__isnull": False}, then=Greatest(ExpressionWrapper(by_year, IntegerField()), Value(0))
        ),
        When(**{f"{path}age__isnull": False}, then=Greatest(ExpressionWrapper(stated, IntegerField()), Value(0))),
        output_field=IntegerField(),
    )

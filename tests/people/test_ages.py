"""How old somebody was on a day: the rule for one person and the rule in a query are the same rule."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db.models import DateField, Value

from people.ages import age_at, age_of
from people.models import Person

DAYS = [date(2022, 2, 28), date(2022, 3, 1), date(2020, 2, 29), date(2022, 9, 29), date(2004, 2, 29)]
KNOWN = [
    {"born_on": date(2004, 2, 29)},
    {"born_on": date(2010, 9, 29)},
    {"born_on": date(2010, 9, 30)},
    {"born_year": 2004},
    {"age": 17, "age_on": date(2022, 3, 1)},
    {"age": 17, "age_on": date(2021, 9, 29)},
    {"age": 3, "age_on": date(2024, 12, 31)},
    {"born_on": date(2000, 1, 1), "born_year": 1990, "age": 50, "age_on": date(2022, 1, 1)},
    {},
]


@pytest.mark.parametrize(
    ("known", "day", "age"),
    [
        ({"born_on": date(2004, 2, 29)}, date(2022, 2, 28), 17),
        ({"born_on": date(2004, 2, 29)}, date(2022, 3, 1), 18),
        ({"born_on": date(2010, 9, 29)}, date(2022, 9, 29), 12),
        ({"born_on": date(2010, 9, 30)}, date(2022, 9, 29), 11),
        ({"born_year": 2004}, date(2022, 3, 1), 18),
        ({"age": 17, "age_on": date(2021, 9, 29)}, date(2022, 9, 29), 18),
        ({"age": 17, "age_on": date(2021, 9, 30)}, date(2022, 9, 29), 17),
        ({"age": 30, "age_on": date(2026, 11, 1)}, date(2022, 9, 1), 26),
        ({"born_on": date(2022, 9, 30)}, date(2022, 9, 29), 0),
        ({}, date(2022, 9, 29), None),
    ],
)
def test_whole_years_on_a_day(known: dict[str, Any], day: date, age: int | None) -> None:
    assert age_at(Person(**known), day) == age


@pytest.mark.django_db
def test_a_query_counts_as_python_does() -> None:
    people = [Person.objects.create(**known) for known in KNOWN]
    for person, day in product(people, DAYS):
        found = Person.objects.annotate(then=age_of("", Value(day, DateField()))).get(pk=person.pk)
        assert found.then == age_at(person, day), (person.born_on, person.born_year, person.age, day)

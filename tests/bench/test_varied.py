"""A few thousand complaints of every kind: each figure, each split and each bound cell counts the same a second way, and none is 0."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from accounts.services import ensure_demo_users, system_user
from bench.check import LARGE, SMALL, windows
from bench.varied import fill
from core.display import today
from core.owner import as_owner
from reports.check import check
from reports.check_splits import check_splits, statements
from reports.handin.checked import check_cells
from reports.indicators import REGISTRY, Window

N = 4000
pytestmark = pytest.mark.long


@pytest.fixture
def varied(db: None, settings: Any) -> None:
    settings.DEMO = True
    ensure_demo_users()
    with as_owner(), connection.cursor() as cursor:
        fill(cursor, N)  # and says whether the ledgers are what the database counts
        cursor.execute("ANALYZE")


def test_every_indicator_has_a_split_that_is_compared() -> None:
    assert {name for name, _by in statements()} == set(REGISTRY)


def test_every_figure_of_it_counts_the_same_a_second_way(varied: None) -> None:
    year, *others = (Window(date.fromisoformat(first), date.fromisoformat(last)) for first, last in windows(today()))
    found = check(year, LARGE)
    assert [(name, defined) for name, defined, _plain in found] == [(name, plain) for name, _defined, plain in found]
    assert [name for name, defined, _plain in found if not defined] == []
    for window in (year, *others):
        for name, defined, plain in [*check(window, SMALL), *check_splits(window, SMALL)]:
            assert defined == plain, (name, window)
    for name, defined, _plain in check_splits(year, LARGE):
        assert any(defined.values()), name
    assert [(one.name, one.differ) for one in check_cells(year.first.year, system_user()) if one.differ] == []

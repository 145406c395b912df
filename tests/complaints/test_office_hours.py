"""Office hours, holidays, and when a stage is due."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from complaints.models import Complaint, Deadline, Holiday, OfficeHours
from complaints.models.calendar import calendar_from, carried_holidays
from complaints.models.deadline import due, translated
from complaints.services import advance
from tests.factories.accounts import UserFactory

Registered = Callable[..., Complaint]
pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """A moment of 2026 in Phnom Penh, as UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        (at(12, 8), 2, at(12, 10)),
        (at(12, 11), 1, at(12, 14, 30)),  # over midday
        (at(12, 7), 4, at(12, 11, 30)),  # from the opening, to the closing itself
        (at(13, 17), 1, at(16, 8)),  # over a week-end
        (at(14, 3), 1, at(16, 8, 30)),  # a Saturday, at night
        (at(6, 17), 8, at(9, 17, 30, month=3)),  # Friday 30 min, Monday the whole day
        (at(13, 17, month=4), 1, at(17, 8, month=4)),  # Khmer New Year: 14 to 16 April 2026
        (at(12, 8), 40, at(19, 10, 30)),  # five working days and 2:30
    ],
)
def test_only_hours_in_which_offices_are_open_pass(since: datetime, hours: int, until: datetime) -> None:
    assert calendar_from(since).after(since, hours) == until


def test_immediate_danger_runs_day_and_night_and_on_holidays() -> None:
    since = at(14, 23, month=4)
    assert due("acknowledge", "immediate", since) == since + timedelta(hours=1)
    assert due("acknowledge", "high", since) == at(17, 10, 30, month=4)


def test_no_deadline_of_immediate_danger_counts_office_hours() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.filter(urgency="immediate").update(office_hours=True)


def test_without_any_open_hour_the_clock_itself_counts() -> None:
    OfficeHours.objects.all().delete()
    assert calendar_from(at(12, 8)).after(at(12, 8), 30) == at(13, 14)


def test_a_complaint_runs_from_receipt_then_from_each_step(registered: Registered) -> None:
    officer = UserFactory(role="supervisor")
    with time_machine.travel(at(13, 18), tick=False):
        row = registered(received_at=at(13, 16))
    assert (row.clock_from, row.due_at) == (at(13, 16), at(16, 16, 30))
    with time_machine.travel(at(14, 10), tick=False):
        row = advance(row, "acknowledge", by=officer)
    assert (row.clock_from, row.due_at) == (at(14, 10), due("verify", "normal", at(14, 10)))
    assert row.acknowledge_due_at == at(16, 16, 30)


def test_the_hours_of_before_are_translated_by_days_and_weeks() -> None:
    assert [translated(n) for n in (8, 24, 72, 168, 336)] == [3, 8, 24, 40, 80]
    kept = dict(Deadline.objects.filter(stage="verify").values_list("urgency", "hours"))
    assert kept == {"immediate": 24, "high": 24, "normal": 40}


def test_every_year_has_its_holidays_and_what_is_unsure_says_so() -> None:
    rows = carried_holidays()
    assert Holiday.objects.count() == len(rows)
    for year in range(2022, 2028):
        mine = [row for row in rows if row["on"].startswith(str(year))]
        assert 19 <= len(mine) <= 22, year
        assert all(row["is_checked"] for row in mine) or year >= 2025
        assert not any(row["is_checked"] for row in mine) or year <= 2025

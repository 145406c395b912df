"""The window of the press case and people brought out in it, for the tests of figures."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from accounts.models import User
from complaints.models import Complaint
from people.services import make_person
from reports.indicators import Window
from victims.services import add_victim, advance, decide

Registered = Callable[..., Complaint]
Browser = Callable[..., Client]
PRESS = "from=2022-08-18&to=2022-09-29"
WINDOW = Window(date(2022, 8, 18), date(2022, 9, 29))
ARREST = {"arrest_unit": "Office", "arrest_kind": "warrant"}


def at(month: int, day: int, hour: int = 3, minute: int = 0) -> datetime:
    """A moment of 2022, in UTC: 03:00 is 10:00 in Phnom Penh."""
    return datetime(2022, month, day, hour, minute, tzinfo=UTC)


def rescued(complaint: Complaint, by: User, when: datetime, decision: str = "decide_trafficked", **who: Any) -> Any:
    victim = add_victim(complaint, make_person(**who), by=by)
    done = advance(victim, "record_rescue", by=by, happened_at=when)
    return decide(done, decision, by=by, happened_at=when, note="Asked alone") if decision else done

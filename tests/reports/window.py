"""The window of the press case and people brought out in it, for the tests of figures."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from accounts.models import User
from complaints.models import Complaint
from people.services import make_person
from reports.indicators import Window
from suspects.models import Suspect
from suspects.services import advance as advance_suspect
from victims.services import add_victim, advance, decide
from victims.services.consent import name_guardian

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
    if done.is_child:
        said = {"name": "Bà Ngoại", "kind": "relative", "own_view": "I want to go home.", "view_language": "vi"}
        name_guardian(done, by=by, **said)
    return decide(done, decision, by=by, happened_at=when, note="Asked alone") if decision else done


ARTICLES = (["L08-10", "L08-12"], ["L08-10"], ["L08-24"], [])
SENTENCES: tuple[dict[str, Any], ...] = (
    {"in_absentia": False, "prison_months": 120},
    {},
    {"in_absentia": True, "prison_months": 6, "suspended_months": 6},
)


def judged(suspect: Suspect, by: User, n: int) -> Suspect:
    """The first is convicted, the second acquitted, the third convicted in absentia under another article, others dismissed."""
    if n > 2:
        return advance_suspect(suspect, "dismiss", by=by, note="No case", happened_at=at(9, 20))
    row = advance_suspect(suspect, "charge", by=by, articles=ARTICLES[n], happened_at=at(9, 10 + n))
    row = advance_suspect(row, "open_trial", by=by, happened_at=at(9, 18))
    if n == 1:
        return advance_suspect(row, "acquit", by=by, happened_at=at(9, 20))
    return advance_suspect(row, "convict", by=by, happened_at=at(9, 20 + n), **SENTENCES[n])

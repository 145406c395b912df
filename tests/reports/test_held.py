"""Victims in detention (25) and people not screened by place (13): answered for a day from the days of the stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services import system_user
from core.display import today
from people.services import make_person
from reports.check import check
from reports.figures import parts
from reports.indicators import REGISTRY, Look, Window
from victims.models import Victim
from victims.services import add_victim, advance, decide
from victims.services.places import record_place


def look(days_ago: int = 0) -> Look:
    return Look(system_user(), Window(today() - timedelta(days=30), today() - timedelta(days=days_ago)), "18")


@pytest.fixture
def found(registered: Any, officer_psh: User) -> Victim:
    """Somebody brought out ten days ago and taken to the police that day."""
    victim = add_victim(registered(), make_person(name="Sok Lina"), by=officer_psh)
    victim = advance(victim, "record_rescue", by=officer_psh, happened_at=timezone.now() - timedelta(days=10))
    record_place(victim, by=officer_psh, kind="police", since=today() - timedelta(days=10))
    return victim


def split(name: str, days_ago: int = 0) -> dict[str, int]:
    indicator = REGISTRY[name]
    return {part.code: part.n for part in parts(indicator, indicator.split("place"), look(days_ago)) if part.n}


def test_who_waits_for_screening_is_split_by_where_they_are(found: Victim) -> None:
    assert split("people_not_screened") == {"police": 1}
    assert REGISTRY["victims_held"].figure(look()).value == 0


def test_held_on_a_day_is_by_the_days_of_the_stay(found: Victim, officer_psh: User) -> None:
    decide(found, "decide_presumed", by=officer_psh)
    record_place(found, by=officer_psh, kind="immigration_detention", since=today() - timedelta(days=5))
    record_place(found, by=officer_psh, kind="shelter", since=today() - timedelta(days=2))
    assert split("victims_held", days_ago=7) == {"police": 1}
    assert split("victims_held", days_ago=3) == {"immigration_detention": 1}
    assert split("victims_held", days_ago=2) == {}


def test_plain_sql_finds_the_same(found: Victim, officer_psh: User) -> None:
    decide(found, "decide_trafficked", by=officer_psh)
    figures = {name: (defined, plain) for name, defined, plain in check(look().window, "18")}
    assert figures["victims_held"] == (1, 1)
    assert figures["people_not_screened"] == (0, 0)

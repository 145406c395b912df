"""People repatriated (22), returns under way (23), Cambodians returned (24): by their days, each person once, no deportation."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services import system_user
from core.display import today
from reports.check import check
from reports.figures import parts
from reports.indicators import REGISTRY, Look, Window
from tests.victims.returns import ASKED, WAY, found
from victims.models import Repatriation, Stay
from victims.services import add_victim, advance, decide
from victims.services.consent import record_consent
from victims.services.deportation import advance_deportation, record_deportation
from victims.services.places import record_place
from victims.services.repatriation import advance_return, announce_return, begin_return

NAMES = ("people_repatriated", "repatriations_open", "cambodians_returned", "victims_held")


def look(days_ago: int = 0) -> Look:
    return Look(system_user(), Window(today() - timedelta(days=60), today() - timedelta(days=days_ago)))


def value(name: str, days_ago: int = 0) -> Any:
    return REGISTRY[name].figure(look(days_ago)).value


def by(name: str, split: str, days_ago: int = 0) -> dict[str, int]:
    indicator = REGISTRY[name]
    return {part.code: part.n for part in parts(indicator, indicator.split(split), look(days_ago)) if part.n}


def ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def going(registered: Any, officer_psh: User) -> Repatriation:
    """Somebody whose return began twenty days ago, a step every two days, handed over eight days ago."""
    victim = found(registered, officer_psh, received_at=ago(30))
    asked_on = today() - timedelta(days=20)
    record_consent(victim, by=officer_psh, answers={"embassy": "yes"}, afraid="no", asked_on=asked_on, **ASKED)
    row = begin_return(victim, by=officer_psh, happened_at=ago(20))
    for n, (step, said) in enumerate(WAY.items(), 1):
        row = advance_return(row, step, by=officer_psh, happened_at=ago(20 - 2 * n), **said)
    return row


def test_a_return_is_under_way_by_its_step_of_each_day_until_the_hand_over(going: Repatriation) -> None:
    assert by("repatriations_open", "step", 19) == {"asked_alone": 1}
    assert by("repatriations_open", "step", 13) == {"travel_document": 1}
    assert (value("repatriations_open", 21), value("repatriations_open", 8)) == (0, 0)
    assert [value("people_repatriated", days) for days in (9, 8)] == [0, 1]
    assert by("people_repatriated", "paid_by") == {"embassy": 1}
    assert by("people_repatriated", "country") == {"VN": 1}


def test_one_person_handed_over_in_two_complaints_is_one(
    going: Repatriation, registered: Any, officer_psh: User
) -> None:
    other = add_victim(registered(), going.victim.person, by=officer_psh)
    advance(other, "record_rescue", by=officer_psh)
    row = begin_return(other, by=officer_psh)
    for step, said in WAY.items():
        row = advance_return(row, step, by=officer_psh, **said)
    assert value("people_repatriated") == 1


def test_a_deportation_is_no_return_and_ends_a_stay(registered: Any, officer_psh: User) -> None:
    victim = found(registered, officer_psh)
    decide(victim, "decide_trafficked", by=officer_psh)
    record_place(victim, by=officer_psh, kind="immigration_detention")
    assert by("victims_held", "held_for") == {"days_007": 1}
    said = {"authority": "Immigration", "order_number": "7", "ordered_on": today(), "reason": "overstay"}
    row = record_deportation(victim, by=officer_psh, **said)
    advance_deportation(row, "carry_out", by=officer_psh, override_why="The plane had left already.")
    assert [value(name) for name in NAMES] == [0, 0, 0, 0]
    assert Stay.objects.get().until == today()


def test_cambodians_are_counted_when_received_by_whether_screened(registered: Any, officer_psh: User) -> None:
    for decision in ("", "decide_trafficked"):
        victim = found(registered, officer_psh, nationality="KH")
        row = announce_return(victim, by=officer_psh, country="TH", told_by="Embassy", happened_at=ago(4))
        advance_return(row, "receive", by=officer_psh, happened_at=ago(2), received_by="Centre", crossing="poipet")
        if decision:
            decide(victim, decision, by=officer_psh)
    assert REGISTRY["cambodians_returned"].figure(look()).beside == {"screened": 1, "not_screened": 1}
    assert by("cambodians_returned", "country") == {"TH": 2}
    assert by("cambodians_returned", "crossing") == {"poipet": 2}
    assert (value("cambodians_returned", 3), value("repatriations_open", 3)) == (0, 2)


def test_plain_sql_finds_the_same(going: Repatriation, registered: Any, officer_psh: User, supervisor: User) -> None:
    home = found(registered, officer_psh, nationality="KH")
    announced = announce_return(home, by=officer_psh, country="TH", told_by="Embassy", happened_at=ago(4))
    advance_return(announced, "receive", by=officer_psh, received_by="Centre", crossing="poipet")
    for days in (0, 3, 8, 13):
        figures = {name: (defined, plain) for name, defined, plain in check(look(days).window, "18")}
        assert all(figures[name][0] == figures[name][1] for name in NAMES), figures
    advance_return(going, "take_back", by=supervisor, note="Not yet")
    figures = {name: (defined, plain) for name, defined, plain in check(look().window, "18")}
    assert figures["people_repatriated"] == (0, 0)
    assert figures["repatriations_open"] == (2, 2)


def test_a_province_counts_its_own(going: Repatriation, officer_psh: User, officer_pp: User) -> None:
    indicator, window = REGISTRY["people_repatriated"], look().window
    assert indicator.figure(Look(officer_psh, window)).value == 1
    assert indicator.figure(Look(officer_pp, window)).value == 0

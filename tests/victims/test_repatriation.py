"""The return of a person: it rests on a yes given alone without fear, goes in steps with dates, and stops with the yes."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from complaints.said import PersonSaid
from core.exceptions import Conflict
from people.services import make_person
from tests.victims.returns import ASKED, GUARDIAN, WAY, at_step, found, say_yes
from victims.answers import answers_of
from victims.models import Repatriation, Stay, Victim
from victims.services import add_victim, advance, decide
from victims.services.consent import name_guardian, record_consent
from victims.services.places import record_place
from victims.services.repatriation import advance_return, announce_return, begin_return, change_needs, record_unwilling

pytestmark = pytest.mark.django_db
Found = Callable[..., Victim]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def person(registered: Any, officer_psh: User) -> Found:
    """Somebody found, of a nationality and an age."""
    return lambda **said: found(registered, officer_psh, **said)


def test_it_goes_from_the_yes_to_the_hand_over_in_steps_with_dates(person: Any, officer_psh: User) -> None:
    victim = person()
    record_place(victim, by=officer_psh, kind="shelter")
    say_yes(victim, officer_psh)
    row = begin_return(victim, by=officer_psh)
    assert (row.direction, row.country, row.status) == ("out_of_cambodia", "VN", "asked_alone")
    for step, said in WAY.items():
        row = advance_return(row, step, by=officer_psh, **said)
    row.refresh_from_db()
    assert (row.status, row.handed_to, row.paid_by) == ("handed_over", "Consul Nguyễn", "embassy")
    assert (row.fine, row.fine_amount, row.handed_over_on) == ("waived", 240, timezone.localdate())
    assert not Stay.objects.now().filter(victim=victim).exists()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "Nobody has asked"),
        ({"answers": {"embassy": "no"}, "afraid": "yes"}, "afraid, or in doubt"),
        ({"answers": {"embassy": "later"}, "afraid": "doubt"}, "afraid, or in doubt"),
        ({"answers": {"embassy": "no"}, "afraid": "no"}, "did not say yes"),
    ],
)
def test_nothing_begins_without_a_yes_given_alone_and_unafraid(
    asked: Any, words: str, person: Any, officer_psh: User
) -> None:
    victim = person()
    if asked:
        record_consent(victim, by=officer_psh, **ASKED, **asked)
    with pytest.raises(Conflict, match=words):
        begin_return(victim, by=officer_psh)
    assert not Repatriation.objects.exists()


def test_the_fear_told_in_another_complaint_blocks_too(person: Any, registered: Any, officer_psh: User) -> None:
    victim = person()
    say_yes(victim, officer_psh)
    other = add_victim(registered(), victim.person, by=officer_psh)
    advance(other, "record_rescue", by=officer_psh)
    record_consent(other, by=officer_psh, answers={"embassy": "no"}, afraid="doubt", **ASKED)
    with pytest.raises(Conflict, match="afraid"):
        begin_return(victim, by=officer_psh)


def test_one_return_of_a_person_is_open_in_whatever_complaint(person: Any, registered: Any, officer_psh: User) -> None:
    victim = person()
    row = at_step(victim, "asked_alone", officer_psh)
    other = add_victim(registered(), victim.person, by=officer_psh)
    advance(other, "record_rescue", by=officer_psh)
    for again in (victim, other):
        with pytest.raises(Conflict, match="under way"):
            begin_return(again, by=officer_psh)
    row.pk, row.reference = None, "RP-AAAAAAAA"
    with pytest.raises(IntegrityError), transaction.atomic():
        Repatriation.objects.bulk_create([row])


@pytest.mark.parametrize("step", ["take_up_again", "take_back"])
def test_an_ended_return_is_not_under_way_again_beside_another(
    step: str, registered: Any, person: Any, officer_psh: User, supervisor: User
) -> None:
    victim = person()
    other = add_victim(registered(), victim.person, by=officer_psh)
    advance(other, "record_rescue", by=officer_psh)
    row = at_step(victim, "departure_agreed", officer_psh)
    withdrawn = {"declined_why": "afraid", "asked_alone": "yes", "asked_language": "Tiếng Việt"}
    ended, said = ("hand_over", WAY["hand_over"]) if step == "take_back" else ("withdraw", withdrawn)
    row = advance_return(row, ended, by=officer_psh, **said)
    say_yes(victim, officer_psh)
    begun = begin_return(other, by=officer_psh)
    with pytest.raises(Conflict, match="under way"):
        advance_return(row, step, by=supervisor, note="By mistake")
    assert list(Repatriation.objects.open()) == [begun]


def test_a_child_needs_a_guardian_and_its_own_view(person: Any, officer_psh: User) -> None:
    child = person(age=15)
    name_guardian(child, by=officer_psh, **GUARDIAN)
    row = at_step(child, "embassy_notified", officer_psh)
    younger = person(age=30)
    say_yes(younger, officer_psh)
    younger.person.age = 14
    younger.person.save()
    with pytest.raises(Conflict, match="guardian"):
        begin_return(Victim.objects.get(pk=younger.pk), by=officer_psh)
    assert row.status == "embassy_notified"


@pytest.mark.parametrize(("nationality", "words"), [("", "which country"), ("KH", "Cambodian")])
def test_the_country_is_the_persons_own(nationality: str, words: str, person: Any, officer_psh: User) -> None:
    victim = person(nationality=nationality)
    say_yes(victim, officer_psh)
    with pytest.raises(Conflict, match=words):
        begin_return(victim, by=officer_psh)


def test_a_corrected_nationality_is_the_embassy_that_is_told(person: Any, officer_psh: User) -> None:
    row = at_step(person(), "asked_alone", officer_psh)
    row.victim.person.nationality = "CN"
    row.victim.person.save()
    assert advance_return(row, "notify_embassy", by=officer_psh).country == "CN"


@pytest.mark.parametrize("step", ["asked_alone", "embassy_notified", "travel_document", "departure_agreed"])
def test_who_withdraws_at_any_step_stops_it_and_takes_the_consent_back(
    step: str, person: Any, officer_psh: User
) -> None:
    victim = person()
    row = at_step(victim, step, officer_psh)
    said = {"declined_why": "afraid", "asked_alone": "yes", "asked_language": "Tiếng Việt"}
    row = advance_return(row, "withdraw", by=officer_psh, **said)
    kept = answers_of(victim)["embassy"]
    assert (row.status, kept.answer, kept.afraid) == ("declined", "withdrawn", "yes")
    with pytest.raises(Conflict, match="afraid"):
        advance_return(row, "take_up_again", by=officer_psh)
    record_consent(victim, by=officer_psh, answers={"embassy": "yes"}, afraid="no", **ASKED)
    assert advance_return(row, "take_up_again", by=officer_psh).status == "asked_alone"


@pytest.mark.parametrize("answer", ["no", "later", "withdrawn"])
def test_an_answer_that_is_no_yes_stops_an_open_return(answer: str, person: Any, officer_psh: User) -> None:
    victim = person()
    row = at_step(victim, "nationality_confirmed", officer_psh)
    record_consent(victim, by=officer_psh, answers={"embassy": answer}, **ASKED)
    row.refresh_from_db()
    assert row.status == "declined"


def test_a_yes_or_another_purpose_stops_nothing(person: Any, officer_psh: User) -> None:
    victim = person()
    row = at_step(victim, "nationality_confirmed", officer_psh)
    record_consent(victim, by=officer_psh, answers={"embassy": "yes", "shelter": "no"}, afraid="no", **ASKED)
    row.refresh_from_db()
    assert row.status == "nationality_confirmed"


def test_only_the_system_takes_the_step_that_follows_from_an_answer(person: Any, officer_psh: User) -> None:
    row = at_step(person(), "embassy_notified", officer_psh)
    with pytest.raises(Conflict):
        advance_return(row, "consent_ended", by=officer_psh)


def test_a_step_does_not_lie_before_the_one_before_it(person: Any, officer_psh: User) -> None:
    row = at_step(person(), "asked_alone", officer_psh)
    yesterday = timezone.now() - datetime.timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        advance_return(row, "notify_embassy", by=officer_psh, happened_at=yesterday)
    assert set(refused.value.message_dict) == {"happened_at"}


def test_it_does_not_begin_before_the_yes(person: Any, officer_psh: User) -> None:
    victim = person()
    say_yes(victim, officer_psh)
    with pytest.raises(ValidationError):
        begin_return(victim, by=officer_psh, happened_at=timezone.now() - datetime.timedelta(days=2))


def test_nobody_departs_before_it_was_agreed(person: Any, officer_psh: User) -> None:
    row = at_step(person(), "exit_clearance", officer_psh)
    with pytest.raises(ValidationError) as refused:
        advance_return(row, "agree_departure", by=officer_psh, departs_on="2020-01-01")
    assert set(refused.value.message_dict) == {"departs_on"}


@pytest.mark.parametrize("missing", ["handed_to", "handed_where", "paid_by", "handover_record"])
def test_a_hand_over_says_to_whom_where_who_paid_and_its_record(missing: str, person: Any, officer_psh: User) -> None:
    row = at_step(person(), "departure_agreed", officer_psh)
    said = {name: value for name, value in WAY["hand_over"].items() if name != missing}
    with pytest.raises(ValidationError) as refused:
        advance_return(row, "hand_over", by=officer_psh, **said)
    assert set(refused.value.message_dict) == {missing}


def test_the_supervisor_takes_the_last_step_back_and_the_days_count_on(
    person: Any, officer_psh: User, supervisor: User
) -> None:
    with time_machine.travel("2026-03-01T03:00:00Z", tick=False):
        row = at_step(person(), "departure_agreed", officer_psh)
    with time_machine.travel("2026-03-09T03:00:00Z", tick=False):
        row = advance_return(row, "hand_over", by=officer_psh, **WAY["hand_over"])
        with pytest.raises(PermissionDenied):
            advance_return(row, "take_back", by=officer_psh, note="Typed in the wrong row")
        row = advance_return(row, "take_back", by=supervisor, note="Typed in the wrong row")
    assert (row.status, row.handed_to, row.handed_over_on) == ("departure_agreed", "", None)
    assert row.status_at == datetime.datetime(2026, 3, 1, 3, tzinfo=datetime.UTC)


def test_staying_or_a_third_country_ends_it(person: Any, officer_psh: User) -> None:
    stays = advance_return(
        at_step(person(), "embassy_notified", officer_psh), "record_stays", by=officer_psh, note="Ok"
    )
    third = at_step(person(), "embassy_notified", officer_psh)
    with pytest.raises(ValidationError):
        advance_return(third, "record_third_country", by=officer_psh, third_country="VN")
    third = advance_return(third, "record_third_country", by=officer_psh, third_country="TH")
    assert (stays.status, third.status, third.third_country) == ("stays", "third_country", "TH")


def test_who_must_not_be_asked_of_stands_on_the_list_until_another_way_is_found(person: Any, officer_psh: User) -> None:
    victim = person()
    record_consent(victim, by=officer_psh, answers={"embassy": "no"}, afraid="yes", **ASKED)
    row = record_unwilling(victim, by=officer_psh, why="afraid")
    assert (row.status, row.declined_why) == ("declined", "afraid")
    with pytest.raises(ValidationError):
        record_unwilling(person(), by=officer_psh, why="because")
    agreeing = person()
    say_yes(agreeing, officer_psh)
    with pytest.raises(Conflict):
        record_unwilling(agreeing, by=officer_psh, why="other")


def test_a_cambodian_comes_home_is_screened_and_gets_a_plan(registered: Any, officer_psh: User) -> None:
    complaint = registered(people=(PersonSaid(name="Sok Lina", nationality="KH"),))
    victim = Victim.objects.get(complaint=complaint)
    row = announce_return(victim, by=officer_psh, country="TH", told_by="Embassy in Bangkok")
    said = {"received_by": "Poipet transit centre", "crossing": "poipet"}
    with pytest.raises(Conflict, match="still sought"):
        advance_return(row, "receive", by=officer_psh, **said)
    advance(victim, "record_left", by=officer_psh, left_how="brought_out_by_others")
    row = advance_return(row, "receive", by=officer_psh, **said)
    assert (row.status, row.received_on, row.crossing) == ("received", timezone.localdate(), "poipet")
    with pytest.raises(Conflict, match="not screened"):
        advance_return(Repatriation.objects.get(), "plan_reintegration", by=officer_psh, plan="With her aunt")
    decide(victim, "decide_trafficked", by=officer_psh)
    row = advance_return(Repatriation.objects.get(), "plan_reintegration", by=officer_psh, plan="With her aunt")
    assert row.status == "reintegration"


@pytest.mark.parametrize(
    ("said", "field"),
    [({"country": "KH"}, "country"), ({"country": "XX"}, "country"), ({"told_by": " "}, "told_by")],
)
def test_who_told_of_whom_from_where(said: Any, field: str, registered: Any, officer_psh: User) -> None:
    victim = add_victim(registered(), make_person(name="Sok Lina", nationality="KH"), by=officer_psh)
    with pytest.raises(ValidationError) as refused:
        announce_return(victim, by=officer_psh, **{"country": "TH", "told_by": "IOM", **said})
    assert set(refused.value.message_dict) == {field}


def test_a_foreigner_does_not_come_home_to_cambodia(person: Any, officer_psh: User) -> None:
    with pytest.raises(Conflict):
        announce_return(person(), by=officer_psh, country="TH", told_by="IOM")


def test_what_the_embassy_is_told_of_health_and_papers_is_kept_by_version(person: Any, officer_psh: User) -> None:
    row = at_step(person(), "asked_alone", officer_psh)
    said = {"health_needed": "Insulin", "papers_needed": "Birth certificate"}
    changed = change_needs(row, by=officer_psh, version=row.version, **said)
    assert changed.health_needed == "Insulin"
    with pytest.raises(Conflict):
        change_needs(row, by=officer_psh, version=row.version, health_needed="Other", papers_needed="")
    with pytest.raises(ValidationError):
        change_needs(row, by=officer_psh, version=2, health_needed="n" * 1001, papers_needed="")


def test_another_province_and_other_roles_begin_nothing(
    person: Any, officer_pp: User, officer_psh: User, analyst: User, intake: User
) -> None:
    victim = person()
    say_yes(victim, officer_psh)
    with pytest.raises(Http404):
        begin_return(victim, by=officer_pp)
    for reader in (analyst, intake):
        with pytest.raises(PermissionDenied):
            begin_return(victim, by=reader)

"""The figures of courts: first contact, prosecuted, convicted; victims penalised and in proceedings."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from accounts.services import system_user
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import name_suspect
from reports.check import check
from reports.figures import parts
from reports.indicators import REGISTRY, Look
from suspects.models import Suspect
from suspects.services import advance
from tests.reports.window import ARREST, WINDOW, Registered, at, judged, rescued
from victims.models import Proceeding
from victims.services.proceedings import record_proceeding, take_back_proceeding

MINE = (
    "victims_penalised",
    "victims_in_proceedings",
    "suspects_first_contact",
    "people_prosecuted",
    "people_convicted",
)


def by(name: str, split: str, user: Any = None) -> dict[str, int]:
    look = Look(user or system_user(), WINDOW, "18")
    indicator = REGISTRY[name]
    return {part.code: part.n for part in parts(indicator, indicator.split(split), look)}


def value(name: str, user: Any = None) -> Any:
    return REGISTRY[name].figure(Look(user or system_user(), WINDOW, "18"))


def named(complaint: Complaint, by: User, **said: Any) -> Suspect:
    return name_suspect(complaint, PersonSaid(**said), by=by)


def sent(complaint: Complaint, by: User, day: int = 1, **said: Any) -> Suspect:
    return advance(named(complaint, by, **said), "send_to_court", by=by, court="C18", happened_at=at(9, day))


def test_plain_sql_finds_the_same_and_something(world: None) -> None:
    found = {name: (defined, plain) for name, defined, plain in check(WINDOW, "18") if name in MINE}
    assert {name: defined for name, (defined, _plain) in found.items()} == {
        "victims_penalised": 2,
        "victims_in_proceedings": 2,
        "suspects_first_contact": 6,
        "people_prosecuted": 3,
        "people_convicted": 2,
    }
    assert all(defined == plain for defined, plain in found.values())


def test_acquitted_dismissed_and_in_absentia_stand_beside(world: None) -> None:
    assert dict(value("people_convicted").beside) == {"in_absentia": 1, "acquitted": 1, "dismissed": 1}
    assert by("people_convicted", "presence") == {"present": 1, "in_absentia": 1}
    assert by("people_convicted", "sentence") == {"band_2_suspended": 1, "band_5_from_7": 1}
    assert by("people_prosecuted", "law_kind") == {"trafficking": 2, "other": 1}
    assert by("people_prosecuted", "article") == {"L08-10": 2, "L08-12": 1, "L08-24": 1}
    assert by("people_convicted", "article") == {"L08-10": 1, "L08-12": 1, "L08-24": 1}
    assert by("suspects_first_contact", "contact") == {"arrested": 5, "cautioned": 1}


@pytest.mark.parametrize(
    ("said", "band"),
    [
        ({}, "band_0_none"),
        ({"fine_riel": 4_000_000}, "band_1_fine"),
        ({"prison_months": 24, "suspended_months": 24}, "band_2_suspended"),
        ({"prison_months": 24, "suspended_months": 23}, "band_4_from_1"),
        ({"prison_months": 11, "fine_riel": 1}, "band_3_under_1"),
        ({"prison_months": 12}, "band_4_from_1"),
        ({"prison_months": 83}, "band_4_from_1"),
        ({"prison_months": 84}, "band_5_from_7"),
        ({"prison_months": 179}, "band_5_from_7"),
        ({"prison_months": 180}, "band_6_from_15"),
        ({"prison_months": 240}, "band_6_from_15"),
        ({"prison_months": 241}, "band_7_over_20"),
        ({"prison_months": 999}, "band_7_over_20"),
    ],
)
def test_bands_of_the_sentence(press: Registered, supervisor: User, said: dict[str, Any], band: str) -> None:
    row = advance(sent(press(), supervisor), "charge", by=supervisor, articles=["L08-10"], happened_at=at(9, 5))
    row = advance(row, "open_trial", by=supervisor, happened_at=at(9, 6))
    advance(row, "convict", by=supervisor, in_absentia=False, happened_at=at(9, 7), **said)
    assert by("people_convicted", "sentence") == {band: 1}


def test_a_person_charged_in_two_complaints_is_prosecuted_once_by_the_first(
    press: Registered, supervisor: User
) -> None:
    first = sent(press(), supervisor)
    second = sent(press(), supervisor)
    Suspect.objects.filter(pk=second.pk).update(person=first.person_id)
    advance(first, "charge", by=supervisor, articles=["L08-10"], happened_at=at(9, 5))
    advance(second, "charge", by=supervisor, articles=["L08-12"], happened_at=at(9, 6))
    assert value("people_prosecuted").value == 1
    assert by("people_prosecuted", "article") == {"L08-10": 1}


def test_a_charge_before_the_window_or_taken_back_is_none(press: Registered, supervisor: User) -> None:
    early = name_suspect(press(), PersonSaid(), by=supervisor)
    early = advance(early, "send_to_court", by=supervisor, court="C18", happened_at=at(8, 1))
    advance(early, "charge", by=supervisor, articles=["L08-10"], happened_at=at(8, 10))
    wrong = advance(sent(press(), supervisor), "charge", by=supervisor, articles=["L08-10"], happened_at=at(9, 5))
    assert value("people_prosecuted").value == 1
    advance(wrong, "take_back_charge", by=supervisor, note="Another man")
    assert value("people_prosecuted").value == 0


def test_a_verdict_taken_back_counts_no_more_and_an_appeal_changes_nothing(press: Registered, supervisor: User) -> None:
    row = judged(sent(press(), supervisor), supervisor, 0)
    row = advance(row, "appeal", by=supervisor, appealed_by="defence")
    assert value("people_convicted").value == 1
    advance(row, "take_back_verdict", by=supervisor, note="The wrong sheet")
    assert value("people_convicted").value == 0


def test_the_first_contact_is_the_earlier_of_both_and_none_of_what_is_not_trafficking(
    press: Registered, supervisor: User
) -> None:
    row = named(press(), supervisor)
    row = advance(row, "question", by=supervisor, first_contact_kind="questioned", happened_at=at(8, 1))
    advance(row, "arrest", by=supervisor, happened_at=at(9, 2), **ARREST)
    other = named(complaint := press(), supervisor)
    advance(other, "arrest", by=supervisor, happened_at=at(9, 2), **ARREST)
    assert value("suspects_first_contact").value == 1
    Complaint.objects.filter(pk=complaint.pk).update(outcome="not_trafficking")
    assert value("suspects_first_contact").value == 0


def test_only_victims_count_and_what_was_taken_back_does_not(press: Registered, supervisor: User) -> None:
    cleared = rescued(press(), supervisor, at(9, 2), "decide_exploited")
    victim = rescued(press(), supervisor, at(9, 2))
    rows = [
        record_proceeding(one, by=supervisor, kind="fined", happened_on=date(2022, 9, 9), authority="Immigration")
        for one in (cleared, victim)
    ]
    record_proceeding(victim, by=supervisor, kind="charged", happened_on=date(2022, 9, 10), court="C12")
    assert (value("victims_penalised").value, Proceeding.objects.count()) == (1, 3)
    assert by("victims_penalised", "kind") == {"fined": 1, "charged": 1}
    assert by("victims_penalised", "court") == {"C12": 1}
    take_back_proceeding(rows[1], by=supervisor, note="Waived")
    assert by("victims_penalised", "kind") == {"charged": 1}


def test_a_victim_charged_as_a_suspect_stands_beside_who_was_penalised(press: Registered, supervisor: User) -> None:
    victim = rescued(press(), supervisor, at(9, 2))
    row = sent(press(), supervisor)
    Suspect.objects.filter(pk=row.pk).update(person=victim.person_id)
    advance(row, "charge", by=supervisor, articles=["L08-10"], happened_at=at(9, 5))
    found = value("victims_penalised")
    assert (found.value, found.beside["charged_as_suspects"]) == (0, 1)


def test_a_sealed_suspect_counts_for_the_nation_alone(
    press: Registered, supervisor: User, analyst: User, officer_pp: User
) -> None:
    complaint = press()
    row = advance(sent(complaint, supervisor), "charge", by=supervisor, articles=["L08-10"], happened_at=at(9, 5))
    assert value("people_prosecuted", officer_pp).value == 0
    Complaint.objects.filter(pk=row.complaint_id).update(handling="sealed")
    assert (value("people_prosecuted").value, value("people_prosecuted", analyst).value) == (1, 0)
    assert by("people_prosecuted", "court_province") == {"none": 1}


def test_who_was_never_arrested_counts_by_the_age_at_the_charge(press: Registered, supervisor: User) -> None:
    row = sent(press(), supervisor, age=30)
    advance(row, "charge", by=supervisor, articles=["L08-10"], happened_at=at(9, 5))
    assert by("people_prosecuted", "age") == {"25-34": 1}


def test_confiscated_money_is_added_up_until_an_appeal_is_noted(registered: Registered, officer_psh: User) -> None:
    complaint = registered()
    sums = []
    for riel, usd in ((4_000_000, None), (6_000_000, 1_200)):
        row = sent(complaint, officer_psh)
        row = advance(row, "charge", by=officer_psh, articles=["L08-10"], happened_at=at(9, 2))
        row = advance(row, "open_trial", by=officer_psh, happened_at=at(9, 3))
        money = {"confiscated_riel": riel, "confiscated_usd": usd}
        row = advance(row, "convict", by=officer_psh, in_absentia=False, happened_at=at(9, 4), **money)
        sums.append(dict(value("measures_and_assets").beside))
    advance(row, "appeal", by=officer_psh, appealed_by="defence", happened_at=at(9, 5))
    sums.append(dict(value("measures_and_assets").beside))
    assert sums == [
        {"riel": 4_000_000, "usd": 0},
        {"riel": 10_000_000, "usd": 1_200},
        {"riel": 4_000_000, "usd": 0},
    ]

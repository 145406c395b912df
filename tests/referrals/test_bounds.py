"""Odd dates stop no clock, and nothing about a referral happened before it was sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from partners.models import Partner
from partners.services import add_partner
from referrals.models import Referral
from referrals.services import advance, send
from referrals.services.watch import watch
from tests.fixtures.referrals import ASKED, SHELTER, YES, named
from victims.models import Care, Stay, Victim
from victims.services.consent import record_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(lan: Victim, shelter: Partner, officer_psh: Any) -> Referral:
    return send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)


@pytest.mark.parametrize("day", ["1/1/0001", "1/1/1990", "27/11/2399"])
def test_a_person_is_brought_about_now(
    day: str, lan: Victim, shelter: Partner, officer_psh: Any, browser: Any, program: Any
) -> None:
    form = SHELTER | {"to": shelter.reference, "people": [lan.reference], "brought_at_0": day, "brought_at_1": ""}
    page = browser(officer_psh).post(f"/referrals/new/{lan.reference}/", form)
    assert page.status_code == 400
    assert "Bed and food" in page.content.decode()
    year = day.rpartition("/")[2]
    said = SHELTER | {"to": shelter.reference, "people": [lan.reference], "brought_at": f"{year}-01-01T12:00:00+07:00"}
    refused = program(officer_psh).post("/api/v1/referrals/", said)
    assert (refused.status_code, list(refused.json())) == (400, ["brought_at"]), refused.content
    assert not Referral.objects.exists()


def test_tomorrow_is_a_day_to_be_brought(lan: Victim, shelter: Partner, officer_psh: Any) -> None:
    when = timezone.now() + timedelta(days=1)
    assert send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, brought_at=when, **SHELTER).brought_at


def test_the_database_keeps_no_moment_that_no_program_reads(sent: Referral) -> None:
    with pytest.raises(IntegrityError, match="referral_brought_in_our_time"), transaction.atomic():
        Referral.objects.filter(pk=sent.pk).update(brought_at=datetime(1, 6, 1, tzinfo=UTC))


def test_one_row_that_cannot_be_read_stops_no_clock(
    sent: Referral, found: Any, shelter: Partner, at_shelter: Any, officer_psh: Any, caplog: Any
) -> None:
    binh = named(found, "Bình")
    record_consent(binh, by=officer_psh, answers=YES, afraid="no", **ASKED)
    other = send(found, by=officer_psh, to=shelter.reference, victim=binh, **SHELTER)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_referral SET seen_at = '0001-06-01 BC' WHERE id = %s", [str(sent.pk)])
    nothing = {"reminded": 0, "expired": 0, "escalated": 0}
    for hours, word in ((1.2, "reminded"), (2.1, "expired"), (4.5, "escalated")):
        with time_machine.travel(other.received_at + timedelta(hours=hours), tick=False):
            assert watch() == nothing | {word: 1}
    assert Referral.objects.get(pk=other.pk).status == "expired"
    assert str(sent.pk) in caplog.text


def test_an_answer_is_not_older_than_what_it_answers(sent: Referral, at_shelter: Any) -> None:
    before = sent.received_at - timedelta(minutes=2)
    for step, said in (("accept", {}), ("return", {"reason": "no_room"})):
        with pytest.raises(ValidationError) as error:
            advance(sent, step, by=at_shelter, happened_at=before, **said)
        assert list(error.value.message_dict) == ["happened_at"]
    assert advance(sent, "accept", by=at_shelter, happened_at=sent.received_at.replace(second=0, microsecond=0)).in_time
    with pytest.raises(ValidationError) as error:
        advance(sent, "complete", by=at_shelter, outcome="helped", happened_at=before)
    assert "happened_at" in error.value.message_dict


def test_what_had_expired_was_not_answered_in_time(sent: Referral, at_shelter: Any) -> None:
    with time_machine.travel(sent.received_at + timedelta(hours=3), tick=False):
        watch()
        timely = sent.received_at + timedelta(minutes=30)
        assert advance(sent, "accept", by=at_shelter, happened_at=timely).in_time is False


def arrived(sent: Referral, at_shelter: Any) -> None:
    advance(sent, "accept", by=at_shelter)
    advance(sent, "begin", by=at_shelter)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("complete", {"outcome": "left"}),
        ("complete", {"outcome": "moved_on"}),
        ("return", {"reason": "unsafe"}),
    ],
)
def test_who_left_two_days_ago_was_not_there_since(
    step: str, said: dict[str, str], sent: Referral, at_shelter: Any
) -> None:
    arrived(sent, at_shelter)
    left = sent.received_at + timedelta(days=3)
    with time_machine.travel(sent.received_at + timedelta(days=5), tick=False):
        advance(sent, step, by=at_shelter, happened_at=left, **said)
    day = timezone.localtime(left).date()
    assert Care.objects.get(victim=sent.victim).until_on == day
    stay = Stay.objects.get(victim=sent.victim, until=None)
    assert (stay.kind, stay.since) == ("unknown", day)


def test_a_late_word_of_arrival_leaves_room_for_the_end(sent: Referral, at_shelter: Any) -> None:
    advance(sent, "accept", by=at_shelter)
    day = timezone.localtime(sent.received_at + timedelta(days=2)).date()
    with time_machine.travel(sent.received_at + timedelta(days=5), tick=False):
        advance(sent, "begin", by=at_shelter, arrived_on=day)
        left = sent.received_at + timedelta(days=4)
        assert advance(sent, "complete", by=at_shelter, outcome="left", happened_at=left).status == "completed"


def test_who_arrived_elsewhere_since_is_still_there(
    sent: Referral, at_shelter: Any, supervisor: Any, officer_psh: Any
) -> None:
    arrived(sent, at_shelter)
    other = add_partner(by=supervisor, kind="shelter", name_en="River house")
    onward = send(sent.complaint, by=officer_psh, to=other.reference, victim=sent.victim, **SHELTER)
    for step, said in (("accept", {"answered_by": "Sok, by telephone"}), ("begin", {})):
        advance(onward, step, by=officer_psh, **said)
    advance(sent, "complete", by=at_shelter, outcome="moved_on")
    assert Stay.objects.get(victim=sent.victim, until=None).kind == "shelter"


def test_nobody_arrives_long_before_it_was_sent(
    sent: Referral, at_shelter: Any, officer_psh: Any, browser: Any, program: Any
) -> None:
    advance(sent, "accept", by=at_shelter)
    day = timezone.localtime(sent.received_at).date()
    early = day - timedelta(days=4)
    for wrong in (early, early.replace(year=1990)):
        with pytest.raises(ValidationError) as error:
            advance(sent, "begin", by=at_shelter, arrived_on=wrong)
        assert list(error.value.message_dict) == ["arrived_on"]
    api = f"/api/v1/referrals/{sent.reference}/steps/"
    refused = program(at_shelter).post(api, {"step": "begin", "arrived_on": "1990-01-01"})
    assert (refused.status_code, list(refused.json())) == (400, ["arrived_on"])
    assert "at most 3 days before" in refused.json()["arrived_on"][0]
    typed = {"when": "today", "arrived_on": f"{early.day}/{early.month}/{early.year}"}
    page = browser(at_shelter).post(f"/referrals/{sent.reference}/steps/begin/", typed)
    assert page.status_code == 400
    assert "at most 3 days before" in page.content.decode()
    assert Referral.objects.get(pk=sent.pk).status == "accepted"
    assert advance(sent, "begin", by=at_shelter, arrived_on=day - timedelta(days=3)).status == "in_progress"


@pytest.mark.parametrize("to", ["shelter", "12"])
def test_nobody_arrives_where_a_complaint_was_sent(
    to: str, found: Any, shelter: Partner, at_shelter: Any, officer_psh: Any, officer_pp: Any
) -> None:
    code, by = (shelter.reference, at_shelter) if to == "shelter" else ("12", officer_pp)
    asked = send(found, by=officer_psh, to=code, message="Is there room?", contact="Duty office")
    advance(asked, "accept", by=by)
    with pytest.raises(ValidationError) as error:
        advance(asked, "begin", by=by, arrived_on=timezone.localdate())
    assert list(error.value.message_dict) == ["arrived_on"]
    assert advance(asked, "begin", by=by).status == "in_progress"

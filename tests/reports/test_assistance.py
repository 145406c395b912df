"""People given care and referrals sent: counted by their rules, agreeing with plain SQL, every number opening its rows."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from accounts.services import system_user
from complaints.services import decide_victim
from referrals.models import Referral
from referrals.services import advance, send
from reports.check import check
from reports.check_splits import check_splits
from reports.figures import narrowed, parts
from reports.indicators import REGISTRY, Look, Window
from tests.factories.accounts import UserFactory
from tests.fixtures.referrals import SHELTER, named
from victims.models import Care
from victims.services.assistance import record_care, take_back_care

pytestmark = pytest.mark.django_db


@pytest.fixture
def look() -> Look:
    today = timezone.localdate()
    return Look(system_user(), Window(today - timedelta(days=9), today))


def test_a_day_in_two_shelters_is_one_day_and_none_lies_ahead(lan: Any, officer_psh: User) -> None:
    today = timezone.localdate()
    decide_victim(lan, "decide_presumed", by=officer_psh)
    said = {"by": officer_psh, "service": "shelter"}
    record_care(
        lan, provider_name="House", from_on=today - timedelta(days=9), until_on=today - timedelta(days=5), **said
    )
    record_care(
        lan, provider_name="Home", from_on=today - timedelta(days=7), until_on=today - timedelta(days=6), **said
    )
    record_care(lan, provider_name="Pagoda", from_on=today - timedelta(days=5), **said)
    look = Look(system_user(), Window(today - timedelta(days=20), today + timedelta(days=30)))
    assert REGISTRY["victims_assisted"].figure(look).beside == {"shelter_days": 10}


def test_who_got_a_service_counts_once_and_once_for_each_kind(
    found: Any, lan: Any, officer_psh: Any, look: Look
) -> None:
    today = timezone.localdate()
    decide_victim(lan, "decide_presumed", by=officer_psh)
    said = {"by": officer_psh, "provider_name": "House"}
    record_care(lan, service="shelter", from_on=today - timedelta(days=20), until_on=today - timedelta(days=5), **said)
    record_care(lan, service="medical", from_on=today, **said)
    record_care(
        lan, service="legal_aid", from_on=today - timedelta(days=30), until_on=today - timedelta(days=10), **said
    )
    mistaken = record_care(lan, service="education", from_on=today, **said)
    take_back_care(lan, mistaken, by=officer_psh)
    record_care(named(found, "Bình"), service="medical", from_on=today, **said)  # not screened: no victim yet
    indicator = REGISTRY["victims_assisted"]
    measure = indicator.figure(look)
    assert (measure.value, measure.beside) == (1, {"shelter_days": 5})
    by_service = {part.code: part.n for part in parts(indicator, indicator.split("service"), look)}
    assert by_service == {"shelter": 1, "medical": 1}
    assert Care.objects.count() == 5


def test_referrals_count_by_state_with_their_answers(
    lan: Any, shelter: Any, officer_psh: Any, at_shelter: Any, look: Look
) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    advance(sent, "accept", by=at_shelter)
    send(lan.complaint, by=officer_psh, to="12", message="Look for the van")
    indicator = REGISTRY["referrals_made"]
    measure = indicator.figure(look)
    assert measure.value == 2
    assert measure.beside == {
        "accepted": 1,
        "answered": 1,
        "accepted_share": 100,
        "in_time": 1,
        "due": 1,
        "in_time_share": 100,
        "unanswered": 1,
        "recalled": 0,
    }
    states = {part.code: part.n for part in parts(indicator, indicator.split("state"), look)}
    assert states == {"accepted": 1, "sent": 1}
    for name, defined, plain in check(look.window, "18"):
        if name in ("referrals_made", "victims_assisted"):
            assert defined == plain


def by(name: str, split: str, look: Look) -> dict[str, int]:
    indicator = REGISTRY[name]
    return {part.code: part.n for part in parts(indicator, indicator.split(split), look)}


def recounted(look: Look) -> None:
    """What check_figures recounts in plain SQL says the same, part by part."""
    for name, defined, plain in check_splits(look.window, "18"):
        assert defined == plain, name


def test_who_gives_care_is_told_apart_and_opens_its_people(
    found: Any, lan: Any, shelter: Any, officer_psh: Any, look: Look
) -> None:
    binh, today = named(found, "Bình"), timezone.localdate()
    for victim in (lan, binh):
        decide_victim(victim, "decide_presumed", by=officer_psh)
        record_care(victim, by=officer_psh, service="medical", provider=shelter)
    record_care(lan, by=officer_psh, service="education", provider=shelter)
    record_care(lan, by=officer_psh, service="education", provider_name="A teacher")
    record_care(binh, by=officer_psh, service="food_clothing", provider_name="Old", until_on=today)
    mistaken = record_care(binh, by=officer_psh, service="financial", provider_name="A bank")
    take_back_care(binh, mistaken, by=officer_psh)
    assert by("victims_assisted", "provider", look) == {shelter.reference: 2, "other": 2}
    indicator = REGISTRY["victims_assisted"]
    words = {part.code: part.word for part in parts(indicator, indicator.split("provider"), look)}
    assert words[shelter.reference] == "Lotus House"
    assert words["other"]
    for code, people in ((shelter.reference, {lan.pk, binh.pk}), ("other", {lan.pk, binh.pk}), ("PT-22222222", set())):
        rows = narrowed(indicator, look, QueryDict(f"provider={code}"))
        assert set(rows.values_list("pk", flat=True)) == people
    assert "provider" in {split.name for split in indicator.splits_for(officer_psh)}
    assert "provider" not in {split.name for split in indicator.splits_for(UserFactory(role="integrity"))}
    recounted(look)


def test_referrals_are_told_apart_by_sex_and_age_with_what_is_not_stated(
    found: Any, lan: Any, shelter: Any, officer_psh: Any, look: Look
) -> None:
    send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    send(lan.complaint, by=officer_psh, to="12", message="Look for the van")
    assert by("referrals_made", "sex", look) == {"female": 1, "none": 1}
    assert by("referrals_made", "age", look) == {"18-24": 1, "none": 1}
    assert by("referrals_made", "child", look) == {"18_and_over": 1, "none": 1}
    recounted(look)


def test_the_shares_of_referrals_leave_out_what_nobody_had_to_answer_yet(
    lan: Any, shelter: Any, officer_psh: Any, at_shelter: Any, look: Look
) -> None:
    send(lan.complaint, by=officer_psh, to="12", message="Look for the van")
    assert "accepted_share" not in REGISTRY["referrals_made"].figure(look).beside
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    advance(sent, "accept", by=at_shelter)
    late = send(lan.complaint, by=officer_psh, to="02", message="Do you know her?")
    Referral.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=1))
    back = send(lan.complaint, by=officer_psh, to="03", message="Whose is the van?")
    advance(back, "recall", by=officer_psh, note="Sent by mistake")
    found = REGISTRY["referrals_made"].figure(look)
    assert (found.value, found.beside) == (
        4,
        {
            "accepted": 1,
            "answered": 1,
            "accepted_share": 100,
            "in_time": 1,
            "due": 2,
            "in_time_share": 50,
            "unanswered": 2,
            "recalled": 1,
        },
    )

"""People given care and referrals sent: counted by their rules, agreeing with plain SQL, every number opening its rows."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.services import system_user
from complaints.services import decide_victim
from referrals.services import advance, send
from reports.check import check
from reports.figures import parts
from reports.indicators import REGISTRY, Look, Window
from tests.fixtures.referrals import SHELTER, named
from victims.models import Care
from victims.services.assistance import record_care, take_back_care

pytestmark = pytest.mark.django_db


@pytest.fixture
def look() -> Look:
    today = timezone.localdate()
    return Look(system_user(), Window(today - timedelta(days=9), today))


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
    assert (measure.value, measure.beside) == (2, {"accepted": 1, "in_time": 1, "unanswered": 1})
    states = {part.code: part.n for part in parts(indicator, indicator.split("state"), look)}
    assert states == {"accepted": 1, "sent": 1}
    for name, defined, plain in check(look.window, "18"):
        if name in ("referrals_made", "victims_assisted"):
            assert defined == plain

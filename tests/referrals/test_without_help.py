"""Who is helped by nobody after all stays on the list, however the referral ended."""

from typing import Any

import pytest

from core.exceptions import Conflict
from partners.models import Partner
from partners.services import add_partner
from referrals.models import Referral
from referrals.services import advance, send
from referrals.services.follow import unanswered
from tests.fixtures.referrals import SHELTER
from victims.models import Victim

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(lan: Victim, shelter: Partner, officer_psh: Any, at_shelter: Any) -> Referral:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    return advance(sent, "accept", by=at_shelter)


@pytest.mark.parametrize("outcome", ["not_helped", "left"])
def test_who_left_or_could_not_be_helped_is_on_the_list_until_somebody_else_is_asked(
    outcome: str, taken: Referral, at_shelter: Any, officer_psh: Any, supervisor: Any, browser: Any, program: Any
) -> None:
    done = advance(taken, "complete", by=at_shelter, outcome=outcome)
    assert list(Referral.objects.homeless()) == [done]
    assert unanswered(done.complaint)
    client = browser(officer_psh)
    assert "/referrals/?waits=another" in client.get("/").content.decode()
    assert done.reference in client.get("/referrals/?waits=another").content.decode()
    page = client.get(f"/referrals/{done.reference}/").content.decode()
    assert f"?after={done.reference}" in page
    steps = program(officer_psh).get(f"/api/v1/referrals/{done.reference}/").json()["available_steps"]
    assert [step["step"] for step in steps] == ["settle"]
    assert "settle" not in str(
        program(at_shelter).get(f"/api/v1/referrals/{done.reference}/").json()["available_steps"]
    )
    other = add_partner(by=supervisor, kind="shelter", name_en="River house")
    said = {"to": other.reference, "after": done.reference, **SHELTER}
    assert send(done.complaint, by=officer_psh, victim=done.victim, **said).after == done
    assert not Referral.objects.homeless().exists()
    with pytest.raises(Conflict):
        advance(done, "settle", by=officer_psh, note="x")


def test_it_is_settled_in_words_and_of_a_complaint_too(
    taken: Referral, at_shelter: Any, shelter: Partner, officer_psh: Any
) -> None:
    asked = send(taken.complaint, by=officer_psh, to=shelter.reference, message="Is there room?", contact="Duty office")
    for row in (taken, asked):
        if row.status == "sent":
            advance(row, "accept", by=at_shelter)
        advance(row, "complete", by=at_shelter, outcome="not_helped")
    assert set(Referral.objects.homeless()) == {taken, asked}
    for row in (taken, asked):
        assert advance(row, "settle", by=officer_psh, note="She went home").settled
    assert not Referral.objects.homeless().exists()
    assert not unanswered(taken.complaint)


@pytest.mark.parametrize("outcome", ["helped", "partly", "moved_on"])
def test_who_was_helped_is_on_no_list(
    outcome: str, taken: Referral, at_shelter: Any, officer_psh: Any, browser: Any
) -> None:
    done = advance(taken, "complete", by=at_shelter, outcome=outcome)
    assert not Referral.objects.homeless().exists()
    assert not unanswered(done.complaint)
    assert "?after=" not in browser(officer_psh).get(f"/referrals/{done.reference}/").content.decode()
    with pytest.raises(Conflict):
        advance(done, "settle", by=officer_psh, note="x")

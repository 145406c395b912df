"""Somebody stands in a sealed complaint and in another: from the other nothing of the sealed one is ended, or found out."""

from typing import Any, NamedTuple

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from complaints.services import advance as advance_complaint
from notifications.models import Notification
from partners.models import Partner
from referrals.models import Referral
from referrals.services import send
from tests.complaints.merging import merged
from tests.fixtures.referrals import ASKED, SHELTER
from tests.victims.returns import found, say_yes
from victims.models import Repatriation, Victim
from victims.services.consent import record_consent
from victims.services.repatriation import begin_return
from victims.services.who import change_who
from workflow.models import Merge

pytestmark = pytest.mark.django_db
SAID = {"asked_alone": True, "asked_language": "Tiếng Việt"}


class Both(NamedTuple):
    """The same person twice: where the accused sit, and under seal with a return and a referral under way."""

    here: Victim
    sealed: Victim
    going_home: Repatriation
    sheltered: Referral
    merge: Merge


@pytest.fixture
def both(registered: Any, officer_psh: User, supervisor: User, supervisor2: User, shelter: Partner) -> Both:
    here, sealed = (found(registered, officer_psh) for _time in range(2))
    merge = merged(here, sealed, supervisor, supervisor2)
    sealed.refresh_from_db()
    say_yes(sealed, supervisor)
    record_consent(sealed, by=supervisor, answers={"shelter": "yes"}, **SAID)
    going_home = begin_return(sealed, by=supervisor)
    sheltered = send(sealed.complaint, by=supervisor, to=shelter.reference, victim=sealed, **SHELTER)
    advance_complaint(sealed.complaint, "seal", by=supervisor, note="Names the police of village 4")
    Notification.objects.all().delete()
    here.refresh_from_db()
    return Both(here, Victim.objects.get(pk=sealed.pk), going_home, sheltered, merge)


def stands(both: Both) -> tuple[str, str]:
    both.going_home.refresh_from_db()
    both.sheltered.refresh_from_db()
    return both.going_home.status, both.sheltered.status


def test_an_answer_given_outside_ends_nothing_inside_and_its_people_are_told(
    both: Both, officer_psh: User, integrity: User
) -> None:
    before = stands(both)
    record_consent(both.here, by=officer_psh, answers={"embassy": "no", "shelter": "no"}, afraid="no", **ASKED)
    assert stands(both) == before
    told = Notification.objects.filter(kind="answered_elsewhere", channel="in_app")
    assert [(row.recipient, row.reference) for row in told] == [(integrity, both.sealed.reference)]


def test_a_correction_outside_ends_nothing_inside(both: Both, officer_psh: User, integrity: User) -> None:
    before = stands(both)
    change_who(both.here, by=officer_psh, version=both.here.person.version, changes={"age": 9})
    assert stands(both) == before
    assert Notification.objects.filter(kind="answered_elsewhere", recipient=integrity).exists()


def test_answers_given_inside_are_on_no_list_outside(
    both: Both, officer_psh: User, integrity: User, browser: Any, program: Any
) -> None:
    address = f"/api/v1/victims/{both.here.reference}/consent/"
    assert program(officer_psh).get(address).json() == []
    for part in ("", "consent/"):
        page = browser(officer_psh).get(f"/victims/{both.here.reference}/{part}").content.decode()
        assert "កត់ត្រានៅកន្លែងផ្សេង" not in page
    inside = program(integrity).get(f"/api/v1/victims/{both.sealed.reference}/consent/").json()
    assert {row["purpose"] for row in inside} == {"embassy", "shelter"}


def test_a_yes_given_inside_cannot_be_withdrawn_outside(both: Both, officer_psh: User) -> None:
    with pytest.raises(ValidationError) as refused:
        record_consent(both.here, by=officer_psh, answers={"shelter": "withdrawn"}, **SAID)
    assert list(refused.value.message_dict) == ["shelter"]


def test_a_return_inside_refuses_none_outside(both: Both, officer_psh: User, integrity: User) -> None:
    say_yes(both.here, officer_psh)
    begun = begin_return(both.here, by=officer_psh)
    assert begun.status == "asked_alone"
    assert Notification.objects.filter(kind="answered_elsewhere", recipient=integrity).exists()


def test_a_merge_that_names_what_is_sealed_is_known_to_nobody_outside(
    both: Both, officer_psh: User, supervisor: User, supervisor2: User, browser: Any, program: Any
) -> None:
    for user in (officer_psh, supervisor, supervisor2):
        assert not Merge.objects.visible_to(user).exists()
        assert program(user).get(f"/api/v1/merges/{both.merge.reference}/").status_code == 404
    undo = f"merges/{both.merge.reference}/undo/"
    assert program(supervisor).post(f"/api/v1/{undo}", {"note": "Test"}, format="json").status_code == 404
    assert browser(supervisor).post(f"/{undo}", {"note": "Test"}).status_code == 404
    both.merge.refresh_from_db()
    assert both.merge.is_done

"""A partner that is not used any more: nothing runs there unseen, and its accounts read nothing."""

from typing import Any

import pytest

from accounts.models import User
from complaints.models import Complaint
from complaints.services import advance as advance_complaint
from core.exceptions import Conflict
from notifications.models import Notification
from partners.models import Partner
from partners.services import edit_partner
from referrals.models import Referral
from referrals.services import advance, send
from tests.factories.accounts import UserFactory
from tests.fixtures.referrals import SHELTER
from victims.models import Victim

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(lan: Victim, shelter: Partner, officer_psh: User) -> Referral:
    return send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)


def rest(shelter: Partner, by: User, **said: Any) -> Partner:
    now = Partner.objects.get(pk=shelter.pk)
    return edit_partner(now, by=by, version=now.version, is_active=False, **said)


def test_it_does_not_rest_while_something_runs_there_and_says_what(
    sent: Referral, shelter: Partner, supervisor: User, at_shelter: User, browser: Any
) -> None:
    with pytest.raises(Conflict, match=sent.reference):
        rest(shelter, supervisor)
    form = {"kind": "shelter", "name_en": "Lotus House", "version": str(shelter.version)}
    refused = browser(supervisor).post(f"/partners/{shelter.reference}/edit/", form)
    assert refused.status_code == 409
    assert sent.reference in refused.content.decode()
    assert Partner.objects.get(pk=shelter.pk).is_active
    advance(sent, "return", by=at_shelter, reason="no_room")
    assert not rest(shelter, supervisor).is_active


@pytest.mark.parametrize("compromised", [False, True])
def test_who_may_not_see_what_runs_there_reads_no_number(
    compromised: bool, sent: Referral, shelter: Partner, admin: User, browser: Any, program: Any
) -> None:
    with pytest.raises(Conflict) as error:
        rest(shelter, admin, compromised=compromised)
    said = str(error.value.message)
    assert sent.reference not in said
    assert not any(one.isdigit() for one in said)
    api = f"/api/v1/partners/{shelter.reference}/"
    refused = program(admin).patch(api, {"version": shelter.version, "is_active": False})
    assert refused.status_code == 409
    assert "(" not in refused.json()["detail"]
    assert Partner.objects.get(pk=shelter.pk).is_active


def test_what_is_sealed_is_neither_named_nor_counted(
    sent: Referral, registered: Any, shelter: Partner, supervisor: User, officer_psh: User, at_shelter: User
) -> None:
    told = registered(narrative="An officer lets them out at night.")
    other = send(told, by=officer_psh, to=shelter.reference, message="Is there room?", contact="Duty office")
    advance_complaint(Complaint.objects.get(pk=told.pk), "seal", by=supervisor, note="An officer is named")
    with pytest.raises(Conflict) as error:
        rest(shelter, supervisor)
    assert sent.reference in str(error.value.message)
    assert other.reference not in str(error.value.message)
    advance(sent, "return", by=at_shelter, reason="no_room")
    with pytest.raises(Conflict) as error:
        rest(shelter, supervisor)
    assert not any(one.isdigit() for one in str(error.value.message))


def test_one_that_is_not_safe_is_closed_at_once_and_the_senders_are_told(
    sent: Referral, shelter: Partner, supervisor: User, admin: User, at_shelter: User, officer_psh: User
) -> None:
    with pytest.raises(Conflict):
        rest(shelter, admin, compromised=True)
    rest(shelter, supervisor, compromised=True)
    told = Notification.objects.filter(kind="referral_unsafe", recipient=officer_psh, channel="in_app")
    assert [(row.reference, row.urgent) for row in told] == [(sent.reference, True)]
    assert Referral.objects.get(pk=sent.pk).status == "recalled"
    assert not Notification.objects.filter(kind="referral_recalled", recipient=officer_psh).exists()  # told once


def test_who_is_there_already_stays_on_record_and_the_accounts_read_nothing(
    sent: Referral, shelter: Partner, supervisor: User, at_shelter: User, officer_psh: User, browser: Any
) -> None:
    advance(sent, "accept", by=at_shelter)
    rest(shelter, supervisor, compromised=True)
    assert Referral.objects.get(pk=sent.pk).status == "accepted"
    assert not Referral.objects.visible_to(UserFactory(role="partner", partner_id=shelter.reference)).exists()
    assert browser(at_shelter).get(f"/referrals/{sent.reference}/").status_code == 404
    assert sent.reference not in browser(at_shelter).get("/").content.decode()
    said = {"reason": "unsafe", "answered_by": "Brought out by us"}
    assert advance(sent, "return", by=officer_psh, **said).status == "returned"

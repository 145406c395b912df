"""The clock of a referral: a reminder, expiry, the supervisors; each once, and nobody is dropped by it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from notifications.models import Notification
from partners.models import Partner
from referrals.models import ReferralLimit
from referrals.services import advance, send
from referrals.services.limits import COLUMNS
from referrals.services.watch import watch
from tests.fixtures.referrals import SHELTER
from victims.models import Victim

pytestmark = pytest.mark.django_db
TOLD = ("referral_reminder", "referral_expired", "referral_escalated")


def test_the_clock_reminds_expires_and_escalates_each_once(
    lan: Victim, shelter: Partner, at_shelter: Any, officer_psh: Any, supervisor: Any
) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    nothing = {"reminded": 0, "expired": 0, "escalated": 0}
    with time_machine.travel(sent.received_at + timedelta(minutes=30), tick=False):
        assert watch() == nothing
    for hours, word in ((1.2, "reminded"), (2.1, "expired"), (4.5, "escalated")):
        with time_machine.travel(sent.received_at + timedelta(hours=hours), tick=False):
            assert watch() == nothing | {word: 1}
            assert watch() == nothing
    told = Notification.objects.filter(reference=sent.reference, channel="in_app")
    by_kind = {kind: set(told.filter(kind=kind).values_list("recipient__username", flat=True)) for kind in TOLD}
    assert by_kind["referral_reminder"] == {"at.shelter"}
    assert by_kind["referral_expired"] == {"officer.psh"}
    assert "supervisor" in by_kind["referral_escalated"]
    with time_machine.travel(sent.received_at + timedelta(hours=5), tick=False):
        assert advance(sent, "accept", by=at_shelter).in_time is False


def test_the_hours_are_kept_by_who_keeps_the_clocks(browser: Any, admin: Any, supervisor: Any) -> None:
    client, page = browser(admin), "/referrals/limits/"
    form = {f"{row.kind}-{c}": getattr(row, c) for row in ReferralLimit.objects.all() for c in COLUMNS}
    assert client.get(page).status_code == 200
    assert client.post(page, form | {"shelter-hours": "៣"}).status_code == 302
    assert ReferralLimit.objects.get(kind="shelter").hours == 3
    for wrong in ({"shelter-hours": "99"}, {"shelter-hours": ""}, {"shelter-hours": "soon"}, {"shelter-hours": "0"}):
        refused = client.post(page, form | wrong)
        assert refused.status_code == 400
    assert ReferralLimit.objects.get(kind="shelter").hours == 3
    assert browser(supervisor).post(page, form).status_code == 403


def test_programs_read_and_change_how_long_an_answer_may_take(program: Any, admin: Any, officer_psh: Any) -> None:
    client, path = program(admin), "/api/v1/referrals/limits/"
    before = client.get(path).json()["limits"]
    hours = {"remind_hours": 2, "hours": 3, "escalate_hours": 6}
    assert client.patch(path, {"limits": {"shelter": hours}}).json()["limits"] == {**before, "shelter": hours}
    for wrong, field in (
        ({"shelter": {**hours, "hours": 1}}, "limits.shelter.remind_hours"),
        ({"palace": hours}, "limits.palace"),
        ({"shelter": {"hours": 0}}, "limits.shelter.hours"),
    ):
        refused = client.patch(path, {"limits": wrong})
        assert (refused.status_code, field in refused.json()) == (400, True), refused.content
    assert program(officer_psh).get(path).status_code == 403

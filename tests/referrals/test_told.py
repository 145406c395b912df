"""Who is told of a referral and when: a night is not slept through, nobody is left without a word, a seal does not hide who waits."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance as advance_complaint
from complaints.services import advance_victim, name_handler
from notifications.models import Notification
from partners.models import Partner
from partners.services import add_partner
from referrals.models import Referral
from referrals.services import advance, send
from referrals.services.watch import watch
from tests.factories.accounts import UserFactory
from tests.fixtures.referrals import SHELTER
from victims.models import Victim

pytestmark = pytest.mark.django_db
NIGHT = datetime.fromisoformat("2030-11-26T23:00+07:00")


@pytest.fixture(autouse=True)
def calm(lan: Victim, settings: Any) -> None:
    """Nothing of the complaint itself is urgent, and it is quiet from nine to six."""
    settings.NOTIFICATION_QUIET = "21:00-06:00"
    Complaint.objects.filter(pk=lan.complaint_id).update(urgency="normal")
    lan.refresh_from_db()


def told(referral: Referral, kind: str, channel: str = "in_app") -> set[str]:
    rows = Notification.objects.filter(reference=referral.reference, kind=kind, channel=channel)
    return set(rows.values_list("recipient__username", flat=True))


def by_mail(referral: Referral, kind: str) -> datetime:
    return Notification.objects.get(reference=referral.reference, kind=kind, channel="email").run_after


def test_a_shelter_is_told_at_night_and_an_embassy_in_the_morning(
    lan: Victim, shelter: Partner, embassy: Partner, at_shelter: User, officer_psh: User
) -> None:
    UserFactory(username="at.embassy", role="partner", partner_id=embassy.reference)
    with time_machine.travel(NIGHT, tick=False):
        bed = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
        paper = send(lan.complaint, by=officer_psh, to=embassy.reference, victim=lan, contact="Duty office")
    assert by_mail(bed, "referral_sent") == NIGHT
    assert by_mail(paper, "referral_sent") == NIGHT + timedelta(hours=7)


def test_an_immediate_complaint_makes_its_referrals_immediate(lan: Victim, embassy: Partner, officer_psh: User) -> None:
    UserFactory(username="at.embassy", role="partner", partner_id=embassy.reference)
    Complaint.objects.filter(pk=lan.complaint_id).update(urgency="immediate")
    with time_machine.travel(NIGHT, tick=False):
        complaint = Complaint.objects.get(pk=lan.complaint_id)
        paper = send(complaint, by=officer_psh, to=embassy.reference, victim=lan, contact="Duty office")
    assert by_mail(paper, "referral_sent") == NIGHT


def test_what_a_shelter_returns_at_night_wakes_who_sent_it_and_what_it_completes_does_not(
    lan: Victim, shelter: Partner, at_shelter: User, officer_psh: User
) -> None:
    with time_machine.travel(NIGHT, tick=False):
        sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
        advance(sent, "accept", by=at_shelter)
        advance(sent, "return", by=at_shelter, reason="no_room")
    assert by_mail(sent, "referral_returned") == NIGHT
    assert by_mail(sent, "referral_accepted") == NIGHT + timedelta(hours=7)


def test_where_a_partner_has_no_account_its_sender_is_told_to_ring(
    lan: Victim, shelter: Partner, officer_psh: User
) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    with time_machine.travel(sent.received_at + timedelta(hours=1.2), tick=False):
        assert watch()["reminded"] == 1
    assert told(sent, "referral_ring") == {"officer.psh"}
    assert not told(sent, "referral_reminder")


def test_a_hospital_is_reminded_though_its_hour_is_its_limit(lan: Victim, supervisor: User, officer_psh: User) -> None:
    hospital = add_partner(by=supervisor, kind="hospital", name_en="Hospital")
    UserFactory(username="at.hospital", role="partner", partner_id=hospital.reference)
    said = {"message": "A fever", "language": "Vietnamese"}
    sent = send(lan.complaint, by=officer_psh, to=hospital.reference, victim=lan, **said)
    with time_machine.travel(sent.received_at + timedelta(hours=1, seconds=30), tick=False):
        assert watch() == {"reminded": 1, "expired": 1, "escalated": 0}
    assert told(sent, "referral_reminder") == {"at.hospital"}
    assert told(sent, "referral_expired") == {"officer.psh"}


def test_when_the_sender_may_read_it_no_more_who_is_responsible_is_told(
    lan: Victim, shelter: Partner, at_shelter: User, officer_psh: User, officer_pp: User, supervisor: User
) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    moved = send(lan.complaint, by=officer_psh, to="12", kind="transfer", message="All were moved there")
    advance(moved, "accept", by=officer_pp)
    Complaint.objects.filter(pk=lan.complaint_id).update(officer=None)
    advance(sent, "return", by=at_shelter, reason="no_room")
    assert told(sent, "referral_returned")
    assert "officer.psh" not in told(sent, "referral_returned")


def test_who_came_back_of_a_sealed_complaint_stands_on_the_page_of_who_is_named_for_it(
    lan: Victim, shelter: Partner, at_shelter: User, officer_psh: User, integrity: User, supervisor: User, browser: Any
) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    sealed = advance_complaint(lan.complaint, "seal", by=supervisor, note="An officer is named")
    handler = UserFactory(username="named.one", role="officer")
    name_handler(sealed, handler, by=integrity)
    advance(sent, "return", by=at_shelter, reason="no_room")
    assert "named.one" in told(sent, "referral_returned")
    assert "officer.psh" not in told(sent, "referral_returned")
    address = "/referrals/?shared=1&amp;waits=another"
    assert address in browser(handler).get("/").content.decode()
    assert sent.reference in browser(handler).get(address.replace("&amp;", "&")).content.decode()
    assert address not in browser(officer_psh).get("/").content.decode()


def test_moved_on_a_second_time_the_first_province_is_recalled_and_the_next_takes_its_place(
    registered: Any, officer_psh: User
) -> None:
    victim = Victim.objects.filter(complaint=registered(people=(PersonSaid("Phạm Hoa", "female", 22, "VN"),))).first()
    assert victim is not None
    for place in ({"moved_to": "12"}, {"moved_to": "03"}):
        advance_victim(victim, "record_moved", by=officer_psh, note="Seen in a van", **place)
    first, second = Referral.objects.filter(victim=victim).order_by("received_at")
    assert (first.status, second.to_province_id, second.after) == ("recalled", "03", first)
    advance_victim(victim, "record_moved", by=officer_psh, moved_to="abroad", moved_country="TH", note="Sold on")
    assert Referral.objects.get(pk=second.pk).status == "recalled"
    assert list(Referral.objects.filter(victim=victim).homeless()) == [second]  # somebody decides who is asked abroad
    assert Referral.objects.filter(victim=victim).count() == 2


def test_moved_back_into_its_own_province_nobody_else_is_responsible(
    registered: Any, officer_psh: User, officer_pp: User
) -> None:
    victim = Victim.objects.filter(complaint=registered(people=(PersonSaid("Phạm Hoa", "female", 22, "VN"),))).first()
    assert victim is not None
    for place in ("12", "18"):
        advance_victim(victim, "record_moved", by=officer_psh, moved_to=place, note="Seen in a van")
    assert [(row.status, row.settled) for row in Referral.objects.filter(victim=victim)] == [("recalled", True)]
    assert timezone.now() >= Referral.objects.get(victim=victim).ended_at  # type: ignore[operator]

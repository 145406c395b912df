"""Who may be referred where, what the receiver reads, and what a step brings with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.models import Grant
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance as advance_complaint
from complaints.services import advance_victim
from core.exceptions import Conflict
from notifications.models import Notification
from partners.models import Partner
from partners.services import add_partner
from referrals.models import Referral
from referrals.services import advance, send, send_many
from referrals.shown import SHOWN, shown_to_partner
from tests.factories.accounts import UserFactory
from tests.fixtures.referrals import ASKED, SHELTER, named
from victims.models import Care, Consent, Stay, Victim
from victims.services.consent import name_guardian, record_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(lan: Victim, shelter: Partner, officer_psh: Any) -> Referral:
    return send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)


def keys(referral: Referral) -> list[str]:
    return [str(row["key"]) for row in shown_to_partner(referral)]


def words(referral: Referral) -> str:
    return " ".join(str(row["value"]) for row in shown_to_partner(referral))


def test_it_opens_a_grant_tells_the_shelter_and_starts_its_clock(sent: Referral, at_shelter: Any, lan: Victim) -> None:
    again = send(lan.complaint, by=sent.sent_by, to="12", victim=lan, message="Ask the family in Phnom Penh")
    assert sent.status == "sent"
    assert Grant.objects.get(pk=sent.grant_id).victim_id == lan.pk
    assert sent.due_at - sent.received_at == timedelta(hours=2)
    assert again.due_at - again.received_at == timedelta(hours=24)


def test_who_has_an_account_is_told(lan: Victim, shelter: Partner, officer_psh: Any, at_shelter: Any) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    assert Notification.objects.filter(recipient=at_shelter, kind="referral_sent", reference=sent.reference).exists()
    assert list(Referral.objects.visible_to(at_shelter)) == [sent]


def test_a_shelter_reads_its_line_of_the_table_and_no_story(sent: Referral) -> None:
    said = words(sent)
    assert "Nguyễn Thị Lan" in said
    assert "Bed and food" in said
    for never in ("beaten", "Wang", "floor", "Trần", sent.complaint.reference, "Blue gate"):
        assert never not in said


def test_an_embassy_reads_exactly_the_list_of_the_product(lan: Victim, embassy: Partner, officer_psh: Any) -> None:
    the_list = ("name", "born", "sex", "nationality", "document", "health_travel", "papers_needed", "contact")
    assert SHOWN["embassy"] == the_list
    with pytest.raises(ValidationError) as error:
        send(lan.complaint, by=officer_psh, to=embassy.reference, victim=lan, message="She was beaten")
    assert "message" in error.value.message_dict
    said = {"health": "Fit to fly", "papers": "Passport lost", "contact": "Duty office"}
    sent = send(lan.complaint, by=officer_psh, to=embassy.reference, victim=lan, **said)
    assert len(shown_to_partner(sent)) == 8
    assert "beaten" not in words(sent)


def test_nothing_goes_to_a_partner_without_consent(
    found: Complaint, shelter: Partner, embassy: Partner, officer_psh: Any
) -> None:
    binh = named(found, "Bình")
    with pytest.raises(Conflict, match="សួរការយល់ព្រម"):
        send(found, by=officer_psh, to=shelter.reference, victim=binh, **SHELTER)
    record_consent(binh, by=officer_psh, answers={"shelter": "yes", "embassy": "no"}, afraid="yes", **ASKED)
    send(found, by=officer_psh, to=shelter.reference, victim=binh, **SHELTER)
    with pytest.raises(Conflict):
        send(found, by=officer_psh, to=embassy.reference, victim=binh, contact="x")


def test_the_database_holds_the_embassy_to_consent(sent: Referral, embassy: Partner, found: Complaint) -> None:
    binh = named(found, "Bình")
    row = Referral.objects.get(pk=sent.pk)
    row.pk, row.reference, row.victim, row.to_partner, row.after = None, "R-2AAAAAAA", binh, embassy, None
    row._state.adding = True
    with pytest.raises(IntegrityError, match="asked alone and unafraid"), transaction.atomic():
        row.save(force_insert=True)


def test_an_embassy_of_another_country_learns_of_nobody(lan: Victim, supervisor: Any, officer_psh: Any) -> None:
    other = add_partner(by=supervisor, kind="embassy", name_en="Embassy of Laos", country="LA", nationalities=["LA"])
    with pytest.raises(Conflict, match="មិនបម្រើសញ្ជាតិ"):
        send(lan.complaint, by=officer_psh, to=other.reference, victim=lan, contact="x")


def test_a_child_goes_nowhere_without_its_guardian(child: Victim, shelter: Partner, officer_psh: Any) -> None:
    with pytest.raises(Conflict, match="អាណាព្យាបាល"):
        send(child.complaint, by=officer_psh, to=shelter.reference, victim=child, **SHELTER)
    said = {
        "name": "Sok Vanna",
        "kind": "social_affairs",
        "own_view": "Wants to go home",
        "view_language": "Vietnamese",
    }
    name_guardian(child, by=officer_psh, **said)
    record_consent(child, by=officer_psh, answers={"shelter": "yes"}, **ASKED)
    sent = send(child.complaint, by=officer_psh, to=shelter.reference, victim=child, **SHELTER)
    assert "Sok Vanna" in words(sent)
    assert "មិនមាន" in words(sent)  # the placement paper


def test_a_life_at_stake_goes_to_hospital_and_the_supervisors_are_told(
    found: Complaint, supervisor: Any, officer_psh: Any
) -> None:
    hospital = add_partner(by=supervisor, kind="hospital", name_en="Hospital")
    binh = named(found, "Bình")
    said = {"message": "Unconscious", "language": "Vietnamese"}
    with pytest.raises(Conflict):
        send(found, by=officer_psh, to=hospital.reference, victim=binh, **said)
    sent = send(found, by=officer_psh, to=hospital.reference, victim=binh, emergency=True, **said)
    assert Notification.objects.filter(recipient=supervisor, kind="referral_emergency").exists()
    record_consent(binh, by=officer_psh, answers={"hospital": "no"}, **ASKED)
    assert Referral.objects.get(pk=sent.pk).status == "sent"  # it did not rest on consent


def test_a_consent_taken_back_recalls_what_rested_on_it(sent: Referral, officer_psh: Any, at_shelter: Any) -> None:
    record_consent(sent.victim, by=officer_psh, answers={"shelter": "withdrawn"}, **ASKED)  # type: ignore[arg-type]
    now = Referral.objects.get(pk=sent.pk)
    assert now.status == "recalled"
    assert shown_to_partner(now) == []
    assert not Grant.objects.active().filter(pk=sent.grant_id).exists()


def test_it_goes_all_the_way_and_care_and_place_follow(sent: Referral, at_shelter: Any, officer_psh: Any) -> None:
    advance(sent, "see", by=at_shelter)
    done = advance(sent, "accept", by=at_shelter, beds=3)
    assert done.in_time
    assert Partner.objects.get(pk=done.to_partner_id).beds_free == 3
    advance(sent, "begin", by=at_shelter)
    assert Stay.objects.get(victim=sent.victim, until=None).kind == "shelter"
    care = Care.objects.get(victim=sent.victim)
    assert (care.service, care.until_on) == ("shelter", None)
    ended = advance(sent, "complete", by=at_shelter, outcome="left")
    assert Care.objects.get(pk=care.pk).until_on is not None
    assert Stay.objects.get(victim=sent.victim, until=None).kind == "unknown"
    assert shown_to_partner(ended) == []
    assert not Grant.objects.active().filter(pk=sent.grant_id).exists()
    kinds = set(
        Notification.objects.filter(recipient=officer_psh, reference=sent.reference).values_list("kind", flat=True)
    )
    assert {"referral_accepted", "referral_begun", "referral_completed"} <= kinds


def test_who_writes_down_a_partners_answer_says_who_it_was(sent: Referral, officer_psh: Any, officer_pp: Any) -> None:
    with pytest.raises(ValidationError) as error:
        advance(sent, "accept", by=officer_psh)
    assert "answered_by" in error.value.message_dict
    assert advance(sent, "accept", by=officer_psh, answered_by="Sister Mary, by telephone").answered_by
    with pytest.raises(Http404):
        advance(sent, "complete", by=officer_pp, outcome="helped")


def test_another_shelter_sees_nothing_of_it(sent: Referral, supervisor: Any) -> None:
    other = add_partner(by=supervisor, kind="shelter", name_en="Other house")
    stranger = UserFactory(role="partner", partner_id=other.reference)
    assert not Referral.objects.visible_to(stranger).exists()
    with pytest.raises(Http404):
        advance(sent, "accept", by=stranger)


def test_a_returned_person_is_on_the_list_until_somebody_else_is_asked(
    sent: Referral, at_shelter: Any, supervisor: Any, officer_psh: Any
) -> None:
    advance(sent, "return", by=at_shelter, reason="no_room", note="Full until Monday")
    assert list(Referral.objects.homeless()) == [sent]
    other = add_partner(by=supervisor, kind="shelter", name_en="Other house")
    before = Referral.objects.get(pk=sent.pk)
    send(before.complaint, by=officer_psh, to=other.reference, victim=before.victim, after=before.reference, **SHELTER)
    assert not Referral.objects.homeless().exists()
    with pytest.raises(Conflict):
        advance(sent, "settle", by=officer_psh, note="x")
    with pytest.raises(Conflict):
        send(before.complaint, by=officer_psh, to="12", victim=before.victim, after=before.reference, message="x")


def test_a_complaint_does_not_close_over_an_unanswered_referral(sent: Referral, officer_psh: Any) -> None:
    row = Complaint.objects.filter(pk=sent.complaint_id)
    for status in ("verifying", "decided", "closing_proposed"):
        row.update(status=status)
    with pytest.raises(IntegrityError, match="not answered"), transaction.atomic():
        row.update(status="closed")


def test_closing_is_refused_with_words(sent: Referral, officer_psh: Any, at_shelter: Any) -> None:
    complaint = sent.complaint
    for victim in Victim.objects.filter(complaint=complaint):
        Victim.objects.filter(pk=victim.pk).update(decision="presumed")
    complaint = advance_complaint(complaint, "start_verification", by=officer_psh)
    complaint = advance_complaint(complaint, "record_outcome", by=officer_psh, outcome="substantiated")
    with pytest.raises(Conflict, match="មិនទាន់មានចម្លើយ"):
        advance_complaint(complaint, "propose_closing", by=officer_psh)
    advance(sent, "return", by=at_shelter, reason="no_room")
    with pytest.raises(Conflict, match="ប្រគល់វិញ"):
        advance_complaint(complaint, "propose_closing", by=officer_psh)
    advance(sent, "settle", by=officer_psh, note="She went to her aunt")
    assert advance_complaint(complaint, "propose_closing", by=officer_psh).status == "closing_proposed"


def test_a_transfer_moves_responsibility_only_when_accepted(
    found: Complaint, officer_psh: Any, officer_pp: Any
) -> None:
    sent = send(found, by=officer_psh, to="12", kind="transfer", message="The people were moved to Phnom Penh")
    assert Complaint.objects.get(pk=found.pk).province_id == "18"
    assert Complaint.objects.visible_to(officer_pp).filter(pk=found.pk).exists()
    with pytest.raises(PermissionDenied):
        advance(sent, "accept", by=officer_psh, answered_by="me")
    advance(sent, "accept", by=officer_pp)
    moved = Complaint.objects.get(pk=found.pk)
    assert (moved.province_id, moved.officer) == ("12", officer_pp)
    assert set(Victim.objects.filter(complaint=found).values_list("province_id", flat=True)) == {"12"}
    assert set(Consent.objects.filter(complaint=found).values_list("province_id", flat=True)) == {"12"}
    assert not Complaint.objects.visible_to(officer_psh).filter(pk=found.pk).exists()
    assert list(Referral.objects.visible_to(officer_psh)) == [Referral.objects.get(pk=sent.pk)]


def test_one_transfer_at_a_time_and_none_of_what_the_ministry_leads(
    found: Complaint, officer_psh: Any, supervisor: Any
) -> None:
    sent = send(found, by=officer_psh, to="12", kind="transfer", message="x")
    with pytest.raises(ValidationError):
        send(found, by=officer_psh, to="03", kind="transfer", message="x")
    advance(sent, "recall", by=officer_psh, note="A mistake")
    led = advance_complaint(found, "lead_nationally", by=supervisor, note="x")
    with pytest.raises(Conflict):
        send(led, by=supervisor, to="12", kind="transfer", message="x")
    shared = send(led, by=supervisor, to="12", message="Please look for the van")
    assert shared.status == "sent"


def test_sealed_goes_to_no_province(found: Complaint, supervisor: Any, officer_psh: Any, integrity: Any) -> None:
    sent = send(found, by=officer_psh, to="12", message="x")
    advance_complaint(found, "seal", by=supervisor, note="An officer is named")
    far = UserFactory(role="officer")
    assert not Referral.objects.visible_to(far).exists()
    assert not Referral.objects.visible_to(officer_psh).exists()
    assert list(Referral.objects.visible_to(integrity)) == [Referral.objects.get(pk=sent.pk)]


def test_many_go_at_once_or_none(found: Complaint, shelter: Partner, officer_psh: Any) -> None:
    both = [named(found, "Lan"), named(found, "Bình")]
    with pytest.raises(Conflict):
        send_many(both, by=officer_psh, to=shelter.reference, contact="Duty office")
    assert not Referral.objects.exists()
    record_consent(both[1], by=officer_psh, answers={"shelter": "yes"}, **ASKED)
    assert len(send_many(both, by=officer_psh, to=shelter.reference, contact="Duty office")) == 2


@pytest.mark.parametrize("role", ["analyst", "integrity", "admin", "partner"])
def test_only_who_handles_complaints_sends(role: str, lan: Victim, shelter: Partner) -> None:
    with pytest.raises(PermissionDenied):
        send(lan.complaint, by=UserFactory(role=role), to=shelter.reference, victim=lan, **SHELTER)


def test_somebody_moved_on_is_handed_to_the_other_province(registered: Any, officer_psh: Any, officer_pp: Any) -> None:
    complaint = registered(people=(PersonSaid("Phạm Hoa", "female", 22, "VN"),))
    victim = Victim.objects.get(complaint=complaint)
    advance_victim(victim, "record_moved", by=officer_psh, moved_to="12", note="Seen in a van")
    referral = Referral.objects.get(victim=victim)
    assert (referral.to_province_id, referral.status) == ("12", "sent")
    advance(referral, "accept", by=officer_pp)
    advance_victim(victim, "record_moved", by=officer_psh, moved_to="03", note="Seen again")
    assert Referral.objects.get(pk=referral.pk).status == "recalled"
    assert not Victim.objects.visible_to(officer_pp).filter(pk=victim.pk).exists()

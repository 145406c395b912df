"""What a referral rests on: an emergency, the referral before it, the answer, the age and the nationality that count now."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Grant
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance as advance_complaint
from complaints.services import advance_victim
from partners.models import Partner
from partners.services import add_partner
from people.models import Person
from referrals.models import Referral
from referrals.services import advance, report, send, send_many
from tests.complaints.merging import merged
from tests.factories.accounts import UserFactory
from tests.fixtures.referrals import ASKED, SHELTER, YES, named
from victims.models import Repatriation, Victim
from victims.services.consent import record_consent
from victims.services.repatriation import begin_return
from victims.services.who import change_who

pytestmark = pytest.mark.django_db


def test_only_a_person_sent_to_a_hospital_is_an_emergency(
    lan: Victim, shelter: Partner, supervisor: Any, officer_psh: Any, program: Any
) -> None:
    hospital = add_partner(by=supervisor, kind="hospital", name_en="Hospital")
    said = SHELTER | {"to": shelter.reference, "people": [lan.reference], "emergency": True}
    refused = program(officer_psh).post("/api/v1/referrals/", said)
    assert (refused.status_code, list(refused.json())) == (400, ["emergency"]), refused.content
    for to, victim in ((hospital.reference, None), ("12", lan)):
        with pytest.raises(ValidationError) as error:
            send(lan.complaint, by=officer_psh, to=to, victim=victim, message="x", emergency=True)
        assert "emergency" in error.value.message_dict
    assert not Referral.objects.exists()


def test_a_flag_keeps_no_shelter_over_a_withdrawal(lan: Victim, shelter: Partner, officer_psh: Any) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    Referral.objects.filter(pk=sent.pk).update(emergency=True)  # as it could be written before
    record_consent(lan, by=officer_psh, answers={"shelter": "withdrawn"}, **ASKED)
    assert Referral.objects.get(pk=sent.pk).status == "recalled"


def test_a_referral_takes_the_place_of_one_of_the_same_person(
    found: Complaint, lan: Victim, shelter: Partner, supervisor: Any, officer_psh: Any
) -> None:
    binh = named(found, "Bình")
    record_consent(binh, by=officer_psh, answers=YES, afraid="no", **ASKED)
    back = send(found, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    advance(back, "return", by=officer_psh, reason="no_room", answered_by="Sok, by telephone")
    other = add_partner(by=supervisor, kind="shelter", name_en="River house")
    said = {"by": officer_psh, "to": other.reference, "after": back.reference, **SHELTER}
    with pytest.raises(ValidationError) as error:
        send(found, victim=binh, **said)
    assert "after" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        send_many([binh, lan], **said)
    assert "after" in error.value.message_dict
    assert list(Referral.objects.homeless()) == [back]
    assert send(found, victim=lan, **said).after == back
    assert not Referral.objects.homeless().exists()


def test_what_did_not_come_back_is_followed_by_nothing(
    found: Complaint, lan: Victim, shelter: Partner, officer_psh: Any
) -> None:
    first = send(found, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    for _turn in range(2):
        with pytest.raises(ValidationError) as error:
            send(found, by=officer_psh, to="12", victim=lan, message="x", after=first.reference)
        assert "after" in error.value.message_dict
        if first.status == "sent":
            first = advance(first, "accept", by=officer_psh, answered_by="Sok, by telephone")
            first = advance(first, "complete", by=officer_psh, outcome="helped")


def corrected(victim: Victim, by: Any, **changes: Any) -> None:
    person = Person.objects.get(pk=victim.person_id)
    change_who(victim, by=by, version=person.version, changes=changes)


def test_a_child_learned_of_later_is_with_no_partner_without_a_guardian(
    lan: Victim, shelter: Partner, officer_psh: Any
) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    corrected(lan, officer_psh, sex="female")
    assert Referral.objects.get(pk=sent.pk).status == "sent"
    corrected(lan, officer_psh, age=15)
    assert Referral.objects.get(pk=sent.pk).status == "recalled"
    assert not Grant.objects.active().filter(pk=sent.grant_id).exists()


def test_an_embassy_reads_nobody_of_another_nationality(lan: Victim, embassy: Partner, officer_psh: Any) -> None:
    sent = send(lan.complaint, by=officer_psh, to=embassy.reference, victim=lan, contact="Duty office")
    corrected(lan, officer_psh, nationality="TH")
    assert Referral.objects.get(pk=sent.pk).status == "recalled"


def test_a_shelter_that_took_somebody_in_keeps_them_when_their_age_is_corrected(
    lan: Victim, supervisor: Any, officer_psh: Any
) -> None:
    house = add_partner(by=supervisor, kind="shelter", name_en="Women", takes=["women"])
    sent = send(lan.complaint, by=officer_psh, to=house.reference, victim=lan, **SHELTER)
    advance(sent, "accept", by=officer_psh, answered_by="Sok, by telephone")
    corrected(lan, officer_psh, sex="male")
    assert Referral.objects.get(pk=sent.pk).status == "accepted"


def test_two_who_are_one_have_said_what_was_said_last(
    lan: Victim, shelter: Partner, embassy: Partner, registered: Any, officer_psh: Any, supervisor: Any
) -> None:
    other = registered(people=(PersonSaid("Nguyen Lan", "female", 24, "VN"),), narrative="A woman told of by her aunt.")
    advance_complaint(other, "acknowledge", by=officer_psh)
    twin = advance_victim(Victim.objects.get(complaint=other), "record_rescue", by=officer_psh)
    record_consent(twin, by=officer_psh, answers={"shelter": "no", "embassy": "no"}, afraid="yes", **ASKED)
    at_house = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    at_embassy = send(lan.complaint, by=officer_psh, to=embassy.reference, victim=lan, contact="Duty office")
    returning = begin_return(lan, by=officer_psh)
    merged(lan, twin, officer_psh, supervisor)
    for sent in (at_house, at_embassy):
        assert Referral.objects.get(pk=sent.pk).status == "recalled"
    assert not Repatriation.objects.waiting().filter(pk=returning.pk).exists()


@pytest.mark.parametrize("step", ["lead_nationally", "seal"])
def test_what_provinces_handle_no_more_is_no_longer_open_to_those_asked(
    step: str, found: Complaint, at_shelter: Any, officer_psh: Any, officer_pp: Any, supervisor: Any
) -> None:
    asked = send(found, by=officer_psh, to="12", message="Look for the van")
    helping = send(found, by=officer_psh, to="12", victim=named(found, "Lan"), message="Ask her brother")
    advance(helping, "accept", by=officer_pp)
    moved = send(found, by=officer_psh, to="03", kind="transfer", message="All were moved")
    advance_complaint(found, step, by=supervisor, note="An officer is named")
    for sent in (asked, helping, moved):
        assert Referral.objects.get(pk=sent.pk).status == "recalled"
        assert not Grant.objects.active().filter(pk=sent.grant_id).exists()
    assert not Complaint.objects.visible_to(officer_pp).filter(pk=found.pk).exists()


def test_a_complaint_merged_into_a_stricter_one_is_shared_no_more(
    found: Complaint, registered: Any, officer_psh: Any, supervisor: Any
) -> None:
    asked = send(found, by=officer_psh, to="12", message="Look for the van")
    led = registered(handling="national_led", narrative="The same floor, told by an embassy.")
    merged(led, found, supervisor, UserFactory(role="supervisor"))
    assert Referral.objects.get(pk=asked.pk).status == "recalled"
    assert not Grant.objects.active().filter(pk=asked.grant_id).exists()


def test_what_a_partner_told_the_ministry_stays_with_it(at_shelter: Any, supervisor: Any) -> None:
    told = report(by=at_shelter, narrative="Four people in a villa", contact="012", key="k")
    advance_complaint(told.complaint, "lead_nationally", by=supervisor, note="x")
    assert Referral.objects.get(pk=told.pk).status == "sent"

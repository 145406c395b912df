"""Programs read and send what the pages do: services, several people, looks that are recorded, reports repeated."""

from typing import Any

import pytest

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint
from partners.models import Partner
from referrals.models import Referral
from referrals.services import advance, report, send
from tests.complaints.merging import merged
from tests.factories.accounts import UserFactory
from tests.fixtures.referrals import ASKED, SHELTER, YES, named
from victims.models import Care, Victim
from victims.services.assistance import record_care
from victims.services.consent import record_consent

pytestmark = pytest.mark.django_db
API = "/api/v1/referrals/"


def test_a_partner_reads_its_services_while_it_cares_and_no_note_of_others(
    lan: Victim, shelter: Partner, officer_psh: User, at_shelter: User, program: Any, browser: Any
) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    record_care(lan, by=officer_psh, service="shelter", provider=shelter, note="Beaten by boss Wang")
    record_care(lan, by=officer_psh, service="legal_aid", provider_name="Chea & sons")
    page, house = f"{API}{sent.reference}/care/", program(at_shelter)
    assert house.get(page).json() == []
    advance(sent, "accept", by=at_shelter)
    again = house.post(page, {"service": "shelter"})  # it goes on already: the same row, with somebody else's words
    assert (again.status_code, again.json()["note"]) == (201, "")
    assert house.post(page, {"service": "medical", "note": "Asthma seen to"}).status_code == 201
    read = {row["service"]: row["note"] for row in house.get(page).json()}
    assert read == {"shelter": "", "medical": "Asthma seen to"}
    shown = browser(at_shelter).get(f"/referrals/{sent.reference}/").content.decode()
    assert "Asthma seen to" in shown
    assert "Wang" not in shown
    inside = {row["service"]: row["note"] for row in program(officer_psh).get(page).json()}
    assert inside == {"shelter": "Beaten by boss Wang", "medical": "Asthma seen to"}
    assert "Wang" in browser(officer_psh).get(f"/referrals/{sent.reference}/").content.decode()
    advance(sent, "return", by=at_shelter, reason="no_room")
    assert house.get(page).json() == []
    assert len(program(officer_psh).get(page).json()) == 2


def test_what_was_completed_shows_its_services_without_words(
    lan: Victim, shelter: Partner, officer_psh: User, at_shelter: User, program: Any
) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    advance(sent, "accept", by=at_shelter)
    page, house = f"{API}{sent.reference}/care/", program(at_shelter)
    house.post(page, {"service": "medical", "note": "Asthma seen to"})
    advance(sent, "complete", by=at_shelter, outcome="helped")
    assert [(row["service"], row["note"]) for row in house.get(page).json()] == [("medical", "")]


def test_an_embassy_reads_no_services(
    lan: Victim, embassy: Partner, officer_psh: User, program: Any, browser: Any
) -> None:
    at_embassy = UserFactory(role="partner", partner_id=embassy.reference)
    sent = send(lan.complaint, by=officer_psh, to=embassy.reference, victim=lan, contact="Duty office")
    advance(sent, "accept", by=at_embassy)
    record_care(lan, by=officer_psh, service="shelter", provider=embassy)
    assert program(at_embassy).get(f"{API}{sent.reference}/care/").json() == []
    shown = browser(at_embassy).get(f"/referrals/{sent.reference}/").content.decode()
    assert "/care/back/" not in shown
    assert str(Care.objects.get().pk) not in shown


def test_one_person_named_twice_is_one_and_people_of_a_complaint_named_too_are_refused(
    found: Complaint, lan: Victim, shelter: Partner, officer_psh: User, program: Any
) -> None:
    client, said = program(officer_psh), {"to": shelter.reference, "contact": "Duty office"}
    both = client.post(API, said | {"people": [lan.reference], "complaint": found.reference})
    assert (both.status_code, list(both.json())) == (400, ["complaint"])
    assert not Referral.objects.exists()
    binh = named(found, "Bình")
    record_consent(binh, by=officer_psh, answers=YES, afraid="no", **ASKED)
    made = client.post(API, said | {"people": [lan.reference, lan.reference.lower(), f" {binh.reference.lower()} "]})
    assert made.status_code == 201, made.content
    assert len(made.json()["references"]) == Referral.objects.count() == 2


def test_what_a_program_sends_and_reports_is_a_look(
    lan: Victim, shelter: Partner, officer_psh: User, at_shelter: User, program: Any
) -> None:
    said = {"to": shelter.reference, "people": [lan.reference], **SHELTER}
    made = program(officer_psh).post(API, said).json()["reference"]
    told = program(at_shelter).post(f"{API}report/", {"narrative": "Four people in a villa"}).json()["reference"]
    look = AuditEvent.objects.filter(verb="read")
    for reference, user in ((made, officer_psh), (told, at_shelter)):
        assert look.filter(object_id=Referral.objects.get(reference=reference).pk, actor_id=user.pk).exists()


def test_a_report_repeated_after_its_complaint_was_merged_is_the_same(
    at_shelter: User, supervisor: User, program: Any
) -> None:
    said = {"narrative": "Four people in a villa", "contact": "012"}
    first, other = (report(by=at_shelter, key=key, **said) for key in ("k-1", "k-2"))
    merged(other.complaint, first.complaint, supervisor, UserFactory(role="supervisor"))
    for key, one in (("k-1", first), ("k-2", other)):
        again = program(at_shelter).post(f"{API}report/", said, headers={"idempotency-key": key})
        assert (again.status_code, again.json()["reference"]) == (201, one.reference)

"""What each reader learns: of a partner that reports, of a child at an embassy, of where a person is."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from complaints.models import Complaint, Reporter
from complaints.services import advance as advance_complaint
from core.sealed import open_sealed
from partners.models import Partner
from people.models import PersonDocument
from referrals.models import Referral
from referrals.services import advance, report, send
from referrals.shown import shown_to_partner
from tests.factories.accounts import UserFactory
from tests.fixtures.referrals import ASKED, SHELTER
from victims.models import Victim
from victims.services.consent import name_guardian, record_consent
from victims.services.embassy_sheet import document_numbers

pytestmark = pytest.mark.django_db
PHONE = "012 345 987"


@pytest.fixture
def told(at_shelter: Any, supervisor: Any, officer_psh: Any) -> Referral:
    """What the shelter told the ministry, which gave it to the province."""
    type(at_shelter).objects.filter(pk=at_shelter.pk).update(name="Kunthea of Lotus", name_km="គន្ធា")
    made = report(by=at_shelter, narrative="Four people in a villa", contact=PHONE, key="k")
    advance_complaint(made.complaint, "assign", by=supervisor, province="18")
    advance_complaint(Complaint.objects.get(pk=made.complaint_id), "acknowledge", by=officer_psh)
    return Referral.objects.get(pk=made.pk)


def pages(told: Referral) -> list[str]:
    complaint = told.complaint.reference
    return [
        f"/referrals/{told.reference}/",
        "/referrals/",
        f"/complaints/{complaint}/",
        f"/complaints/{complaint}/history/",
    ]


def test_the_province_does_not_learn_which_partner_told_the_ministry(
    told: Referral, browser: Any, program: Any, officer_psh: Any, shelter: Partner
) -> None:
    client = browser(officer_psh)
    for page in pages(told):
        answer = client.get(page)
        assert answer.status_code == 200, page
        for word in ("Lotus", "Kunthea", "គន្ធា", PHONE, shelter.reference):
            assert word not in answer.content.decode(), (page, word)
    assert "Four people" not in client.get(pages(told)[0]).content.decode()
    for address in ("/api/v1/referrals/", f"/api/v1/referrals/{told.reference}/"):
        answer = program(officer_psh).get(address)
        assert told.reference in answer.content.decode()
        assert shelter.reference not in answer.content.decode()


def test_itself_and_who_may_open_a_reporter_learn_it(
    told: Referral, browser: Any, program: Any, intake: Any, at_shelter: Any, shelter: Partner
) -> None:
    for user in (intake, at_shelter):
        page = browser(user).get(f"/referrals/{told.reference}/").content.decode()
        assert "Lotus House" in page
        assert "Four people" in page
        assert program(user).get(f"/api/v1/referrals/{told.reference}/").json()["from_partner"] == shelter.reference


def test_a_word_taken_back_names_nobody_either(told: Referral, at_shelter: Any, browser: Any, officer_psh: Any) -> None:
    advance(told, "recall", by=at_shelter, note="We found them")
    for page in pages(told):
        assert "Kunthea" not in browser(officer_psh).get(page).content.decode(), page


def test_whom_to_ask_is_kept_sealed_only(told: Referral) -> None:
    assert told.contact == ""
    reporter = Reporter.objects.get(contact__complaint=told.complaint)
    assert open_sealed(reporter, "address") == PHONE
    with pytest.raises(IntegrityError, match="referral_reporter_stays_sealed"), transaction.atomic():
        Referral.objects.filter(pk=told.pk).update(contact=PHONE)


@pytest.fixture
def at_embassy(embassy: Partner) -> Any:
    return UserFactory(role="partner", partner_id=embassy.reference)


@pytest.fixture
def guarded(child: Victim, officer_psh: Any) -> Victim:
    said = {"name": "Sok Vanna", "kind": "social_affairs", "own_view": "Home", "view_language": "Vietnamese"}
    name_guardian(child, by=officer_psh, **said)
    record_consent(child, by=officer_psh, answers={"embassy": "yes", "shelter": "yes"}, afraid="no", **ASKED)
    return child


def test_an_embassy_learns_of_no_guardian_on_any_page(
    guarded: Victim, embassy: Partner, at_embassy: Any, officer_psh: Any, browser: Any
) -> None:
    sent = send(guarded.complaint, by=officer_psh, to=embassy.reference, victim=guarded, contact="Duty office")
    for page in (f"/referrals/{sent.reference}/", f"/referrals/{sent.reference}/hand-over/"):
        told = browser(at_embassy).get(page)
        assert told.status_code == 200
        for word in ("Sok Vanna", "Guardian", "Placement paper", "placement paper", "The child"):
            assert word not in told.content.decode(), (page, word)


def test_a_shelter_signs_with_the_guardian(
    guarded: Victim, shelter: Partner, at_shelter: Any, officer_psh: Any, browser: Any
) -> None:
    sent = send(guarded.complaint, by=officer_psh, to=shelter.reference, victim=guarded, **SHELTER)
    page = browser(at_shelter).get(f"/referrals/{sent.reference}/hand-over/").content.decode()
    assert page.count("Sok Vanna") == 2
    assert "The child" in page


def test_an_embassy_reads_the_numbers_of_its_own_country(lan: Victim, embassy: Partner, officer_psh: Any) -> None:
    for kind, country, number in (("passport", "VN", "C1234567"), ("id_card", "KH", "010203"), ("other", "", "Z9")):
        PersonDocument.objects.create(person=lan.person, kind=kind, country=country, number=number, number_norm=number)
    sent = send(lan.complaint, by=officer_psh, to=embassy.reference, victim=lan, contact="Duty office")
    said = [row["value"] for row in shown_to_partner(Referral.objects.get(pk=sent.pk))]
    numbers = document_numbers(lan.person)
    assert numbers in said
    assert set(numbers.split(", ")) == {"C1234567", "Z9"}


@pytest.mark.parametrize("question", ["province=18", "province=12", "complaint=KH-2026-AAAAAA", "person=V-AAAAAAAA"])
def test_a_partner_cannot_ask_where_a_person_is(
    question: str, lan: Victim, shelter: Partner, officer_psh: Any, at_shelter: Any, browser: Any, program: Any
) -> None:
    sent = send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    page = browser(at_shelter).get(f"/referrals/?{question}")
    assert sent.reference in page.content.decode()  # the page does not know the question
    assert f'name="{question.partition("=")[0]}"' not in page.content.decode()
    refused = program(at_shelter).get(f"/api/v1/referrals/?shared=1&{question}")
    assert (refused.status_code, list(refused.json())) == (400, [question.partition("=")[0]])
    assert program(officer_psh).get("/api/v1/referrals/?province=18").status_code == 200

"""Letter, e-mail, official request and walk-in have fields of their own; who writes or comes is sealed, the office of a request is not."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint, Contact, Reporter
from complaints.said import CameSaid, ComplaintSaid, ContactSaid
from complaints.services import log_contact, register_complaint, reveal_teller
from core.sealed import open_sealed

pytestmark = pytest.mark.django_db
REQUEST = {
    "office": "Embassy of Indonesia",
    "post": "First Secretary",
    "letter_number": "088/PK/2022",
    "dated_on": date(2022, 8, 29),
    "subject": "Nine citizens",
    "answer_by": timezone.localdate() + timedelta(days=10),
}
TYPED = {
    **REQUEST,
    "kind": "new_report",
    "narrative": "Nine of our citizens are held in Sihanoukville.",
    "channel": "official_request",
    "dated_on": "២៩/៨/2022",
    "answer_by": f"{REQUEST['answer_by']:%d/%m/%Y}",
}


def log(by: User, channel: str, **came: Any) -> Contact:
    said = ContactSaid("new_report", channel, "Nine are held.", came=CameSaid(**came))
    return log_contact(said, by=by, key=str(uuid4()))[0]


def test_the_office_of_an_official_request_stands_open_and_who_signs_is_sealed(intake: User) -> None:
    contact = log(intake, "official_request", **REQUEST)
    contact.refresh_from_db()
    assert {name: getattr(contact, name) for name in REQUEST if name != "post"} == {
        name: value for name, value in REQUEST.items() if name != "post"
    }
    told = reveal_teller(contact, by=intake, reason="To answer it")[0]
    assert told.safe_contact == {"post": "First Secretary"}


@pytest.mark.parametrize("channel", ["letter", "email", "walk_in"])
def test_of_a_letter_or_a_visit_the_office_is_sealed_with_who_tells_us(
    browser: Any, intake: User, channel: str
) -> None:
    contact = log(intake, channel, office="A church in Kampot", accompanied_by="her aunt Sopheap", counter="Gate 2")
    contact.refresh_from_db()
    assert (contact.office, contact.counter) == ("", "Gate 2")
    row = Reporter.objects.get(contact=contact)
    assert "Kampot" in open_sealed(row, "safe_contact")
    assert b"Kampot" not in bytes(row.safe_contact.box)
    page = browser(intake).get(f"/contacts/{contact.reference}/").content.decode()
    assert "Gate 2" in page
    assert "Sopheap" not in page
    shown = browser(intake).post(f"/contacts/{contact.reference}/reporter/", {"reason": "To ring her"})
    assert "her aunt Sopheap" in shown.content.decode()


def test_the_form_of_a_message_takes_them_and_its_page_and_row_show_them(browser: Any, intake: User) -> None:
    client = browser(intake)
    form = client.get("/contacts/new/").content.decode()
    assert 'data-of="letter official_request"' in form
    assert client.post("/contacts/new/", {**TYPED, "idempotency_key": "k-1"}).status_code == 302
    contact = Contact.objects.get()
    assert contact.dated_on == date(2022, 8, 29)
    page = client.get(f"/contacts/{contact.reference}/").content.decode()
    for words in ("Embassy of Indonesia", "088/PK/2022", "Nine citizens"):
        assert words in page
    assert "First Secretary" not in page
    assert "Answer due by" in client.get("/contacts/").content.decode()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("letter_number", "9" * 81, "longer than"),
        ("dated_on", "31/12/2099", "in the future"),
        ("dated_on", "the ninth", "Write the day like"),
        ("answer_by", "1/1/2020", "before it came in"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    browser: Any, intake: User, name: str, value: str, words: str
) -> None:
    answer = browser(intake).post("/contacts/new/", {**TYPED, name: value, "idempotency_key": "k-1"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in " ".join(answer.context["came"].errors[name])
    assert value in page
    assert "Embassy of Indonesia" in page
    assert not Contact.objects.exists()


def test_a_new_complaint_takes_them_too(browser: Any, intake: User) -> None:
    typed = {**TYPED, "province_of_incident": "18", "idempotency_key": str(uuid4()), "act": "register"}
    wrong = browser(intake).post("/complaints/new/", {**typed, "answer_by": "1/1/2020"})
    assert (wrong.status_code, "before it came in" in wrong.content.decode()) == (400, True)
    assert browser(intake).post("/complaints/new/", typed).status_code == 302
    contact = Contact.objects.get()
    assert (contact.complaint, contact.office) == (Complaint.objects.get(), "Embassy of Indonesia")
    assert "First Secretary" in open_sealed(Reporter.objects.get(contact=contact), "safe_contact")


def test_what_stood_with_a_message_stays_with_it_in_its_complaint(browser: Any, intake: User) -> None:
    contact = log(intake, "official_request", **REQUEST)
    browser(intake).post(f"/contacts/{contact.reference}/accept/", {"idempotency_key": "k-1"})
    contact.refresh_from_db()
    assert (contact.status, contact.letter_number) == ("filed", "088/PK/2022")
    assert "First Secretary" in open_sealed(Reporter.objects.get(contact=contact), "safe_contact")


def test_a_program_sends_them_flat_and_wrong_ones_are_named(program: Any, intake: User, analyst: User) -> None:
    body = {**TYPED, "dated_on": "2022-08-29", "answer_by": REQUEST["answer_by"].isoformat()}
    client = program(intake)
    made = client.post("/api/v1/contacts/", body, headers={"Idempotency-Key": "letter-1"})
    assert made.status_code == 201, made.json()
    assert {name: made.json()[name] for name in ("office", "letter_number", "subject")} == {
        name: REQUEST[name] for name in ("office", "letter_number", "subject")
    }
    assert "post" not in made.json()
    again = client.post("/api/v1/contacts/", body, headers={"Idempotency-Key": "letter-1"})
    assert again.json()["reference"] == made.json()["reference"]
    wrong = client.post("/api/v1/contacts/", {**body, "answer_by": "2020-01-01"})
    assert (wrong.status_code, "answer_by" in wrong.content.decode()) == (400, True)
    said = {name: value for name, value in body.items() if name != "kind"}
    assert client.post("/api/v1/complaints/", {**said, "province_of_incident": "18"}).status_code == 201


def test_without_them_a_service_says_so_by_field(intake: User) -> None:
    with pytest.raises(ValidationError) as refused:
        log(intake, "letter", subject="x" * 301, answer_by=date(2020, 1, 1))
    assert set(refused.value.message_dict) == {"subject", "answer_by"}


@pytest.mark.parametrize(("logged", "sent"), [("letter", "official_request"), ("official_request", "letter")])
def test_the_way_a_message_came_in_says_what_of_it_is_sealed(intake: User, logged: str, sent: str) -> None:
    contact = log(intake, logged)
    said = ComplaintSaid(
        channel=sent, narrative="Nine are held.", contact=contact.reference, came=CameSaid(office="My own office")
    )
    register_complaint(said, by=intake, key=str(uuid4()))
    contact.refresh_from_db()
    is_open = logged == "official_request"
    assert contact.office == ("My own office" if is_open else "")
    sealed = [open_sealed(row, "safe_contact") for row in Reporter.objects.filter(contact=contact)]
    assert any("My own office" in text for text in sealed) is not is_open


def test_the_page_of_its_complaint_shows_what_the_paper_has_of_its_own(
    browser: Any, intake: User, officer_psh: User
) -> None:
    contact = log(intake, "official_request", **REQUEST)
    said = ComplaintSaid(
        channel="official_request",
        narrative="Nine are held.",
        province_of_incident="18",
        contact=contact.reference,
        came=CameSaid(office="Embassy of Indonesia", letter_number="088/PK/2022", post="First Secretary"),
    )
    made = register_complaint(said, by=intake, key="k-page")[0]
    for reader in (intake, officer_psh):
        page = browser(reader).get(f"/complaints/{made.reference}/").content.decode()
        assert "088/PK/2022" in page
        assert "Embassy of Indonesia" in page
        assert "First Secretary" not in page

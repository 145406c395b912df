"""A telephone number or address in the words of a message: whose it is is said before a province reads them."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from complaints.models import Complaint, Contact, Reporter
from complaints.said import ContactSaid, ReporterSaid
from complaints.services import advance_contact, log_contact
from complaints.services.inbox import accept_proposals
from complaints.ways import ways_in, without
from core.sealed import open_sealed

pytestmark = pytest.mark.django_db
PHONE = "012 345 678"
WORDS = f"My daughter is held in Sihanoukville. Call me on {PHONE}, I am her mother Dara."


def log(by: User, narrative: str = WORDS, **said: Any) -> Contact:
    words = {"kind": "new_report", "channel": "facebook_message", "narrative": narrative, **said}
    return log_contact(ContactSaid(**words), by=by, key=str(uuid4()))[0]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (WORDS, [PHONE]),
        ("ទូរស័ព្ទ ០១២ ៣៤៥ ៦៧៨ ឬ 00855 97 555 0184.", ["០១២ ៣៤៥ ៦៧៨", "00855 97 555 0184"]),
        ("Write to dara.sok@example.com or t.me/dara_sok", ["dara.sok@example.com", "t.me/dara_sok"]),
        ("Telegram: darasok, facebook.com/dara.sok.9", ["darasok", "facebook.com/dara.sok.9"]),
        ("我的微信: dara1990", ["dara1990"]),
        ("She is @dara_sok there", ["@dara_sok"]),
        ("Nine of us on floor 6, room 612, since 12/9/2022; they want 3000 dollars.", []),
    ],
)
def test_ways_to_reach_somebody_are_found_as_they_are_written(words: str, found: list[str]) -> None:
    ways = ways_in(words)
    assert [way.text for way in ways] == found
    assert [words[way.start : way.end] for way in ways] == found
    left = without(words, ways)
    assert not any(text in left for text in found)


@pytest.mark.parametrize("words", ["1" * 40_000, "@a" * 20_000, "a@" * 20_000, "facebook.com/" * 3_000, "0 " * 20_000])
def test_a_long_text_is_read_in_a_moment(words: str) -> None:
    assert len(ways_in(words)) <= 20


def test_no_press_alone_sends_a_number_in_the_words_to_a_province(browser: Any, intake: User) -> None:
    contact, client = log(intake), browser(intake)
    page = client.get(f"/contacts/{contact.reference}/").content.decode()
    assert "/accept/" not in page
    assert "A telephone number or address stands in these words" in page
    with pytest.raises(ValidationError):
        accept_proposals(contact, by=intake, key="k-1")
    answer = client.post(f"/contacts/{contact.reference}/accept/", {"idempotency_key": "k-2"})
    assert answer.headers["Location"] == f"/complaints/new/?contact={contact.reference}"
    assert not Complaint.objects.exists()
    form = client.get(answer.headers["Location"]).content.decode()
    assert f'value="teller-{PHONE}"' in form
    assert "/accept/" in client.get(f"/contacts/{log(intake, 'Held in Sihanoukville.').reference}/").content.decode()


def test_one_press_in_the_form_moves_it_to_the_reporter_and_the_province_reads_it_not(
    browser: Any, intake: User
) -> None:
    contact, client = log(intake), browser(intake)
    sent = {
        "contact": contact.reference,
        "narrative": WORDS,
        "channel": "facebook_message",
        "province_of_incident": "18",
        "idempotency_key": str(uuid4()),
    }
    moved = client.post("/complaints/new/", {**sent, "act": f"teller-{PHONE}"}, follow=True)
    story, reporter = moved.context["story"], moved.context["reporter"]
    assert PHONE not in story["narrative"].value()
    assert reporter["phone"].value() == PHONE
    typed = {**sent, "narrative": story["narrative"].value(), "reporter-phone": PHONE}
    assert client.post("/complaints/new/", {**typed, "act": "register"}).status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.province_id, PHONE in complaint.narrative) == ("18", False)
    assert open_sealed(Reporter.objects.get(contact=contact), "phone") == PHONE


def test_a_number_beside_one_that_is_known_takes_none_away(browser: Any, intake: User) -> None:
    contact = log(intake, reporter=ReporterSaid(phone="097 555 0184", address="by the market"))
    sent = {"contact": contact.reference, "narrative": WORDS, "channel": "hotline", "idempotency_key": str(uuid4())}
    client = browser(intake)
    moved = client.post("/complaints/new/", {**sent, "act": f"teller-{PHONE}"}, follow=True)
    assert moved.context["reporter"]["phone"].value() in ("", None)
    typed = {**sent, "narrative": "Held.", "reporter-address": moved.context["reporter"]["address"].value()}
    client.post("/complaints/new/", {**typed, "act": "register"})
    row = Reporter.objects.get(contact=contact)
    assert (open_sealed(row, "phone"), open_sealed(row, "address")) == ("097 555 0184", f"by the market; {PHONE}")


def test_added_to_a_complaint_of_a_province_it_is_asked_whose_the_number_is(
    browser: Any, intake: User, complaint: Complaint
) -> None:
    contact = log(intake)
    path = f"/contacts/{contact.reference}/steps/file/"
    asked = browser(intake).post(path, {"complaint": complaint.reference, "idempotency_key": "k-1"})
    assert asked.status_code == 400
    assert "say whose it is" in asked.content.decode()
    said = {"complaint": complaint.reference, "numbers": "move", "idempotency_key": "k-2"}
    assert browser(intake).post(path, said).status_code == 302
    contact.refresh_from_db()
    assert "Sihanoukville. Call me on […], I am" in contact.narrative
    assert open_sealed(contact, "raw") == WORDS
    assert open_sealed(Reporter.objects.get(contact=contact), "phone") == PHONE


def test_the_captors_number_is_kept_in_the_words_by_one_answer(intake: User, complaint: Complaint) -> None:
    contact = log(intake, f"They ring from {PHONE} and ask for money.")
    with pytest.raises(ValidationError):
        advance_contact(contact, "file", by=intake, complaint=complaint.reference, numbers="perhaps")
    done = advance_contact(contact, "file", by=intake, complaint=complaint.reference, numbers="keep")
    assert PHONE in done.narrative
    assert not Reporter.objects.filter(contact=contact).exists()


def test_of_a_complaint_that_no_province_reads_nothing_is_asked(intake: User, registered: Any) -> None:
    led = registered(handling="national_led")
    assert PHONE in advance_contact(log(intake), "file", by=intake, complaint=led.reference).narrative


@pytest.mark.parametrize("act", ["register", "more"])
def test_the_form_sends_a_message_with_a_number_to_no_province_before_it_is_said_whose_it_is(
    browser: Any, intake: User, complaint: Complaint, act: str
) -> None:
    contact, client = log(intake), browser(intake)
    sent = {"contact": contact.reference, "narrative": WORDS, "channel": "facebook_message"}
    sent |= {"province_of_incident": "18", "idempotency_key": str(uuid4()), "takes_part": "no"}
    sent["act"] = act if act == "register" else f"more-{complaint.reference}"
    asked = client.post("/complaints/new/", sent)
    assert asked.status_code == 400
    assert "say whose it is" in asked.content.decode()
    assert asked.context["story"]["narrative"].value() == WORDS
    contact.refresh_from_db()
    assert contact.complaint is None
    assert client.post("/complaints/new/", {**sent, "numbers_kept": "on"}).status_code == 302
    contact.refresh_from_db()
    assert contact.complaint is not None


def test_what_no_province_reads_is_registered_as_it_is(browser: Any, intake: User) -> None:
    contact = log(intake)
    sent = {"contact": contact.reference, "narrative": WORDS, "channel": "hotline", "idempotency_key": str(uuid4())}
    assert browser(intake).post("/complaints/new/", {**sent, "handling": "national_led"}).status_code == 302

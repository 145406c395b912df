"""Before a province reads words that may speak of an official, it is asked whether one takes part: of a call, the form, a program."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from complaints.models import Call, Complaint, Contact
from complaints.said import ContactSaid
from complaints.services import log_contact
from tests.complaints.calls import a_call, page_of, press
from tests.complaints.intake_form import NEW, WORDS, errors_of, register

Browser = Callable[..., Client]
Program = Callable[..., APIClient]
pytestmark = pytest.mark.django_db

SPOKEN = "The police captain sells people to the compound."
API = "/api/v1/complaints/"
BODY = {"channel": "hotline", "narrative": SPOKEN, "province_of_incident": "18"}


@pytest.fixture
def call(intake: User) -> Call:
    return a_call(intake)


@pytest.mark.parametrize(("answer", "handling"), [("no", "provincial"), ("yes", "sealed")])
def test_a_call_is_saved_by_one_more_key_once_it_is_said(
    browser: Browser, intake: User, call: Call, answer: str, handling: str
) -> None:
    client = browser(intake)
    asked = press(client, call, "register", narrative=SPOKEN, exact_spot="Sixth floor")
    page = asked.content.decode()
    assert asked.status_code == 200
    assert not Complaint._base_manager.exists()
    assert f'value="official-{answer}-register" accesskey="' in page
    assert "Sixth floor" in page
    assert "Sixth floor" in client.get(page_of(call)).content.decode()
    press(client, call, f"official-{answer}-register", narrative=SPOKEN)
    assert Complaint._base_manager.get().handling == handling


@pytest.mark.parametrize(("answer", "handling"), [("no", "provincial"), ("yes", "sealed")])
def test_a_call_added_to_a_complaint_of_a_province_is_asked_about(
    browser: Browser, intake: User, officer_psh: User, call: Call, complaint: Complaint, answer: str, handling: str
) -> None:
    client, act = browser(intake), f"more-{complaint.reference}"
    assert f'value="official-yes-{act}"' in press(client, call, act, narrative=SPOKEN).content.decode()
    assert not Contact.objects.filter(pk=call.pk).exists()
    press(client, call, f"official-{answer}-{act}", narrative=SPOKEN)
    assert Contact._base_manager.get(pk=call.pk).complaint == complaint
    assert Complaint._base_manager.get(pk=complaint.pk).handling == handling
    assert Complaint.objects.visible_to(officer_psh).filter(pk=complaint.pk).exists() == (answer == "no")


def test_nothing_is_asked_of_a_call_without_signs_or_that_no_province_reads(
    browser: Browser, intake: User, call: Call, registered: Callable[..., Complaint]
) -> None:
    led = registered(handling="national_led")
    answer = press(browser(intake), call, f"more-{led.reference}", narrative=SPOKEN, spoken="tl")
    assert answer.status_code == 302
    other = a_call_of(intake)
    assert press(browser(intake), other, "register", narrative="They took her phone.", spoken="tl").status_code == 302


def a_call_of(user: User) -> Call:
    made: Call = Call.objects.create(by=user, began_by=user)
    return made


@pytest.mark.parametrize(("answer", "handling"), [("no", "provincial"), ("yes", "sealed")])
def test_the_form_asks_where_the_words_may_speak_of_an_official(
    browser: Browser, intake: User, answer: str, handling: str
) -> None:
    client, words = browser(intake), {"narrative": SPOKEN, "province_of_incident": "18"}
    assert 'name="takes_part"' not in client.get(NEW).content.decode()
    asked = client.post(NEW, WORDS | words)
    assert set(errors_of(asked)) == {"takes_part"}
    page = asked.content.decode()
    assert page.count('name="takes_part"') == 2
    assert SPOKEN in page
    assert not Complaint._base_manager.exists()
    client.post(NEW, WORDS | words | {"takes_part": answer})
    assert Complaint._base_manager.get().handling == handling


@pytest.mark.parametrize(
    "said",
    [{"handling": "national_led"}, {"not_local_police": "on"}, {"names_official": "on"}, {"official": "A captain"}],
)
def test_the_form_asks_nothing_that_is_said_or_that_no_province_reads(
    browser: Browser, intake: User, said: dict[str, str]
) -> None:
    assert browser(intake).post(NEW, WORDS | {"narrative": SPOKEN} | said).status_code == 302


def test_what_the_form_cannot_read_is_said_before_it_asks(browser: Browser, intake: User) -> None:
    answer = browser(intake).post(NEW, WORDS | {"narrative": SPOKEN, "district": "9999"})
    assert set(errors_of(answer)) == {"district"}


def test_what_is_added_by_the_form_is_asked_about(browser: Browser, intake: User, complaint: Complaint) -> None:
    client, said = browser(intake), WORDS | {"narrative": SPOKEN, "act": f"more-{complaint.reference}"}
    assert set(errors_of(client.post(NEW, said))) == {"takes_part"}
    assert client.post(NEW, said | {"takes_part": "no"}).status_code == 302
    assert complaint.contacts.filter(narrative=SPOKEN).exists()


def test_of_a_message_in_a_language_without_a_list_the_form_asks(browser: Browser, intake: User) -> None:
    said = ContactSaid(kind="new_report", channel="letter", narrative="May masamang nangyari.", language="Tagalog")
    row, _made = log_contact(said, by=intake, key="c-1")
    client, words = browser(intake), {**WORDS, "narrative": row.narrative}
    assert set(errors_of(client.post(NEW, {**words, "contact": row.reference}))) == {"takes_part"}
    assert register(client, **{**words, "contact": row.reference, "takes_part": "no"}).contacts.get() == row


def test_what_a_program_sends_without_a_word_about_officials_goes_to_the_ministry_first(
    program: Program, intake: User, officer_psh: User
) -> None:
    client: Any = program(intake)
    for _sent in range(2):
        made = client.post(API, BODY, format="json", headers={"Idempotency-Key": "k-1"})
        assert made.status_code == 201, made.content
    row = Complaint._base_manager.get()
    assert row.handling == "national_led"
    assert not Complaint.objects.visible_to(officer_psh).exists()


@pytest.mark.parametrize(
    ("said", "handling"),
    [
        ({"names_official": False}, "provincial"),
        ({"names_official": True}, "sealed"),
        ({"official": "A captain"}, "sealed"),
        ({"handling": "provincial"}, "provincial"),
        ({"narrative": "Nine people want to leave."}, "provincial"),
    ],
)
def test_what_a_program_says_stands(program: Program, intake: User, said: dict[str, Any], handling: str) -> None:
    client: Any = program(intake)
    assert client.post(API, {**BODY, **said}, format="json").status_code == 201
    assert Complaint._base_manager.get().handling == handling


def test_a_program_that_adds_to_a_complaint_is_asked_too(program: Program, intake: User, complaint: Complaint) -> None:
    client, url = program(intake), f"{API}{complaint.reference}/contacts/"
    assert "names_official" in str(client.post(url, BODY, format="json").json())
    assert client.post(url, {**BODY, "names_official": False}, format="json").status_code == 201
    assert Complaint._base_manager.get(pk=complaint.pk).handling == "provincial"

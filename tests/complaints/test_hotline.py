"""A call of the hotline: its clock, what becomes of it, and that nothing typed in it is lost."""

import re
from typing import Any

import pytest

from accounts.models import User
from complaints.models import Call, Complaint, Contact, Reporter
from complaints.said import ComplaintSaid, PersonSaid
from complaints.services.contacts import told_in_words
from complaints.services.reveal import reveal
from tests.complaints.calls import SAID, a_call, page_of, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(intake: User) -> Call:
    return a_call(intake)


def test_the_telephone_rings_and_the_clock_begins_once(browser: Any, intake: User) -> None:
    client = browser(intake)
    answers = [client.post("/hotline/", {"idempotency_key": "k-1"}) for _press in range(2)]
    call = Call.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {page_of(call)}
    assert call.began_by == call.by == intake
    page = client.get(page_of(call)).content.decode()
    assert "The telephone rings" in client.get("/").content.decode()
    assert "data-clock=" in page
    assert "You need not give your name." in page


def test_it_becomes_a_complaint_received_when_the_telephone_rang(browser: Any, intake: User, call: Call) -> None:
    answer = press(browser(intake), call, "register")
    complaint = Complaint.objects.get()
    assert answer.headers["Location"] == f"/complaints/{complaint.reference}/rings/"
    assert (complaint.received_at, complaint.channel, complaint.urgency) == (call.began_at, "hotline", "immediate")
    contact = complaint.contacts.get()
    assert contact.pk == call.pk
    assert contact.language == "Tiếng Việt"
    assert 180 <= contact.seconds <= 200
    call.refresh_from_db()
    assert (call.became, bool(call.body)) == (complaint.reference, False)


def test_a_second_press_leads_to_what_it_became(browser: Any, intake: User, call: Call) -> None:
    client = browser(intake)
    press(client, call, "register")
    again = press(client, call, "register", narrative="Other words.")
    assert again.status_code == 409
    assert "Other words." in again.content.decode()
    assert Complaint.objects.count() == Contact.objects.count() == 1
    assert client.get(page_of(call)).status_code == 302


def test_an_error_keeps_the_words_and_the_clock(browser: Any, intake: User, call: Call) -> None:
    answer = press(browser(intake), call, "register", narrative="", exact_spot="Sixth floor")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Write down what is said." in page
    assert "Sixth floor" in page
    assert answer.context["seconds"] >= 180
    assert Complaint.objects.count() == 0


@pytest.mark.parametrize(
    ("act", "kind", "status", "became"),
    [
        ("contact", "enquiry", "waiting", "enquiry"),
        ("contact", "held", "waiting", "new_report"),
        ("wrong_number", "new_report", "set_aside", "wrong_number"),
        ("spam", "new_report", "set_aside", "spam"),
    ],
)
def test_it_becomes_a_contact_without_a_complaint(
    browser: Any, intake: User, call: Call, act: str, kind: str, status: str, became: str
) -> None:
    words = "" if act != "contact" else "Where is the office?"
    answer = press(browser(intake), call, act, kind=kind, narrative=words, exact_spot="")
    assert answer.status_code == 302, answer.content.decode()
    contact = Contact.objects.get(complaint=None)
    assert (contact.pk, contact.status, contact.kind) == (call.pk, status, became)
    assert contact.received_at == call.began_at
    assert contact.seconds >= 180


def test_a_call_that_names_an_official_is_no_matter_for_the_inbox(browser: Any, intake: User, call: Call) -> None:
    answer = press(browser(intake), call, "contact", names_official="on")
    assert answer.status_code == 400
    assert "save it as a complaint" in answer.content.decode()
    sealed = press(browser(intake), call, "register", names_official="on")
    assert "/receipt/" in sealed.headers["Location"]
    assert Complaint.objects.get().handling == "sealed"
    assert Contact.objects.get().pk == call.pk


def test_what_else_was_typed_stays_in_the_words_of_a_contact(browser: Any, intake: User, call: Call) -> None:
    press(browser(intake), call, "contact", exact_spot="Sixth floor", **{"people-0-name": "Lan"})
    assert {"Exact spot: Sixth floor", "Person: Lan"} <= set(Contact.objects.get().narrative.splitlines())


@pytest.mark.parametrize("act", ["contact", "more"])
def test_where_it_happened_and_what_kind_of_call_it_was_stay_in_the_words(
    browser: Any, intake: User, call: Call, complaint: Complaint, act: str
) -> None:
    said = {"kind": "held", "province_of_report": "abroad", "country_of_report": "Thailand"}
    press(browser(intake), call, "contact" if act == "contact" else f"more-{complaint.reference}", **said)
    lines = set(Contact.objects.get(pk=call.pk).narrative.splitlines())
    assert {
        "Kind of call: Threatened or held: cannot speak freely",
        "Province of incident: Preah Sihanouk",
        "Country of report: Thailand",
    } <= lines


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("held", "Threatened or held: cannot speak freely"),
        ("child", "A child"),
        ("money", "Somebody asks for money"),
        ("new_report", ""),
    ],
)
def test_a_call_registered_as_a_complaint_keeps_its_kind_with_its_contact_and_in_the_story(
    browser: Any, intake: User, officer_psh: User, call: Call, kind: str, words: str
) -> None:
    press(browser(intake), call, "register", kind=kind)
    complaint = Complaint.objects.get()
    assert complaint.narrative == SAID["narrative"]
    assert Contact.objects.get().narrative == (f"Kind of call: {words}" if words else "")
    story = browser(officer_psh).get(f"/complaints/{complaint.reference}/").content.decode()
    assert ("Kind of call: " in story) == bool(words)
    assert words in story


def test_a_country_abroad_stays_in_the_words(browser: Any, intake: User, call: Call) -> None:
    press(browser(intake), call, "contact", province_of_incident="abroad", country_of_incident="Myanmar")
    assert "Country of incident: Myanmar" in Contact.objects.get().narrative


def test_more_about_a_complaint_is_added_to_it_with_the_length(
    browser: Any, intake: User, call: Call, complaint: Complaint
) -> None:
    press(browser(intake), call, f"more-{complaint.reference}")
    contact = complaint.contacts.get(pk=call.pk)
    assert (contact.kind, contact.received_at) == ("more", call.began_at)
    assert contact.seconds >= 180
    assert Complaint.objects.count() == 1


def test_how_to_reach_the_caller_safely_is_sealed_and_revealed_with_it(browser: Any, intake: User, call: Call) -> None:
    safe = {
        "reporter-way": "call",
        "reporter-hours": "after 20:00",
        "reporter-answered_by": "her sister only",
        "reporter-do_not_say": "police",
        "reporter-code_word": "lotus",
    }
    press(browser(intake), call, "register", **safe)
    box = bytes(Reporter.objects.get().safe_contact.box)
    assert b"lotus" not in box
    opened = reveal(Complaint.objects.get(), by=intake, reason="To ring her back")[0].safe_contact
    assert (opened["answered_by"], opened["do_not_say"], opened["code_word"]) == ("her sister only", "police", "lotus")


@pytest.mark.parametrize("garbage", ["x" * 3000, "\x00", "<b>'\"--</b>", "٣", "-1"])
def test_garbage_is_answered_in_words(browser: Any, intake: User, call: Call, garbage: str) -> None:
    names = ("kind", "spoken", "to", "urgency", "site", "province_of_incident", "reporter-phone", "number_reported")
    client, said = browser(intake), {**SAID, **dict.fromkeys(names, garbage)}
    said |= {"forms": garbage, "people-0-name": "Lan", "people-0-sex": garbage}
    for act in ("beside", "hand-over", "keep", "more-KH-2022-222222", "register", "contact", "sure-spam"):
        path = page_of(call) + ("beside/" if act == "beside" else "")
        assert client.post(path, {**said, "act": act}).status_code < 500, act


def test_what_no_form_offers_is_refused_in_words(browser: Any, intake: User, call: Call) -> None:
    for act in ("contact", "sure-spam"):
        said = {"forms": "zzz", "people-0-name": "Lan", "people-0-sex": "zzz"}
        assert press(browser(intake), call, act, **said).status_code < 500
    words = told_in_words(ComplaintSaid(narrative="x", forms=("zzz",), people=(PersonSaid(name="Lan", sex="zzz"),)))
    assert "zzz" in words


def test_no_key_of_a_call_means_two_things(browser: Any, intake: User) -> None:
    page = browser(intake).get(page_of(a_call(intake))).content.decode()
    keys = re.findall(r'accesskey="(.)"', page)
    assert len(keys) > 8
    assert len(keys) == len(set(keys)), sorted(keys)

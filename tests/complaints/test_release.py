"""What was proposed of a message is released by a step of its own: who, what was proposed, what was accepted or changed."""

import re
from collections.abc import Callable

from django.test import Client
from django.utils import translation

from accounts.models import User
from complaints.models import Complaint, Contact
from complaints.said import ComplaintSaid, ContactSaid
from complaints.services import log_contact, register_complaint
from complaints.services.inbox import accept_proposals
from workflow.models import Transition

Browser = Callable[..., Client]
WORDS = "They beat my cousin in Sihanoukville, room 6."


def logged(by: User) -> Contact:
    return log_contact(ContactSaid("new_report", "hotline", WORDS), by=by, key="k-0")[0]


def test_one_press_accepts_and_the_story_says_what_was_proposed(
    intake: User, supervisor: User, browser: Browser
) -> None:
    contact, client = logged(intake), browser(supervisor)
    assert f"/contacts/{contact.reference}/accept/" in client.get(f"/contacts/{contact.reference}/").content.decode()
    for _press in range(2):
        assert client.post(f"/contacts/{contact.reference}/accept/", {"idempotency_key": "k-1"}).status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.urgency, complaint.province_id, complaint.handling) == ("immediate", "18", "provincial")
    step = Transition.objects.get(step="release")
    assert (step.by_id, step.complaint_id) == (supervisor.pk, complaint.pk)
    assert step.words.split("\n") == [
        "Urgency: proposed Immediate danger (violence is spoken of), accepted",
        "Province of incident: proposed Preah Sihanouk, accepted",
        "Handling: proposed Provincial, accepted",
    ]
    story = client.get(f"/complaints/{complaint.reference}/history/").content.decode()
    assert "Released: what was proposed, and what was decided" in story
    assert "violence is spoken of" in story


def test_it_says_where_one_press_sends_it_and_asks_where_an_official_may_be_named(
    intake: User, browser: Browser
) -> None:
    contact, client = logged(intake), browser(intake)
    assert "Goes to the officers of Preah Sihanouk." in client.get(f"/contacts/{contact.reference}/").content.decode()
    said = ContactSaid("new_report", "hotline", "មេប៉ុស្តិ៍ប៉ូលិសវាយគាត់ នៅព្រះសីហនុ")
    named = log_contact(said, by=intake, key="k-official")[0]
    url = f"/contacts/{named.reference}/accept/"
    assert url not in client.get(f"/contacts/{named.reference}/").content.decode()
    answer = client.post(url, {"idempotency_key": "k-1"})
    assert answer.url == f"/complaints/new/?contact={named.reference}"
    assert not Complaint.objects.exists()


def test_a_second_press_leads_to_the_complaint_that_was_made(intake: User, browser: Browser) -> None:
    contact, client = logged(intake), browser(intake)
    pressed = [client.post(f"/contacts/{contact.reference}/accept/", {"idempotency_key": "k-1"}) for _press in range(2)]
    complaint = Complaint.objects.get()
    assert [answer.url for answer in pressed] == [f"/complaints/new/receipt/{complaint.reference}/"] * 2
    assert accept_proposals(Contact._base_manager.get(), by=intake, key="k-1") == complaint


def test_each_reader_has_the_release_in_their_language(intake: User) -> None:
    contact = logged(intake)
    with translation.override("km"):
        accept_proposals(contact, by=intake, key="k-1")
    step = Transition.objects.get(step="release")
    assert "Urgency: proposed Immediate danger (violence is spoken of), accepted" in step.words
    with translation.override("km"):
        assert "មាននិយាយអំពីអំពើហិង្សា" in step.words
        assert not re.search("[A-Za-z]", step.words)


def test_what_was_decided_otherwise_stands_beside_what_was_proposed(intake: User) -> None:
    contact = logged(intake)
    said = {"channel": "hotline", "narrative": WORDS, "urgency": "normal", "province_of_incident": "12"}
    register_complaint(ComplaintSaid(**said, handling="national_led", contact=contact.reference), by=intake, key="k-1")
    assert Transition.objects.get(step="release").words.split("\n") == [
        "Urgency: proposed Immediate danger (violence is spoken of), decided Normal",
        "Province of incident: proposed Preah Sihanouk, decided Phnom Penh",
        "Handling: proposed Provincial, decided National-led",
    ]


def test_a_complaint_that_comes_of_no_message_has_no_such_step(intake: User) -> None:
    register_complaint(ComplaintSaid(channel="hotline", narrative=WORDS), by=intake, key="k-1")
    assert not Transition.objects.filter(step="release").exists()


def test_what_somebody_else_dealt_with_is_not_released(intake: User, supervisor: User, browser: Browser) -> None:
    contact = logged(intake)
    browser(intake).post(f"/contacts/{contact.reference}/accept/", {"idempotency_key": "k-1"})
    browser(supervisor).post(f"/contacts/{contact.reference}/accept/", {"idempotency_key": "k-2"})
    assert Complaint.objects.count() == 1

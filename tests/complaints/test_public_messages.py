"""Coming back with the code: plain words, messages both ways, somebody who asked for money; and nothing to guess."""

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from complaints.channels.public.receipt import check_digit
from complaints.models import Complaint, Contact, PublicMessage, ReporterAnswer
from complaints.said import ComplaintSaid, ReporterSaid
from complaints.services import advance_contact, register_complaint
from complaints.services.public import look_up, receive, say
from complaints.services.taking_in import take_in_all
from complaints.services.writing import threads_of, write_to_reporter
from core.sealed import Sealed
from notifications.models import Notification

pytestmark = pytest.mark.django_db
PATH = "/report/follow-up/?lang=en"


def reported(**told: str) -> tuple[str, Contact]:
    code = receive(secrets.token_hex(8), {"words": "Nine of us are held.", "language": "vi", **told})
    take_in_all()
    return code, Contact._base_manager.get(public_report__isnull=False)


def other_code() -> str:
    parts = [f"{secrets.randbelow(10_000):04d}" for _ in range(5)]
    return "".join(part + check_digit(part, place) for place, part in enumerate(parts))


def follow(client: Client, code: str, **said: str) -> str:
    body = urlencode({"code": code, "form": "f-2", **said})
    answer = client.post(PATH, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    return str(answer.content.decode())


def filed(contact: Contact, by: User) -> Complaint:
    said = ComplaintSaid(
        channel="public_form", narrative=contact.narrative, province_of_incident="18", contact=contact.reference
    )
    return register_complaint(said, by=by, key=secrets.token_hex(8))[0]


def test_what_was_answered_or_set_aside_is_closed_and_a_word_more_brings_it_back(intake: User) -> None:
    code, contact = reported()
    advance_contact(contact, "spam", by=intake, note="No word of anybody.")
    assert look_up(code).state == "closed"
    say(code, "f-9", "It is no joke.")
    take_in_all()
    contact.refresh_from_db()
    assert contact.status == "waiting"
    assert Notification.objects.filter(kind="reporter_wrote", recipient=intake).exists()


def test_messages_go_both_ways(client: Client, browser: Any, intake: User) -> None:
    code, contact = reported()
    path = f"/contacts/{contact.reference}/messages/"
    answer = browser(intake).post(path, {"words": "Which floor?", "asks": "know", "idempotency_key": "k-1"})
    assert answer.status_code == 302
    page = follow(client, code)
    assert "We need to know more" in page
    assert "Which floor?" in page
    follow(client, code, go="message", message="The sixth.")
    page = follow(client, code, go="message", message="The sixth.")
    assert page.count("The sixth.") == 1
    assert "We have it" in page
    assert "The sixth." in browser(intake).get(path).content.decode()
    assert browser(intake).get(f"/contacts/{contact.reference}/").content.decode().count(path) == 1


def test_another_language_keeps_the_code_and_what_was_typed_and_sends_nothing(client: Client) -> None:
    code, _contact = reported()
    typed = {"message": "The sixth floor.", "money": "The guard wants 500", "speak": "1"}
    page = follow(client, code, **typed)
    assert "We have it" in page
    for words in (code, "The sixth floor.", "The guard wants 500"):
        assert words in page
    wrong = follow(client, code[:20], **typed)
    assert f'value="{code[:20]}"' in wrong
    assert "The sixth floor." in wrong
    assert "this has 20" not in wrong
    assert not PublicMessage.objects.exists()
    sent = follow(client, code, go="message", message="The sixth floor.", money="The guard wants 500")
    assert PublicMessage.objects.count() == 1
    assert "The guard wants 500" in sent


def test_staff_may_ask_for_a_call(client: Client, intake: User) -> None:
    code, contact = reported()
    write_to_reporter(contact, by=intake, words="We need your voice.", asks="call")
    page = follow(client, code)
    assert "Call us" in page
    assert page.index("117") < page.index("We need your voice.")


@pytest.mark.parametrize("go", ["message", "money"])
def test_pressing_send_with_nothing_typed_says_what_to_do(client: Client, go: str) -> None:
    code, _contact = reported()
    assert "Write a few words first, then send." in follow(client, code, go=go)
    assert "Write a few words first" not in follow(client, code)
    assert "Write a few words first" not in follow(client, code, go=go, speak="vi")
    assert not PublicMessage.objects.exists()


def test_on_a_complaint_the_ministry_reads_and_the_province_reads_that_there_is_a_message(
    client: Client, browser: Any, intake: User, officer_psh: User, supervisor: User
) -> None:
    code, contact = reported()
    complaint = filed(contact, intake)
    path = f"/complaints/{complaint.reference}/messages/"
    supervisor_page = browser(supervisor)
    assert (
        supervisor_page.post(path, {"to": contact.reference, "words": "Which number?", "asks": ""}).status_code == 302
    )
    follow(client, code, go="message", message="Colonel Sok owns it. Ring 012 555 318.")
    told = Notification.objects.filter(kind="reporter_wrote", channel="in_app")
    assert {row.recipient for row in told} == {intake, supervisor}
    assert not Notification.objects.filter(recipient=officer_psh, kind__startswith="reporter").exists()
    page = browser(officer_psh).get(path).content.decode()
    for words in ("Colonel Sok", "012 555 318", "Which number?", "Send the message"):
        assert words not in page
    assert "A message came by the code; the ministry has it" in page
    assert "Colonel Sok" in supervisor_page.get(path).content.decode()
    assert browser(officer_psh).post(path, {"to": contact.reference, "words": "Stay there."}).status_code == 403
    assert "Which number?" in follow(client, code)
    assert path in browser(supervisor).get(f"/complaints/{complaint.reference}/").content.decode()


def test_the_messages_of_many_reports_are_read_in_as_many_queries_as_of_one(
    browser: Any, intake: User, supervisor: User
) -> None:
    complaint, codes, counts = None, [], []
    for n in range(3):
        codes.append(receive(secrets.token_hex(8), {"words": f"Number {n} is held.", "language": "vi"}))
        take_in_all()
        contact = Contact.objects.waiting().get(public_report__isnull=False)
        if complaint is None:
            complaint = filed(contact, intake)
        else:
            advance_contact(contact, "file", by=intake, complaint=complaint.reference)
        say(codes[-1], f"a-{n}", f"First of {n}")
        say(codes[-1], f"b-{n}", f"Second of {n}")
        take_in_all()
        client = browser(supervisor)
        client.get(f"/complaints/{complaint.reference}/messages/")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/complaints/{complaint.reference}/messages/").content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[2], counts
    for n in range(3):
        assert page.index(f"Second of {n}") < page.index(f"First of {n}")
    assert page.count("We have it") == 3


def test_words_are_opened_only_for_who_reads_them(intake: User, officer_psh: User) -> None:
    code, contact = reported()
    say(code, "f-1", "The sixth floor.")
    assert [one.words for one in threads_of([contact], by=intake)[0].messages] == ["The sixth floor."]
    PublicMessage.objects.update(words=Sealed(b"\x01 moved here from another row"))
    assert [(one.words, one.broken) for one in threads_of([contact], by=officer_psh)[0].messages] == [("", False)]


@pytest.mark.parametrize("said", [{"words": ""}, {"words": "x" * 5_000}, {"words": "Hello", "asks": "money"}])
def test_a_message_that_cannot_be_sent_is_handed_back(browser: Any, intake: User, said: dict[str, str]) -> None:
    _code, contact = reported()
    answer = browser(intake).post(f"/contacts/{contact.reference}/messages/", {**said, "idempotency_key": "k"})
    assert answer.status_code == 400
    assert said["words"] in answer.content.decode()
    assert not PublicMessage.objects.exists()


def test_who_asked_for_money_goes_to_a_sealed_complaint_and_is_shown_nowhere_else(
    client: Client, browser: Any, intake: User, integrity: User
) -> None:
    code, contact = reported()
    page = follow(client, code, go="money", money="The officer at the gate wants 500 dollars")
    assert "Do not pay" in page
    assert "500 dollars" not in page
    sealed = Complaint._base_manager.get()
    assert sealed.handling == "sealed"
    assert "500 dollars" in sealed.narrative
    assert contact.reference in sealed.narrative
    assert Complaint.objects.visible_to(integrity).get() == sealed
    assert not Complaint.objects.visible_to(intake).exists()
    assert "500 dollars" not in browser(intake).get(f"/contacts/{contact.reference}/messages/").content.decode()
    assert "500 dollars" not in follow(client, code)
    follow(client, code, go="money", money="The officer at the gate wants 500 dollars")
    assert Complaint._base_manager.count() == 1


def test_a_message_is_a_word_to_who_left_no_other_way_and_moves_their_clock(
    client: Client, browser: Any, intake: User
) -> None:
    code, contact = reported()
    complaint = filed(contact, intake)
    contact.refresh_from_db()
    path = f"/complaints/{complaint.reference}/messages/"
    assert "is kept as a word to the reporter" in browser(intake).get(path).content.decode()
    asked = timezone.now() + timedelta(days=3)
    with time_machine.travel(asked, tick=False):
        write_to_reporter(contact, by=intake, words="Which floor?", asks="know")
    word = ReporterAnswer.objects.get()
    assert (word.told, word.way, word.by, word.happened_at) == ("need_more", "message", intake, asked)
    complaint.refresh_from_db()
    assert complaint.answer_due_at == asked + timedelta(days=14)
    assert "Which floor?" not in word.note
    follow(client, code)
    assert ReporterAnswer.objects.count() == 1


def test_who_left_a_telephone_is_rung_until_they_come_back_by_the_code(intake: User, browser: Any) -> None:
    code, contact = reported(reach="012 555 318")
    complaint = filed(contact, intake)
    contact.refresh_from_db()
    due = complaint.answer_due_at
    write_to_reporter(contact, by=intake, words="Which floor?")
    complaint.refresh_from_db()
    assert (ReporterAnswer.objects.count(), complaint.answer_due_at) == (0, due)
    page = browser(intake).get(f"/complaints/{complaint.reference}/messages/").content.decode()
    assert "is not kept as a word to the reporter" in page
    say(code, "f-7", "The sixth.")
    write_to_reporter(contact, by=intake, words="Thank you. Stay inside.")
    assert [word.told for word in ReporterAnswer.objects.all()] == ["received"]


def test_a_message_in_the_inbox_or_to_who_is_not_to_be_contacted_moves_no_clock(intake: User) -> None:
    _code, contact = reported()
    write_to_reporter(contact, by=intake, words="Which floor?")
    said = ComplaintSaid(
        channel="public_form",
        narrative=contact.narrative,
        province_of_incident="18",
        contact=contact.reference,
        reporter=ReporterSaid(safe_contact={"way": "never"}),
    )
    complaint, _made = register_complaint(said, by=intake, key=secrets.token_hex(8))
    contact.refresh_from_db()
    write_to_reporter(contact, by=intake, words="We have it.")
    complaint.refresh_from_db()
    assert complaint.answer_due_at is None
    assert not ReporterAnswer.objects.exists()


def test_words_for_a_report_that_stands_there_no_more_come_back(browser: Any, intake: User, supervisor: User) -> None:
    _code, contact = reported()
    complaint = filed(contact, intake)
    path = f"/complaints/{complaint.reference}/messages/"
    page = browser(supervisor).post(path, {"to": "C-22222222", "words": "Are you safe?", "asks": ""})
    assert page.status_code == 400
    assert "Are you safe?" in page.content.decode()
    assert "Nothing was sent" in page.content.decode()

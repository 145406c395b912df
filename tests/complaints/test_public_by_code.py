"""What who reported writes by the code about a complaint: the ministry reads it, and passes on what may be passed on."""

import json
import re
import secrets
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from complaints.models import Complaint, Contact, PublicMessage
from complaints.said import ComplaintSaid
from complaints.services import advance, advance_contact, message_pages, register_complaint
from complaints.services.handlers import name_handler
from complaints.services.inbox import accept_proposals
from complaints.services.message_pages import words_in
from complaints.services.public import say
from complaints.services.taking_in import take_in_all
from core.sealed import open_sealed
from notifications.due import numbers_due
from notifications.models import Notification
from tests.complaints.test_public_messages import filed, reported
from workflow.models import Transition

pytestmark = pytest.mark.django_db
OFFICIAL = "Police colonel Sok of Sihanoukville owns it. Ring me: 012 555 318."


def written(by: User, words: str, **more: Any) -> tuple[Complaint, Contact]:
    """Write by the code of a report that became a complaint; return it, and what waits of the words."""
    code, contact = reported()
    complaint = filed(contact, by)
    say(code, secrets.token_hex(4), words, **more)
    take_in_all()
    return complaint, Contact.objects.waiting().get()


def test_it_waits_in_the_inbox_with_a_clock_and_is_counted(intake: User, browser: Any) -> None:
    complaint, waits = written(intake, "They moved us to the fourth floor.")
    assert (waits.kind, waits.channel, waits.province_id, waits.language) == ("more", "public_form", "00", "Tiếng Việt")
    assert waits.due_at is not None
    assert ("inbox", 1) in [(due.name, n) for due, n in numbers_due(intake, waits.received_at)]
    page = browser(intake).get(f"/contacts/{waits.reference}/").content.decode()
    assert "They moved us to the fourth floor." in page
    assert f"Pass it on to {complaint.reference}" in page


def test_it_is_passed_on_once_somebody_went_over_the_words(intake: User, officer_psh: User, browser: Any) -> None:
    complaint, waits = written(intake, "They moved us to the fourth floor. Ring me: 012 555 318.")
    path = f"/contacts/{waits.reference}/steps/file/"
    asks = browser(intake).get(f"{path}?complaint={complaint.reference}").content.decode()
    assert "Ring me: 012 555 318." in asks
    assert f'value="{complaint.reference}"' in asks
    answer = browser(intake).post(path, {"complaint": complaint.reference})
    assert answer.status_code == 400
    assert "Ring me: 012 555 318." in answer.content.decode()
    said = {"complaint": complaint.reference, "words": "They were moved to the fourth floor."}
    assert browser(intake).post(path, said).status_code == 302
    waits.refresh_from_db()
    assert (waits.status, waits.complaint, waits.narrative) == ("filed", complaint, said["words"])
    assert "012 555 318" in open_sealed(PublicMessage.objects.get(), "words")
    assert Notification.objects.filter(kind="contact_more", recipient=officer_psh).exists()
    story = browser(officer_psh).get(f"/complaints/{complaint.reference}/history/?part=contacts").content.decode()
    assert "fourth floor" in story
    assert "012 555 318" not in story


def test_where_its_words_may_speak_of_an_official_it_is_asked_and_a_yes_seals(intake: User, officer_psh: User) -> None:
    complaint, waits = written(intake, OFFICIAL)
    said = {"complaint": complaint.reference, "words": "Somebody owns it."}
    with pytest.raises(ValidationError) as refused:
        advance_contact(waits, "file", by=intake, **said)
    assert "official" in refused.value.message_dict
    advance_contact(waits, "file", by=intake, **said, official="yes")
    complaint.refresh_from_db()
    assert complaint.handling == "sealed"
    assert not Complaint.objects.visible_to(officer_psh).exists()


def test_no_press_makes_a_complaint_of_it_unread(intake: User) -> None:
    _complaint, waits = written(intake, "They moved us to the fourth floor.")
    with pytest.raises(ValidationError):
        accept_proposals(waits, by=intake, key="k")


def test_what_comes_while_somebody_goes_over_the_words_waits_for_itself(intake: User, browser: Any) -> None:
    code, contact = reported()
    filed(contact, intake)
    for n in range(2):
        say(code, f"f-{n}", f"Message {n}")
        take_in_all()
    first = Contact.objects.waiting().get()
    browser(intake).get(f"/contacts/{first.reference}/steps/file/")
    say(code, "f-2", "Message 2")
    take_in_all()
    other = Contact.objects.waiting().exclude(pk=first.pk).get()
    assert words_in(first) == "Message 0\n\nMessage 1"
    assert words_in(other) == "Message 2"
    assert {first.narrative, other.narrative} == {"—"}


def test_of_a_complaint_sealed_meanwhile_nothing_stays_in_the_inbox(
    intake: User, supervisor: User, integrity: User
) -> None:
    complaint, waits = written(intake, "They moved us to the fourth floor.")
    complaint.refresh_from_db()
    advance(complaint, "seal", by=supervisor, note="An official is named.")
    take_in_all()
    row = Contact._base_manager.get(pk=waits.pk)
    assert (row.status, row.complaint_id, row.handling, row.narrative) == ("filed", complaint.pk, "sealed", "")
    assert not Contact.objects.visible_to(intake).exists()
    assert Notification.objects.filter(kind="reporter_wrote_more", recipient=integrity).exists()


def test_of_a_sealed_complaint_who_is_named_and_may_open_a_reporter_reads_it(
    intake: User, supervisor: User, officer_psh: User, integrity: User, browser: Any
) -> None:
    code, _contact = reported(official="yes")
    complaint = Complaint._base_manager.get()
    for user in (supervisor, officer_psh):
        name_handler(complaint, user, by=integrity)
    say(code, "f-1", OFFICIAL)
    take_in_all()
    told = Notification.objects.filter(kind="reporter_wrote_more", channel="in_app")
    assert {row.recipient for row in told} == {supervisor}
    path = f"/complaints/{complaint.reference}/messages/"
    assert "colonel Sok" in browser(supervisor).get(path).content.decode()
    for user in (officer_psh, integrity):
        assert "colonel Sok" not in browser(user).get(path).content.decode()


def test_what_nobody_read_before_its_report_became_a_complaint_waits_from_then_on(intake: User) -> None:
    code, contact = reported()
    say(code, "f-1", "They moved us to the fourth floor.")
    take_in_all()
    filed(contact, intake)
    take_in_all()
    assert words_in(Contact.objects.waiting().get()) == "They moved us to the fourth floor."


def test_what_was_read_before_is_not_found_again(intake: User, browser: Any, client: Client) -> None:
    code, contact = reported()
    say(code, "f-1", "They moved us to the fourth floor.")
    take_in_all()
    browser(intake).get(f"/contacts/{contact.reference}/messages/")
    assert PublicMessage.objects.get().seen_at is not None
    filed(contact, intake)
    take_in_all()
    assert not Contact.objects.waiting().exists()


def test_no_flood_of_messages_buries_one(intake: User, browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_pages, "MOST", 5)
    monkeypatch.setattr(message_pages, "FRESH", 4)
    code, contact = reported()
    say(code, "first", "The very first: they beat him.")
    for n in range(11):
        say(code, f"f-{n}", f"Junk {n}.")
    take_in_all()
    path = f"/contacts/{contact.reference}/messages/"
    page = browser(intake).get(path).content.decode()
    assert "The very first" in page
    assert page.index("Not read yet") < page.index("The very first") < page.index("Junk 10.")
    assert "8 more that nobody has read" in page
    assert "7 older" in page
    page = browser(intake).get(path).content.decode()
    assert page.index("Junk 3.") < page.index("Junk 10.")
    assert "The very first" not in page
    assert "4 more that nobody has read" in page
    seen, older = set(), path
    while older:
        page = browser(intake).get(older).content.decode()
        seen |= {n for n in range(11) if f"Junk {n}." in page}
        found = re.search(r'href="(\?before=[^"]+)"', page)
        older = f"{path}{found[1]}" if found else ""
    assert seen == set(range(11))
    assert "The very first" in page
    assert browser(intake).get(f"{path}?before=nonsense").status_code == 200


def test_a_program_too_sends_words_that_somebody_went_over(intake: User, officer_psh: User, program: Any) -> None:
    complaint, waits = written(intake, "Ring me: 012 555 318. Fourth floor.")
    client, url = program(intake), f"/api/v1/contacts/{waits.reference}/"
    assert "Fourth floor" in client.get(url).json()["narrative"]
    assert PublicMessage.objects.get().seen_at is not None
    body = {"step": "file", "complaint": complaint.reference}
    refused = client.post(f"{url}steps/", body, format="json")
    assert refused.status_code == 400
    assert "words" in str(refused.json())
    assert client.post(f"{url}steps/", {**body, "words": "Fourth floor."}, format="json").status_code == 200
    waits.refresh_from_db()
    assert waits.narrative == "Fourth floor."
    assert program(officer_psh).get(url).status_code == 403


def test_what_is_too_long_for_one_going_over_waits_again(
    intake: User, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_pages, "LONGEST", 12)
    code, contact = reported()
    complaint = filed(contact, intake)
    for n in range(3):
        say(code, f"f-{n}", f"Message {n}")
        take_in_all()
    first = Contact.objects.waiting().get()
    assert words_in(first) == "Message 0"
    page = browser(intake).get(f"/contacts/{first.reference}/").content.decode()
    assert "Message 0" in page
    assert PublicMessage.objects.unseen().count() == 2
    advance_contact(first, "file", by=intake, complaint=complaint.reference, words="The first.")
    take_in_all()
    assert words_in(Contact.objects.waiting().get()) == "Message 1"


def test_its_words_stand_sealed_until_somebody_passes_them_on(intake: User) -> None:
    _complaint, waits = written(intake, "Ring me: 012 555 318.")
    assert (waits.narrative, open_sealed(waits, "raw")) == ("—", "—")


def test_set_aside_and_brought_back_it_is_guarded_as_before(intake: User, officer_psh: User, browser: Any) -> None:
    complaint, waits = written(intake, OFFICIAL)
    advance_contact(waits, "spam", by=intake, note="Looks like junk")
    waits = advance_contact(Contact.objects.get(pk=waits.pk), "bring_back", by=intake)
    for said in ({}, {"words": "Somebody owns it."}):
        with pytest.raises(ValidationError):
            advance_contact(waits, "file", by=intake, complaint=complaint.reference, **said)
    with pytest.raises(ValidationError):
        accept_proposals(message_pages.opened_for(waits, intake), by=intake, key="k")
    browser(intake).post(f"/contacts/{waits.reference}/accept/", {"idempotency_key": "k-1"})
    assert [row.pk for row in Complaint.objects.visible_to(officer_psh)] == [complaint.pk]


def test_only_what_stood_on_the_page_counts_as_shown(intake: User) -> None:
    code, contact = reported()
    filed(contact, intake)
    say(code, "f-1", "Message 1")
    take_in_all()
    opened = message_pages.opened_for(Contact.objects.waiting().get(), intake)
    say(code, "f-2", "Message 2")
    take_in_all()
    message_pages.mark_waiting_shown(opened, intake)
    assert [open_sealed(row, "words") for row in PublicMessage.objects.unseen()] == ["Message 2"]


def test_its_release_says_what_the_words_that_went_on_propose(intake: User) -> None:
    _complaint, waits = written(intake, "They beat a girl of 13 in Sihanoukville every night.")
    said = ComplaintSaid(channel="public_form", narrative="A girl of 13 is beaten.", contact=waits.reference)
    made, _made = register_complaint(said, by=intake, key="k-1")
    release = Transition.objects.of(made).get(step="release")
    assert json.loads(release.note)["urgency"]["proposed"] == "immediate"


def test_the_page_of_its_messages_leads_to_what_waits_and_says_when_it_was_passed_on(
    intake: User, officer_psh: User, browser: Any
) -> None:
    complaint, waits = written(intake, "They moved us to the fourth floor.")
    url, link = f"/complaints/{complaint.reference}/messages/", f'href="/contacts/{waits.reference}/"'
    assert link in browser(intake).get(url).content.decode()
    province = browser(officer_psh).get(url).content.decode()
    assert "the ministry has it" in province
    assert link not in province
    advance_contact(waits, "file", by=intake, complaint=complaint.reference, words="They were moved.")
    assert link not in browser(intake).get(url).content.decode()
    assert "the ministry passed on what is needed" in browser(officer_psh).get(url).content.decode()

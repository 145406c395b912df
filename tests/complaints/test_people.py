"""Add people to a complaint: one, or several of whom only the same is known."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance, advance_victim, decide_victim

Browser = Callable[..., Client]


def url(complaint: Complaint) -> str:
    return f"/complaints/{complaint.reference}/people/add/"


def test_three_unnamed_women_are_three_people(browser: Browser, officer_psh: User, registered: Any) -> None:
    complaint = registered()
    said = {"sex": "female", "nationality": "Viet Nam", "how_many": "៣"}
    assert browser(officer_psh).post(url(complaint), said).status_code == 302
    people = [victim.person for victim in complaint.victims.select_related("person")]
    assert [(person.sex, person.nationality) for person in people] == [("female", "VN")] * 3
    complaint.refresh_from_db()
    assert complaint.ledger["sought"] == 3


def test_a_name_is_one_persons(browser: Browser, officer_psh: User, complaint: Complaint) -> None:
    answer = browser(officer_psh).post(url(complaint), {"name": "Phạm Minh", "how_many": "2"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "A name is one person" in text
    assert "Phạm Minh" in text
    assert complaint.victims.count() == 2


def test_a_double_press_adds_once(browser: Browser, officer_psh: User, complaint: Complaint) -> None:
    client = browser(officer_psh)
    for _press in range(2):
        answer = client.post(url(complaint), {"name": "Phạm Minh", "how_many": "1", "idempotency_key": "k" * 20})
        assert answer.status_code == 302
    assert complaint.victims.count() == 3


def test_people_found_whom_nobody_reported_stand_beside_the_ledger(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    browser(officer_psh).post(url(complaint), {"how_many": "4", "found_unreported": "on"})
    complaint.refresh_from_db()
    assert (complaint.ledger["reported"], complaint.ledger["found_unreported"]) == (3, 4)
    text = browser(officer_psh).get(f"/complaints/{complaint.reference}/").content.decode()
    assert "4 people found whom nobody had reported" in text


def test_nobody_is_added_to_a_closed_complaint(
    browser: Browser, officer_psh: User, supervisor: User, registered: Any
) -> None:
    complaint = registered(people=(PersonSaid(),))
    for step in ("acknowledge", "start_verification"):
        complaint = advance(complaint, step, by=officer_psh)
    complaint = advance(complaint, "record_outcome", by=officer_psh, outcome="substantiated")
    victim = advance_victim(complaint.victims.get(), "record_rescue", by=officer_psh)
    decide_victim(victim, "decide_presumed", by=officer_psh)
    complaint = advance(complaint, "propose_closing", by=officer_psh)
    advance(complaint, "close", by=supervisor)
    answer = browser(officer_psh).post(url(complaint), {"name": "Phạm Minh", "how_many": "1"})
    assert answer.status_code == 409
    assert "Have it reopened to add people." in answer.content.decode()
    assert "Phạm Minh" in answer.content.decode()


def test_an_analyst_adds_nobody(browser: Browser, analyst: User, complaint: Complaint) -> None:
    assert browser(analyst).get(url(complaint)).status_code == 403
    assert browser(analyst).post(url(complaint), {"how_many": "1"}).status_code == 403

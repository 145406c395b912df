"""Add people to a complaint: one, or several of whom only the same is known."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import add_people, advance, advance_victim, decide_victim
from victims.models import Victim

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


def test_every_number_of_the_ledger_opens_its_people(
    browser: Any, registered: Any, officer_psh: User, supervisor: User
) -> None:
    complaint = registered(people=(PersonSaid(name="Lê Bảo", age=30),) * 6, number=(None, 9, None))
    rows = list(Victim.objects.filter(complaint=complaint).order_by("reference"))
    freely = {"asked_by": "Chea", "asked_alone": True, "asked_away": True, "asked_language": "vi"}
    steps: list[tuple[str, dict[str, Any]]] = [
        ("record_rescue", {}),
        ("record_left", {"left_how": "escaped"}),
        ("record_declined", freely),
        ("record_declined", freely),
        ("record_not_found", {}),
    ]
    for row, (step, said) in zip(rows, steps, strict=False):
        advance_victim(row, step, by=officer_psh, **said)
    advance_victim(Victim.objects.get(pk=rows[2].pk), "confirm_final", by=supervisor)
    add_people(complaint, [PersonSaid()] * 2, by=officer_psh, found_unreported=True)
    complaint.refresh_from_db()
    client, ledger = browser(officer_psh), complaint.ledger
    unlisted = {"reported": 3, "sought": 3}
    assert (ledger["declined"], ledger["not_found"], ledger["sought"], ledger["found_unreported"]) == (1, 0, 6, 2)
    page = client.get(f"/complaints/{complaint.reference}/").content.decode()
    for term, number in ledger.items():
        answer = client.get(f"/complaints/{complaint.reference}/people/?counted={term}")
        assert len(answer.context["people"]) == number - unlisted.get(term, 0), term
        assert (f"people/?counted={term}" in page) == bool(number), term
    assert len(client.get(f"/complaints/{complaint.reference}/people/?counted=nonsense").context["people"]) == 8

"""Fewer people, less urgent, another province of incident: two people, and the database keeps how the number came about."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils.translation import override

from accounts.models import User
from complaints.models import Complaint, NumberRevision, ProposedChange
from complaints.said import PersonSaid
from complaints.services import add_people, change_facts, confirm_change, propose_change, send_back_change
from core.exceptions import Conflict
from notifications.models import Notification
from tests.queries import asked

Browser = Callable[..., Client]
Registered = Callable[..., Complaint]
pytestmark = pytest.mark.django_db


@pytest.fixture
def lower(complaint: Complaint, officer_psh: User) -> Callable[..., ProposedChange]:
    """Propose, by the officer, that there are two people, not three."""

    def propose(**said: Any) -> ProposedChange:
        asked = {"field": "number_reported", "after": "2", "why": "The mother counted again.", **said}
        return propose_change(complaint, by=said.pop("by", officer_psh), **asked)

    return propose


def now(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def test_the_number_goes_down_by_two_people_with_its_revision(
    lower: Any, complaint: Complaint, supervisor: User, officer_psh: User
) -> None:
    change = lower()
    assert now(complaint).number_reported == 3
    assert Notification.objects.filter(kind="change_proposed", recipient=supervisor).exists()
    confirm_change(change, by=supervisor)
    row = now(complaint)
    assert (row.number_low, row.number_reported, row.number_high, row.ledger["sought"]) == (2, 2, 9, 2)
    revision = NumberRevision.objects.get(complaint=row)
    assert (revision.before, revision.after, revision.by, revision.approved_by) == (3, 2, officer_psh, supervisor)
    assert revision.why == "The mother counted again."
    assert Notification.objects.filter(kind="change_confirmed", recipient=officer_psh).exists()


def test_nobody_confirms_their_own_nor_from_the_province(
    lower: Any, complaint: Complaint, supervisor: User, officer_psh: User
) -> None:
    change = propose_change(complaint, by=supervisor, field="number_reported", after="2", why="Counted again.")
    for by in (supervisor, officer_psh):
        with pytest.raises(PermissionDenied):
            confirm_change(change, by=by)
        with pytest.raises(PermissionDenied):
            send_back_change(change, by=by, note="No.")
    assert now(complaint).number_reported == 3


def test_the_same_is_proposed_once_and_again_after_it_was_sent_back(
    lower: Any, complaint: Complaint, supervisor: User
) -> None:
    change = lower()
    with pytest.raises(Conflict):
        lower()
    with pytest.raises(ValidationError):
        send_back_change(change, by=supervisor, note=" ")
    send_back_change(change, by=supervisor, note="Ask the father too.")
    assert lower().is_waiting
    with pytest.raises(Conflict):
        confirm_change(change, by=supervisor)


@pytest.mark.parametrize(
    ("field", "after"),
    [
        ("number_reported", "3"),
        ("number_reported", "4"),
        ("number_reported", "1"),
        ("number_reported", ""),
        ("number_reported", "-1"),
        ("number_reported", "1e3"),
        ("urgency", "immediate"),
        ("urgency", "calm"),
        ("province_of_incident", "18"),
        ("province_of_incident", "99"),
        ("province_of_incident", "00"),
        ("status", "closed"),
    ],
)
def test_what_is_no_lowering_is_refused_at_its_field(field: str, after: str, lower: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        lower(field=field, after=after)
    assert set(refused.value.message_dict) <= {"after", "field"}
    with pytest.raises(ValidationError):
        lower(why="  ")


def test_khmer_digits_are_a_number(lower: Any) -> None:
    assert lower(after="២").after == "2"


def test_more_people_meanwhile_stop_the_confirmation(
    lower: Any, complaint: Complaint, officer_psh: User, supervisor: User
) -> None:
    change = lower()
    add_people(complaint, [PersonSaid()], by=officer_psh)
    with override("en"), pytest.raises(Conflict, match="3 people are listed"):
        confirm_change(change, by=supervisor)
    assert now(complaint).number_reported == 3


def test_another_number_meanwhile_stops_the_confirmation(
    lower: Any, complaint: Complaint, officer_psh: User, supervisor: User
) -> None:
    change = lower()
    change_facts(complaint, by=officer_psh, version=now(complaint).version, changes={"number_reported": 5})
    with override("en"), pytest.raises(Conflict, match="changed since"):
        confirm_change(change, by=supervisor)


def test_urgency_and_province_of_incident(complaint: Complaint, officer_psh: User, supervisor: User) -> None:
    change_facts(complaint, by=officer_psh, version=complaint.version, changes={"urgency": "immediate"})
    asked = {"by": officer_psh, "why": "They are safe in the pagoda of another province."}
    for field, after in (("urgency", "normal"), ("province_of_incident", "12")):
        confirm_change(propose_change(now(complaint), field=field, after=after, **asked), by=supervisor)
    row = now(complaint)
    assert (row.urgency, row.province_of_incident_id, row.province_id, row.site) == ("normal", "12", "18", None)


def test_the_page_proposes_and_the_supervisors_page_decides(
    browser: Browser, complaint: Complaint, officer_psh: User, supervisor: User
) -> None:
    url = f"/complaints/{complaint.reference}/changes/"
    officer, decider = browser(officer_psh), browser(supervisor)
    refused = officer.post(url, {"field": "number_reported", "number": "7", "why": "The mother counted again."})
    assert refused.status_code == 400
    assert "This is not fewer." in refused.content.decode()
    assert "The mother counted again." in refused.content.decode()
    assert officer.post(url, {"field": "number_reported", "number": "២", "why": "Counted again."}).status_code == 302
    assert "3 → 2" in decider.get("/").content.decode()
    again = officer.post(url, {"field": "urgency", "urgency": "normal", "why": ""})
    assert again.status_code == 400
    assert 'value="number_reported"' not in again.content.decode(), "what waits is not offered a second time"
    change = ProposedChange.objects.get()
    own = officer.post(f"{url}{change.pk}/confirm/")
    assert own.status_code == 403
    back = decider.post(f"{url}{change.pk}/send-back/", {"note": ""})
    assert back.status_code == 400
    assert "Write down why." in back.content.decode()
    assert decider.post(f"{url}{change.pk}/confirm/").status_code == 302
    assert decider.post(f"{url}{change.pk}/confirm/").status_code == 409
    assert "second person" in officer.get(url).content.decode()
    assert "3 → 2" not in decider.get("/").content.decode()


def test_a_change_of_another_complaint_is_not_found(
    browser: Browser, lower: Any, registered: Any, supervisor: User
) -> None:
    change, other = lower(), registered()
    assert browser(supervisor).post(f"/complaints/{other.reference}/changes/{change.pk}/confirm/").status_code == 404


def test_a_coded_reader_sees_numbers_and_no_reasons(
    browser: Browser, lower: Any, complaint: Complaint, analyst: User
) -> None:
    lower()
    page = browser(analyst).get(f"/complaints/{complaint.reference}/changes/").content.decode()
    assert "3 → 2" in page
    assert "counted again" not in page


def test_the_page_costs_the_same_however_often_the_number_changed(
    browser: Browser, complaint: Complaint, officer_psh: User
) -> None:
    client, url = browser(officer_psh), f"/complaints/{complaint.reference}/changes/"
    client.get(url)
    costs = []
    for upto in (5, 30):
        for number in range((now(complaint).number_reported or 0) + 1, upto):
            change_facts(complaint, by=officer_psh, version=now(complaint).version, changes={"number_reported": number})
        costs.append(len(asked(client, url)))
    assert costs[0] == costs[1]


def test_the_api_does_the_same(program: Any, complaint: Complaint, officer_psh: User, supervisor: User) -> None:
    url = f"/api/v1/complaints/{complaint.reference}/changes/"
    said = {"field": "number_reported", "after": "2", "why": "Counted again."}
    officer, decider = program(officer_psh), program(supervisor)
    assert officer.post(url, {**said, "after": "7"}, format="json").status_code == 400
    made = officer.post(url, said, format="json")
    assert (made.status_code, made.json()["state"]) == (201, "asked")
    assert officer.post(url, said, format="json").status_code == 409
    one = f"{url}{made.json()['id']}"
    assert officer.post(f"{one}/confirm/").status_code == 403
    assert decider.post(f"{one}/confirm/").json()["state"] == "approved"
    assert decider.post(f"{one}/send-back/", {"note": "No."}, format="json").status_code == 409
    shown = officer.get(url).json()
    assert [(row["before"], row["after"], row["approved_by"]) for row in shown["revisions"]] == [
        (3, 2, supervisor.username)
    ]
    assert shown["proposed"][0]["decided_by"] == supervisor.username


def held(sql: str, *params: Any) -> None:
    """Run a statement as the application's own role, to the end of its transaction's checks."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_psql_changes_no_number_without_a_revision_and_no_revision_at_all(
    lower: Any, complaint: Complaint, supervisor: User
) -> None:
    confirm_change(lower(), by=supervisor)
    key = str(complaint.pk)
    attacks: list[tuple[str, list[Any]]] = [
        ("UPDATE complaints_complaint SET number_reported = 2000 WHERE id = %s", [key]),
        ("UPDATE complaints_complaint SET number_reported = NULL WHERE id = %s", [key]),
        ("UPDATE complaints_complaint SET number_reported = 1 WHERE id = %s", [key]),
        ("UPDATE complaints_numberrevision SET after = 9 WHERE complaint_id = %s", [key]),
        ("UPDATE complaints_numberrevision SET approved_by_id = by_id WHERE complaint_id = %s", [key]),
        ("UPDATE complaints_numberrevision SET why = 'Because.' WHERE complaint_id = %s", [key]),
        ("DELETE FROM complaints_numberrevision WHERE complaint_id = %s", [key]),
        (
            "INSERT INTO complaints_numberrevision (id, complaint_id, province_id, handling, before, after, why, by_id, at) "
            "SELECT gen_random_uuid(), complaint_id, province_id, handling, 2, 1, 'x', by_id, now() "
            "FROM complaints_numberrevision WHERE complaint_id = %s",
            [key],
        ),
    ]
    for sql, params in attacks:
        with pytest.raises(IntegrityError):
            held(sql, *params)
    assert now(complaint).number_reported == 2
    assert NumberRevision.objects.count() == 1


def test_the_clock_follows_the_urgency_up_and_down(registered: Registered, officer_psh: User, supervisor: User) -> None:
    began = datetime(2026, 3, 13, 9, tzinfo=UTC)  # a Friday, 16:00 in Phnom Penh
    with time_machine.travel(began, tick=False):
        complaint = registered()
        assert complaint.due_at == datetime(2026, 3, 16, 9, 30, tzinfo=UTC)  # 1:30 that day, 6:30 on Monday
        row = change_facts(complaint, by=officer_psh, version=complaint.version, changes={"urgency": "immediate"})
        assert now(row).due_at == now(row).acknowledge_due_at == began + timedelta(hours=1)
        calm = propose_change(now(row), by=officer_psh, field="urgency", after="high", why="They locked the boss out.")
        confirm_change(calm, by=supervisor)
        assert now(row).due_at == datetime(2026, 3, 16, 2, tzinfo=UTC)

"""Steps on pages: one press, a page that asks, two people, and what a refusal says."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance, advance_victim, decide_victim
from workflow.models import Transition

Browser = Callable[..., Client]


def url(complaint: Complaint, step: str) -> str:
    return f"/complaints/{complaint.reference}/steps/{step}/"


def steps(complaint: Complaint, name: str) -> int:
    return Transition.objects.filter(object_id=complaint.pk, step=name).count()


@pytest.fixture
def decided(registered: Any, officer_psh: User) -> Complaint:
    complaint = registered(people=(PersonSaid(name="Lê Quốc Bảo", age=30),))
    for step in ("acknowledge", "start_verification"):
        complaint = advance(complaint, step, by=officer_psh)
    return advance(complaint, "record_outcome", by=officer_psh, outcome="substantiated")


def test_acknowledge_is_one_press_and_goes_back_to_where_it_was_pressed(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    answer = browser(officer_psh).post(url(complaint, "acknowledge"), {"next": "/", "idempotency_key": "k" * 20})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    complaint.refresh_from_db()
    assert (complaint.status, complaint.officer) == ("acknowledged", officer_psh)


def test_a_foreign_address_to_go_back_to_is_not_followed(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    answer = browser(officer_psh).post(url(complaint, "acknowledge"), {"next": "https://example.org/"})
    assert answer["Location"] == f"/complaints/{complaint.reference}/"


@pytest.mark.parametrize("key", ["k" * 20, ""])
def test_a_double_press_takes_the_step_once_and_says_so(
    browser: Browser, officer_psh: User, complaint: Complaint, key: str
) -> None:
    client = browser(officer_psh)
    for _press in range(2):
        answer = client.post(url(complaint, "acknowledge"), {"idempotency_key": key}, follow=True)
        assert answer.status_code == 200
    assert steps(complaint, "acknowledge") == 1
    assert "It was done already." in answer.content.decode()


def test_whoever_was_slower_is_told_who_was_faster(
    browser: Browser, officer_psh: User, supervisor: User, complaint: Complaint
) -> None:
    advance(complaint, "acknowledge", by=supervisor)
    answer = browser(officer_psh).post(url(complaint, "acknowledge"), {"note": "I go there at once"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert f"{supervisor.name} was faster: “Acknowledged”" in text
    assert "I go there at once" in text


@pytest.mark.django_db(transaction=True)
def test_two_officers_acknowledging_at_once_leave_one_event(
    browser: Browser, officer_psh: User, supervisor: User, complaint: Complaint
) -> None:
    start, statuses = threading.Barrier(2), []

    def press(user: User) -> None:
        client = browser(user)
        start.wait()
        statuses.append(client.post(url(complaint, "acknowledge"), {"idempotency_key": f"key-{user.pk}"}).status_code)
        connections.close_all()

    racers = [threading.Thread(target=press, args=[user]) for user in (officer_psh, supervisor)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(statuses) == [302, 409]
    assert steps(complaint, "acknowledge") == 1


def test_a_step_asks_what_the_table_asks_and_keeps_what_was_typed(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    for step in ("acknowledge", "start_verification"):
        complaint = advance(complaint, step, by=officer_psh)
    client = browser(officer_psh)
    assert 'value="partly_substantiated"' in client.get(url(complaint, "record_outcome")).content.decode()
    answer = client.post(
        url(complaint, "record_outcome"),
        {"note": "Nine beds on floor six", "when": "other", "happened_at_0": "31/2/2022", "happened_at_1": "10:00"},
    )
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Nine beds on floor six" in text
    assert "There is no such day." in text
    complaint.refresh_from_db()
    assert complaint.status == "verifying"


def test_an_answer_left_out_is_asked_for_at_its_field(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    for step in ("acknowledge", "start_verification"):
        complaint = advance(complaint, step, by=officer_psh)
    answer = browser(officer_psh).post(url(complaint, "record_outcome"), {"when": "today"})
    assert answer.status_code == 400
    assert "id_outcome-error" in answer.content.decode()


def test_another_time_in_khmer_digits_with_its_reason_is_kept(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    Complaint.objects.update(received_at=datetime(2022, 8, 30, tzinfo=UTC))
    said = {"when": "other", "happened_at_0": "១/៩/២០២២", "happened_at_1": "១៥:៤០", "late_why": "no line"}
    assert browser(officer_psh).post(url(complaint, "acknowledge"), said).status_code == 302
    row = Transition.objects.get(object_id=complaint.pk, step="acknowledge")
    assert row.happened_at.isoformat() == "2022-09-01T08:40:00+00:00"
    assert row.late_why == "no line"


def test_a_proposal_says_who_decides_and_another_person_confirms_it(
    browser: Browser, officer_psh: User, supervisor: User, complaint: Complaint
) -> None:
    for step in ("acknowledge", "start_verification"):
        complaint = advance(complaint, step, by=officer_psh)
    client = browser(officer_psh)
    assert "another person at the ministry" in client.get(url(complaint, "propose_outcome")).content.decode()
    said = {"outcome": "not_trafficking", "finding": "debt", "note": "Wages were paid", "when": "today"}
    assert client.post(url(complaint, "propose_outcome"), said).status_code == 302
    asks = browser(supervisor).get(url(complaint, "confirm_outcome")).content.decode()
    assert "Not trafficking, Debt" in asks
    assert "Wages were paid" in asks
    assert browser(supervisor).post(url(complaint, "confirm_outcome"), {"when": "today"}).status_code == 302
    complaint.refresh_from_db()
    assert (complaint.status, complaint.outcome) == ("decided", "not_trafficking")


def test_nobody_confirms_what_they_proposed_themselves(
    browser: Browser, supervisor: User, complaint: Complaint
) -> None:
    for step in ("acknowledge", "start_verification"):
        complaint = advance(complaint, step, by=supervisor)
    advance(complaint, "propose_outcome", by=supervisor, outcome="unsubstantiated", note="The family says so")
    answer = browser(supervisor).post(url(complaint, "confirm_outcome"), {})
    assert answer.status_code == 403
    assert "You proposed this yourself." in answer.content.decode()
    complaint.refresh_from_db()
    assert complaint.status == "outcome_proposed"


def test_closing_is_refused_while_somebody_is_sought_and_says_what_to_do(
    browser: Browser, officer_psh: User, decided: Complaint
) -> None:
    for method in ("get", "post"):
        answer = getattr(browser(officer_psh), method)(url(decided, "propose_closing"))
        assert answer.status_code == 409
        assert "1 still sought. Record what became of each person first." in answer.content.decode()


def test_a_complaint_goes_its_whole_way_with_two_people(
    browser: Browser, officer_psh: User, supervisor: User, decided: Complaint
) -> None:
    victim = advance_victim(decided.victims.get(), "record_rescue", by=officer_psh)
    refused = browser(officer_psh).post(url(decided, "propose_closing"), {})
    assert refused.status_code == 409
    assert "1 found and not yet screened." in refused.content.decode()
    decide_victim(victim, "decide_presumed", by=officer_psh)
    assert browser(officer_psh).post(url(decided, "propose_closing"), {}).status_code == 302
    assert browser(officer_psh).get(url(decided, "close")).status_code == 403
    assert browser(supervisor).post(url(decided, "close"), {}).status_code == 302
    assert browser(supervisor).post(url(decided, "reopen"), {"note": "A second list of names"}).status_code == 302
    decided.refresh_from_db()
    assert decided.status == "verifying"


def test_reopening_without_saying_why_is_asked_for(browser: Browser, supervisor: User, decided: Complaint) -> None:
    decide_victim(
        advance_victim(decided.victims.get(), "record_rescue", by=supervisor), "decide_presumed", by=supervisor
    )
    advance(decided, "propose_closing", by=supervisor)
    Complaint.objects.filter(pk=decided.pk).update(proposed_by=None)
    advance(decided, "close", by=supervisor)
    answer = browser(supervisor).post(url(decided, "reopen"), {"note": " "})
    assert answer.status_code == 400
    assert "Write down why." in answer.content.decode()


def test_a_step_the_table_does_not_have_is_no_page(browser: Browser, officer_psh: User, complaint: Complaint) -> None:
    for method in ("get", "post"):
        assert getattr(browser(officer_psh), method)(url(complaint, "delete")).status_code == 404


def test_a_role_without_the_permission_is_refused(browser: Browser, analyst: User, complaint: Complaint) -> None:
    for method in ("get", "post"):
        assert getattr(browser(analyst), method)(url(complaint, "acknowledge")).status_code == 403
    assert steps(complaint, "acknowledge") == 0


def test_a_page_left_open_saves_the_time_it_offered(browser: Browser, officer_psh: User, complaint: Complaint) -> None:
    form = browser(officer_psh).get(url(complaint, "acknowledge")).context["form"]
    seen = form.offered_at().replace(second=0, microsecond=0)
    said = {"when": "today", "seen_at": seen.isoformat(timespec="minutes")}
    browser(officer_psh).post(url(complaint, "acknowledge"), said)
    assert Transition.objects.get(object_id=complaint.pk, step="acknowledge").happened_at == seen


def test_an_unassigned_complaint_is_assigned_and_only_then_acknowledged(
    browser: Browser, intake: User, officer_psh: User, registered: Any
) -> None:
    complaint = registered(province_of_incident="")
    client = browser(intake)
    assert "No province is responsible yet." in client.get(f"/complaints/{complaint.reference}/").content.decode()
    assert client.post(url(complaint, "assign"), {"province": "99"}).status_code == 400
    assert client.post(url(complaint, "assign"), {"province": "18"}).status_code == 302
    assert browser(officer_psh).post(url(complaint, "acknowledge"), {}).status_code == 302


def test_no_step_lies_before_the_complaint_came_in(complaint: Complaint, officer_psh: User, browser: Any) -> None:
    before = complaint.received_at - timedelta(minutes=2)
    with pytest.raises(ValidationError) as refused:
        advance(complaint, "acknowledge", by=officer_psh, happened_at=before)
    assert list(refused.value.message_dict) == ["happened_at"]
    same_minute = complaint.received_at.replace(second=0, microsecond=0)
    assert advance(complaint, "acknowledge", by=officer_psh, happened_at=same_minute).status == "acknowledged"

"""What the reporter is told: by whom who may, kept for good, and until when the next word is due."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from rest_framework.test import APIClient

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint, ReporterAnswer
from complaints.said import ReporterSaid
from complaints.services import advance as advance_complaint
from complaints.services import record_answer
from complaints.services.attempts import record_attempt
from people.services import make_person
from tests.complaints.merging import merged
from victims.services import add_victim, advance
from victims.services.consent import record_consent

Browser = Callable[..., Client]
Registered = Callable[..., Complaint]
ASKED = {"asked_alone": True, "asked_language": "vi"}


def now(row: Complaint) -> Complaint:
    return Complaint._base_manager.get(pk=row.pk)


def test_a_reporter_who_can_be_reached_hears_within_fourteen_days(registered: Registered, complaint: Complaint) -> None:
    assert complaint.answer_due_at == complaint.received_at + timedelta(days=14)
    assert registered(reporter=ReporterSaid(relation="anonymous")).answer_due_at is None
    assert registered().answer_due_at is None


def test_a_word_moves_the_limit_and_stands_for_good(complaint: Complaint, intake: User) -> None:
    told = timezone.now() + timedelta(days=3)
    with time_machine.travel(told, tick=False):
        made = record_answer(complaint, by=intake, told="looked_into", way="telephone", note="She weeps.")
    assert now(complaint).answer_due_at == told + timedelta(days=14)
    assert AuditEvent.objects.get(verb="complaint.answer").detail == {"told": "looked_into", "way": "telephone"}
    for column, value in (("told", "received"), ("note", "Other")):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE complaints_reporteranswer SET {column} = %s WHERE id = %s", [value, made.pk])
    with pytest.raises(IntegrityError), transaction.atomic():
        made.delete()


def test_only_who_may_speak_to_the_reporter_answers(complaint: Complaint, officer_psh: User) -> None:
    with pytest.raises(PermissionDenied):
        record_answer(complaint, by=officer_psh, told="received", way="telephone")
    assert not ReporterAnswer.objects.exists()


def test_closed_is_said_of_what_is_closed_and_ends_the_clock(
    registered: Registered, intake: User, officer_psh: User, supervisor: User
) -> None:
    row = registered(reporter=ReporterSaid(phone="012 345 678", relation="family"))
    with override("en"), pytest.raises(ValidationError, match="not closed"):
        record_answer(row, by=intake, told="closed", way="telephone")
    for step, said in (
        ("acknowledge", {}),
        ("start_verification", {}),
        ("record_outcome", {"outcome": "substantiated"}),
    ):
        row = advance_complaint(row, step, by=officer_psh, **said)
    row = advance_complaint(row, "propose_closing", by=officer_psh)
    row = advance_complaint(row, "close", by=supervisor)
    assert row.answer_due_at is not None  # nobody is left without hearing how it ended
    record_answer(row, by=intake, told="closed", way="telephone")
    assert now(row).answer_due_at is None


def test_somebody_is_called_safe_only_after_agreeing_that_the_family_is_told(
    registered: Registered, intake: User, officer_psh: User
) -> None:
    row = registered(reporter=ReporterSaid(phone="012 345 678", relation="family"))
    victim = add_victim(row, make_person(name="Lan", age=30), by=intake)
    said = {"told": "person_safe", "way": "telephone", "victim": victim.reference}
    for ready in (
        lambda: None,
        lambda: advance(victim, "record_rescue", by=officer_psh),
        lambda: record_consent(victim, by=officer_psh, answers={"family_told": "no"}, **ASKED),
    ):
        ready()
        with pytest.raises(ValidationError) as refused:
            record_answer(row, by=intake, **said)
        assert set(refused.value.message_dict) == {"victim"}
    record_consent(victim, by=officer_psh, answers={"family_told": "yes"}, **ASKED)
    assert record_answer(row, by=intake, **said).victim == victim
    other = registered()
    with pytest.raises(ValidationError):
        record_answer(other, by=intake, **said)
    record_consent(victim, by=officer_psh, answers={"family_told": "withdrawn"}, **ASKED)
    with pytest.raises(ValidationError):
        record_answer(row, by=intake, **said)


def test_a_reporter_whom_it_is_not_safe_to_ring_is_on_no_list(complaint: Complaint, intake: User) -> None:
    record_attempt(complaint, by=intake, way="telephone", whom="reporter", result="no_answer")
    assert now(complaint).answer_due_at is not None
    record_attempt(complaint, by=intake, way="telephone", whom="reporter", result="not_safe")
    assert now(complaint).answer_due_at is None


def test_the_page_keeps_a_word_once_and_the_officer_reads_no_note(
    browser: Browser, complaint: Complaint, intake: User, officer_psh: User
) -> None:
    url = f"/complaints/{complaint.reference}/answers/"
    said = {
        "told": "need_more",
        "way": "message",
        "when": "today",
        "note": "Which floor?",
        "idempotency_key": "answer-1",
    }
    client = browser(intake)
    for _time in range(2):
        assert client.post(url, said).status_code == 302
    assert ReporterAnswer.objects.count() == 1
    assert "Which floor?" in client.get(url).content.decode()
    page = browser(officer_psh).get(url).content.decode()
    assert "We need to know more" in page
    assert "Which floor?" not in page
    assert browser(officer_psh).post(url, {**said, "idempotency_key": "answer-2"}).status_code == 403
    wrong = client.post(url, {"told": "person_safe", "way": "message", "note": "kept", "when": "today"})
    assert (wrong.status_code, "kept" in wrong.content.decode()) == (400, True)
    record = client.get(f"/complaints/{complaint.reference}/").content.decode()
    assert "Last word:" in record
    assert "Told the reporter: We need to know more" in record


def test_a_program_tells_it_too(
    program: Callable[..., APIClient], complaint: Complaint, intake: User, analyst: User
) -> None:
    url = f"/api/v1/complaints/{complaint.reference}/answers/"
    made = program(intake).post(url, {"told": "received", "way": "message", "note": "Thanks"})
    assert (made.status_code, made.json()[0]["note"]) == (201, "Thanks")
    read = program(analyst).get(url).json()
    assert (read[0]["told"], read[0]["note"]) == ("received", None)
    assert program(intake).post(url, {"told": "nonsense", "way": "message"}).status_code == 400


def test_a_merged_complaints_reporter_waits_at_the_survivor(
    registered: Registered, complaint: Complaint, supervisor: User, supervisor2: User
) -> None:
    survivor = registered()
    assert survivor.answer_due_at is None
    merged(survivor, complaint, supervisor, supervisor2)
    assert now(survivor).answer_due_at == complaint.answer_due_at


def test_who_was_told_that_it_is_closed_waits_for_a_word_once_it_is_open_again(
    complaint: Complaint, intake: User, officer_psh: User, supervisor: User
) -> None:
    row = complaint
    for step, by, said in (
        ("acknowledge", officer_psh, {}),
        ("start_verification", officer_psh, {}),
        ("propose_outcome", officer_psh, {"outcome": "unsubstantiated", "note": "Nobody there."}),
        ("confirm_outcome", supervisor, {}),
        ("propose_closing", officer_psh, {}),
        ("close", supervisor, {}),
    ):
        row = advance_complaint(row, step, by=by, **said)
    record_answer(now(complaint), by=intake, told="closed", way="telephone")
    assert now(complaint).answer_due_at is None
    advance_complaint(now(complaint), "reopen", by=supervisor, note="She rang.")
    assert now(complaint).answer_due_at is not None

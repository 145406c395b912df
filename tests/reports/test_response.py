"""The time to act: release, first act, first word to the reporter, and the share acknowledged within the limit of its day."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from complaints.models import Complaint, Deadline
from complaints.said import PersonSaid, ReporterSaid
from complaints.services import advance, record_answer
from complaints.services.attempts import record_attempt
from reports.indicators import REGISTRY, Look
from tests.reports.window import WINDOW
from victims.models import Victim

HOUR = timedelta(hours=1)


def beside(user: User) -> Any:
    return REGISTRY["response_time"].figure(Look(user, WINDOW)).beside


def test_every_part_has_its_hours_and_the_share_is_by_the_limit_of_its_day(press: Any, supervisor: User) -> None:
    told = ReporterSaid(phone="012 345 678", relation="family")
    first, second = press(urgency="immediate", reporter=told), press(urgency="immediate")
    received = first.received_at
    for row, hours in ((first, 1), (second, 5)):
        advance(row, "acknowledge", by=supervisor, happened_at=row.received_at + hours * HOUR)
    record_attempt(first, by=supervisor, way="visit", whom="other", result="reached", happened_at=received + 3 * HOUR)
    advance(second, "start_verification", by=supervisor, happened_at=second.received_at + 9 * HOUR)
    record_answer(first, by=supervisor, told="received", way="message", happened_at=received + 20 * HOUR)
    Complaint.objects.update(logged_at=received + 2 * HOUR)
    found = beside(supervisor)
    assert found["released_median"] == 2
    assert found["act_median"] == 6  # the attempt after 3 hours, the verification after 9
    assert found["answer_median"] == 20  # of the one with a reporter
    assert (found["in_time"], found["in_time_share"], found["answered_in_time"]) == (1, 50, 1)
    Deadline.objects.filter(stage="acknowledge").update(hours=1000)
    assert beside(supervisor)["in_time"] == 1  # the limit of its day stands


def test_what_was_not_told_counts_at_its_age_and_what_waits_at_the_ministry_too(press: Any, supervisor: User) -> None:
    press(province_of_incident="", reporter=ReporterSaid(phone="012 345 678", relation="family"))
    found, age = beside(supervisor), round((WINDOW.ends - Complaint.objects.get().received_at) / HOUR)
    assert (found["released_median"], found["answer_median"]) == (age, age)
    assert found["answered_in_time"] == 0


def test_a_rescue_before_the_receipt_counts_as_none(press: Any, supervisor: User) -> None:
    row = press(people=(PersonSaid(name="Lan"),))
    Victim.objects.update(rescue_status="rescued", rescued_on=WINDOW.first, status_at=row.received_at - 50 * HOUR)
    assert beside(supervisor)["rescue_median"] == 0

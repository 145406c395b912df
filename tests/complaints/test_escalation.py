"""What is late is told to one level after the other, to who may know of it, and to nobody twice."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import system_user
from complaints.models import Complaint, Escalation, EscalationHours, Limit
from complaints.said import ReporterSaid
from complaints.services import advance, escalate, name_handler, record_answer
from complaints.services.attempts import record_attempt
from notifications.models import Notification
from referrals.services import advance as advance_referral
from referrals.services import send
from tests.factories.accounts import DutyFactory, PostingFactory, UserFactory

Registered = Callable[..., Complaint]
HOUR = timedelta(hours=1)


@pytest.fixture
def lead(db: None) -> User:
    user = UserFactory(username="lead.psh", role="officer")
    PostingFactory(user=user, province_id="18", lead=True)
    return user


@pytest.fixture
def worker(db: None) -> User:
    """An officer on duty in the province, who leads nothing."""
    user = UserFactory(username="worker.psh", role="officer")
    PostingFactory(user=user, province_id="18", lead=False)
    DutyFactory(user=user, province_id="18", from_at=timezone.now() - timedelta(days=365))
    return user


@pytest.fixture
def monday() -> Iterator[datetime]:
    moment = datetime.fromisoformat("2026-03-09T08:00:00+07:00")
    with time_machine.travel(moment, tick=False):
        yield moment


def told(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=kind, channel="in_app")
    return sorted(rows.values_list("recipient__username", flat=True))


def levels(row: Complaint) -> list[tuple[str, int, str]]:
    return list(
        Escalation.objects.filter(complaint=row).order_by("stage", "level").values_list("stage", "level", "whom")
    )


def test_duty_then_lead_then_supervisors_each_once(
    monday: datetime, registered: Registered, worker: User, lead: User, supervisor: User
) -> None:
    row = registered(urgency="immediate")
    assert escalate(row.due_at) == 0
    late = row.due_at + timedelta(seconds=1)
    for _run in range(2):
        escalate(late)
    assert told("late_acknowledge") == ["worker.psh"]
    escalate(late + 2 * HOUR)
    assert told("late_acknowledge") == ["lead.psh", "worker.psh"]
    escalate(late + 8 * HOUR)
    escalate(late + 9 * HOUR)
    assert told("late_acknowledge") == ["lead.psh", "supervisor", "worker.psh"]
    assert levels(row) == [("acknowledge", 1, "duty"), ("acknowledge", 2, "lead"), ("acknowledge", 3, "supervisors")]


def test_after_a_pause_all_levels_are_told_and_nobody_twice_of_one(
    monday: datetime, registered: Registered, lead: User, supervisor: User
) -> None:
    row = registered(urgency="immediate")
    assert escalate(row.due_at + 20 * HOUR) == 3
    assert told("late_acknowledge") == ["lead.psh", "supervisor"]  # the lead stands in for the duty: one notice
    assert levels(row)[0] == ("acknowledge", 1, "duty")


def test_who_stands_in_for_another_level_is_told_of_a_limit_once(
    monday: datetime, registered: Registered, lead: User, supervisor: User
) -> None:
    row = registered(urgency="immediate")  # nobody is on duty: the lead stands in
    for hours in (0.1, 2.1, 8.1, 9):
        escalate(row.due_at + hours * HOUR)
    assert told("late_acknowledge") == ["lead.psh", "supervisor"]
    assert [level for _stage, level, _whom in levels(row)] == [1, 2, 3]


def test_a_letter_logged_five_weeks_after_it_came_is_escalated_all_the_same(
    monday: datetime, registered: Registered, lead: User
) -> None:
    registered(urgency="immediate", received_at=timezone.now() - timedelta(days=35))
    escalate(timezone.now())
    assert told("late_acknowledge") == ["lead.psh"]


def test_who_took_it_is_told_that_verification_is_over(
    monday: datetime, registered: Registered, worker: User, lead: User
) -> None:
    row = advance(registered(urgency="immediate"), "acknowledge", by=worker)
    escalate(row.due_at + HOUR)
    assert told("late_verify") == ["worker.psh"]
    assert levels(row) == [("verify", 1, "officer")]


def test_acknowledged_and_silent_is_late_and_any_act_ends_the_silence(
    monday: datetime, registered: Registered, worker: User, lead: User
) -> None:
    quiet, tried, verified = (advance(registered(), "acknowledge", by=worker) for _n in range(3))
    with time_machine.travel(monday + 5 * HOUR, tick=False):
        record_attempt(tried, by=worker, way="telephone", whom="family", result="no_answer")
        advance(verified, "start_verification", by=worker)
    assert escalate(monday + 72 * HOUR) == 0
    escalate(monday + 73 * HOUR)
    assert Escalation.objects.filter(stage="silent").values_list("complaint_id").get() == (quiet.pk,)
    assert told("late_silent") == ["worker.psh"]


def test_other_hours_of_silence_tell_nobody_again_and_what_runs_keeps_its_limit(
    monday: datetime, registered: Registered, worker: User, lead: User
) -> None:
    before = advance(registered(), "acknowledge", by=worker)
    escalate(monday + 73 * HOUR)
    for hours in (48, 96):
        Limit.objects.filter(name="silent_hours").update(number=hours)
        escalate(monday + 74 * HOUR)
        escalate(monday + 97 * HOUR)
    assert told("late_silent") == ["lead.psh", "worker.psh"]
    assert levels(before) == [("silent", 1, "officer"), ("silent", 2, "lead")]
    after = advance(registered(), "acknowledge", by=worker)
    escalate(monday + 95 * HOUR)
    assert not Escalation.objects.filter(complaint=after, stage="silent").exists()
    escalate(monday + 97 * HOUR)
    assert Escalation.objects.filter(complaint=after, stage="silent").exists()


def test_what_was_silent_before_the_limit_was_kept_has_the_hours_of_today(
    monday: datetime, registered: Registered, worker: User, lead: User
) -> None:
    row, new = advance(registered(), "acknowledge", by=worker), registered()
    Complaint.objects.update(silent_due_at=None)
    Limit.objects.filter(name="silent_hours").update(number=48)
    with connection.cursor() as cursor:
        cursor.execute(import_module("complaints.migrations.0016_silence_and_reopenings").RUNNING)
    row.refresh_from_db(), new.refresh_from_db()
    assert (row.silent_due_at, new.silent_due_at) == (monday + 48 * HOUR, None)


def test_what_the_system_does_or_a_receiver_looks_at_ends_no_silence(
    monday: datetime, registered: Registered, worker: User, lead: User, officer_pp: User
) -> None:
    seen, expired, answered = (registered() for _n in range(3))
    sent = {row.pk: send(row, by=worker, to="12", message="Ask the family there") for row in (seen, expired, answered)}
    with time_machine.travel(monday + HOUR, tick=False):
        for row in (seen, expired, answered):
            advance(row, "acknowledge", by=worker)
    with time_machine.travel(monday + 2 * HOUR, tick=False):
        advance_referral(sent[seen.pk], "see", by=officer_pp)
        advance_referral(sent[expired.pk], "expire", by=system_user())
        advance_referral(sent[answered.pk], "accept", by=officer_pp)
    escalate(monday + 74 * HOUR)
    quiet = Escalation.objects.filter(stage="silent").values_list("complaint_id", flat=True)
    assert set(quiet) == {seen.pk, expired.pk}


def test_the_word_to_the_reporter_is_asked_of_who_may_speak_to_them(
    monday: datetime, registered: Registered, worker: User, lead: User, intake: User, supervisor: User
) -> None:
    row = registered(reporter=ReporterSaid(phone="012 345 678", relation="family"))
    after = monday + timedelta(days=14, hours=1)
    escalate(after)
    assert told("late_answer") == ["intake"]
    with time_machine.travel(after, tick=False):
        record_answer(row, by=intake, told="looked_into", way="telephone")
    escalate(after + timedelta(days=8))
    assert told("late_answer") == ["intake"]
    escalate(after + timedelta(days=14, hours=1))
    assert told("late_answer") == ["intake", "intake"]  # a new limit, a new word


def test_led_and_sealed_ones_are_told_to_their_own_people(
    monday: datetime, registered: Registered, worker: User, lead: User, intake: User, supervisor: User, integrity: User
) -> None:
    named = UserFactory(username="named", role="supervisor")
    registered(urgency="immediate", handling="national_led")
    sealed = registered(urgency="immediate", official="The commander")
    name_handler(sealed, named, by=integrity)
    assert sealed.handling == "sealed"
    escalate(monday + timedelta(days=3))
    mine = Notification.objects.filter(kind="late_acknowledge", channel="in_app")
    assert sorted(mine.filter(reference=sealed.reference).values_list("recipient__username", flat=True)) == [
        "integrity",
        "named",
    ]
    rest = mine.exclude(reference=sealed.reference)
    assert sorted(rest.values_list("recipient__username", flat=True)) == ["named", "supervisor"]


def test_a_more_urgent_limit_is_a_new_one_and_hours_are_data(
    monday: datetime, registered: Registered, worker: User, lead: User
) -> None:
    row = registered(urgency="immediate")
    EscalationHours.objects.filter(stage="acknowledge", level=1).update(hours=5)
    assert escalate(row.due_at + 4 * HOUR) == 1  # the lead, after two hours
    assert escalate(row.due_at + 6 * HOUR) == 1
    Complaint.objects.filter(pk=row.pk).update(due_at=row.due_at + 2 * HOUR)
    assert escalate(row.due_at + 8 * HOUR) == 2


def test_what_is_late_for_a_month_is_no_news(monday: datetime, registered: Registered, lead: User) -> None:
    row = registered()
    assert escalate(row.due_at + timedelta(days=31)) == 0


def test_an_escalation_stands_for_good(monday: datetime, registered: Registered, lead: User) -> None:
    row = registered(urgency="immediate")
    escalate(row.due_at + HOUR)
    made = Escalation.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.filter(pk=made.pk).update(level=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.delete()
    twin = {**{f.attname: getattr(made, f.attname) for f in Escalation._meta.fields}}
    twin["id"] = row.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.create(**twin)


def test_a_run_of_two_hundred_costs_little(
    monday: datetime,
    registered: Registered,
    worker: User,
    lead: User,
    supervisor: User,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    for _n in range(50):
        registered(urgency="immediate")
    with django_assert_max_num_queries(660):  # type: ignore[attr-defined]
        assert escalate(monday + timedelta(days=2)) == 150
    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        assert escalate(monday + timedelta(days=2)) == 0

"""What comes where is the recipient's choice; in quiet hours only emergencies leave, and what waited leaves after them."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import User
from complaints.models import Complaint, Contact
from complaints.models.contact import turn_of
from complaints.said import ContactSaid
from complaints.services import log_contact
from notifications import own
from notifications.delivery import deliver, sweep
from notifications.models import Notification, Reach
from notifications.services import notify, send_again
from tests.notifications.conftest import Told

OWN = "/notifications/own/"
BACKEND = "accounts.backends.ActiveUserBackend"
NIGHT = "2026-11-27T16:00:00Z"  # 23:00 in Phnom Penh
DAY = "2026-11-27T05:00:00Z"  # noon there
MORNING = datetime(2026, 11, 27, 23, 0, tzinfo=UTC)  # 06:00 there, the next day


@pytest.fixture
def officer(cast: dict[str, User], client: Client, settings: Any) -> User:
    settings.NOTIFICATION_QUIET = "21:00-06:00"
    client.force_login(cast["officer.psh"], backend=BACKEND)
    return cast["officer.psh"]


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        ("20:59", None),
        ("21:00", "06:00+1"),
        ("23:59", "06:00+1"),
        ("00:00", "06:00"),
        ("05:59", "06:00"),
        ("06:00", None),
        ("12:00", None),
    ],
)
def test_the_night_has_two_ends(officer: User, at: str, ends: str | None) -> None:
    now = datetime.fromisoformat(f"2026-11-27T{at}+07:00")
    found = Reach(user=officer).quiet_end(now)
    day = 28 if ends and ends.endswith("+1") else 27
    assert found == (datetime.fromisoformat(f"2026-11-{day}T{ends[:5]}+07:00") if ends else None)


def test_quiet_hours_within_a_day(officer: User) -> None:
    reach = Reach(user=officer, quiet_from=time(12), quiet_until=time(14))
    assert reach.quiet_end(datetime.fromisoformat("2026-11-27T11:59+07:00")) is None
    assert reach.quiet_end(datetime.fromisoformat("2026-11-27T12:00+07:00")) == datetime.fromisoformat(
        "2026-11-27T14:00+07:00"
    )
    assert Reach(user=officer, quiet_from=time(12), quiet_until=time(12)).quiet_end(datetime.now(UTC)) is None


def test_at_night_a_notice_waits_for_the_morning_outside_and_stands_in_the_application_at_once(
    officer: User, complaint_in: Callable[..., Complaint]
) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock:
        pks = notify([officer], "complaint_new", about=complaint_in(), transition=uuid4())
        deliver(pks)
        rows = {row.channel: row for row in Notification.objects.all()}
        assert (rows["in_app"].state, rows["email"].state) == ("sent", "pending")
        assert rows["email"].run_after == MORNING
        clock.move_to("2026-11-27T22:59:59Z")
        sweep()
        assert not mail.outbox
        clock.move_to("2026-11-27T23:00:03Z")
        sweep()
        assert len(mail.outbox) == 1


def test_an_emergency_leaves_at_night(officer: User, complaint_in: Callable[..., Complaint]) -> None:
    complaint = complaint_in()
    Complaint.objects.filter(pk=complaint.pk).update(urgency="immediate")
    complaint.refresh_from_db()
    with time_machine.travel(NIGHT, tick=False):
        deliver(notify([officer], "complaint_new", about=complaint, transition=uuid4()))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("haste", ["immediate", "normal"])
def test_a_message_whose_words_speak_of_danger_is_told_at_night(
    officer: User, cast: dict[str, User], haste: str
) -> None:
    said = ContactSaid("new_report", "hotline", "Somebody is held.")
    contact, _made = log_contact(said, by=cast["intake"], key="k-1")
    Contact.objects.filter(pk=contact.pk).update(turn=turn_of(haste, contact.received_at))
    contact.refresh_from_db()
    with time_machine.travel(NIGHT, tick=False):
        deliver(notify([cast["supervisor"]], "late_inbox", about=contact, transition=uuid4()))  # who reads the inbox
    assert len(mail.outbox) == (1 if haste == "immediate" else 0)


def test_a_retry_and_a_second_sending_wait_for_the_morning_too(
    officer: User, cast: dict[str, User], complaint_in: Callable[..., Complaint], told: Told
) -> None:
    with time_machine.travel(NIGHT, tick=False):
        row = told(officer, complaint_in(), "uncertain", "email", problem="stopped", attempts=1)
        send_again(row, by=cast["supervisor"])
        deliver([row.pk])
        row.refresh_from_db()
    assert not mail.outbox
    assert (row.state, row.attempts, row.run_after) == ("pending", 0, MORNING)


def test_who_wants_no_quiet_hours_has_none(officer: User, complaint_in: Callable[..., Complaint]) -> None:
    own.choose(officer, muted=[], quiet_from=None, quiet_until=None)
    with time_machine.travel(NIGHT, tick=False):
        deliver(notify([officer], "complaint_new", about=complaint_in(), transition=uuid4()))
    assert len(mail.outbox) == 1


def test_what_is_off_is_not_written_and_the_application_is_always_on(
    officer: User, complaint_in: Callable[..., Complaint]
) -> None:
    own.choose(officer, muted=["work.email"], quiet_from=None, quiet_until=None)
    notify([officer], "complaint_new", about=complaint_in(), transition=uuid4())
    notify([officer], "closed", about=complaint_in(), transition=uuid4())
    rows = Notification.objects.values_list("kind", "channel")
    assert sorted(rows) == [("closed", "email"), ("closed", "in_app"), ("complaint_new", "in_app")]


def test_choosing_on_the_page(client: Client, officer: User) -> None:
    said = {"work": ["email"], "decide": ["email"], "quiet_from": "២០:០០", "quiet_until": "05:30"}
    assert client.post(OWN, said).status_code == 302
    reach = own.reach_of(officer)
    assert reach.muted == ["news.email", "time.email"]
    assert (reach.quiet_from, reach.quiet_until) == (time(20), time(5, 30))
    text = client.get(OWN).text
    assert 'value="20:00"' in text
    assert 'value="05:30"' in text


def test_a_channel_the_page_did_not_show_keeps_its_choice(client: Client, officer: User) -> None:
    own.choose(officer, muted=["news.sms"], quiet_from=None, quiet_until=None)
    client.post(OWN, {"work": ["email"], "decide": ["email"], "time": ["email"], "news": ["email"]})
    assert own.reach_of(officer).muted == ["news.sms"]


@pytest.mark.parametrize("hours", [("21:00", ""), ("", "06:00"), ("25:00", "06:00"), ("x", "y")])
def test_half_a_quiet_time_comes_back_with_words(client: Client, officer: User, hours: tuple[str, str]) -> None:
    answer = client.post(OWN, {"quiet_from": hours[0], "quiet_until": hours[1]})
    assert answer.status_code == 400
    assert not Reach.objects.exists()


def test_a_notice_costs_the_same_for_one_and_for_twenty(
    officer: User, complaint_in: Callable[..., Complaint], django_assert_num_queries: Any
) -> None:
    complaint, people = complaint_in(), list(User.objects.filter(is_active=True).exclude(role="system"))
    for group in (people[:1], people):
        with django_assert_num_queries(4):  # savepoint, choices, rows, release
            notify(group, "complaint_new", about=complaint, transition=uuid4())

"""The outbox: a notice is written with what it is about, delivered once, tried again when that is safe."""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from notifications.delivery import deliver, deliver_outside, sweep
from notifications.models import Notification
from notifications.services import notify
from tests.notifications.conftest import Told

REFUSING, BREAKING, DEAF = (f"tests.notifications.test_outbox.{name}" for name in ("Refusing", "Breaking", "Deaf"))


class Refusing(BaseEmailBackend):
    """A mail server that answers no."""

    def send_messages(self, messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"unknown")})


class Breaking(BaseEmailBackend):
    """A line that breaks after the message was handed over."""

    def send_messages(self, messages: Any) -> int:
        raise smtplib.SMTPServerDisconnected("gone")


class Deaf(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def open(self) -> bool:
        raise ConnectionRefusedError


@pytest.fixture
def officer(cast: dict[str, User]) -> User:
    return cast["officer.psh"]


@pytest.fixture
def complaint(complaint_in: Callable[..., Complaint]) -> Complaint:
    return complaint_in()


def later(seconds: float) -> None:
    """Let all waiting notices become that much older."""
    Notification.objects.update(run_after=timezone.now() - timedelta(seconds=seconds))


def test_one_row_for_each_channel_and_recipient(cast: dict[str, User], complaint: Complaint) -> None:
    notify([cast["officer.psh"], cast["supervisor"]], "complaint_new", about=complaint, transition=uuid4())
    rows = Notification.objects.values_list("recipient__username", "channel", "state")
    assert sorted(rows) == [
        ("officer.psh", "email", "pending"),
        ("officer.psh", "in_app", "pending"),
        ("supervisor", "email", "pending"),
        ("supervisor", "in_app", "pending"),
    ]


def test_the_same_step_told_twice_is_one_notice(officer: User, complaint: Complaint) -> None:
    step = uuid4()
    notify([officer, officer], "complaint_new", about=complaint, transition=step)
    notify([officer], "complaint_new", about=complaint, transition=step)
    assert Notification.objects.count() == 2


def test_a_rollback_takes_the_notice_with_it(officer: User, complaint: Complaint) -> None:
    with transaction.atomic():
        notify([officer], "complaint_new", about=complaint, transition=uuid4())
        transaction.set_rollback(True)
    assert not Notification.objects.exists()


def test_a_closed_account_is_not_told_and_one_without_address_only_in_the_application(
    cast: dict[str, User], complaint: Complaint
) -> None:
    cast["supervisor"].is_active, cast["officer.psh"].email = False, ""
    notify([cast["supervisor"], cast["officer.psh"]], "complaint_new", about=complaint, transition=uuid4())
    assert list(Notification.objects.values_list("recipient__username", "channel")) == [("officer.psh", "in_app")]


def test_a_kind_about_another_model_is_refused(officer: User, complaint: Complaint) -> None:
    with pytest.raises(ValueError, match="victim"):
        notify([officer], "rescue_recorded", about=complaint, transition=uuid4())


def test_in_the_application_it_is_delivered_once(officer: User, complaint: Complaint) -> None:
    (pk,) = notify([officer], "complaint_new", about=complaint, transition=uuid4(), channels=["in_app"])
    deliver([pk])
    deliver([pk])
    row = Notification.objects.get(pk=pk)
    assert (row.state, row.attempts) == ("sent", 1)


def test_an_email_is_sent_once(officer: User, complaint: Complaint) -> None:
    (pk,) = notify([officer], "complaint_new", about=complaint, transition=uuid4(), channels=["email"])
    deliver([pk])
    deliver([pk])
    assert len(mail.outbox) == 1
    assert Notification.objects.get(pk=pk).state == "sent"


def test_of_two_workers_that_see_an_email_waiting_one_sends_it(officer: User, complaint: Complaint) -> None:
    (pk,) = notify([officer], "complaint_new", about=complaint, transition=uuid4(), channels=["email"])
    first, second = Notification.objects.get(pk=pk), Notification.objects.get(pk=pk)
    assert deliver_outside(first) is not None
    assert deliver_outside(second) is None
    assert len(mail.outbox) == 1


def test_a_recipient_whose_account_was_closed_since_gets_nothing(officer: User, complaint: Complaint) -> None:
    pks = notify([officer], "complaint_new", about=complaint, transition=uuid4())
    User.objects.filter(pk=officer.pk).update(is_active=False)
    deliver(pks)
    assert not mail.outbox
    assert set(Notification.objects.values_list("state", "problem")) == {("failed", "inactive")}


def test_no_email_goes_out_about_a_complaint_that_was_sealed_since(officer: User, complaint: Complaint) -> None:
    (pk,) = notify([officer], "complaint_new", about=complaint, transition=uuid4(), channels=["email"])
    Complaint.objects.filter(pk=complaint.pk).update(handling="sealed")
    deliver([pk])
    assert not mail.outbox
    assert Notification.objects.get(pk=pk).problem == "unseen"
    assert not Notification.objects.troubled().exists()


@pytest.mark.parametrize(
    ("server", "state", "problem"),
    [(REFUSING, "failed", "refused"), (BREAKING, "uncertain", "broken_off"), (DEAF, "pending", "unreachable")],
)
def test_what_a_mail_server_does_is_told_apart(
    officer: User, complaint: Complaint, settings: Any, server: str, state: str, problem: str
) -> None:
    settings.EMAIL_BACKEND = server
    (pk,) = notify([officer], "complaint_new", about=complaint, transition=uuid4(), channels=["email"])
    deliver([pk])
    row = Notification.objects.get(pk=pk)
    assert (row.state, row.problem) == (state, problem)


def test_an_unreachable_server_is_tried_later_and_later_and_then_given_up(
    officer: User, complaint: Complaint, settings: Any
) -> None:
    settings.EMAIL_BACKEND, settings.NOTIFICATION_ATTEMPTS = DEAF, 3
    (pk,) = notify([officer], "complaint_new", about=complaint, transition=uuid4(), channels=["email"])
    waits = []
    for _attempt in range(3):
        later(0)
        deliver([pk])
        waits.append(round((Notification.objects.get(pk=pk).run_after - timezone.now()).total_seconds()))
    assert waits == [15, 30, 60]
    assert Notification.objects.get(pk=pk).state == "failed"


def test_the_sweep_delivers_what_no_bell_rang_for(officer: User, complaint: Complaint) -> None:
    notify([officer], "complaint_new", about=complaint, transition=uuid4())
    sweep()
    assert not mail.outbox, "the bell has its grace"
    later(3)
    sweep()
    sweep()
    assert len(mail.outbox) == 1
    assert list(Notification.objects.values_list("state", "attempts")) == [("sent", 1)] * 2


def test_the_sweep_stops_at_a_mail_server_that_is_away(officer: User, complaint: Complaint, settings: Any) -> None:
    settings.EMAIL_BACKEND = DEAF
    for _number in range(3):
        notify([officer], "complaint_new", about=complaint, transition=uuid4(), channels=["email"])
    later(3)
    sweep()
    assert sorted(Notification.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_an_attempt_whose_worker_is_gone_becomes_uncertain_and_is_not_sent_again(
    officer: User, complaint: Complaint, told: Told
) -> None:
    young = told(officer, complaint, "attempting", "email")
    sweep()
    young.refresh_from_db()
    assert young.state == "attempting"
    Notification.objects.update(attempted_at=timezone.now() - timedelta(minutes=1))
    later(60)
    sweep()
    sweep()
    young.refresh_from_db()
    assert (young.state, young.problem) == ("uncertain", "stopped")
    assert not mail.outbox


def test_the_database_refuses_a_notice_in_the_application_that_is_uncertain(
    officer: User, complaint: Complaint, told: Told
) -> None:
    with pytest.raises(IntegrityError, match="notification_in_app_is_certain"):
        told(officer, complaint, "uncertain", "in_app")


class Bursting(BaseEmailBackend):
    """A mail server whose library fails in a way nobody thought of, at the first message."""

    burst = True

    def send_messages(self, messages: Any) -> int:
        if Bursting.burst:
            Bursting.burst = False
            raise ZeroDivisionError
        return len(messages)


@pytest.mark.parametrize("way", ["sweep", "deliver"])
def test_one_notice_that_breaks_stops_none_behind_it(
    way: str, officer: User, complaint_in: Callable[..., Complaint], told: Told, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Bursting"
    Bursting.burst = True
    rows = [told(officer, complaint_in(), "pending", "email") for _notice in range(2)]
    later(900)
    if way == "sweep":
        sweep()
    else:
        deliver([row.pk for row in rows])
    states = Notification.objects.filter(pk__in=[row.pk for row in rows]).values_list("state", flat=True)
    assert sorted(states) == ["attempting", "sent"]

"""What failed or is uncertain is shown to the supervisor, who decides; nothing is sent again by itself."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint
from notifications.delivery import deliver
from notifications.models import Notification
from tests.notifications.conftest import Told

DELIVERIES = "/notifications/delivery/"
BACKEND = "accounts.backends.ActiveUserBackend"


@pytest.fixture
def supervisor(cast: dict[str, User], client: Client) -> User:
    client.force_login(cast["supervisor"], backend=BACKEND)
    return cast["supervisor"]


@pytest.fixture
def uncertain(cast: dict[str, User], complaint_in: Callable[..., Complaint], told: Told) -> Notification:
    return told(cast["officer.psh"], complaint_in(), "uncertain", "email", problem="stopped", attempts=1)


def test_uncertain_and_failed_are_listed_and_sent_ones_are_not(
    client: Client, supervisor: User, uncertain: Notification, complaint_in: Callable[..., Complaint], told: Told
) -> None:
    failed = told(uncertain.recipient, complaint_in(), "failed", "email", problem="refused")
    sent = told(uncertain.recipient, complaint_in(), "sent", "email")
    text = client.get(DELIVERIES).text
    assert uncertain.reference in text
    assert failed.reference in text
    assert sent.reference not in text


def test_send_again_sends_the_same_message_once_more(client: Client, supervisor: User, uncertain: Notification) -> None:
    assert client.post(f"{DELIVERIES}{uncertain.pk}/", {"step": "send_again"}).status_code == 302
    deliver([uncertain.pk])
    uncertain.refresh_from_db()
    assert uncertain.state == "sent"
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [uncertain.message_id]
    assert AuditEvent.objects.filter(verb="notification_send_again", actor_id=str(supervisor.pk)).count() == 1


def test_it_arrived_ends_it(client: Client, supervisor: User, uncertain: Notification) -> None:
    client.post(f"{DELIVERIES}{uncertain.pk}/", {"step": "it_arrived"})
    uncertain.refresh_from_db()
    assert uncertain.state == "sent"
    assert not mail.outbox
    assert AuditEvent.objects.filter(verb="notification_arrived").count() == 1


def test_what_somebody_else_has_dealt_with_is_a_conflict(
    client: Client, supervisor: User, uncertain: Notification
) -> None:
    client.post(f"{DELIVERIES}{uncertain.pk}/", {"step": "it_arrived"})
    assert client.post(f"{DELIVERIES}{uncertain.pk}/", {"step": "send_again"}).status_code == 409


def test_an_unknown_step_is_refused(client: Client, supervisor: User, uncertain: Notification) -> None:
    assert client.post(f"{DELIVERIES}{uncertain.pk}/", {"step": "delete"}).status_code == 400
    assert client.post(f"{DELIVERIES}{uncertain.pk}/").status_code == 400


def test_a_notice_about_a_sealed_complaint_does_not_exist_for_the_supervisor(
    client: Client, supervisor: User, cast: dict[str, User], complaint_in: Callable[..., Complaint], told: Told
) -> None:
    row = told(cast["integrity"], complaint_in(handling="sealed"), "failed", "email")
    assert row.reference not in client.get(DELIVERIES).text
    assert client.post(f"{DELIVERIES}{row.pk}/", {"step": "it_arrived"}).status_code == 404


def test_the_integrity_officer_sees_what_failed_about_sealed_complaints_and_nothing_else(
    client: Client, cast: dict[str, User], complaint_in: Callable[..., Complaint], uncertain: Notification, told: Told
) -> None:
    sealed = told(cast["integrity2"], complaint_in(handling="sealed"), "failed", "email")
    client.force_login(cast["integrity"], backend=BACKEND)
    text = client.get(DELIVERIES).text
    assert sealed.reference in text
    assert uncertain.reference not in text


@pytest.mark.parametrize("username", ["officer.psh", "intake", "analyst", "admin", "partner"])
def test_others_may_not_look(client: Client, cast: dict[str, User], uncertain: Notification, username: str) -> None:
    client.force_login(cast[username], backend=BACKEND)
    assert client.get(DELIVERIES).status_code == 403
    assert client.post(f"{DELIVERIES}{uncertain.pk}/", {"step": "it_arrived"}).status_code == 403

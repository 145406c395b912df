"""What failed or is uncertain is shown to the supervisor, who decides; nothing is sent again by itself."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

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


def test_filters_by_channel_state_and_kind(
    client: Client, supervisor: User, uncertain: Notification, complaint_in: Callable[..., Complaint], told: Told
) -> None:
    texted = told(uncertain.recipient, complaint_in(), "failed", "email", problem="refused")
    Notification.objects.filter(pk=texted.pk).update(channel="sms")
    sent = told(uncertain.recipient, complaint_in(), "sent", "email")
    wanted = {
        "channel=sms": {texted},
        "state=uncertain": {uncertain},
        "state=sent": {sent},
        "state=sent&channel=sms": set(),
        "kind=complaint_new": {texted, uncertain},
        "kind=closed": set(),
        "state=nonsense": set(),
    }
    for query, rows in wanted.items():
        text = client.get(f"{DELIVERIES}?{query}").text
        assert {row for row in (texted, uncertain, sent) if row.reference in text} == rows, query


def test_counts_of_seven_days_lead_to_their_notices(
    client: Client,
    supervisor: User,
    uncertain: Notification,
    cast: dict[str, User],
    complaint_in: Callable[..., Complaint],
    told: Told,
) -> None:
    told(cast["integrity2"], complaint_in(handling="sealed"), "uncertain", "email")
    old = told(uncertain.recipient, complaint_in(), "uncertain", "email")
    Notification.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    text = client.get(DELIVERIES).text
    cell = re.search(r'href="[^"]*\?state=uncertain&amp;channel=email">([^<]+)<', text)
    assert cell
    assert cell[1] in {"1", "១"}


def test_several_are_settled_at_once_and_what_somebody_dealt_with_is_left(
    client: Client, supervisor: User, uncertain: Notification, complaint_in: Callable[..., Complaint], told: Told
) -> None:
    other = told(uncertain.recipient, complaint_in(), "uncertain", "email")
    done = told(uncertain.recipient, complaint_in(), "sent", "email")
    said = {"pk": [str(row.pk) for row in (uncertain, other, done)], "step": "it_arrived"}
    assert client.post(f"{DELIVERIES}steps/", said).status_code == 302
    assert set(Notification.objects.values_list("state", flat=True)) == {"sent"}
    assert AuditEvent.objects.filter(verb="notification_arrived").count() == 2


def test_several_settled_at_once_are_those_the_reader_sees(
    client: Client, supervisor: User, cast: dict[str, User], complaint_in: Callable[..., Complaint], told: Told
) -> None:
    sealed = told(cast["integrity"], complaint_in(handling="sealed"), "failed", "email")
    client.post(f"{DELIVERIES}steps/", {"pk": [str(sealed.pk)], "step": "send_again"})
    sealed.refresh_from_db()
    assert sealed.state == "failed"


@pytest.mark.parametrize("said", [{"pk": "x", "step": "it_arrived"}, {"step": "delete"}, {}])
def test_what_no_page_sends_is_refused(client: Client, supervisor: User, said: dict[str, str]) -> None:
    assert client.post(f"{DELIVERIES}steps/", said).status_code == 400


def test_the_api_lists_counts_and_settles(client: Client, supervisor: User, uncertain: Notification) -> None:
    (row,) = client.get("/api/v1/deliveries/?channel=email").json()["results"]
    assert (row["id"], row["state"], row["reference"]) == (str(uncertain.pk), "uncertain", uncertain.reference)
    assert client.get(f"/api/v1/deliveries/{uncertain.pk}/").json() == row
    assert client.get("/api/v1/deliveries/counts/").json() == [{"channel": "email", "state": "uncertain", "n": 1}]
    said = {"step": "send_again", "ids": [str(uncertain.pk)]}
    assert client.post("/api/v1/deliveries/steps/", said, content_type="application/json").json() == {
        "done": 1,
        "left": 0,
    }
    assert client.get("/api/v1/deliveries/?state=pending").json()["results"][0]["id"] == str(uncertain.pk)


def test_the_list_costs_the_same_for_one_and_for_ten(
    client: Client, supervisor: User, uncertain: Notification, complaint_in: Callable[..., Complaint], told: Told
) -> None:
    asked = []
    for _more in range(2):
        client.get(DELIVERIES)
        with CaptureQueriesContext(connection) as queries:
            client.get(DELIVERIES)
        asked.append(len(queries))
        for _row in range(9):
            told(uncertain.recipient, complaint_in(), "failed", "email", problem="refused")
    assert asked[0] == asked[1] <= 12

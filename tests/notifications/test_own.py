"""A telephone or chat is used once a code came back from there; nobody but its owner ever sees it."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from core.exceptions import Conflict
from core.sealed import open_sealed
from notifications import own
from notifications.delivery import deliver
from notifications.models import Notification, Proof, Reach
from notifications.services import notify
from tests.notifications.service import Service

OWN, API = "/notifications/own/", "/api/v1/own-notices/"
BACKEND = "accounts.backends.ActiveUserBackend"


@pytest.fixture
def officer(cast: dict[str, User], client: Client) -> User:
    client.force_login(cast["officer.psh"], backend=BACKEND)
    return cast["officer.psh"]


def code_in(service: Service) -> str:
    found = re.search(r"\d{6}", service.said[-1]["text"])
    assert found
    return found[0]


def test_a_telephone_is_used_once_its_code_came_back(
    client: Client, officer: User, at: Callable[..., Service], complaint_in: Callable[..., Complaint]
) -> None:
    service = at("ok")
    assert client.post(f"{OWN}sms/", {"value": "០១២ ៣៤៥ ៦៧៨"}).status_code == 302
    assert service.said[0]["to"] == "+85512345678"
    assert own.reach_of(officer).proved_at("sms") is None
    client.post(f"{OWN}sms/confirm/", {"code": code_in(service)})
    pks = notify([officer], "complaint_new", about=complaint_in(), transition=uuid4(), channels=["sms"])
    deliver(pks)
    assert [row.state for row in Notification.objects.all()] == ["sent"]
    assert service.said[-1]["to"] == "+85512345678"
    assert service.took[-1]["headers"]["idempotency-key"] == pks[0].hex


def test_a_message_names_no_reference_no_place_and_no_person(
    officer: User, at: Callable[..., Service], proved: Callable[..., Reach], complaint_in: Callable[..., Complaint]
) -> None:
    service = at("ok")
    proved(officer)
    User.objects.filter(pk=officer.pk).update(language="en")
    deliver(notify([officer], "complaint_new", about=complaint_in(), transition=uuid4(), channels=["sms"]))
    assert service.said == [{"to": "+85512345678", "text": "1 new item. Sign in: http://127.0.0.1:8000"}]


def test_five_wrong_codes_use_a_code_up_even_for_who_then_types_the_right_one(
    client: Client, officer: User, at: Callable[..., Service]
) -> None:
    service = at("ok")
    client.post(f"{OWN}sms/", {"value": "012 345 678"})
    right = code_in(service)
    wrong = "000000" if right != "000000" else "111111"
    for _try in range(5):
        assert client.post(f"{OWN}sms/confirm/", {"code": wrong}).status_code == 302
    assert client.post(f"{OWN}sms/confirm/", {"code": right}).status_code == 409
    assert not Reach.objects.filter(phone_at__isnull=False).exists()


def test_a_code_is_good_for_ten_minutes_and_for_one_time(officer: User, at: Callable[..., Service]) -> None:
    service = at("ok")
    with time_machine.travel("2026-11-27T03:00:00Z", tick=False) as clock:
        own.offer_address(officer, "sms", "012 345 678")
        clock.shift(timedelta(minutes=10))
        with pytest.raises(Conflict):
            own.confirm_address(officer, "sms", code_in(service))
        own.offer_address(officer, "sms", "012 345 678")
        assert own.confirm_address(officer, "sms", code_in(service))
        with pytest.raises(Conflict):
            own.confirm_address(officer, "sms", code_in(service))


def test_codes_are_few(officer: User, at: Callable[..., Service]) -> None:
    service = at("ok")
    with time_machine.travel("2026-11-27T03:00:00Z", tick=False) as clock:
        own.offer_address(officer, "sms", "012 345 678")
        with pytest.raises(Conflict):
            own.offer_address(officer, "sms", "012 345 679")
        for _time in range(4):
            clock.shift(timedelta(seconds=61))
            own.offer_address(officer, "sms", "012 345 678")
        clock.shift(timedelta(seconds=61))
        own.remove_address(officer, "sms")
        with pytest.raises(Conflict):
            own.offer_address(officer, "sms", "012 345 678")
    assert len(service.took) == 5


def test_a_new_number_takes_the_place_of_the_old_one_only_when_it_is_proved(
    officer: User, at: Callable[..., Service], proved: Callable[..., Reach]
) -> None:
    service = at("ok")
    proved(officer)
    own.offer_address(officer, "sms", "098 765 432")
    assert open_sealed(own.reach_of(officer), "phone") == "+85512345678"
    own.confirm_address(officer, "sms", code_in(service))
    assert open_sealed(own.reach_of(officer), "phone") == "+85598765432"


@pytest.mark.parametrize("value", ["", "12", "not a number", "x" * 300])
def test_what_is_no_number_comes_back_with_words(client: Client, officer: User, value: str) -> None:
    answer = client.post(f"{OWN}sms/", {"value": value})
    assert answer.status_code == 400
    assert not Proof.objects.exists()


def test_a_chat_is_a_number(officer: User, at: Callable[..., Service]) -> None:
    at("ok", "telegram")
    with pytest.raises(ValidationError):
        own.offer_address(officer, "telegram", "@someone")
    assert own.offer_address(officer, "telegram", "-1001234").channel == "telegram"


def test_a_code_that_could_not_be_sent_is_said_so_and_counts(
    client: Client, officer: User, at: Callable[..., Service]
) -> None:
    service = at("500")
    with time_machine.travel("2026-11-27T03:00:00Z", tick=False) as clock:
        for asked in range(1, 6):
            assert client.post(f"{OWN}sms/", {"value": "012 345 678"}).status_code == 409
            proof = Proof.objects.get(user=officer, channel="sms")
            assert (proof.codes, proof.waits(timezone.now())) == (asked, False)
            assert client.post(f"{OWN}sms/", {"value": "012 345 678"}).status_code == 409  # too soon: none is sent
            clock.shift(timedelta(seconds=61))
        body = {"channel": "sms", "value": "012 345 678"}
        assert client.post(f"{API}address/", body, content_type="application/json").status_code == 409
    assert len(service.took) == 5
    assert resolve(f"{OWN}sms/").func._non_atomic_requests == {"default"}  # counted for good before it is sent


def test_the_database_shows_neither_number_nor_code(officer: User, at: Callable[..., Service]) -> None:
    service = at("ok")
    own.offer_address(officer, "sms", "012 345 678")
    code = code_in(service)
    own.confirm_address(officer, "sms", code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT r::text, p::text FROM notifications_reach r, notifications_proof p")
        (row,) = cursor.fetchall()
        cursor.execute("SELECT string_agg(e::text, ' ') FROM audit_event e")
        told = cursor.fetchone()[0]
    for said in (*row, told):
        assert "12345678" not in said
        assert b"12345678".hex() not in said


def test_nobody_sees_or_removes_what_is_anothers(
    client: Client, cast: dict[str, User], officer: User, proved: Callable[..., Reach]
) -> None:
    proved(cast["supervisor"])
    assert "678" not in client.get(OWN).text.partition("<main")[2]
    client.post(f"{OWN}sms/remove/")
    assert own.reach_of(cast["supervisor"]).proved_at("sms")


def test_the_api_has_the_same_acts(client: Client, officer: User, at: Callable[..., Service]) -> None:
    service = at("ok")
    said = {"channel": "sms", "value": "012 345 678"}
    answer = client.post(f"{API}address/", said, content_type="application/json")
    assert (answer.status_code, answer.json()["ways"][0]["code_waits"]) == (201, True)
    wrong = {"channel": "sms", "code": "x"}
    assert client.post(f"{API}address/confirm/", wrong, content_type="application/json").json() == {"confirmed": False}
    right = {"channel": "sms", "code": code_in(service)}
    assert client.post(f"{API}address/confirm/", right, content_type="application/json").json() == {"confirmed": True}
    assert client.get(API).json()["ways"][0]["proved_at"]
    choice = {"muted": ["news.sms"], "quiet_from": "20:00", "quiet_until": "05:30"}
    shown = client.post(f"{API}choice/", choice, content_type="application/json").json()
    assert {name: shown[name] for name in choice} == choice
    gone = client.post(f"{API}address/remove/", {"channel": "sms"}, content_type="application/json").json()
    assert gone["ways"][0]["proved_at"] is None


def test_an_address_removed_while_a_notice_waits_gets_none(
    officer: User, at: Callable[..., Service], proved: Callable[..., Reach], complaint_in: Callable[..., Complaint]
) -> None:
    service = at("ok")
    proved(officer)
    pks = notify([officer], "complaint_new", about=complaint_in(), transition=uuid4(), channels=["sms"])
    own.remove_address(officer, "sms")
    deliver(pks)
    assert list(Notification.objects.values_list("state", "problem")) == [("failed", "no_address")]
    assert not service.took


@pytest.mark.parametrize(
    ("behaviour", "state"),
    [
        ("500", "pending"),
        ("429", "pending"),
        ("401", "pending"),
        ("redirect", "pending"),
        ("bad", "failed"),
        ("drop", "uncertain"),
    ],
)
def test_a_notice_stands_as_the_gateway_left_it(
    officer: User,
    at: Callable[..., Service],
    proved: Callable[..., Reach],
    complaint_in: Callable[..., Complaint],
    behaviour: str,
    state: str,
) -> None:
    at(behaviour)
    proved(officer)
    deliver(notify([officer], "complaint_new", about=complaint_in(), transition=uuid4(), channels=["sms"]))
    row = Notification.objects.get()
    assert (row.state, row.attempts) == (state, 1)
    assert (row.run_after > timezone.now() + timedelta(seconds=10)) or state != "pending"


def test_a_number_offered_too_soon_stays_in_the_form_with_why(
    client: Client, officer: User, at: Callable[..., Service]
) -> None:
    at("ok")
    assert client.post(f"{OWN}sms/", {"value": "012 345 678"}).status_code == 302
    again = client.post(f"{OWN}sms/", {"value": "012 345 679"}, headers={"accept-language": "en"})
    assert again.status_code == 409
    page = again.content.decode()
    assert 'value="012 345 679"' in page
    assert "Wait a minute" in page
    assert 'id="choice"' in page


def test_a_code_that_is_used_up_stays_in_the_form_with_why(client: Client, officer: User) -> None:
    refused = client.post(f"{OWN}sms/confirm/", {"code": "123456"}, headers={"accept-language": "en"})
    assert refused.status_code == 409
    assert 'id="choice"' in refused.content.decode()


@pytest.mark.parametrize("value", ["31/12/9999", "1/1/0001", "2026-13-45", "0912345678"])
def test_codes_go_to_no_day_and_to_no_number_that_cannot_be(client: Client, officer: User, value: str) -> None:
    assert client.post(f"{OWN}sms/", {"value": value}).status_code == 400
    assert not Proof.objects.exists()

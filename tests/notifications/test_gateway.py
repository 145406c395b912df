"""A gateway of another process, well or badly behaved: what is known afterwards, and what a letter shows."""

import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.embedded.ports import free_port
from core.exceptions import Conflict
from notifications.gateway import send, send_code
from notifications.wire import Letter, post
from tests.notifications.service import Service

NUMBER = "+85512345678"


@pytest.mark.parametrize(
    ("behaviour", "state", "problem"),
    [
        ("ok", "sent", ""),
        ("created", "sent", ""),
        ("flood", "sent", ""),
        ("bad", "failed", "refused"),
        ("410", "failed", "refused"),
        ("401", "pending", "refused"),
        ("429", "pending", "refused"),
        ("500", "pending", "refused"),
        ("redirect", "pending", "refused"),
        ("drop", "uncertain", "broken_off"),
        ("garbage", "uncertain", "broken_off"),
    ],
)
def test_what_a_gateway_answers_is_what_is_known(
    at: Callable[..., Service], behaviour: str, state: str, problem: str
) -> None:
    service = at(behaviour)
    outcome = send("sms", NUMBER, "x", key="k")
    assert (outcome.state, outcome.problem) == (state, problem)
    assert [line["path"] for line in service.took] == [f"/{behaviour}"]


@pytest.mark.parametrize("behaviour", ["slow", "trickle"])
def test_nobody_waits_longer_than_its_seconds(process: Service, behaviour: str) -> None:
    began = time.monotonic()
    answer = post(Letter(process.url(behaviour), b"{}", seconds=1.0))
    assert time.monotonic() - began < 6, "slow takes 8 seconds, trickle 16"
    assert (answer.status, answer.reached) == (0, True)


def test_a_gateway_that_is_not_there_took_nothing(at: Callable[..., Service]) -> None:
    at(f"http://127.0.0.1:{free_port()}/")
    assert send("sms", NUMBER, "x", key="k").state == "pending"


def test_a_code_is_said_in_the_language_asked_for_else_in_khmer(at: Callable[..., Service]) -> None:
    service = at("ok")
    for language in ("en", "km", ""):
        send_code(NUMBER, "123456", language)
    english, khmer, default = service.said
    assert english == {"to": NUMBER, "text": "Code: 123456. Valid for 10 minutes. Tell it to nobody."}
    assert khmer == default
    assert "123456" in khmer["text"]
    assert "Code" not in khmer["text"]


@pytest.mark.parametrize("behaviour", ["500", "401", "bad", "redirect"])
def test_a_code_that_was_not_sent_is_said_so(at: Callable[..., Service], behaviour: str) -> None:
    at(behaviour)
    with pytest.raises(Conflict):
        send_code(NUMBER, "123456")


def test_a_code_that_may_have_arrived_can_be_typed(at: Callable[..., Service]) -> None:
    service = at("drop")
    send_code(NUMBER, "123456")
    assert len(service.took) == 1


def test_each_letter_carries_its_key_and_the_token(at: Callable[..., Service]) -> None:
    service = at("ok")
    send("sms", NUMBER, "x", key="row-1")
    headers = service.took[0]["headers"]
    assert headers["idempotency-key"] == "row-1"
    assert headers["authorization"] == "Bearer s3cret"
    assert headers["content-type"] == "application/json; charset=utf-8"


def test_telegrams_own_interface_takes_the_token_in_its_address(at: Callable[..., Service]) -> None:
    service = at("ok/bot{token}/sendMessage", "telegram")
    assert send("telegram", "99887766", "x", key="k").state == "sent"
    (letter,) = service.took
    assert letter["path"] == "/ok/bots3cret/sendMessage"
    assert "authorization" not in letter["headers"]
    assert json.loads(letter["body"]) == {"chat_id": "99887766", "text": "x"}


def test_a_server_without_gateway_says_so(settings: Any) -> None:
    settings.GATEWAYS = {"sms": {"url": "", "token": ""}}
    assert send("sms", NUMBER, "x", key="k").problem == "no_gateway"
    with pytest.raises(Conflict):
        send_code(NUMBER, "123456")


@pytest.mark.parametrize("url", ["http://gateway.example.org/", "ftp://127.0.0.1/", "gateway"])
def test_a_number_never_travels_in_the_clear(at: Callable[..., Service], url: str) -> None:
    at(url if "://" in url else f"{url}://")
    assert send("sms", NUMBER, "x", key="k").problem == "no_gateway"


@pytest.mark.parametrize("behaviour", ["ok", "drop", "garbage", "500"])
def test_no_log_shows_number_text_token_or_address(
    at: Callable[..., Service], behaviour: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    service = at(behaviour + "/bot{token}", "telegram")
    send("telegram", NUMBER, "654321 is your code", key="k")
    for word in (NUMBER, "654321", "s3cret", str(service.port)):
        assert word not in caplog.text


def test_a_demonstration_without_gateway_keeps_messages_as_files(settings: Any, tmp_path: Path) -> None:
    settings.GATEWAYS = {"sms": {"url": f"file:{tmp_path}/sms", "token": ""}}
    for text in ("one", "two"):
        assert send("sms", NUMBER, text, key="k").state == "sent"
    (file,) = (tmp_path / "sms").iterdir()
    assert (file.name, file.read_text()) == (f"{NUMBER}.txt", "one\ntwo\n")

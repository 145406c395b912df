"""What machines ask."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from config import health

pytestmark = pytest.mark.django_db


def test_alive(client: Client) -> None:
    assert client.get("/health/live").status_code == 200


def test_ready_names_what_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "CHECKS", {"database": health.database_answers, "places": lambda: False})
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() | {"broker": None} == {"ready": False, "database": True, "places": False, "broker": None}


def test_a_database_that_is_away_is_a_503_and_no_error(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> bool:
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "CHECKS", {"database": away})
    assert client.get("/health/ready").status_code == 503


def test_places_and_migrations_are_in(client: Client) -> None:
    assert health.migrations_are_in()
    assert health.places_are_in()


def test_a_session_is_not_made_by_asking(client: Client) -> None:
    assert client.get("/health/ready").cookies == {}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 200),
        ({"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404),
        ({"REMOTE_ADDR": "203.0.113.7"}, 404),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer right"}, 200),
    ],
)
def test_metrics_are_for_this_machine_or_a_token(
    client: Client, settings: Any, asked: dict[str, str], status: int
) -> None:
    settings.METRICS_TOKEN = "right"
    assert client.get("/metrics", **asked).status_code == status


def test_without_a_token_an_empty_bearer_is_nobody(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    asked = {"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer "}
    assert client.get("/metrics", **asked).status_code == 404

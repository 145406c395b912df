"""A program with a token, and complaints to ask for."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.services import make_token
from complaints.models import Complaint
from complaints.said import ComplaintSaid, PersonSaid, ReporterSaid
from complaints.services import register_complaint

COMPLAINTS = "/api/v1/complaints/"
VICTIMS = "/api/v1/victims/"
SAID = {"channel": "hotline", "narrative": "Nine workers are held on the sixth floor."}


@pytest.fixture
def program() -> Callable[..., APIClient]:
    """Give a client that speaks with a person's token (None: nobody), reading English."""

    def with_token(user: Any = None, **headers: str) -> APIClient:
        client = APIClient(headers={"accept-language": "en", **headers})
        if user is not None:
            client.credentials(HTTP_AUTHORIZATION=f"Token {make_token(user, days=1)}")
        return client

    return with_token


@pytest.fixture
def registered(intake: Any) -> Callable[..., Complaint]:
    """Register a complaint through the service, by intake, in Preah Sihanouk unless told otherwise."""
    count = iter(range(10_000))

    def register(**said: Any) -> Complaint:
        defaults: dict[str, Any] = {
            "channel": "hotline",
            "narrative": "Held on the sixth floor.",
            "province_of_incident": "18",
        }
        by = said.pop("by", intake)
        complaint, _made = register_complaint(
            ComplaintSaid(**{**defaults, **said}), by=by, key=f"test-{next(count):06}"
        )
        return complaint

    return register


@pytest.fixture
def complaint(registered: Callable[..., Complaint]) -> Complaint:
    """A complaint of Preah Sihanouk about two people, told by family."""
    people = (PersonSaid(name="Nguyễn Thị Lan", sex="female", age=17, nationality="VN"), PersonSaid())
    reporter = ReporterSaid(name="Trần Văn Bình", phone="012 345 678", relation="family")
    return registered(people=people, number=(2, 3, 9), reporter=reporter)

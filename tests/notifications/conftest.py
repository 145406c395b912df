"""The cast of these tests: the demonstration's people, and complaints told about."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_demo_users
from complaints.models import Complaint
from notifications.models import Notification, Reach
from notifications.services import notify
from tests.notifications.service import Service, serving

PSH, PP = "18", "12"
Told = Callable[..., Notification]


@pytest.fixture
def cast(db: None) -> dict[str, User]:
    return ensure_demo_users()


@pytest.fixture
def complaint_in(cast: dict[str, User]) -> Callable[..., Complaint]:
    def make(province: str = PSH, handling: str = "provincial") -> Complaint:
        return Complaint.objects.create(
            province_id=province,
            handling=handling,
            channel="hotline",
            narrative="Nine people on the sixth floor",
            received_at=timezone.now() - timedelta(minutes=5),
            logged_by=cast["intake"],
        )

    return make


@pytest.fixture
def told() -> Told:
    """Write a notice in a given state, as if its delivery had come that far."""

    def make(user: User, about: Complaint, state: str = "sent", channel: str = "in_app", **fields: Any) -> Notification:
        notify([user], "complaint_new", about=about, transition=uuid4(), channels=[channel])
        row = Notification.objects.get(recipient=user, reference=about.reference, channel=channel)
        row.state, row.attempted_at = state, timezone.now()
        row.sent_at = row.attempted_at if state == "sent" else None
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        return row

    return make


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The HTTP process that behaves like a gateway or push service."""
    with serving(tmp_path_factory.mktemp("gateway")) as service:
        yield service


@pytest.fixture
def at(process: Service, settings: Any) -> Callable[..., Service]:
    """Let the settings name the process, with one behaviour."""
    process.lines.unlink(missing_ok=True)

    def make(behaviour: str, channel: str = "sms", token: str = "s3cret") -> Service:
        url = behaviour if "://" in behaviour else process.url(behaviour)
        settings.GATEWAYS = {**settings.GATEWAYS, channel: {"url": url, "token": token}}
        return process

    return make


@pytest.fixture
def proved() -> Callable[..., Reach]:
    """Give a user a proved telephone or chat."""

    def make(user: User, **fields: Any) -> Reach:
        values = fields or {"phone": "+85512345678", "phone_at": timezone.now()}
        reach = Reach.objects.filter(user=user).first() or Reach(user=user)
        for name, value in values.items():
            setattr(reach, name, value)
        reach.save()
        return reach

    return make

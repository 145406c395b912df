"""Texts and browsers' notices under kills: a worker killed in mid-send leaves `uncertain` and nothing twice; a dead broker loses nothing."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_demo_users
from notifications.models import Notification, Reach
from tests.faults.fleet import Fleet, wait_until

pytestmark = pytest.mark.live
COUNT = 30


@pytest.fixture
def fleet(transactional_db: None, tmp_path: Path) -> Iterator[Fleet]:
    ensure_demo_users()
    for user in User.objects.filter(is_active=True):
        Reach(user=user, phone="+85512345678", phone_at=timezone.now()).save()
    ships = Fleet(tmp_path, gateway_seconds=0.4)
    yield ships
    ships.end()


def texts() -> "Counter[str]":
    return Counter(Notification.objects.filter(channel="sms").values_list("state", flat=True))


def keys(fleet: Fleet) -> list[str]:
    """The idempotency keys of what the gateway took, in order."""
    lines = fleet.letters.read_text().splitlines() if fleet.letters.exists() else []
    return [json.loads(line)["headers"]["Idempotency-Key"] for line in lines]


def test_a_worker_killed_in_mid_send_and_a_dead_broker_lose_no_text_and_double_none(fleet: Fleet) -> None:
    fleet.start("broker", "mail", "gateway", "worker", "beat")
    producer = fleet.produce(COUNT, rate=15)
    sending = Notification.objects.filter(channel="sms", state="attempting")
    wait_until(lambda: len(keys(fleet)) >= 4, 60, "the first texts")
    wait_until(sending.exists, 60, "a worker in mid-send", every=0.005)
    fleet.kill("worker")
    fleet.kill("broker")
    wait_until(lambda: sum(texts().values()) == COUNT, 60, "commits while the broker is down")
    fleet.start("broker", "worker")
    producer.communicate(timeout=60)
    wait_until(lambda: not texts()["pending"] and not texts()["attempting"], 120, "every text settled")
    arrived, states = keys(fleet), texts()
    sent = {pk.hex for pk in Notification.objects.filter(channel="sms", state="sent").values_list("pk", flat=True)}
    unclear = {
        pk.hex for pk in Notification.objects.filter(channel="sms", state="uncertain").values_list("pk", flat=True)
    }
    assert states["sent"] + states["uncertain"] == COUNT
    assert states["uncertain"] >= 1
    assert len(set(arrived)) == len(arrived), "a text was sent twice"
    assert sent <= set(arrived) <= sent | unclear

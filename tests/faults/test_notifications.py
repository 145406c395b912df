"""Each complaint tells one officer by two channels. Brokers, workers and beat are killed between commit and delivery: nothing is lost,
nothing is doubled in the application, and no e-mail is sent twice."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts.services import ensure_demo_users
from complaints.models import Complaint
from notifications.models import Notification
from tests.faults.fleet import Fleet, wait_until

pytestmark = pytest.mark.live


@pytest.fixture
def fleet(transactional_db: None, tmp_path: Path) -> Iterator[Fleet]:
    ensure_demo_users()
    ships = Fleet(tmp_path, mail_seconds=0.08)
    yield ships
    ships.end()


def finish(producer: "subprocess.Popen[str]", seconds: float) -> None:
    """Wait until everything is logged; a commit that waited for a dead broker would not let it end."""
    try:
        producer.communicate(timeout=seconds)
    finally:
        producer.kill()
    assert producer.returncode == 0


def in_mid_send() -> bool:
    return Notification.objects.filter(state="attempting").exists()


def settled(count: int) -> bool:
    waiting = Notification.objects.filter(state__in=("pending", "attempting"))
    return Notification.objects.count() == 2 * count and not waiting.exists()


def check_the_sums(fleet: Fleet, count: int) -> dict[str, Any]:
    """Every notice is where it belongs; return the counts."""
    in_app = Notification.objects.filter(channel="in_app")
    mails = Notification.objects.filter(channel="email")
    arrived, states = fleet.arrived(), Counter(mails.values_list("state", flat=True))
    known_sent = {row.message_id for row in mails.filter(state="sent")}
    known_uncertain = {row.message_id for row in mails.filter(state="uncertain")}
    assert Complaint.objects.count() == count
    assert in_app.filter(state="sent", attempts=1).count() == count
    assert states["sent"] + states["uncertain"] + states["failed"] == count
    assert len(set(arrived)) == len(arrived), "a message was sent twice"
    assert known_sent <= set(arrived) <= known_sent | known_uncertain
    return {"in_app": count, "arrived": len(arrived), **states}


def test_a_dead_broker_and_a_killed_worker_lose_nothing_and_double_nothing(fleet: Fleet) -> None:
    count = 60
    fleet.mail_seconds = 0.4  # long enough that the kill meets a letter under way, also on a machine that is busy
    fleet.start("broker", "mail", "worker", "beat")
    producer = fleet.produce(count, rate=20)
    wait_until(lambda: len(fleet.arrived()) >= 8, 60, "the first e-mails")
    wait_until(in_mid_send, 60, "a worker in mid-send", every=0.005)
    fleet.kill("worker")
    fleet.start("worker")
    fleet.kill("broker")
    wait_until(lambda: Notification.objects.count() >= 100, 60, "commits while the broker is down")
    fleet.start("broker")
    finish(producer, 60)
    wait_until(lambda: settled(count), 60, "every notice settled")
    assert check_the_sums(fleet, count)["uncertain"] >= 1


def test_what_was_committed_while_nothing_ran_is_delivered_afterwards(fleet: Fleet) -> None:
    finish(fleet.produce(10, rate=1000), 60)
    assert set(Notification.objects.values_list("state", flat=True)) == {"pending"}
    fleet.start("broker", "mail", "worker", "beat")
    wait_until(lambda: settled(10), 60, "every notice settled")
    assert check_the_sums(fleet, 10)["sent"] == 10


@pytest.mark.long
def test_three_kills_of_the_worker_and_one_of_all_over_400_notices(
    fleet: Fleet, capsys: pytest.CaptureFixture[str]
) -> None:
    count = 400
    fleet.start("broker", "mail", "worker", "beat")
    producer = fleet.produce(count, rate=25)
    for mails in (40, 120, 200):
        wait_until(lambda mails=mails: len(fleet.arrived()) >= mails, 120, f"{mails} e-mails")
        wait_until(in_mid_send, 60, "a worker in mid-send", every=0.005)
        fleet.kill("worker")
        fleet.start("worker")
    wait_until(lambda: len(fleet.arrived()) >= 280, 120, "280 e-mails")
    fleet.kill("broker", "beat", "worker")
    fleet.start("broker", "worker", "beat")
    finish(producer, 120)
    wait_until(lambda: settled(count), 180, "every notice settled")
    with capsys.disabled():
        sys.stdout.write(f"\n{count} notices by two channels, 4 kills of the worker: {check_the_sums(fleet, count)}\n")

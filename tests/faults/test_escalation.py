"""Two hundred complaints are late by all three levels. The worker is killed while it tells of them: everybody is told, once."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_demo_users
from complaints.models import Complaint, Escalation
from notifications.models import Notification
from tests.factories.cases import ComplaintFactory
from tests.faults.fleet import Fleet, wait_until

pytestmark = [pytest.mark.live, pytest.mark.long]
COUNT = 200


@pytest.fixture
def fleet(transactional_db: None, tmp_path: Path) -> Iterator[Fleet]:
    ensure_demo_users()
    ships = Fleet(tmp_path, mail_seconds=0.0, settings="tests.faults.clock_settings")
    yield ships
    ships.end()


def late() -> None:
    moment = timezone.now() - timedelta(days=3)
    intake = User.objects.get(username="intake")
    for n in range(COUNT):
        since = moment + timedelta(seconds=n)
        ComplaintFactory(urgency="immediate", received_at=since, clock_from=since, due_at=since, logged_by=intake)


def test_a_worker_killed_while_it_escalates_tells_nobody_twice_and_forgets_nobody(fleet: Fleet) -> None:
    late()
    fleet.start("broker", "mail", "worker", "beat")
    for reached in (25, 150, 325):
        wait_until(
            lambda reached=reached: Escalation.objects.count() >= reached, 120, f"{reached} escalations", every=0.005
        )
        fleet.kill("worker")
        fleet.start("worker")
    fleet.kill("broker", "worker")
    fleet.start("broker", "worker")
    wait_until(lambda: Escalation.objects.count() == 3 * COUNT, 180, "every level of every complaint")
    written = Counter(Escalation.objects.values_list("complaint_id", "stage", "level"))
    assert set(written.values()) == {1}
    assert {stage for _complaint, stage, _level in written} == {"acknowledge"}
    told = Counter(
        Notification.objects.filter(kind="late_acknowledge", channel="in_app").values_list(
            "reference", "recipient__username"
        )
    )
    assert set(told.values()) == {1}
    by_complaint = Counter(reference for reference, _name in told)
    assert set(by_complaint) == set(Complaint.objects.values_list("reference", flat=True))
    assert len(set(by_complaint.values())) == 1, "some complaint was told to fewer people"
    wait_until(lambda: not Notification.objects.filter(channel="in_app", state="pending").exists(), 60, "the bells")

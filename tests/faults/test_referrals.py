"""Two hundred referrals run out of time. Worker and broker are killed meanwhile: each expires once and is told of once."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_demo_users
from notifications.models import Notification
from referrals.models import Referral
from tests.factories.cases import ComplaintFactory
from tests.factories.referrals import PartnerFactory, ReferralFactory
from tests.faults.fleet import Fleet, wait_until
from workflow.models import Transition

pytestmark = [pytest.mark.live, pytest.mark.long]
COUNT = 200


@pytest.fixture
def fleet(transactional_db: None, tmp_path: Path) -> Iterator[Fleet]:
    ensure_demo_users()
    ships = Fleet(tmp_path, mail_seconds=0.0, settings="tests.faults.clock_settings")
    yield ships
    ships.end()


def waiting() -> None:
    officer, partner = User.objects.get(username="officer.psh"), PartnerFactory(kind="shelter")
    for n in range(COUNT):
        since = timezone.now() - timedelta(hours=6, seconds=n)  # reminder, limit and supervisors are all behind
        complaint = ComplaintFactory(due_at=timezone.now() + timedelta(days=9))
        ReferralFactory(complaint=complaint, to_partner=partner, sent_by=officer, received_at=since)


def test_killed_while_200_referrals_run_out_nothing_is_lost_and_nothing_told_twice(fleet: Fleet) -> None:
    waiting()
    fleet.start("broker", "mail", "worker", "beat")
    for reached in (20, 90, 150):
        wait_until(
            lambda reached=reached: Referral.objects.filter(status="expired").count() >= reached,
            120,
            f"{reached} expired",
            every=0.005,
        )
        fleet.kill("worker")
        fleet.start("worker")
    fleet.kill("broker", "worker")
    fleet.start("broker", "worker")
    wait_until(lambda: Referral.objects.filter(escalated_at__isnull=False).count() == COUNT, 180, "every escalation")
    assert Referral.objects.filter(status="expired").count() == COUNT  # nobody was dropped
    steps = Counter(Transition.objects.filter(step="expire").values_list("object_id", flat=True))
    assert (len(steps), set(steps.values())) == (COUNT, {1})
    for kind, username in (("referral_expired", "officer.psh"), ("referral_escalated", "supervisor")):
        told = Notification.objects.filter(kind=kind, channel="in_app", recipient__username=username)
        once = Counter(told.values_list("reference", flat=True))
        assert (len(once), set(once.values())) == (COUNT, {1}), kind
    wait_until(lambda: not Notification.objects.filter(channel="in_app", state="pending").exists(), 60, "the bells")

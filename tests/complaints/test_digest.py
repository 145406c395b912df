"""The digest of the day: one notice without content, to whom something is due, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import time_machine
from django.test import Client

from accounts.models import User
from complaints.models import Complaint, Digest, Limit
from complaints.services.digest import send_digests
from notifications.models import Notification
from tests.factories.accounts import UserFactory

Registered = Callable[..., Complaint]
MORNING = datetime.fromisoformat("2026-03-10T07:30:00+07:00")


def told() -> list[str]:
    rows = Notification.objects.filter(kind="digest", channel="in_app").order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_who_has_something_due_is_told_once_that_morning(
    registered: Registered, officer_psh: User, officer_pp: User, supervisor: User, admin: User
) -> None:
    with time_machine.travel(MORNING - timedelta(days=1), tick=False):
        registered()
    assert send_digests(MORNING - timedelta(minutes=1)) == 0
    assert send_digests(MORNING) == 2
    assert send_digests(MORNING + timedelta(hours=3)) == 0
    assert told() == ["officer.psh", "supervisor"]
    assert send_digests(MORNING + timedelta(days=1)) == 2
    assert Digest.objects.filter(user=officer_pp, n_items=0).count() == 2


def test_nothing_due_is_no_notice_and_the_hour_is_data(registered: Registered, officer_psh: User) -> None:
    Limit.objects.filter(name="digest_minute").update(number=360)
    assert send_digests(MORNING.replace(hour=6, minute=0)) == 0
    assert Digest.objects.exists()
    assert told() == []


def test_a_sealed_complaint_is_in_nobodys_count_but_the_integrity_units(
    registered: Registered, officer_psh: User, supervisor: User, integrity: User
) -> None:
    with time_machine.travel(MORNING - timedelta(days=3), tick=False):
        registered(official="The commander")
    send_digests(MORNING)
    assert told() == ["integrity"]


def test_the_notice_leads_its_reader_to_their_work_with_the_number(
    registered: Registered, officer_psh: User, browser: Callable[..., Client]
) -> None:
    with time_machine.travel(MORNING - timedelta(days=1), tick=False):
        registered()
        registered()
    send_digests(MORNING)
    mine = Digest.objects.get(user=officer_psh)
    page = browser(officer_psh).get(f"/complaints/digest/{mine.reference}/", follow=True)
    assert "2 items waited for you" in page.content.decode()
    assert browser(UserFactory(role="supervisor")).get(f"/complaints/digest/{mine.reference}/").status_code == 404

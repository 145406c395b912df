"""The clock of what waits in the inbox: data beside the other clocks, urgent and late first, told once a level, in the digest."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from complaints.models import Contact, Deadline, Escalation
from complaints.said import ContactSaid
from complaints.services import advance_contact, escalate, log_contact
from notifications.due import keys_due
from notifications.models import Notification
from tests.factories.accounts import DutyFactory, PostingFactory, UserFactory

Browser = Callable[..., Client]
HOUR = timedelta(hours=1)


@pytest.fixture
def monday() -> Iterator[datetime]:
    moment = datetime.fromisoformat("2026-03-09T08:00:00+07:00")
    with time_machine.travel(moment, tick=False):
        yield moment


@pytest.fixture
def on_duty(db: None) -> User:
    user = UserFactory(username="duty.intake", role="intake")
    PostingFactory(user=user, province_id="00", lead=False)
    DutyFactory(user=user, province_id="00", from_at=datetime.fromisoformat("2025-01-01T00:00:00+07:00"), until_at=None)
    return user


def log(by: User, key: str, urgency: str = "", **said: Any) -> Contact:
    words = {"kind": "new_report", "channel": "hotline", "narrative": "Somebody is held near the sea.", **said}
    return log_contact(ContactSaid(urgency=urgency, **words), by=by, key=key)[0]


def told() -> list[str]:
    rows = Notification.objects.filter(kind="late_inbox", channel="in_app")
    return sorted(rows.values_list("recipient__username", flat=True))


def test_the_limit_is_of_the_table_and_counts_office_hours_but_for_immediate_danger(
    monday: datetime, intake: User
) -> None:
    Deadline.objects.filter(stage="inbox", urgency="high").update(hours=5)
    found = {urgency: log(intake, urgency, urgency).due_at for urgency in ("immediate", "high", "normal")}
    tuesday = monday + timedelta(days=1)
    assert found == {
        "immediate": monday + HOUR,
        "high": monday.replace(hour=15, minute=30),
        "normal": tuesday.replace(hour=8, minute=30),
    }


def test_what_is_urgent_stands_first_then_what_is_late(monday: datetime, intake: User, browser: Browser) -> None:
    log(intake, "new", "normal", narrative="The newer one")
    log(intake, "old", "normal", narrative="The older one", received_at=monday - 120 * HOUR)
    log(intake, "now", "immediate", narrative="In danger")
    page = browser(intake).get("/contacts/").content.decode()
    places = [page.index(words) for words in ("In danger", "The older one", "The newer one")]
    assert places == sorted(places)
    assert page.count("sk-row--over") == 1
    late = browser(intake).get("/contacts/?late=over").content.decode()
    assert ("The older one" in late, "The newer one" in late) == (True, False)


def test_each_level_is_told_once_and_nobody_of_what_was_dealt_with(
    monday: datetime, intake: User, on_duty: User, supervisor: User, officer_psh: User
) -> None:
    row, done = log(intake, "one", "immediate"), log(intake, "two", "immediate")
    advance_contact(done, "answer", by=intake, note="Told where the office is.")
    assert escalate(row.due_at) == 0
    for _run in range(2):
        escalate(row.due_at + timedelta(seconds=1))
    assert told() == ["duty.intake"]
    for hours in (1, 4, 5):
        escalate(row.due_at + hours * HOUR + timedelta(seconds=1))
    assert told() == ["duty.intake", "supervisor"]
    assert list(Escalation.objects.order_by("level").values_list("contact", "level", "whom")) == [
        (row.pk, 1, "duty"),
        (row.pk, 2, "supervisors"),
        (row.pk, 3, "supervisors"),
    ]


def test_an_escalation_is_of_one_record(monday: datetime, intake: User, on_duty: User) -> None:
    row = log(intake, "one", "immediate")
    escalate(row.due_at + timedelta(seconds=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.update(contact=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=row.pk).update(due_at=None)


def test_brought_back_its_clock_runs_anew(monday: datetime, intake: User) -> None:
    row = log(intake, "one", "immediate")
    aside = advance_contact(row, "spam", by=intake, note="No word of anybody.")
    with time_machine.travel(monday + 48 * HOUR, tick=False):
        again = advance_contact(aside, "bring_back", by=intake)
    assert again.due_at == monday + 49 * HOUR


def test_the_page_of_what_is_late_shows_it_to_who_reads_the_inbox(
    monday: datetime, intake: User, supervisor: User, officer_psh: User, browser: Browser
) -> None:
    row = log(intake, "one", "immediate", narrative="Held in the north")
    with time_machine.travel(monday + 2 * HOUR, tick=False):
        page = browser(supervisor).get("/complaints/late/?late=inbox").content.decode()
        assert ("Held in the north" in page, "/contacts/?late=over" in page) == (True, True)
        assert browser(officer_psh).get("/complaints/late/?late=inbox").status_code == 400
        assert "inbox" not in browser(officer_psh).get("/complaints/late/").content.decode().partition("<main")[2]
        assert row.pk in keys_due(intake, timezone.now())
        assert row.pk not in keys_due(officer_psh, timezone.now())


def test_its_hours_stand_on_the_page_of_the_clocks(admin: User, browser: Browser) -> None:
    page = browser(admin).get("/clocks/").content.decode()
    for name in ("due_inbox_immediate", "due_inbox_normal", "tell_inbox_1", "tell_inbox_3"):
        assert f'name="{name}"' in page

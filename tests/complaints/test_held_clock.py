"""What is held apart and may be a danger has the clock of the inbox, from receipt; who lets it in, or holds it again, changes no limit."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.services import system_user
from complaints.models import Contact, Escalation
from complaints.said import ContactSaid
from complaints.services import advance_contact, escalate
from complaints.services.held import take_many
from complaints.services.inbox import write_waiting
from notifications.due import numbers_due
from notifications.models import Notification
from tests.factories.accounts import DutyFactory, PostingFactory, UserFactory

Browser = Callable[..., Client]
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


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


def held(urgency: str = "immediate", handling: str = "provincial") -> Contact:
    said = ContactSaid(kind="new_report", channel="public_form", narrative="Nine of us are held.", urgency=urgency)
    return write_waiting(said, system_user(), status="held", handling=handling)


def told() -> list[str]:
    rows = Notification.objects.filter(kind="late_inbox", channel="in_app")
    return sorted(rows.values_list("recipient__username", flat=True))


def test_a_danger_in_a_flood_is_told_like_what_waits_and_the_rest_is_not(
    monday: datetime, on_duty: User, supervisor: User
) -> None:
    row, calm = held("immediate"), held("normal")
    assert (row.due_at, row.has_clock, calm.has_clock) == (monday + HOUR, True, False)
    escalate(monday + HOUR + SECOND)
    assert told() == ["duty.intake"]
    escalate(monday + 6 * HOUR)
    assert told() == ["duty.intake", "supervisor"]
    assert set(Escalation.objects.values_list("contact", flat=True)) == {row.pk}


def test_of_a_sealed_one_integrity_officers_alone_are_told(
    monday: datetime, on_duty: User, supervisor: User, integrity: User
) -> None:
    held("immediate", "sealed")
    escalate(monday + 6 * HOUR)
    assert told() == ["integrity"]


def test_let_in_and_held_again_it_keeps_the_limit_from_receipt(monday: datetime, intake: User) -> None:
    row = held()
    with time_machine.travel(monday + 5 * HOUR, tick=False):
        inside = advance_contact(row, "let_in", by=intake)
        assert (inside.status, inside.due_at) == ("waiting", monday + HOUR)
        assert inside in Contact.objects.visible_to(intake).late(timezone.now())
        again = advance_contact(inside, "hold_again", by=intake, note="Forty of one wording.")
        assert (again.due_at, again.turn) == (row.due_at, row.turn)


def test_it_is_held_apart_again_with_a_reason_alone(intake: User, browser: Browser) -> None:
    inside = advance_contact(held(), "let_in", by=intake)
    with pytest.raises(ValidationError):
        advance_contact(inside, "hold_again", by=intake)
    with pytest.raises(ValidationError):
        take_many([inside.reference], by=intake, act="hold_again")
    page = browser(intake).get(f"/contacts/{inside.reference}/").content.decode()
    assert f'action="/contacts/{inside.reference}/steps/hold_again/"' not in page
    assert f'href="/contacts/{inside.reference}/steps/hold_again/"' in page


def test_the_work_page_leads_to_what_is_held_apart_and_late(
    monday: datetime, intake: User, browser: Browser, integrity: User
) -> None:
    row = held()
    held("normal")
    held("immediate", "sealed")
    late = monday + 2 * HOUR
    for user in (intake, integrity):
        found = {due.name: (due.url, n) for due, n in numbers_due(user, late)}
        url, n = found["held_late"]
        assert (url.endswith("?status=held&late=due"), n) == (True, 1)
    with time_machine.travel(late, tick=False):
        page = browser(intake).get("/contacts/?status=held&late=due").content.decode()
        assert page.count("sk-row--over") == 1
        assert row.reference in page

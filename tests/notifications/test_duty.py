"""Who is told: those on duty, never a whole province; for national-led and sealed complaints nobody outside the team."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Duty, Grant, Posting, User
from complaints.models import Complaint
from notifications.services import duty_recipients

PSH, KAMPOT = "18", "07"


def names(users: list[User]) -> list[str]:
    return sorted(user.username for user in users)


@pytest.fixture
def second_officer(cast: dict[str, User]) -> User:
    """Posted in Preah Sihanouk, not on duty, not its lead."""
    user = User.objects.create(username="second.psh", name="Second", role="officer", email="second@example.org")
    Posting.objects.create(user=user, province_id=PSH)
    return user


def test_the_officer_on_duty_is_told_and_a_colleague_is_not(cast: dict[str, User], second_officer: User) -> None:
    assert names(duty_recipients(PSH, "provincial")) == ["officer.psh"]


def test_without_an_officer_on_duty_the_lead_is_told(cast: dict[str, User], second_officer: User) -> None:
    Duty.objects.filter(user=cast["officer.psh"]).update(until_at=timezone.now() - timedelta(minutes=1))
    assert names(duty_recipients(PSH, "provincial")) == ["officer.psh"]
    Posting.objects.filter(user=cast["officer.psh"]).update(lead=False)
    Posting.objects.filter(user=second_officer).update(lead=True)
    assert names(duty_recipients(PSH, "provincial")) == ["second.psh"]


def test_without_duty_and_lead_the_supervisors_are_told(cast: dict[str, User]) -> None:
    assert names(duty_recipients(KAMPOT, "provincial")) == ["supervisor", "supervisor2"]
    assert names(duty_recipients("00", "provincial")) == ["supervisor", "supervisor2"]


def test_duty_of_tomorrow_is_not_duty_now(cast: dict[str, User], second_officer: User) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    Duty.objects.create(user=second_officer, province_id=PSH, from_at=tomorrow)
    assert names(duty_recipients(PSH, "provincial")) == ["officer.psh"]
    assert names(duty_recipients(PSH, "provincial", at=tomorrow)) == ["officer.psh", "second.psh"]


def test_duty_of_somebody_whose_posting_has_ended_does_not_count(cast: dict[str, User]) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Posting.objects.filter(user=cast["officer.psh"]).update(until_on=yesterday)
    assert names(duty_recipients(PSH, "provincial")) == ["supervisor", "supervisor2"]


def test_an_inactive_officer_is_never_told(cast: dict[str, User]) -> None:
    User.objects.filter(username="officer.psh").update(is_active=False)
    assert names(duty_recipients(PSH, "provincial")) == ["supervisor", "supervisor2"]
    User.objects.filter(username="supervisor2").update(is_active=False)
    assert names(duty_recipients(PSH, "national_led")) == ["supervisor"]


def test_national_led_tells_the_supervisors_and_who_was_named(
    cast: dict[str, User], complaint_in: Callable[..., Complaint]
) -> None:
    complaint = complaint_in().pk
    Grant.objects.create(complaint_id=complaint, user=cast["officer.pp"], kind="naming")
    assert names(duty_recipients(PSH, "national_led", uuid4())) == ["supervisor", "supervisor2"]
    assert names(duty_recipients(PSH, "national_led", complaint)) == ["officer.pp", "supervisor", "supervisor2"]


def test_sealed_tells_the_integrity_officers_and_who_was_named_alone(
    cast: dict[str, User], complaint_in: Callable[..., Complaint]
) -> None:
    complaint = complaint_in().pk
    Grant.objects.create(complaint_id=complaint, user=cast["supervisor2"], kind="naming")
    Grant.objects.create(complaint_id=complaint, user=cast["officer.psh"], kind="referral")
    assert names(duty_recipients(PSH, "sealed", complaint)) == ["integrity", "integrity2", "supervisor2"]


def test_a_naming_that_has_ended_tells_nobody(cast: dict[str, User], complaint_in: Callable[..., Complaint]) -> None:
    complaint, past = complaint_in().pk, timezone.now() - timedelta(hours=1)
    Grant.objects.create(complaint_id=complaint, user=cast["officer.pp"], kind="naming", from_at=past, until_at=past)
    assert names(duty_recipients(PSH, "sealed", complaint)) == ["integrity", "integrity2"]

"""Somebody sought was moved or sold on: the search goes on, and the other province sees the person and is told."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import Grant
from notifications.services import duty_recipients, notify
from victims.models import Victim
from victims.workflow import ABROAD
from workflow.services import transition_of

PROVINCIAL = "provincial"
Follower = Callable[[Victim, Any], None]
FOLLOWERS: list[Follower] = []


def when_moved(follower: Follower) -> None:
    """Let a room above say what follows, in the same transaction, when somebody was moved: to another province, back into this one, abroad."""
    FOLLOWERS.append(follower)


def moved_to(where: str, country: str) -> dict[str, Any]:
    """Return the columns that say where somebody was moved to."""
    abroad = where == ABROAD
    return {"moved_province_id": None if abroad else where, "moved_country": country if abroad else ""}


def open_to_province(done: Victim, by: Any) -> None:
    """Let the province somebody was moved to see this person, instead of one told before, and tell who is on duty there.

    The guard of the step keeps what the ministry leads and what is sealed out of this.
    """
    running = Grant.objects.active().filter(victim_id=done.pk, kind=Grant.Kind.REFERRAL, province__isnull=False)
    elsewhere = running.exclude(province_id=done.moved_province_id) if done.moved_province_id else running
    elsewhere.update(until_at=timezone.now())
    province = done.moved_province_id
    told = province is not None and province != done.province_id
    if told and not running.filter(province_id=province).exists():
        Grant.objects.create(
            complaint_id=done.complaint_id, victim_id=done.pk, province_id=province, kind=Grant.Kind.REFERRAL
        )
    for follower in FOLLOWERS:
        follower(done, by)
    if province is None or not told:
        return
    on_duty = [user for user in duty_recipients(province, PROVINCIAL) if user.pk != by.pk]
    notify(on_duty, "person_moved", about=done, transition=transition_of(done))

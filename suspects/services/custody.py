"""The custody clock: how long somebody may be held after arrest, and who is told before it runs out."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from notifications.services import duty_recipients, notify
from suspects.models import CustodyLimit, Suspect
from workflow.models import Transition

NO_CLOCK: dict[str, Any] = {
    "custody_ends_at": None,
    "custody_warn_at": None,
    "custody_warned_at": None,
    "custody_over_told_at": None,
}
MOST = 200


def clock_from(kind: str, start: datetime.datetime) -> dict[str, Any]:
    """Return the columns of a clock that starts at a moment, by the limits an administrator set."""
    limit = CustodyLimit.objects.get(kind=kind)
    ends = start + datetime.timedelta(hours=limit.hours)
    warn = start + datetime.timedelta(hours=limit.warn_hours)
    return {**NO_CLOCK, "custody_ends_at": ends, "custody_warn_at": warn, "due_at": ends}


@transaction.atomic
def warn(now: datetime.datetime | None = None) -> int:
    """Tell once that custody ends soon, and once that it is over; return how many suspects were told of."""
    now = now or timezone.now()
    over = Q(custody_ends_at__lte=now, custody_over_told_at=None)
    soon = Q(custody_warn_at__lte=now, custody_warned_at=None)
    held = Suspect.objects.in_custody().filter(soon | over).order_by("pk")
    rows = list(held.select_for_update(skip_locked=True, of=("self",), no_key=True)[:MOST])
    for suspect in rows:
        _tell(suspect, now)
    return len(rows)


def _tell(suspect: Suspect, now: datetime.datetime) -> None:
    is_over = suspect.custody_ends_at is not None and suspect.custody_ends_at <= now
    kind, column = ("custody_over", "custody_over_told_at") if is_over else ("custody_ending", "custody_warned_at")
    last = Transition.objects.of(suspect).first()
    notify(_concerned(suspect, is_over=is_over), kind, about=suspect, transition=last.pk if last else suspect.pk)
    told = {column: now, **({"custody_warned_at": now} if is_over else {})}
    Suspect.objects.filter(pk=suspect.pk).update(**told)


def _concerned(suspect: Suspect, *, is_over: bool) -> list[User]:
    complaint: Any = suspect.complaint
    people = {suspect.arrest_recorded_by, complaint.officer}
    people |= set(duty_recipients(suspect.province_id, suspect.handling, suspect.complaint_id))
    if is_over:
        people |= set(User.objects.active().filter(role="supervisor"))
    row = Suspect.objects.filter(pk=suspect.pk)
    return [user for user in people if user is not None and row.visible_to(user).exists()]

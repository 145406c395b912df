"""Once a day: tell everybody for whom something is due that it waits, and nothing of what it is."""

import datetime
import time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import ROLES
from complaints.models import Digest, Limit, limits
from complaints.models.digest import digest_of
from core.display import ZONE
from notifications.due import CAP, keys_due
from notifications.kinds import DIGEST, Sort
from notifications.kinds import register as register_kind
from notifications.services import notify

BATCH, BUDGET = 25, 10.0
READERS = [
    name for name, role in ROLES.items() if "complaint.read" in role.permissions and name not in ("system", "analyst")
]
register_kind("digest", gettext_lazy("Something waits for you today"), DIGEST, sort=Sort.TIME)


def send_digests(now: datetime.datetime | None = None) -> int:
    """Write the digest of the day for everybody who has none yet, from the hour an administrator set; return how many are told."""
    now = now or timezone.now()
    here, started, n = now.astimezone(ZONE), time.monotonic(), 0
    if here.hour * 60 + here.minute < limits(Limit.Name.DIGEST_MINUTE)[Limit.Name.DIGEST_MINUTE]:
        return 0
    while time.monotonic() - started < BUDGET:
        users, told = _batch(now)
        n += told
        if users < BATCH:
            break
    return n


@transaction.atomic
def _batch(now: datetime.datetime) -> tuple[int, int]:
    """Write the digests of some users; return how many users there were and how many are told."""
    today = now.astimezone(ZONE).date()
    done = Digest.objects.filter(on=today).values("user")
    waiting = User.objects.active().filter(role__in=READERS).exclude(pk__in=done).order_by("pk")
    users = list(waiting.select_for_update(skip_locked=True, of=("self",), no_key=True)[:BATCH])
    made = [digest_of(user, today, n_due(user, now)) for user in users]
    Digest.objects.bulk_create(made, ignore_conflicts=True)
    told = [one for one in made if one.n_items]
    for one in told:
        notify([one.user], "digest", about=one, transition=one.pk)
    return len(users), len(told)


def n_due(user: Any, now: datetime.datetime) -> int:
    """Count what is due for somebody by the end of a day, as every room says (`notifications.due`); up to a hundred."""
    return min(len(keys_due(user, now)), CAP)

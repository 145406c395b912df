"""Once a day: tell everybody for whom something is due that it waits, and nothing of what it is."""

import datetime
import time
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import ROLES, Branch
from complaints.models import Complaint, Digest, Limit, Status, limits
from complaints.models.digest import digest_of
from core.display import ZONE
from core.filters import day_begins
from notifications.kinds import DIGEST, Sort
from notifications.kinds import register as register_kind
from notifications.services import notify

BATCH, BUDGET, MOST = 25, 10.0, 100
PROPOSED = (Status.OUTCOME_PROPOSED, Status.CLOSING_PROPOSED)
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
        users, told = _batch(here.date())
        n += told
        if users < BATCH:
            break
    return n


@transaction.atomic
def _batch(today: datetime.date) -> tuple[int, int]:
    """Write the digests of some users; return how many users there were and how many are told."""
    done = Digest.objects.filter(on=today).values("user")
    waiting = User.objects.active().filter(role__in=READERS).exclude(pk__in=done).order_by("pk")
    users = list(waiting.select_for_update(skip_locked=True, of=("self",), no_key=True)[:BATCH])
    made = [digest_of(user, today, n_due(user, today)) for user in users]
    Digest.objects.bulk_create(made, ignore_conflicts=True)
    told = [one for one in made if one.n_items]
    for one in told:
        notify([one.user], "digest", about=one, transition=one.pk)
    return len(users), len(told)


def n_due(user: Any, today: datetime.date) -> int:
    """Count what is due for somebody by the end of a day: theirs, what they decide, and where nobody acted; up to a hundred."""
    midnight = day_begins(today + datetime.timedelta(days=1))
    keys = set[Any]()
    for rows in _due(user, midnight):
        keys |= set(rows.order_by().values_list("pk", flat=True)[:MOST])
    return min(len(keys), MOST)


def _due(user: User, midnight: datetime.datetime) -> Iterator[Any]:
    branch = Complaint.objects.of_own_provinces(user)
    if user.table.branch == Branch.SEALED:
        yield branch.open().filter(due_at__lt=midnight)
        return
    yield Complaint.objects.visible_to(user).open().filter(officer=user, due_at__lt=midnight)
    if user.may("complaint.confirm"):
        yield branch.live().filter(status__in=PROPOSED).exclude(proposed_by=user)
        yield branch.overdue(midnight)
    elif user.may("complaint.acknowledge"):
        yield branch.unacknowledged().filter(due_at__lt=midnight)
    if user.may("reporter.reveal"):
        unassigned = Q(province_id="00", handling="provincial", status=Status.NEW)
        yield branch.live().filter(unassigned | Q(answer_due_at__lt=midnight))

"""The last day of an order that holds somebody: who is told before it is over."""

import datetime

from django.db import transaction
from django.utils import timezone

from notifications.services import notify
from suspects.models import Restraint
from suspects.services.hearings import concerned

AHEAD = datetime.timedelta(days=7)
MOST = 200


def by_then(now: datetime.datetime) -> datetime.date:
    """Return the day in Phnom Penh by which an order ends soon, a week ahead."""
    return timezone.localdate(now) + AHEAD


def over_by(now: datetime.datetime) -> datetime.date:
    """Return the last day of an order that is over: yesterday, since it still counts on its last day."""
    return timezone.localdate(now) - datetime.timedelta(days=1)


@transaction.atomic
def remind_of_ends(now: datetime.datetime | None = None) -> int:
    """Tell once, a week before an order of the court is over, who is told of its hearings; return how many orders were told of.

    An order that is prolonged is a new one, and told of again; one that ended, or was taken back, is not told of.
    """
    now = now or timezone.now()
    due = Restraint.objects.ending(by_then(now)).filter(told_at=None).order_by("pk")
    rows = list(due.select_for_update(skip_locked=True, of=("self",), no_key=True)[:MOST])
    for order in rows:
        notify(concerned(order, order.by), "order_ending", about=order.suspect, transition=order.pk)
    Restraint.objects.filter(pk__in=[order.pk for order in rows]).update(told_at=now)
    return len(rows)

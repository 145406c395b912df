"""How a notice reaches its recipient: in the application once, outside at most once unless a person says again."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notifications import mail, push, texts
from notifications.models import Channel, Notification, Problem, Reach, State, visible
from notifications.outcome import Outcome
from notifications.reaching import OUTSIDE, leaves_at

logger = logging.getLogger(__name__)
BULK, BATCH = 2_000, 200  # notices in the application, messages of one channel
BUDGET = (
    12.0  # seconds one task may take before it begins another message: with the longest, well under the task's limit
)
SENDERS: dict[Channel, Callable[[Notification, Reach], Outcome]] = {
    Channel.EMAIL: mail.send,
    Channel.SMS: texts.send,
    Channel.TELEGRAM: texts.send,
    Channel.PUSH: push.send,
}


def deliver(pks: Iterable[UUID]) -> None:
    """Deliver these notices; with one in the application goes everything that waits there.

    So under load one bell does the work of those behind it, which find nothing left to do. What its time does not
    suffice for is left to the sweep.
    """
    started, now = time.monotonic(), timezone.now()
    mine = list(Notification.objects.due(now).filter(pk__in=pks).select_related("recipient"))
    if any(row.channel == Channel.IN_APP for row in mine):
        deliver_in_app(now)
    for row in mine:
        if row.channel != Channel.IN_APP and time.monotonic() - started < BUDGET:
            _alone(row)


def sweep() -> None:
    """Deliver what waits and no bell rang for, and give up on attempts whose worker is gone."""
    started, due_at = time.monotonic(), timezone.now() - timedelta(seconds=settings.NOTIFICATION_GRACE)
    Notification.objects.stuck(timezone.now()).update(state=State.UNCERTAIN, problem=Problem.STOPPED)
    while deliver_in_app(due_at) == BULK and time.monotonic() - started < BUDGET:
        continue
    for number, channel in enumerate(OUTSIDE, 1):
        _sweep_channel(channel, due_at, started + BUDGET * number / len(OUTSIDE))


def _sweep_channel(channel: str, due_at: datetime, ends: float) -> None:
    """Send what waits in one channel, until its share of the time is up: one that hangs takes nothing from the others."""
    waiting = Notification.objects.due(due_at).filter(channel=channel).select_related("recipient")
    for row in list(waiting.order_by("run_after")[:BATCH]):
        if time.monotonic() > ends:
            return
        outcome = _alone(row)
        if outcome and outcome.problem == Problem.UNREACHABLE and channel != Channel.PUSH:
            return  # no server there: the next sweep goes on


def _alone(row: Notification) -> Outcome | None:
    """Send one notice; one that breaks is logged and put off, and never stops those behind it.

    Broken off in mid-send it stays as attempted, and the next sweep calls it uncertain: nobody knows whether it left.
    """
    try:
        return deliver_outside(row)
    except Exception:
        logger.exception("notice %s could not be sent", row.pk)
        later = timezone.now() + timedelta(seconds=settings.NOTIFICATION_BACKOFF_MOST)
        Notification.objects.filter(pk=row.pk, state=State.PENDING).update(run_after=later)
        return None


@transaction.atomic
def deliver_in_app(due_at: datetime) -> int:
    """Deliver up to 2,000 notices in the application: the change of state is the delivery. Return how many there were."""
    waiting = Notification.objects.select_for_update(skip_locked=True, no_key=True, of=("self",)).due(due_at)
    rows = waiting.filter(channel=Channel.IN_APP).order_by("run_after").values_list("pk", "recipient__is_active")
    taken, now = list(rows[:BULK]), timezone.now()
    active, closed = ([pk for pk, alive in taken if alive is wanted] for wanted in (True, False))
    Notification.objects.filter(pk__in=active).update(
        state=State.SENT, sent_at=now, attempted_at=now, attempts=F("attempts") + 1, problem=Problem.NONE
    )
    Notification.objects.filter(pk__in=closed).update(state=State.FAILED, attempted_at=now, problem=Problem.INACTIVE)
    return len(taken)


def deliver_outside(row: Notification) -> Outcome | None:
    """Send one notice that waits; None when it must not leave now, another worker has it or nothing may be sent there."""
    obstacle, now = _obstacle(row), timezone.now()
    reach = Reach.objects.of([row.recipient])[row.recipient_id]
    leaves = leaves_at(reach, row.channel, row.urgent, now)
    if not obstacle and leaves > now:
        Notification.objects.filter(pk=row.pk, state=State.PENDING).update(run_after=leaves)
        return None
    if not _claim(row, obstacle) or obstacle:
        return None
    outcome = SENDERS[Channel(row.channel)](row, reach)
    _settle(row, outcome)
    return outcome


def _claim(row: Notification, obstacle: Problem) -> bool:
    """Take a waiting notice: 'attempting' is committed before it leaves, so that a kill in between is seen.

    One statement outside any transaction: of two workers exactly one changes the row.
    """
    state = State.FAILED if obstacle else State.ATTEMPTING
    waiting = Notification.objects.filter(pk=row.pk, state=State.PENDING, attempts=row.attempts)
    row.attempts += 1
    return bool(waiting.update(state=state, problem=obstacle, attempts=row.attempts, attempted_at=timezone.now()))


def _obstacle(row: Notification) -> Problem:
    """Say why this recipient gets no message any more (the list in the application looks for itself)."""
    if not row.recipient.is_active:
        return Problem.INACTIVE
    if not visible(row.recipient, row.object_type, [row.reference]):
        return Problem.UNSEEN
    return Problem.NONE


def _settle(row: Notification, outcome: Outcome) -> None:
    """Write down what became of an attempt, unless somebody has decided about the row since."""
    now, state = timezone.now(), outcome.state
    if state == State.PENDING and row.attempts >= settings.NOTIFICATION_ATTEMPTS:
        state = State.FAILED
    wait = min(settings.NOTIFICATION_BACKOFF * 2 ** (row.attempts - 1), settings.NOTIFICATION_BACKOFF_MOST)
    mine = Notification.objects.filter(pk=row.pk, attempts=row.attempts)
    mine.filter(state__in=(State.ATTEMPTING, State.UNCERTAIN)).update(
        state=state,
        problem=outcome.problem,
        sent_at=now if state == State.SENT else None,
        run_after=now + timedelta(seconds=wait),
    )

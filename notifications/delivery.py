"""How a notice reaches its recipient: in the application once, by e-mail at most once unless a person says again."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notifications import mail
from notifications.models import Channel, Notification, Problem, State, visible

BULK, BATCH = 2_000, 200  # notices in the application, e-mails
BUDGET = 15.0  # seconds one sweep may take, well under the task's limit


def deliver(pks: Iterable[UUID]) -> None:
    """Deliver these notices; with one in the application goes everything that waits there.

    So under load one bell does the work of those behind it, which find nothing left to do.
    """
    now = timezone.now()
    mine = list(Notification.objects.due(now).filter(pk__in=pks).select_related("recipient"))
    if any(row.channel == Channel.IN_APP for row in mine):
        deliver_in_app(now)
    for row in mine:
        if row.channel == Channel.EMAIL:
            deliver_mail(row)


def sweep() -> None:
    """Deliver what waits and no bell rang for, and give up on attempts whose worker is gone."""
    started, due_at = time.monotonic(), timezone.now() - timedelta(seconds=settings.NOTIFICATION_GRACE)
    Notification.objects.stuck(timezone.now()).update(state=State.UNCERTAIN, problem=Problem.STOPPED)
    while deliver_in_app(due_at) == BULK and time.monotonic() - started < BUDGET:
        continue
    mails = Notification.objects.due(due_at).filter(channel=Channel.EMAIL).select_related("recipient")
    for row in list(mails.order_by("run_after")[:BATCH]):
        outcome = deliver_mail(row)
        if time.monotonic() - started > BUDGET or (outcome and outcome.problem == Problem.UNREACHABLE):
            return  # no time left, or no mail server: the next sweep goes on


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


def deliver_mail(row: Notification) -> mail.Outcome | None:
    """Send one e-mail that waits; None when another worker has it or nothing may be sent to its recipient."""
    obstacle = _obstacle(row)
    if not _claim(row, obstacle) or obstacle:
        return None
    outcome = mail.send(row)
    _settle(row, outcome)
    return outcome


def _claim(row: Notification, obstacle: Problem) -> bool:
    """Take a waiting e-mail: 'attempting' is committed before it leaves, so that a kill in between is seen.

    One statement outside any transaction: of two workers exactly one changes the row.
    """
    state = State.FAILED if obstacle else State.ATTEMPTING
    waiting = Notification.objects.filter(pk=row.pk, state=State.PENDING, attempts=row.attempts)
    row.attempts += 1
    return bool(waiting.update(state=state, problem=obstacle, attempts=row.attempts, attempted_at=timezone.now()))


def _obstacle(row: Notification) -> Problem:
    """Say why this recipient gets no e-mail any more (the list in the application looks for itself)."""
    if not row.recipient.is_active:
        return Problem.INACTIVE
    if not visible(row.recipient, row.object_type, [row.reference]):
        return Problem.UNSEEN
    return Problem.NONE


def _settle(row: Notification, outcome: mail.Outcome) -> None:
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

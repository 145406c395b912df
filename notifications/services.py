"""Notices: written with what they are about, rung for after the commit, delivered once, swept when no bell rang."""

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from accounts.models import User
from audit.services import record
from core.exceptions import Conflict
from notifications import mail
from notifications.duty import duty_recipients
from notifications.kinds import KINDS
from notifications.models import Channel, Notification, NotificationQuerySet, Problem, State

__all__ = [
    "deliver",
    "duty_recipients",
    "it_arrived",
    "mark_read",
    "notify",
    "ring",
    "send_again",
    "sweep",
]
logger = logging.getLogger(__name__)
DELIVER = "notifications.tasks.deliver"
BULK = 2_000
BUDGET = 15.0  # seconds one sweep may take, well under the task's limit


class About(Protocol):
    """What a notice is about: a model instance with a reference."""

    _meta: Any
    reference: Any


@transaction.atomic
def notify(
    recipients: Iterable[User],
    kind: str,
    *,
    about: About,
    transition: Any,
    channels: Iterable[str] = (Channel.IN_APP, Channel.EMAIL),
) -> list[UUID]:
    """Write one notice for each active recipient and channel in the caller's transaction; ring after its commit.

    `transition` is the step (or its id) that makes a notice one of its kind: asked twice, one notice. Returns the ids rung for.
    """
    label = about._meta.label_lower
    if KINDS[kind].about.model != label:
        raise ValueError(f"{kind} is about {KINDS[kind].about.model}, not {label}")
    make = partial(Notification, kind=kind, object_type=label, reference=str(about.reference))
    rows = [
        make(recipient=user, channel=channel, transition=getattr(transition, "pk", transition))
        for user in sorted({user.pk: user for user in recipients}.values(), key=lambda user: str(user.pk))
        for channel in channels
        if (mail.reachable(user) if channel == Channel.EMAIL else user.is_active)
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    ring(*(row.pk for row in rows))
    return [row.pk for row in rows]


def ring(*pks: UUID) -> None:
    """Ask the workers to deliver these notices once the transaction is committed.

    A bell that cannot ring is a line in the log, never an error: the sweep finds the row.
    """
    if pks:
        transaction.on_commit(partial(_publish, pks), robust=True)


def _publish(pks: Iterable[UUID]) -> None:
    try:
        for pk in pks:
            current_app.send_task(DELIVER, (str(pk),), retry=False, ignore_result=True)
    except (KombuError, OSError) as error:
        logger.warning("the bell did not ring (%s); the sweep delivers", type(error).__name__)


def deliver(pk: UUID) -> mail.Outcome | None:
    """Deliver one notice that waits; None when it is gone, taken by another worker, or no longer waiting."""
    row = _claim(pk)
    if row is None:
        return None
    if row.state != State.ATTEMPTING:
        return mail.Outcome(State(row.state), Problem(row.problem))
    outcome = mail.send(row)
    _settle(row, outcome)
    return outcome


@transaction.atomic(durable=True)
def _claim(pk: UUID) -> Notification | None:
    """Take a waiting row: in the application it is sent by this very change, an e-mail is 'attempting' before it leaves."""
    waiting = Notification.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    row = waiting.select_related("recipient").filter(pk=pk, state=State.PENDING).first()
    if row is None:
        return None
    row.attempts, row.attempted_at = row.attempts + 1, timezone.now()
    row.problem = _obstacle(row)
    if row.problem:
        row.state = State.FAILED
    elif row.channel == Channel.IN_APP:
        row.state, row.sent_at = State.SENT, row.attempted_at
    else:
        row.state = State.ATTEMPTING
    row.save(update_fields=["attempts", "attempted_at", "problem", "state", "sent_at"])
    return row


def _obstacle(row: Notification) -> Problem:
    """Say why this recipient gets nothing any more; the list in the application looks for itself."""
    if not row.recipient.is_active:
        return Problem.INACTIVE
    if row.channel == Channel.EMAIL and not Notification.objects.filter(pk=row.pk).of_visible(row.recipient).exists():
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


def sweep() -> None:
    """Deliver what waits and no bell rang for, and give up on attempts whose worker is gone."""
    started, due_at = time.monotonic(), timezone.now() - timedelta(seconds=settings.NOTIFICATION_GRACE)
    Notification.objects.stuck(timezone.now()).update(state=State.UNCERTAIN, problem=Problem.STOPPED)
    while _deliver_in_app(due_at) == BULK and time.monotonic() - started < BUDGET:
        continue
    mails = Notification.objects.due(due_at).filter(channel=Channel.EMAIL).order_by("run_after")
    for pk in mails.values_list("pk", flat=True)[:BULK]:
        outcome = deliver(pk)
        if time.monotonic() - started > BUDGET or (outcome and outcome.problem == Problem.UNREACHABLE):
            return  # no time left, or no mail server: the next sweep goes on


@transaction.atomic
def _deliver_in_app(due_at: datetime) -> int:
    """Deliver up to 2,000 notices in the application by one statement; return how many there were."""
    waiting = Notification.objects.select_for_update(skip_locked=True, no_key=True, of=("self",)).due(due_at)
    rows = waiting.filter(channel=Channel.IN_APP).order_by("run_after").values_list("pk", "recipient__is_active")
    taken, now = list(rows[:BULK]), timezone.now()
    active, closed = ([pk for pk, alive in taken if alive is wanted] for wanted in (True, False))
    Notification.objects.filter(pk__in=active).update(
        state=State.SENT, sent_at=now, attempted_at=now, attempts=1, problem=Problem.NONE
    )
    Notification.objects.filter(pk__in=closed).update(state=State.FAILED, problem=Problem.INACTIVE, attempted_at=now)
    return len(taken)


def mark_read(rows: NotificationQuerySet) -> int:
    """Mark delivered notices as read; return how many were not before."""
    return rows.unread().update(read_at=timezone.now())


@transaction.atomic
def send_again(row: Notification, *, by: User) -> Notification:
    """Send a failed or uncertain notice once more, on the word of the user `by`; it keeps its Message-ID."""
    row = _troubled(row)
    row.state, row.problem, row.attempts, row.run_after = State.PENDING, Problem.NONE, 0, timezone.now()
    row.save(update_fields=["state", "problem", "attempts", "run_after"])
    record("notification_send_again", by=by, about=row)
    ring(row.pk)
    return row


@transaction.atomic
def it_arrived(row: Notification, *, by: User) -> Notification:
    """Note that a failed or uncertain notice reached its recipient, on the word of the user `by`."""
    row = _troubled(row)
    row.state, row.sent_at = State.SENT, timezone.now()
    row.save(update_fields=["state", "sent_at"])
    record("notification_arrived", by=by, about=row)
    return row


def _troubled(row: Notification) -> Notification:
    locked = Notification.objects.select_for_update(no_key=True).troubled().filter(pk=row.pk).first()
    if locked is None:
        raise Conflict(_("Somebody has dealt with this notice already."))
    return locked

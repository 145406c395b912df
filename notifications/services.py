"""Notices: written with what they are about, rung for after the commit; what people do about them afterwards."""

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar, Protocol
from uuid import UUID

from celery import current_app
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

__all__ = ["duty_recipients", "it_arrived", "mark_read", "notify", "ring", "send_again"]
logger = logging.getLogger(__name__)
DELIVER = "notifications.tasks.deliver"


class About(Protocol):
    """What a notice is about: a model instance with a reference."""

    _meta: ClassVar[Any]

    @property
    def reference(self) -> Any: ...


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
        current_app.send_task(DELIVER, [str(pk) for pk in pks], retry=False, ignore_result=True)
    except (KombuError, OSError) as error:
        logger.warning("the bell did not ring (%s); the sweep delivers", type(error).__name__)


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

"""Notices: written with what they are about, rung for after the commit; what people do about them afterwards."""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Protocol
from uuid import UUID

from celery import current_app
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from accounts.models import User
from audit.services import record
from core.exceptions import Conflict
from notifications.duty import duty_recipients
from notifications.kinds import KINDS, Kind
from notifications.models import Channel, Notification, NotificationQuerySet, Problem, Reach, State
from notifications.reaching import can_reach, is_emergency, leaves_at, wants

__all__ = ["duty_recipients", "it_arrived", "mark_read", "notify", "ring", "send_again", "settle", "unrung"]
logger = logging.getLogger(__name__)
DELIVER = "notifications.tasks.deliver"
LAST = 9  # of the broker's priorities: a worker takes notices first


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
    channels: Iterable[str] = tuple(Channel),
) -> list[UUID]:
    """Write one notice for each active recipient and channel they chose, in the caller's transaction; ring after its commit.

    `transition` is the step (or its id) that makes a notice one of its kind: asked twice, one notice. In a recipient's quiet
    hours only an emergency leaves at once. Returns the ids of all.
    """
    label = about._meta.label_lower
    sort, now = KINDS[kind], timezone.now()
    if sort.about.model != label:
        raise ValueError(f"{kind} is about {sort.about.model}, not {label}")
    urgent = is_emergency(sort, about)
    make = partial(Notification, kind=kind, object_type=label, reference=str(about.reference), urgent=urgent)
    make = partial(make, transition=getattr(transition, "pk", transition))
    rows = _addressed(make, sort, recipients, channels, now, urgent)
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    ring(*(row.pk for row in rows if row.run_after <= now))
    return [row.pk for row in rows]


def _addressed(
    make: Callable[..., Notification],
    sort: Kind,
    recipients: Iterable[User],
    channels: Iterable[str],
    now: datetime,
    urgent: bool,
) -> list[Notification]:
    """Return a notice for each recipient and channel that reaches them and that they want; one query."""
    people = sorted({user.pk: user for user in recipients}.values(), key=lambda user: str(user.pk))
    reaches, wanted = Reach.objects.of(people) if people else {}, tuple(channels)
    return [
        make(recipient=user, channel=channel, run_after=leaves_at(reaches[user.pk], channel, urgent, now))
        for user in people
        for channel in wanted
        if can_reach(user, reaches[user.pk], channel) and wants(reaches[user.pk], sort, channel)
    ]


def unrung(people: Iterable[User], kind: str, *, since: datetime, about: About | None = None) -> list[User]:
    """Keep who has no unread notice of a kind (about a record) since a moment: one that was not read stands for all."""
    wanted = list(people)
    rows = Notification.objects.unread().filter(kind=kind, channel=Channel.IN_APP, created_at__gt=since)
    if about is not None:
        rows = rows.filter(object_type=about._meta.label_lower, reference=str(about.reference))
    rung = set(rows.filter(recipient__in=wanted).values_list("recipient_id", flat=True))
    return [user for user in wanted if user.pk not in rung]


def ring(*pks: UUID, task: str = DELIVER) -> None:
    """Ask the workers to deliver these notices, or for another task, once the transaction is committed.

    A bell that cannot ring is a line in the log, never an error: the task's sweep finds the row.
    """
    if pks:
        transaction.on_commit(partial(_publish, pks, task), robust=True)


def _publish(pks: Iterable[UUID], task: str) -> None:
    try:
        later = {} if task == DELIVER else {"priority": LAST}
        current_app.send_task(task, [str(pk) for pk in pks], retry=False, ignore_result=True, **later)
    except (KombuError, OSError) as error:
        logger.warning("the bell did not ring (%s); the sweep finds what waits", type(error).__name__)


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


STEPS: dict[str, Callable[..., Notification]] = {"send_again": send_again, "it_arrived": it_arrived}


@transaction.atomic
def settle(rows: NotificationQuerySet, step: str, *, by: User) -> tuple[int, int]:
    """Take one step about many notices; return how many it was taken about, and how many others had dealt with."""
    if step not in STEPS:
        raise ValidationError({"step": [_("Choose one of the steps on the page.")]})
    done = asked = 0
    for row in rows.order_by("pk"):
        asked += 1
        with suppress(Conflict):
            STEPS[step](row, by=by)
            done += 1
    return done, asked - done


def _troubled(row: Notification) -> Notification:
    locked = Notification.objects.select_for_update(no_key=True).troubled().filter(pk=row.pk).first()
    if locked is None:
        raise Conflict(_("Somebody has dealt with this notice already."))
    return locked

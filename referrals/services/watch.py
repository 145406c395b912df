"""The worker's part: remind, let expire, tell the supervisors; each once, however often it runs or is killed."""

import datetime
import logging
from collections.abc import Callable

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.services import system_user
from core.exceptions import Conflict
from referrals.models import Referral, ReferralQuerySet, ReferralStatus
from referrals.services.answer import advance
from referrals.services.told import once, tell_receiver, tell_sender, tell_supervisors

logger = logging.getLogger(__name__)
MOST = 200
FRESH = (ReferralStatus.SENT, ReferralStatus.SEEN)
Act = Callable[[ReferralQuerySet, datetime.datetime], bool]


def watch(now: datetime.datetime | None = None) -> dict[str, int]:
    """Do what the clocks ask for; return how many were reminded of, expired and told to the supervisors."""
    now = now or timezone.now()
    return {"reminded": remind(now), "expired": expire(now), "escalated": escalate(now)}


def remind(now: datetime.datetime) -> int:
    """Remind the receiver once while it has not expired; where nobody there can be told, its sender is, to ring them."""
    return _each(Referral.objects.filter(status__in=FRESH, remind_at__lte=now, reminded_at=None), _remind, now)


def expire(now: datetime.datetime) -> int:
    """Let what nobody answered in time stand as such, and tell its sender; nobody is dropped by it."""
    return _each(Referral.objects.filter(status__in=FRESH, due_at__lte=now), _expire, now)


def escalate(now: datetime.datetime) -> int:
    """Tell the supervisors once of what is still not answered."""
    waiting = Referral.objects.filter(status=ReferralStatus.EXPIRED, escalate_at__lte=now, escalated_at=None)
    return _each(waiting, _escalate, now)


def _each(waiting: ReferralQuerySet, act: Act, now: datetime.datetime) -> int:
    """Do it for each in a transaction of its own, up to 200 at once; one that breaks is logged and stops none behind it."""
    done = 0
    for (pk,) in waiting.order_by("due_at", "pk").values_list("pk"):
        try:
            with transaction.atomic():
                done += act(waiting.filter(pk=pk).select_related("complaint__officer", "to_partner", "sent_by"), now)
        except Exception:
            logger.exception("the clock of referral %s could not be kept", pk)
        if done >= MOST:
            break
    return done


def _remind(waiting: ReferralQuerySet, now: datetime.datetime) -> bool:
    referral = _held(waiting)
    if referral is None:
        return False
    Referral.objects.filter(pk=referral.pk).update(reminded_at=now)
    if not tell_receiver(referral, "referral_reminder", once(referral, "reminder")):
        tell_sender(referral, "referral_ring", once(referral, "reminder"))
    return True


def _expire(waiting: ReferralQuerySet, now: datetime.datetime) -> bool:
    referral = waiting.first()  # not locked: its complaint is locked before it
    try:
        done = advance(referral, "expire", by=system_user(), happened_at=now) if referral else None
    except (Conflict, Http404):
        return False  # somebody answered meanwhile
    if done is None:
        return False
    tell_sender(done, "referral_expired", once(done, "expired"))
    return True


def _escalate(waiting: ReferralQuerySet, now: datetime.datetime) -> bool:
    referral = _held(waiting)
    if referral is None:
        return False
    Referral.objects.filter(pk=referral.pk).update(escalated_at=now)
    tell_supervisors(referral, "referral_escalated", once(referral, "escalated"))
    return True


def _held(waiting: ReferralQuerySet) -> Referral | None:
    """Lock one that still waits, unless another worker holds it."""
    return waiting.select_for_update(skip_locked=True, of=("self",), no_key=True).first()

"""The worker's part: remind, let expire, tell the supervisors; each once, however often it runs or is killed."""

import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.services import system_user
from core.exceptions import Conflict
from referrals.models import Referral, ReferralStatus
from referrals.services.answer import advance
from referrals.services.told import once, tell_receiver, tell_sender, tell_supervisors

MOST = 200
FRESH = (ReferralStatus.SENT, ReferralStatus.SEEN)


def watch(now: datetime.datetime | None = None) -> dict[str, int]:
    """Do what the clocks ask for; return how many were reminded of, expired and told to the supervisors."""
    now = now or timezone.now()
    return {"reminded": remind(now), "expired": expire(now), "escalated": escalate(now)}


@transaction.atomic
def remind(now: datetime.datetime) -> int:
    """Remind the receiver once while it has not expired; where nobody there can be told, its sender is, to ring them."""
    waiting = Referral.objects.filter(status__in=FRESH, remind_at__lte=now, reminded_at=None)
    rows = _held(waiting)
    for referral in rows:
        Referral.objects.filter(pk=referral.pk).update(reminded_at=now)
        if not tell_receiver(referral, "referral_reminder", once(referral, "reminder")):
            tell_sender(referral, "referral_ring", once(referral, "reminder"))
    return len(rows)


def expire(now: datetime.datetime) -> int:
    """Let what nobody answered in time stand as such, and tell its sender; nobody is dropped by it."""
    over = Referral.objects.filter(status__in=FRESH, due_at__lte=now).order_by("due_at", "pk")
    return sum(_expired(pk, now) for (pk,) in over.values_list("pk")[:MOST])


@transaction.atomic
def _expired(pk: Any, now: datetime.datetime) -> int:
    referral = Referral.objects.select_related("complaint").filter(pk=pk).first()
    try:
        done = advance(referral, "expire", by=system_user(), happened_at=now) if referral else None
    except (Conflict, Http404):
        return 0  # somebody answered meanwhile
    if done is None:
        return 0
    tell_sender(done, "referral_expired", once(done, "expired"))
    return 1


@transaction.atomic
def escalate(now: datetime.datetime) -> int:
    """Tell the supervisors once of what is still not answered."""
    rows = _held(Referral.objects.filter(status=ReferralStatus.EXPIRED, escalate_at__lte=now, escalated_at=None))
    for referral in rows:
        Referral.objects.filter(pk=referral.pk).update(escalated_at=now)
        tell_supervisors(referral, "referral_escalated", once(referral, "escalated"))
    return len(rows)


def _held(rows: Any) -> list[Referral]:
    """Lock a batch that no other worker holds, with what telling needs."""
    held = rows.order_by("due_at", "pk").select_for_update(skip_locked=True, of=("self",), no_key=True)
    return list(held.select_related("complaint__officer", "to_partner", "sent_by")[:MOST])

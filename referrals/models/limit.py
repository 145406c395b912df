"""How long somebody may take to answer: data an administrator edits, never constants."""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Versioned
from referrals.models.words import LimitFor


class ReferralLimit(Versioned):
    """Hours until a reminder, until it counts as not answered, and until the supervisors are told."""

    kind = models.CharField(max_length=16, choices=LimitFor, unique=True)
    remind_hours = models.PositiveIntegerField(_("Reminder after (hours)"))
    hours = models.PositiveIntegerField(_("To be answered within (hours)"))
    escalate_hours = models.PositiveIntegerField(_("Supervisors are told after (hours)"))

    class Meta:
        ordering: ClassVar[list[str]] = ["kind"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(remind_hours__lte=F("hours"), hours__lte=F("escalate_hours"), hours__gte=1),
                name="referrallimit_in_order",
                violation_error_message=_("First the reminder, then the limit, then the supervisors."),
            )
        ]


# Kind: reminder, limit, supervisors.
FIRST_LIMITS = {
    LimitFor.HOSPITAL: (1, 1, 2),
    LimitFor.SHELTER: (1, 2, 4),
    LimitFor.SOCIAL_AFFAIRS: (8, 24, 48),
    LimitFor.PROVINCE: (8, 24, 48),
    LimitFor.TRANSFER: (8, 24, 48),
    LimitFor.MINISTRY: (4, 24, 48),
    LimitFor.NGO: (24, 48, 72),
    LimitFor.LEGAL_AID: (24, 72, 120),
    LimitFor.EMBASSY: (72, 120, 240),
    LimitFor.COURT: (72, 120, 240),
}


def times(kind: str, since: datetime.datetime) -> dict[str, datetime.datetime]:
    """Return the columns of the clock of a referral sent at `since`."""
    row = ReferralLimit.objects.filter(kind=kind).first()
    remind, due, escalate = (row.remind_hours, row.hours, row.escalate_hours) if row else FIRST_LIMITS[LimitFor(kind)]
    hours = {"remind_at": remind, "due_at": due, "escalate_at": escalate}
    return {name: since + datetime.timedelta(hours=number) for name, number in hours.items()}

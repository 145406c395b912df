"""What is due of referrals: what nobody answered in time, sent by us or sent to us."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.due import register_both
from referrals.models import Referral


def _unanswered(user: Any, now: datetime) -> Any:
    return Referral.objects.overdue(now) if user.may("referral.answer") else None


register_both(
    "referrals",
    _("Referrals not answered in time"),
    _("Referrals sent to you, not answered in time"),
    "referrals:list",
    "waits=late",
    _unanswered,
)

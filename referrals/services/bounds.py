"""Which moments a referral takes: when somebody is brought, and when something about it happened."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core import display
from referrals.models import Referral

BEFORE, AHEAD = datetime.timedelta(days=1), datetime.timedelta(days=30)
BROUGHT_FIRST = 3  # days: somebody may have been brought in before the paper was written


def brought_wrong(moment: datetime.datetime | None) -> dict[str, list[Any]]:
    """Return what is wrong with the moment a person is brought, by field: from a day before now to thirty days ahead."""
    now = timezone.now()
    if moment is None or now - BEFORE <= moment <= now + AHEAD:
        return {}
    return {"brought_at": [_("Give a day from yesterday on, and at most thirty days ahead.")]}


def require_after(row: Referral, moment: datetime.datetime) -> None:
    """Raise ValidationError for a step said to have happened before the referral was sent, or before it was accepted.

    An answer given by telephone may well be older than the look or the end of the time that was recorded meanwhile.
    """
    known = row.received_at if row.is_unanswered else max(row.received_at, row.status_at)
    if moment >= known.replace(second=0, microsecond=0):  # what a page offers is a whole minute
        return
    words = {"when": display.moment(known)}
    if row.is_unanswered:
        raise ValidationError(
            {"happened_at": [_("The referral was sent only on %(when)s. Give a later time.") % words]}
        )
    raise ValidationError({"happened_at": [_("The step before happened on %(when)s. Give a later time.") % words]})


def arrival_wrong(row: Referral, arrived: datetime.date) -> str:
    """Say what is wrong with the day somebody is said to have arrived; empty where nothing is."""
    if row.victim_id is None:
        return _("This referral is of nobody in particular: nobody arrives. Leave it empty.")
    if arrived > timezone.localdate():
        return _("This day has not come yet.")
    sent = display.day_of(row.received_at)
    if arrived >= sent - datetime.timedelta(days=BROUGHT_FIRST):
        return ""
    words = {"day": display.day(sent), "n": display.number(BROUGHT_FIRST)}
    return _("The referral was sent on %(day)s. Give a day at most %(n)s days before it.") % words

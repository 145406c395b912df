"""A partner that rests while referrals run there: only where it is not safe any more, and then every sender is told at once."""

from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_noop

from accounts.services import system_user
from partners.models import Partner
from partners.resting import when_resting
from referrals.models import Referral
from referrals.services.answer import advance
from referrals.services.told import tell_sender
from workflow.notes import in_source

MOST = 50
CLOSED = gettext_noop("This partner takes nobody any more.")


def runs(partner: Partner, by: Any) -> tuple[list[str], bool]:
    """Return the references of what runs at a partner as far as `by` may see it, and whether more runs there."""
    rows = Referral.objects.filter(to_partner=partner).running()
    seen = rows.visible_to(by)
    named = seen.order_by("due_at", "pk").values_list("reference", flat=True)
    return list(named[:MOST]), rows.exclude(pk__in=seen.values("pk")).exists()


def leave_nobody_there(partner: Partner, by: Any) -> None:
    """Tell every sender once to find another place; what nobody there accepted is recalled, who is there stays until they are moved."""
    rows = Referral.objects.filter(to_partner=partner).running().select_related("complaint__officer", "sent_by")
    for referral in rows.order_by("pk"):
        tell_sender(referral, "referral_unsafe", uuid4(), by)
        if referral.is_unanswered:
            advance(referral, "recall", by=system_user(), sender_knows=True, note=in_source(CLOSED))


when_resting(runs, leave_nobody_there)

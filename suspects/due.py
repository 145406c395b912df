"""What is due of suspects: hearings of which nobody recorded what came, and people held by an order that is over."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.due import register_own
from suspects.models import Hearing, Restraint, Suspect


def _hearings(user: Any, now: datetime) -> Any:
    return Hearing.objects.unrecorded(now) if user.may("suspect.court") else None


register_own(
    "hearings",
    _("Hearings without a result"),
    "hearings:list",
    "when=past",
    _hearings,
)


def _orders(user: Any, now: datetime) -> Any:
    if not user.may("suspect.court"):
        return None
    over = Restraint.objects.ending(timezone.localdate(now) - timedelta(days=1))
    return Suspect.objects.live().filter(pk__in=over.values("suspect"))


register_own(
    "orders",
    _("Held by an order of the court that is over"),
    "suspects:list",
    "order_ends=over",
    _orders,
)

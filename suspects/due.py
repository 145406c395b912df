"""What is due of suspects: hearings without a result or adjourned without a day, and people held by an order that is over."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.due import register_own
from suspects.models import Hearing, Restraint, Suspect
from suspects.services.orders import over_by


def _hearings(user: Any, now: datetime) -> Any:
    return Hearing.objects.unrecorded(now) if user.may("suspect.court") else None


register_own(
    "hearings",
    _("Hearings without a result"),
    "hearings:list",
    "when=past",
    _hearings,
)


def _adjourned(user: Any, now: datetime) -> Any:
    return Hearing.objects.undated() if user.may("suspect.court") else None


register_own(
    "adjourned",
    _("Hearings adjourned without another day"),
    "hearings:list",
    "when=adjourned",
    _adjourned,
)


def _orders(user: Any, now: datetime) -> Any:
    if not user.may("suspect.court"):
        return None
    over = Restraint.objects.ending(over_by(now))
    return Suspect.objects.live().filter(pk__in=over.values("suspect"))


register_own(
    "orders",
    _("Held by an order of the court that is over"),
    "suspects:list",
    "order_ends=over",
    _orders,
)

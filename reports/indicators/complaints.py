"""Indicators that count complaints."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from complaints.models import Channel, Complaint, Outcome
from reports.indicators import splits
from reports.indicators.registry import Indicator, Look, register


def received(look: Look) -> QuerySet[Any]:
    """Return the complaints received in the window, as R5 counts them."""
    rows = Complaint.objects.of_own_provinces(look.user).live()
    rows = rows.exclude(outcome=Outcome.DUPLICATE).exclude(channel=Channel.FOUND_IN_OPERATION)
    return rows.filter(received_at__gte=look.window.begins, received_at__lt=look.window.ends)


COMPLAINTS_RECEIVED = register(
    Indicator(
        number=2,
        name="complaints_received",
        label=_("Complaints received"),
        unit="complaint",
        definition=_(
            "Complaints whose first contact was received in the window. Complaints merged into another or found "
            "duplicate do not count, nor those opened for people found in an operation."
        ),
        counted_by=_("day the first contact was received"),
        rows=received,
        splits=(splits.province_of_incident(), splits.channel(), splits.main_form()),
    )
)

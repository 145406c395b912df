"""Indicators that count people: reported, sought, rescued."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from reports.indicators import splits
from reports.indicators.registry import Indicator, Look, Measure, register
from victims.models import Decision, Victim

VICTIM = (Decision.PRESUMED, Decision.TRAFFICKED)


def brought_out(look: Look) -> QuerySet[Any]:
    """Return the Rescues of the window: one row for one person and day, however many complaints sought them."""
    window = look.window
    seen = Victim.objects.of_own_provinces(look.user).filter(rescued_on__range=(window.first, window.last))
    return seen.rescues()


def victims_rescued(look: Look) -> QuerySet[Any]:
    """Return the Rescues of people presumed or identified as trafficked."""
    return brought_out(look).filter(decision__in=VICTIM)


def by_decision(look: Look) -> Measure:
    """Count the Rescues, presumed and trafficked apart."""
    found = (
        victims_rescued(look)
        .order_by()
        .aggregate(
            n=Count("pk"),
            presumed=Count("pk", filter=Q(decision=Decision.PRESUMED)),
            trafficked=Count("pk", filter=Q(decision=Decision.TRAFFICKED)),
        )
    )
    n = found.pop("n")
    return Measure(value=n, count=n, beside=found)


VICTIMS_RESCUED = register(
    Indicator(
        number=14,
        name="victims_rescued",
        label=_("Victims rescued"),
        unit="person",
        definition=_(
            "Rescues in the window of people whose identification decision is presumed or trafficked. "
            "A Rescue is one person on one day; it counts once however many complaints sought the person."
        ),
        counted_by=_("day of the rescue"),
        rows=victims_rescued,
        measure=by_decision,
        splits=(splits.nationality(), splits.main_form("complaint__main_form")),
        beside={"presumed": _("presumed"), "trafficked": _("trafficked")},
    )
)

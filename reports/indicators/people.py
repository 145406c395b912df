"""Indicators that count people brought out, and how searches ended."""

from typing import Any

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from core.display import ZONE
from reports.indicators import splits
from reports.indicators.ages import ages
from reports.indicators.counting import numbers
from reports.indicators.heads import searches
from reports.indicators.registry import Indicator, Look, Measure, register
from suspects.models import Suspect
from victims.models import Decision, RescueStatus, Victim
from victims.models.victim import ENDED

VICTIM = (Decision.PRESUMED, Decision.TRAFFICKED)
CLEARED = (Decision.EXPLOITED, Decision.NOT_A_VICTIM)
SPLITS = (
    splits.decision(),
    splits.nationality(),
    splits.sex(),
    *ages(F("rescued_on")),
    *splits.every_form("complaint__"),
    splits.found_in(),
    splits.site("complaint__site__reference"),
    *splits.times("rescued_on", moment=False),
)
SEARCH_SPLITS = (
    splits.rescue_status(),
    splits.left_how(),
    splits.nationality(),
    splits.sex(),
    *ages(TruncDate("received_at", tzinfo=ZONE)),
    splits.province_of_incident("complaint__province_of_incident_id"),
    *splits.times("status_at"),
)


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
    found = numbers("victims_rescued", "decision", look)
    n = sum(found.values())
    return Measure(value=n, count=n, beside={name: found.get(name, 0) for name in ("presumed", "trafficked")})


def not_trafficked(look: Look) -> QuerySet[Any]:
    """Return the Rescues of people cleared, not arrested in that operation (that day, where none is recorded)."""
    arrested_on = TruncDate("arrested_at", tzinfo=ZONE, output_field=DateField())
    arrests = Suspect.objects.of_own_provinces(look.user).live().filter(person_id=OuterRef("person_id"))
    there = arrests.filter(operation_id=OuterRef("operation_id"))
    within = arrests.filter(arrested_at__gte=look.window.begins, arrested_at__lt=look.window.ends)
    same_day = within.filter(operation=None).annotate(day=arrested_on).filter(day=OuterRef("rescued_on"))
    rows = brought_out(look).filter(decision__in=CLEARED)
    return rows.filter(~Exists(there), Q(operation__isnull=False) | ~Exists(same_day))


def undecided(look: Look) -> QuerySet[Any]:
    """Return the Rescues of people not yet screened."""
    return brought_out(look).filter(decision=Decision.NOT_YET_SCREENED)


def ended_searches(look: Look) -> QuerySet[Any]:
    """Return the people whose search ended in the window, each once, by the latest end."""
    window = look.window
    rows = searches(look).filter(ENDED, status_at__gte=window.begins, status_at__lt=window.ends)
    one = rows.order_by("person_id", "-status_at", "id").distinct("person_id")
    return rows.filter(pk__in=one.values("pk"))


def by_status(look: Look) -> Measure:
    """Count them by how the search ended."""
    found = dict(ended_searches(look).order_by().values_list("rescue_status").annotate(n=Count("pk")))
    n = sum(found.values())
    return Measure(value=n, count=n, beside={name: found.get(name, 0) for name in ENDS})


ENDS = {
    value: label for value, label in RescueStatus.choices if value not in (RescueStatus.REPORTED, RescueStatus.LOCATED)
}
RESCUED_ON = _("day of the rescue")
for made in (
    Indicator(
        number=14,
        name="victims_rescued",
        label=_("Victims rescued"),
        unit="person",
        definition=_(
            "Rescues in the window of people whose identification decision is presumed or trafficked. "
            "A Rescue is one person on one day; it counts once however many complaints sought the person."
        ),
        counted_by=RESCUED_ON,
        rows=victims_rescued,
        measure=by_decision,
        splits=SPLITS,
        beside={"presumed": _("presumed"), "trafficked": _("trafficked")},
    ),
    Indicator(
        number=15,
        name="people_brought_out_not_trafficked",
        label=_("People brought out who were not trafficked"),
        unit="person",
        definition=_(
            "Rescues in the window of people decided exploited but not trafficked, or not a victim, and not arrested in that "
            "operation (on that day, where no operation is recorded)."
        ),
        counted_by=RESCUED_ON,
        rows=not_trafficked,
        splits=SPLITS,
    ),
    Indicator(
        number=16,
        name="people_brought_out_undecided",
        label=_("People brought out, not yet screened"),
        unit="person",
        definition=_("Rescues in the window of people not yet screened."),
        counted_by=RESCUED_ON,
        rows=undecided,
        splits=SPLITS,
    ),
    Indicator(
        number=17,
        name="search_outcomes",
        label=_("How searches ended"),
        unit="person",
        definition=_(
            "People sought whose rescue status became rescued, left on own, deceased, or by two people declined or not "
            "found, in the window, each once by the latest. Found without having been reported, nobody was sought."
        ),
        counted_by=_("day the search ended"),
        rows=ended_searches,
        measure=by_status,
        splits=SEARCH_SPLITS,
        beside=ENDS,
    ),
):
    register(made)

"""Indicators that count people: reported, sought, rescued."""

from typing import Any

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from core.display import ZONE
from people.models import PersonName
from reports.indicators import splits
from reports.indicators.complaints import RECEIVED_ON, counted, received
from reports.indicators.registry import Indicator, Look, Measure, register
from suspects.models import Suspect
from victims.models import Decision, RescueStatus, Victim

VICTIM = (Decision.PRESUMED, Decision.TRAFFICKED)
CLEARED = (Decision.EXPLOITED, Decision.NOT_A_VICTIM)
REPORTED = Coalesce(F("number_reported"), F("n_people"))
BY_TWO = (RescueStatus.DECLINED, RescueStatus.NOT_FOUND)
ENDED = Q(rescue_status__in=[RescueStatus.RESCUED, RescueStatus.LEFT_ON_OWN, RescueStatus.DECEASED]) | Q(
    rescue_status__in=BY_TWO, final_by__isnull=False
)
HAS_NAME = Exists(PersonName.objects.filter(person_id=OuterRef("person_id")))
SPLITS = (
    splits.decision(),
    splits.nationality(),
    splits.sex(),
    *splits.ages(F("rescued_on")),
    splits.main_form("complaint__main_form"),
    splits.all_forms("complaint__forms"),
    splits.tip_form("complaint__main_form"),
    splits.found_in(),
    *splits.times("rescued_on", moment=False),
)
SEARCH_SPLITS = (
    splits.rescue_status(),
    splits.nationality(),
    splits.sex(),
    *splits.ages(TruncDate("received_at", tzinfo=ZONE)),
    splits.province_of_incident("complaint__province_of_incident_id"),
    *splits.times("status_at"),
)


def searches(look: Look) -> QuerySet[Any]:
    """Return the people sought: found without having been reported, they are none."""
    return Victim.objects.of_own_provinces(look.user).live().filter(found_unreported=False)


def heads(complaints: QuerySet[Any], people: QuerySet[Any]) -> tuple[int, int]:
    """Return distinct named persons, and heads without a name: those reported beyond the named."""
    reported = complaints.order_by().aggregate(n=Sum(REPORTED))["n"] or 0
    named = people.filter(complaint__in=complaints.order_by().values("pk")).filter(HAS_NAME)
    found = named.aggregate(rows=Count("pk"), persons=Count("person_id", distinct=True))
    return found["persons"], reported - found["rows"]


def reported_heads(look: Look) -> Measure:
    """Count the people the complaints received say are held."""
    complaints = received(look)
    named, unnamed = heads(complaints, searches(look))
    beside = {"named": named, "unnamed": unnamed}
    return Measure(value=named + unnamed, count=complaints.count(), beside=beside)


def before_end(look: Look) -> QuerySet[Any]:
    """Return the complaints received before the end, with how many of their searches had ended by then."""
    ended = searches(look).filter(ENDED, complaint_id=OuterRef("pk"), status_at__lt=look.window.ends).order_by()
    n = ended.values("complaint_id").annotate(n=Count("pk")).values("n")
    rows = counted(look).filter(received_at__lt=look.window.ends)
    return rows.annotate(still=REPORTED - Coalesce(n, 0)).filter(still__gt=0)


def sought_heads(look: Look) -> Measure:
    """Count who was still sought at the end of the window: distinct named persons, and heads without a name."""
    ends = look.window.ends
    complaints = counted(look).filter(received_at__lt=ends)
    within = searches(look).filter(complaint__in=complaints.order_by().values("pk"))
    ended = within.filter(ENDED, status_at__lt=ends)
    reported = complaints.order_by().aggregate(n=Sum(REPORTED))["n"] or 0
    named = within.filter(HAS_NAME).exclude(ENDED & Q(status_at__lt=ends))
    found = named.aggregate(rows=Count("pk"), persons=Count("person_id", distinct=True))
    unnamed = reported - ended.count() - found["rows"]
    beside = {"named": found["persons"], "unnamed": unnamed}
    return Measure(value=found["persons"] + unnamed, count=before_end(look).count(), beside=beside)


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
    found = dict(victims_rescued(look).order_by().values_list("decision").annotate(n=Count("pk")))
    n = sum(found.values())
    return Measure(value=n, count=n, beside={name: found.get(name, 0) for name in ("presumed", "trafficked")})


def not_trafficked(look: Look) -> QuerySet[Any]:
    """Return the Rescues of people cleared and not arrested on the day they were brought out."""
    arrested_on = TruncDate("arrested_at", tzinfo=ZONE, output_field=DateField())
    arrests = Suspect.objects.of_own_provinces(look.user).live().filter(person_id=OuterRef("person_id"))
    same_day = arrests.annotate(day=arrested_on).filter(day=OuterRef("rescued_on"))
    return brought_out(look).filter(decision__in=CLEARED).filter(~Exists(same_day))


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
NAMED = {"named": _("named persons"), "unnamed": _("heads without a name")}
RESCUED_ON = _("day of the rescue")
for made in (
    Indicator(
        number=4,
        name="people_reported",
        label=_("People reported as held"),
        unit="head",
        definition=_(
            "People the complaints received in the window say are held: distinct named persons, and heads without a name by "
            "the likely number. It is what was reported, not what was found. The records are the complaints."
        ),
        counted_by=RECEIVED_ON,
        rows=received,
        measure=reported_heads,
        splits=(),
        beside=NAMED,
    ),
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
            "Rescues in the window of people decided exploited but not trafficked, or not a victim, and not arrested on the "
            "day they were brought out."
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
    Indicator(
        number=18,
        name="people_still_sought",
        label=_("People still sought"),
        unit="head",
        definition=_(
            "At the end of the window, as known now: distinct named persons whose search had not ended, and heads without a "
            "name still sought. The records are the complaints that seek them."
        ),
        counted_by=_("end of the window"),
        rows=before_end,
        measure=sought_heads,
        is_stock=True,
        beside=NAMED,
    ),
):
    register(made)

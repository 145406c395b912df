"""Indicators that count who was screened, who was not, and who was identified."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext_lazy as _

from accounts.roles import ROLES
from core.display import ZONE
from reports.indicators import splits
from reports.indicators.ages import ages
from reports.indicators.registry import Indicator, Look, Measure, Split, register
from victims.models import DETENTION, Decision, Stay, Victim
from workflow.models import Transition

FOUND = Q(rescue_status="rescued") | Q(found_unreported=True)


def first_decision(*decisions: str) -> Subquery:
    """Return when a person's row was first decided (as one of these), by the day it happened."""
    rows = Transition.objects.filter(object_type="victims.victim", object_id=OuterRef("pk"), field="decision")
    decided = rows.exclude(after=Decision.NOT_YET_SCREENED)
    if decisions:
        decided = decided.filter(after__in=decisions)
    return Subquery(decided.order_by("happened_at", "recorded_at").values("happened_at")[:1])


def decided(look: Look, *decisions: str) -> QuerySet[Any]:
    """Return the people first decided (as one of these) in the window, one row a person: the one decided first."""
    window = look.window
    # The decision that stands is never older than the first.
    seen = Victim.objects.of_own_provinces(look.user).live().exclude(decision=Decision.NOT_YET_SCREENED)
    rows = seen.annotate(first=first_decision(*decisions))
    same = rows.filter(person_id=OuterRef("person_id"), first__isnull=False)
    earlier = same.filter(Q(first__lt=OuterRef("first")) | Q(first=OuterRef("first"), pk__lt=OuterRef("pk")))
    held = rows.filter(decided_on__gte=window.first, first__gte=window.begins, first__lt=window.ends)
    return held.filter(~Exists(earlier))


def screened(look: Look) -> QuerySet[Any]:
    """Return the people whose first screening was completed in the window."""
    return decided(look)


def identified(look: Look) -> QuerySet[Any]:
    """Return the people first decided *trafficked* in the window."""
    return decided(look, Decision.TRAFFICKED).filter(decision=Decision.TRAFFICKED)


def not_screened(look: Look) -> QuerySet[Any]:
    """Return who was found by the end of the window and is not screened as known now, one row a person."""
    rows = Victim.objects.of_own_provinces(look.user).live().filter(FOUND, decision=Decision.NOT_YET_SCREENED)
    before = rows.filter(status_at__lt=look.window.ends)
    one = before.order_by("person_id", "status_at", "pk").distinct("person_id")
    return rows.filter(pk__in=one.values("pk"))


def identified_measured(look: Look) -> Measure:
    """Count them; who is presumed at the end of the window stands beside, never added in."""
    n = identified(look).order_by().count()
    presumed = Victim.objects.of_own_provinces(look.user).live().filter(decision=Decision.PRESUMED)
    before = presumed.annotate(first=first_decision(Decision.PRESUMED)).filter(first__lt=look.window.ends)
    return Measure(value=n, count=n, beside={"presumed": before.order_by().values("person_id").distinct().count()})


def place_now() -> Subquery:
    """Return the kind of place where a person is now."""
    return Subquery(Stay.objects.now().filter(victim=OuterRef("pk")).values("kind")[:1])


def place_at_end(look: Look) -> Q:
    """Keep stays that lasted at the end of the window."""
    return Q(since__lte=look.window.last) & (Q(until=None) | Q(until__gt=look.window.last))


def victims_held(look: Look) -> QuerySet[Any]:
    """Return presumed and trafficked people in detention at the end of the window, one row a person: longest there."""
    rows = Victim.objects.of_own_provinces(look.user).live().filter(decision__in=HELD_AS)
    stays = Stay.objects.filter(place_at_end(look), kind__in=DETENTION)
    first = stays.filter(victim=OuterRef("pk")).order_by("since", "pk")
    held = rows.filter(pk__in=stays.values("victim_id")).annotate(
        held_since=Subquery(first.values("since")[:1]), held_in=Subquery(first.values("kind")[:1])
    )
    one = held.order_by("person_id", "held_since", "pk").distinct("person_id")
    return held.filter(pk__in=one.values("pk"))


def roles(_values: list[str]) -> Mapping[str, Any]:
    """Return the words of the roles of those who decide."""
    return {name: role.label for name, role in ROLES.items()}


RESCUED = Case(When(rescue_status="rescued", then=Value("rescued")), default=Value("not"), output_field=CharField())
RESCUED_WORDS = {"rescued": _("Rescued"), "not": _("Not rescued")}
# Where it is known in which province it happened, it happened in Cambodia.
EXPLOITED_IN = Case(
    When(~Q(complaint__country_of_incident=""), then=F("complaint__country_of_incident")),
    When(complaint__province_of_incident__isnull=False, then=Value("KH")),
    output_field=CharField(),
)
HELD_AS = (Decision.PRESUMED, Decision.TRAFFICKED)
DECIDED_ON = _("day of the decision")
PEOPLE = (splits.nationality(), splits.sex())
for made in (
    Indicator(
        number=12,
        name="people_screened",
        label=_("People screened"),
        unit="person",
        definition=_(
            "People whose identification was first decided in the window, whatever was decided; each once, by the first decision."
        ),
        counted_by=DECIDED_ON,
        rows=screened,
        splits=(
            splits.decision(),
            *PEOPLE,
            *ages(TruncDate(first_decision(), tzinfo=ZONE)),
            splits.found_in(),
            splits.place_kind(place_now()),
            *splits.times("first"),
        ),
    ),
    Indicator(
        number=13,
        name="people_not_screened",
        label=_("People not yet screened"),
        unit="person",
        definition=_(
            "At the end of the window, as known now: people brought out, or found without having been reported, of whom "
            "nobody has decided who they are."
        ),
        counted_by=_("end of the window"),
        rows=not_screened,
        is_stock=True,
        splits=(
            *PEOPLE,
            splits.found_in(),
            splits.place_kind(place_now()),
            splits.days_since("waiting", _("Waiting for"), F("status_at")),
        ),
    ),
    Indicator(
        number=19,
        name="victims_identified",
        label=_("Victims identified"),
        unit="person",
        definition=_(
            "People first decided trafficked in the window and still so decided. Who is presumed at its end stands beside, "
            "never added in."
        ),
        counted_by=DECIDED_ON,
        rows=identified,
        measure=identified_measured,
        splits=(
            *splits.every_form("complaint__"),
            *PEOPLE,
            *ages(TruncDate(first_decision(Decision.TRAFFICKED), tzinfo=ZONE)),
            splits.found_in(),
            Split("decider", _("Decided by"), F("decided_by__role"), roles),
            Split("rescued", _("Rescued or not"), RESCUED, lambda _values: RESCUED_WORDS),
            Split("exploited_in", _("Country of exploitation"), EXPLOITED_IN, splits.nationalities),
            *splits.times("first"),
        ),
        beside={"presumed": _("presumed at the end of the window")},
    ),
    Indicator(
        number=25,
        name="victims_held",
        label=_("Victims in detention"),
        unit="person",
        definition=_(
            "At the end of the window: people presumed or trafficked, as known now, whose place was police, immigration "
            "detention or prison on that day; each once."
        ),
        counted_by=_("end of the window"),
        rows=victims_held,
        is_stock=True,
        splits=(
            splits.decision(),
            *PEOPLE,
            *ages(F("held_since")),
            splits.found_in(),
            splits.place_kind(F("held_in")),
            splits.days_since("held_for", _("Held for"), Cast("held_since", DateTimeField())),
        ),
    ),
):
    register(made)

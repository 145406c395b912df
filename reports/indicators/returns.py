"""Indicators that count returns: people handed over to their country, returns under way, Cambodians who came home."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from reports.indicators import splits
from reports.indicators.ages import ages
from reports.indicators.registry import Indicator, Look, Measure, Split, register
from reports.indicators.screening import place_now
from victims.models import Crossing, Decision, PaidBy, Repatriation, ReturnStatus, Victim
from victims.models.repatriation import COMING, WAITING
from workflow.models import Transition

OPEN = (*WAITING, *COMING)


def people(look: Look) -> QuerySet[Any]:
    """Return the people found whom the reader may see."""
    return Victim.objects.of_own_provinces(look.user).live()


def one_each(rows: QuerySet[Any], day: str) -> QuerySet[Any]:
    """Keep one row a person: the first by a day, where there is one."""
    found = rows.filter(**{f"{day}__isnull": False})
    one = found.order_by("person_id", day, "pk").distinct("person_id")
    return found.filter(pk__in=one.values("pk"))


def of_return(look: Look, day: str, **named: str) -> QuerySet[Any]:
    """Return people with columns of their first return whose `day` lies in the window, under other names."""
    within = {f"{day}__range": (look.window.first, look.window.last)}
    first = Repatriation.objects.filter(victim=OuterRef("pk"), **within).order_by(day, "pk")
    there = Repatriation.objects.filter(**within).order_by()  # few: everybody else is never asked
    rows = people(look).filter(pk__in=there.values("victim"))
    return rows.annotate(**{name: Subquery(first.values(column)[:1]) for name, column in named.items()})


def repatriated(look: Look) -> QuerySet[Any]:
    """Return who was handed over in the window, one row a person: the first hand-over. A deportation is none."""
    rows = of_return(look, "handed_over_on", handed_on="handed_over_on", to_country="country", who_paid="paid_by")
    return one_each(rows, "handed_on")


def returned(look: Look) -> QuerySet[Any]:
    """Return the Cambodians received in the window, one row a person."""
    rows = of_return(look, "received_on", came_on="received_on", from_country="country", came_by="crossing")
    return one_each(rows, "came_on")


def returned_measured(look: Look) -> Measure:
    """Count them; who of them is screened stands beside."""
    rows = returned(look).order_by()
    n = rows.count()
    unscreened = rows.filter(decision=Decision.NOT_YET_SCREENED).count()
    return Measure(value=n, count=n, beside={"screened": n - unscreened, "not_screened": unscreened})


def steps_of(look: Look) -> QuerySet[Any]:
    """Return the steps of a return that happened before the end of the window, the last first."""
    rows = Transition.objects.filter(object_type="victims.repatriation", object_id=OuterRef("pk"), field="status")
    return rows.filter(happened_at__lt=look.window.ends).order_by("-happened_at", "-recorded_at", "-pk")


def under_way(look: Look) -> QuerySet[Any]:
    """Return whose return was open at the end of the window, one row a person: the one begun first."""
    steps = steps_of(look)
    reached = steps.exclude(step="take_back").filter(after=OuterRef("step_then"))
    open_then = (
        Repatriation.objects.filter(victim=OuterRef("pk"))
        .annotate(step_then=Subquery(steps.values("after")[:1]))
        .annotate(reached=Subquery(reached.values("happened_at")[:1]))
        .filter(step_then__in=OPEN)
        .order_by("begun_at", "pk")
    )
    named = {"return_begun": "begun_at", "return_step": "step_then", "step_since": "reached", "of_country": "country"}
    rows = people(look).annotate(**{name: Subquery(open_then.values(column)[:1]) for name, column in named.items()})
    return one_each(rows, "return_begun")


def country(column: str) -> Split:
    """Split by whose embassy it is, or where people came from (EM)."""
    return Split("country", _("Country"), F(column), splits.nationalities)


PEOPLE = (splits.nationality(), splits.sex())
for made in (
    Indicator(
        number=22,
        name="people_repatriated",
        label=_("People repatriated"),
        unit="person",
        definition=_(
            "People handed over to their country in the window, who agreed to it, asked alone; each once, by the first "
            "hand-over. Deportations never."
        ),
        counted_by=_("day of the hand-over"),
        rows=repatriated,
        splits=(
            country("to_country"),
            splits.decision(),
            *PEOPLE,
            *ages(F("handed_on")),
            Split("paid_by", _("Who paid"), F("who_paid"), splits.chosen(PaidBy)),
            splits.found_in(),
            *splits.times("handed_on", moment=False),
        ),
    ),
    Indicator(
        number=23,
        name="repatriations_open",
        label=_("Returns under way"),
        unit="person",
        definition=_(
            "At the end of the window, by what happened until then: people whose return, out of Cambodia or into it, was "
            "begun and not ended. Who does not want to return is not among them."
        ),
        counted_by=_("end of the window"),
        rows=under_way,
        is_stock=True,
        splits=(
            Split("step", _("Step"), F("return_step"), splits.chosen(ReturnStatus)),
            country("of_country"),
            *PEOPLE,
            splits.place_kind(place_now()),
            splits.days_since("in_step", _("In this step for"), F("step_since")),
        ),
    ),
    Indicator(
        number=24,
        name="cambodians_returned",
        label=_("Cambodians returned"),
        unit="person",
        definition=_(
            "Cambodians received from abroad in the window; each once, by the first time. Who of them is screened stands "
            "beside."
        ),
        counted_by=_("day they were received"),
        rows=returned,
        measure=returned_measured,
        splits=(
            country("from_country"),
            splits.decision(),
            splits.sex(),
            *ages(F("came_on")),
            Split("crossing", _("Border or airport"), F("came_by"), splits.chosen(Crossing)),
            *splits.every_form("complaint__"),
            *splits.times("came_on", moment=False),
        ),
        beside={"screened": _("screened"), "not_screened": _("not yet screened")},
    ),
):
    register(made)

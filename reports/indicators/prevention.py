"""The indicator of awareness activities, and beside it the people they reached as their sources say."""

from typing import Any

from django.db.models import Count, DateTimeField, F, Q, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from prevention.models import Activity, ActivityKind, Audience, Organiser
from prevention.models.words import AWARENESS
from reports.indicators import splits
from reports.indicators.registry import NOT_STATED, Indicator, Look, Measure, Split, register


def held(look: Look) -> QuerySet[Any]:
    """Return the activities that began in the window, of the reader's provinces."""
    window = look.window
    rows = Activity.objects.of_own_provinces(look.user).filter(held_on__range=(window.first, window.last))
    return rows.annotate(received_at=Cast("held_on", DateTimeField()))  # what records are paged by


def measured(look: Look) -> Measure:
    """Count the activities; beside, heads reached: the same person at two activities is two."""
    found = (
        held(look)
        .order_by()
        .aggregate(
            n=Count("pk"),
            all=Sum("reached"),
            women=Sum("reached_women"),
            men=Sum(F("reached") - F("reached_women"), filter=Q(reached_women__isnull=False)),
            awareness=Sum("reached", filter=Q(kind__in=AWARENESS)),
            training=Sum("reached", filter=Q(kind=ActivityKind.TRAINING)),
        )
    )
    n, people, women, men, awareness, training = (found[name] or 0 for name in found)
    beside = {"reached": people, "reached_women": women, "reached_men": men, "reached_unsaid": people - women - men}
    beside |= {"reached_awareness": awareness, "reached_training": training}
    return Measure(value=n, count=n, beside=beside)


def several(name: str, label: Any, choices: Any) -> Split:
    """Split by every value of a list: an activity counts under each, so it does not add up."""

    def narrow(_look: Look, value: str) -> Q:
        return Q(**{f"{name}__len": 0}) if value == NOT_STATED else Q(**{f"{name}__contains": [value]})

    return Split(name, label, splits.Each(F(name)), splits.chosen(choices), adds_up=False, narrow=narrow)


register(
    Indicator(
        number=35,
        name="prevention_activities",
        label=_("Prevention and training"),
        unit="activity",
        definition=_(
            "Forums, campaigns, religious services, trainings and inspections by the day they were held, or began. Beside "
            "them the people reached as each source says, women and men apart where it does; somebody at two activities counts twice."
        ),
        counted_by=_("day it was held"),
        rows=held,
        measure=measured,
        splits=(
            Split("kind", _("Kind"), F("kind"), splits.chosen(ActivityKind)),
            several("organisers", _("Who organised it"), Organiser),
            several("audience", _("For whom"), Audience),
            Split("place", _("Province where it was held"), F("province_id"), splits.provinces),
            *splits.times("held_on", moment=False),
        ),
        beside={
            "reached": _("people reached"),
            "reached_women": _("women reached"),
            "reached_men": _("men reached"),
            "reached_unsaid": _("reached, sex not said"),
            "reached_awareness": _("of all reached: at forums, campaigns and religious services"),
            "reached_training": _("of all reached: trained"),
        },
    )
)

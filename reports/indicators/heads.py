"""Indicators that count people said to be held or still sought: those who have a row, and those a complaint only counts."""

from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.models import Complaint
from complaints.models.ledger import REPORTED, SEEKS, STILL
from complaints.services.asked import FIELD as ASKED_IN
from core.display import ZONE
from people.models import PersonName
from reports.indicators import splits
from reports.indicators.ages import ages
from reports.indicators.complaints import RECEIVED_ON, counted, received
from reports.indicators.registry import Heads, Indicator, Look, Measure, Split, register
from victims.models import Victim
from victims.models.victim import ENDED, SOUGHT
from workflow.models import Transition

HAS_NAME = Exists(PersonName.objects.filter(person_id=OuterRef("person_id")))
NAMED = {"named": _("named persons"), "unnamed": _("heads without a name")}


def searches(look: Look) -> QuerySet[Any]:
    """Return the people sought: found without having been reported, they are none."""
    return Victim.objects.of_own_provinces(look.user).live().filter(found_unreported=False)


def repeated(rows: QuerySet[Any]) -> Q:
    """Say that a row is of a named person who stands in an earlier row already; without a name, each row is a head."""
    same = rows.filter(person_id=OuterRef("person_id"))
    earlier = Q(received_at__lt=OuterRef("received_at")) | Q(received_at=OuterRef("received_at"), pk__lt=OuterRef("pk"))
    return Q(HAS_NAME) & Q(Exists(same.filter(earlier)))


def weighed(complaints: QuerySet[Any], whole: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Give each complaint its `heads`: all it holds, without the named persons who count in an earlier one.

    Few complaints have any: which ones is found once, and only they are counted through.
    """
    again = rows.filter(repeated(rows)).order_by()
    n = again.filter(complaint_id=OuterRef("pk")).values("complaint_id").annotate(n=Count("pk")).values("n")
    fewer = Case(When(pk__in=again.values("complaint_id"), then=Subquery(n)), default=Value(0))
    return complaints.annotate(heads=whole - fewer)


def unlisted(complaints: QuerySet[Any]) -> QuerySet[Any]:
    """Return the complaints that count more people than they list, each with how many as `heads`."""
    return complaints.annotate(heads=REPORTED - F("n_people")).filter(heads__gt=0)


def measured(heads: int, rows: QuerySet[Any], records: int) -> Measure:
    """Count distinct named persons, and heads without a name: all heads of the complaints beyond the named rows."""
    found = rows.filter(HAS_NAME).aggregate(rows=Count("pk"), persons=Count("person_id", distinct=True))
    beside = {"named": found["persons"], "unnamed": heads - found["rows"]}
    return Measure(value=sum(beside.values()), count=records, beside=beside)


def reported(look: Look) -> QuerySet[Any]:
    """Return the rows of the people whom the complaints received say are held."""
    return searches(look).filter(complaint__in=received(look).order_by().values("pk"))


def reported_heads(look: Look) -> Measure:
    """Count the people the complaints received say are held."""
    found = received(look).order_by().aggregate(n=Sum(REPORTED), rows=Count("pk"))
    return measured(found["n"] or 0, reported(look), found["rows"])


def before(look: Look) -> QuerySet[Any]:
    """Return the complaints received before the end of the window."""
    return counted(look).filter(received_at__lt=look.window.ends)


def before_end(look: Look) -> QuerySet[Any]:
    """Return those of them that still sought anybody then, with how many people as `still`.

    As of now by the ledger's own counters. As of a day gone by, these and whoever's search ended since: what was ended for
    good before it is never read.
    """
    if look.window.ends > timezone.now():
        return before(look).filter(SEEKS).annotate(still=STILL)
    since = searches(look).filter(ENDED, ended_since(look)).order_by()
    now = before(look).order_by().filter(SEEKS)
    each = since.filter(complaint_id=OuterRef("pk")).values("complaint_id").annotate(n=Count("pk")).values("n")
    rows = before(look).filter(pk__in=now.values("pk").union(since.values("complaint_id")))
    return rows.annotate(still=STILL + Coalesce(Subquery(each), 0))


def sought(look: Look) -> QuerySet[Any]:
    """Return the rows of people whose search had not ended by the end of the window."""
    within = searches(look).filter(complaint__in=before(look).order_by().values("pk"))
    return within.filter(SOUGHT | ended_since(look))


def ended_since(look: Look) -> Q:
    """Say that a search ended after the window, of people reported before its end.

    A row says itself when its complaint was received; one that came by a merge says when the other was, so those are all read.
    """
    merged = Complaint._base_manager.filter(merged_into__isnull=False).order_by()
    reported_then = Q(received_at__lt=look.window.ends) | Q(complaint__in=merged.values("merged_into"))
    return Q(status_at__gte=look.window.ends) & reported_then


def sought_heads(look: Look) -> Measure:
    """Count who was still sought at the end of the window."""
    found = before_end(look).order_by().aggregate(n=Sum("still"), rows=Count("pk"))
    return measured(found["n"] or 0, sought(look), found["rows"])


def last_step() -> Subquery:
    """Return when the last step in a complaint happened, of its own or of anybody in it; that others ask is no step of its."""
    rows = Transition.objects.filter(complaint_id=OuterRef("pk")).exclude(field=ASKED_IN)
    return Subquery(rows.order_by("-happened_at").values("happened_at")[:1])


def named() -> Split:
    """Split by whether a person has a name."""
    column = Case(When(HAS_NAME, then=Value("named")), default=Value("unnamed"), output_field=CharField())
    words = {"named": NAMED["named"], "unnamed": _("listed without a name")}
    return Split("named", _("Named or not"), column, lambda _values: words)


PEOPLE = splits.of_people(
    named(),
    splits.nationality(),
    splits.sex(),
    *ages(TruncDate("received_at", tzinfo=ZONE)),
)
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
        splits=(
            *PEOPLE,
            splits.province_of_incident(),
            *splits.every_form(),
            *splits.times("received_at"),
        ),
        beside=NAMED,
        heads=Heads(
            weighed=lambda look: weighed(received(look), REPORTED, reported(look)),
            people=lambda look: reported(look).exclude(repeated(reported(look))),
            unlisted=lambda look: unlisted(received(look)),
        ),
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
        splits=(
            *PEOPLE,
            splits.province_of_incident(),
            splits.site(),
            splits.days_since("last_step", _("Since the last step"), last_step()),
        ),
        beside=NAMED,
        heads=Heads(
            weighed=lambda look: weighed(before_end(look), F("still"), sought(look)),
            people=lambda look: sought(look).exclude(repeated(sought(look))),
            unlisted=lambda look: unlisted(before(look)),
        ),
    ),
):
    register(made)

"""Indicators of help: people given care, and referrals with their answers."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext_lazy as _

from partners.models import PartnerKind, Service
from referrals.models import UNANSWERED, Referral, ReferralStatus
from reports.indicators import splits
from reports.indicators.ages import ages
from reports.indicators.people import VICTIM
from reports.indicators.registry import Indicator, Look, Measure, Split, register
from reports.indicators.splits import Each
from victims.models import Care, Victim

ACCEPTED = (ReferralStatus.ACCEPTED, ReferralStatus.IN_PROGRESS, ReferralStatus.COMPLETED)


def given(look: Look) -> QuerySet[Any]:
    """Return the services that ran on a day of the window and were not taken back."""
    window = look.window
    runs = Q(from_on__lte=window.last) & (Q(until_on=None) | Q(until_on__gte=window.first))
    rows: QuerySet[Any] = Care.objects.of_own_provinces(look.user).filter(runs, taken_back_at=None)
    return rows


def assisted(look: Look) -> QuerySet[Any]:
    """Return one row for each presumed or trafficked person with a service in the window; `care_on` is its first day."""
    own = given(look).filter(victim=OuterRef("pk"))
    first = own.order_by("from_on").annotate(day=Greatest(F("from_on"), Value(look.window.first))).values("day")[:1]
    victims = Victim.objects.of_own_provinces(look.user).live().filter(decision__in=VICTIM)
    rows = victims.annotate(care_on=Subquery(first, output_field=DateField())).filter(care_on__isnull=False)
    one = rows.order_by("person_id", "care_on", "pk").distinct("person_id")
    return rows.filter(pk__in=one.values("pk"))


def assisted_measured(look: Look) -> Measure:
    """Count them, with the days they spent in shelters in the window beside."""
    n = assisted(look).order_by().count()
    window = look.window
    people = Victim.objects.of_own_provinces(look.user).live().filter(decision__in=VICTIM)
    in_shelter = given(look).filter(service=Service.SHELTER, victim__in=people)
    last = Least(Coalesce(F("until_on"), Value(window.last)), Value(window.last))
    first = Greatest(F("from_on"), Value(window.first))
    length = ExpressionWrapper(last - first, output_field=DurationField())
    found = in_shelter.aggregate(days=Sum(length), n=Count("pk"))
    days = (found["days"].days if found["days"] else 0) + found["n"]
    return Measure(value=n, count=n, beside={"shelter_days": days})


def service_of(look: Look) -> Each:
    """Return the kinds of service of a person in the window."""
    own = given(look).filter(victim__person=OuterRef("person_id")).order_by("service").distinct()
    return Each(ArraySubquery(own.values("service")))


def with_service(look: Look, value: str) -> Q:
    """Say whose rows are a kind of service."""
    return Q(Exists(given(look).filter(victim__person=OuterRef("person_id"), service=value)))


def sent(look: Look) -> QuerySet[Any]:
    """Return the referrals sent in the window; what partners referred to the ministry is no referral of ours."""
    window = look.window
    rows = Referral.objects.of_own_provinces(look.user).filter(from_partner=None)
    return rows.filter(received_at__gte=window.begins, received_at__lt=window.ends)


def sent_measured(look: Look) -> Measure:
    """Count them, with those accepted, answered in time and not answered yet beside."""
    found = sent(look).aggregate(
        n=Count("pk"),
        accepted=Count("pk", filter=Q(status__in=ACCEPTED)),
        in_time=Count("pk", filter=Q(in_time=True)),
        unanswered=Count("pk", filter=Q(status__in=UNANSWERED)),
    )
    n = found.pop("n")
    return Measure(value=n, count=n, beside=found)


PERSON = "victim__person__"
for made in (
    Indicator(
        number=20,
        name="victims_assisted",
        label=_("People given care"),
        unit="person",
        definition=_(
            "Presumed or trafficked people with at least one service on a day of the window, each once; in the split by "
            "service once for each kind. The days they spent in shelters in the window stand beside it."
        ),
        counted_by=_("day of the service"),
        rows=assisted,
        measure=assisted_measured,
        splits=(
            Split("service", _("Service"), service_of, splits.chosen(Service), adds_up=False, narrow=with_service),
            splits.nationality(),
            splits.sex(),
            *ages(F("care_on")),
            *splits.times("care_on", moment=False),
        ),
        beside={"shelter_days": _("days in shelters")},
    ),
    Indicator(
        number=21,
        name="referrals_made",
        label=_("Referrals"),
        unit="referral",
        definition=_(
            "Referrals and transfers sent in the window, by where they stand now. One person referred twice counts twice. Those "
            "accepted, those answered in time and those not answered yet stand beside it."
        ),
        counted_by=_("sent"),
        rows=sent,
        measure=sent_measured,
        splits=(
            Split("state", _("Status"), F("status"), splits.chosen(ReferralStatus)),
            Split("receiver", _("Sent to"), F("to_partner__kind"), splits.chosen(PartnerKind), unknown=_("a province")),
            splits.province_of_incident("complaint__province_of_incident_id"),
            Split("nationality", _("Nationality"), F(f"{PERSON}nationality"), splits.nationalities),
            *splits.times("received_at"),
        ),
        beside={
            "accepted": _("accepted"),
            "in_time": _("answered in time"),
            "unanswered": _("not answered yet"),
        },
    ),
):
    register(made)

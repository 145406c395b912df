"""Indicators of help: people given care, and referrals with their answers."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.display import ZONE
from partners.models import Partner, PartnerKind, Service
from referrals.models import UNANSWERED, Referral, ReferralStatus
from reports.indicators import splits
from reports.indicators.ages import ages
from reports.indicators.complaints import percent
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
    people = Victim.objects.of_own_provinces(look.user).live().filter(decision__in=VICTIM)
    in_shelter = given(look).filter(service=Service.SHELTER, victim__in=people).order_by("from_on")
    stays = in_shelter.values_list("victim__person_id", "from_on", "until_on")
    return Measure(value=n, count=n, beside={"shelter_days": nights(stays, look.window.first, look.window.last)})


def nights(stays: Iterable[tuple[Any, date, date | None]], first: date, last: date) -> int:
    """Count each person's days from `first` to `last`, today at the latest, once, however many shelters say so.

    `stays` come by their first day; an end of None goes on.
    """
    days, last, counted = 0, min(last, timezone.localdate()), dict[Any, date]()
    for person, begins, ends in stays:
        begins, ends = max(begins, first, counted.get(person, first)), min(ends or last, last)
        if ends >= begins:
            days += (ends - begins).days + 1
            counted[person] = ends + timedelta(days=1)
    return days


def service_of(look: Look) -> Each:
    """Return the kinds of service of a person in the window."""
    own = given(look).filter(victim__person=OuterRef("person_id")).order_by("service").distinct()
    return Each(ArraySubquery(own.values("service")))


def with_service(look: Look, value: str) -> Q:
    """Say whose rows are a kind of service."""
    return Q(Exists(given(look).filter(victim__person=OuterRef("person_id"), service=value)))


UNLISTED_GIVER = "other"


def giver_of(look: Look) -> Each:
    """Return who gave a person something in the window, by reference; all who are not in the directory as one."""
    own = given(look).filter(victim__person=OuterRef("person_id"))
    givers = own.annotate(giver=Coalesce("provider__reference", Value(UNLISTED_GIVER))).order_by("giver")
    return Each(ArraySubquery(givers.values("giver").distinct()))


def with_giver(look: Look, value: str) -> Q:
    """Say who got something of a partner, or of somebody who is not in the directory."""
    partner = None if value == UNLISTED_GIVER else value
    own = given(look).filter(victim__person=OuterRef("person_id"))
    return Q(Exists(own.filter(provider__reference=partner) if partner else own.filter(provider=None)))


def givers(values: list[str]) -> Mapping[str, Any]:
    """Return the names of partners by reference."""
    named = {row.reference: row.name for row in Partner.objects.filter(reference__in=values)}
    return {**named, UNLISTED_GIVER: _("nobody of the directory")}


def sent(look: Look) -> QuerySet[Any]:
    """Return the referrals sent in the window; what partners referred to the ministry is no referral of ours."""
    window = look.window
    rows = Referral.objects.of_own_provinces(look.user).filter(from_partner=None)
    return rows.filter(received_at__gte=window.begins, received_at__lt=window.ends)


def sent_measured(look: Look) -> Measure:
    """Count them; beside, the shares accepted and answered in time, each with its parts (R12), and what is left out."""
    over = Q(status__in=UNANSWERED, due_at__lt=min(look.window.ends, timezone.now()))
    answered = Q(answered_at__isnull=False)
    wanted = {
        "accepted": Q(status__in=ACCEPTED),
        "answered": answered,
        "in_time": Q(in_time=True),
        "due": answered | over,
        "unanswered": Q(status__in=UNANSWERED),
        "recalled": Q(answered_at=None) & ~Q(status__in=UNANSWERED),
    }
    counts = {name: Count("pk", filter=rule) for name, rule in wanted.items()}
    found = sent(look).aggregate(n=Count("pk"), **counts)
    n = found.pop("n")
    shares = {"accepted_share": ("accepted", "answered"), "in_time_share": ("in_time", "due")}
    whole = {name: percent(found[part], found[of]) for name, (part, of) in shares.items()}
    found |= {name: share for name, share in whole.items() if share is not None}
    return Measure(value=n, count=n, beside={name: found[name] for name in BESIDE if name in found})


BESIDE = {
    "accepted": _("accepted"),
    "answered": _("answered"),
    "accepted_share": _("of 100 answered, accepted"),
    "in_time": _("answered in time"),
    "due": _("answered, or their limit has passed"),
    "in_time_share": _("of 100 of these, answered in time"),
    "unanswered": _("not answered yet"),
    "recalled": _("recalled before an answer, in no share"),
}


PERSON = "victim__person__"
for made in (
    Indicator(
        number=20,
        name="victims_assisted",
        label=_("People given care"),
        unit="person",
        definition=_(
            "Presumed or trafficked people with at least one service on a day of the window, each once; in the split by "
            "service once for each kind, in that by who gives it once for each. The days they spent in shelters in the window "
            "stand beside it."
        ),
        counted_by=_("day of the service"),
        rows=assisted,
        measure=assisted_measured,
        splits=(
            Split("service", _("Service"), service_of, splits.chosen(Service), adds_up=False, narrow=with_service),
            Split(
                "provider",
                _("Given by"),
                giver_of,
                givers,
                adds_up=False,
                narrow=with_giver,
                permission="partner.read",
            ),
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
            "Referrals and transfers sent in the window, by where they stand now. One person referred twice counts twice. Beside "
            "it the share accepted of those answered, and the share answered in time of those answered or whose limit has "
            "passed. Not answered yet is left out of the first, and of the second while the limit runs; recalled before an "
            "answer is left out of both."
        ),
        counted_by=_("sent"),
        rows=sent,
        measure=sent_measured,
        splits=(
            Split("state", _("Status"), F("status"), splits.chosen(ReferralStatus)),
            Split("receiver", _("Sent to"), F("to_partner__kind"), splits.chosen(PartnerKind), unknown=_("a province")),
            splits.province_of_incident("complaint__province_of_incident_id"),
            splits.nationality(PERSON),
            splits.sex(PERSON),
            *ages(TruncDate("received_at", tzinfo=ZONE), PERSON),
            *splits.times("received_at"),
        ),
        beside=BESIDE,
    ),
):
    register(made)

"""Indicators that count rescue operations, and everybody met in them."""

from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.display import ZONE
from reports.indicators import splits
from reports.indicators.ages import ages
from reports.indicators.registry import Heads, Indicator, Look, Measure, Split, register
from suspects.models import Suspect
from victims.models import Operation, OperationResult, Victim

DONE_ON = _("day of the operation")


def carried_out(look: Look) -> QuerySet[Any]:
    """Return the operations whose result was recorded as done, by their day."""
    window = look.window
    rows = Operation.objects.of_own_provinces(look.user).done()
    held = rows.filter(done_at__gte=window.begins, done_at__lt=window.ends)
    return held.annotate(received_at=F("done_at"))  # what lists of records are sorted by


def met(look: Look) -> QuerySet[Any]:
    """Return the people met in them, each once an operation: the oldest row of a person."""
    rows = Victim.objects.of_own_provinces(look.user).live()
    held = rows.filter(operation__in=carried_out(look).order_by().values("pk"))
    one = held.order_by("operation_id", "person_id", "received_at", "pk").distinct("operation_id", "person_id")
    return rows.filter(pk__in=one.values("pk"))


def arrested_only(look: Look) -> QuerySet[Any]:
    """Return the suspects arrested in an operation who are not listed among the people met in it."""
    people = Victim.objects.of_own_provinces(look.user).live()
    listed = people.filter(person_id=OuterRef("person_id"), operation_id=OuterRef("operation_id"))
    rows = Suspect.objects.of_own_provinces(look.user).live().filter(operation__isnull=False)
    return rows.filter(~Exists(listed))


def _n(rows: QuerySet[Any]) -> Any:
    of_one = rows.filter(operation_id=OuterRef("pk")).order_by().values("operation_id")
    return Coalesce(Subquery(of_one.annotate(n=Count("person_id", distinct=True)).values("n")), 0)


def weighed(look: Look) -> QuerySet[Any]:
    """Return the operations that met anybody, each with how many as `heads`."""
    people = Victim.objects.of_own_provinces(look.user).live()
    rows = carried_out(look).annotate(heads=_n(people) + _n(arrested_only(look)))
    return rows.filter(heads__gt=0)


def unlisted(look: Look) -> QuerySet[Any]:
    """Return the operations with suspects arrested who are not among the people met, with how many as `heads`."""
    return carried_out(look).annotate(heads=_n(arrested_only(look))).filter(heads__gt=0)


def everybody(look: Look) -> Measure:
    """Count everybody met, those nobody had reported and those arrested beside it."""
    found = weighed(look).order_by().aggregate(n=Sum("heads"), rows=Count("pk"))
    people = met(look)
    held = Suspect.objects.of_own_provinces(look.user).live()
    arrested = held.filter(operation__in=carried_out(look).order_by().values("pk"))
    pairs = arrested.order_by().values("operation_id", "person_id").distinct().count()
    beside = {"unreported": people.filter(found_unreported=True).count(), "arrested": pairs}
    return Measure(value=found["n"] or 0, count=found["rows"], beside=beside)


REPORTED = Split(
    "was_reported",
    _("Reported before"),
    Case(When(found_unreported=True, then=Value("unreported")), default=Value("reported"), output_field=CharField()),
    lambda _values: {"reported": _("reported"), "unreported": _("found without having been reported")},
)
PLACES = (splits.place("province_of_operation", _("Province of the operation"), "province_id"), splits.site())
for made in (
    Indicator(
        number=10,
        name="operations_carried_out",
        label=_("Rescue operations"),
        unit="operation",
        definition=_("Operations whose result was recorded as done, by the day they were carried out."),
        counted_by=DONE_ON,
        rows=carried_out,
        splits=(
            Split("result", _("Result"), F("result"), splits.chosen(OperationResult)),
            *PLACES,
            *splits.times("done_at"),
        ),
    ),
    Indicator(
        number=11,
        name="people_found",
        label=_("People found in operations"),
        unit="person",
        definition=_(
            "Everybody met in an operation of the window, reported or not, named or not, suspects included, each once an "
            "operation. The records are the operations."
        ),
        counted_by=DONE_ON,
        rows=weighed,
        measure=everybody,
        splits=(
            *splits.of_people(
                REPORTED,
                splits.nationality(),
                splits.sex(),
                *ages(TruncDate("operation__done_at", tzinfo=ZONE)),
            ),
            *PLACES,
            *splits.times("done_at"),
        ),
        beside={
            "unreported": _("found without having been reported"),
            "arrested": pgettext_lazy("people met", "arrested"),
        },
        heads=Heads(weighed=weighed, people=met, unlisted=unlisted, word=_("arrested, not listed among them")),
    ),
):
    register(made)

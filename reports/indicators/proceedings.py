"""Indicators that count victims before courts and authorities: penalised, and heard, helped, compensated."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Least
from django.utils.translation import gettext_lazy as _

from reports.indicators import splits
from reports.indicators.ages import ages
from reports.indicators.court import charged
from reports.indicators.justice import courts
from reports.indicators.people import VICTIM
from reports.indicators.registry import NOT_STATED, Indicator, Look, Measure, Split, register
from reports.indicators.splits import Each
from suspects.models import Review
from victims.models import Deportation, DeportationStatus, Proceeding, ProceedingKind, Victim
from victims.models.proceeding import PENALTIES, SUPPORT


def acts(look: Look, kinds: Any, *, of_person: bool = False) -> QuerySet[Any]:
    """Return what happened to a row in the window, of these kinds; `of_person`: to any row of its person that counts.

    One row stands for a person in the figure; what its parts say is of the person.
    """
    days = (look.window.first, look.window.last)
    rows: QuerySet[Any] = Proceeding.objects.standing().filter(kind__in=kinds, happened_on__range=days)
    return _theirs(look, rows, of_person=of_person)


def _theirs(look: Look, rows: QuerySet[Any], *, of_person: bool) -> QuerySet[Any]:
    if not of_person:
        return rows.filter(victim=OuterRef("pk"))
    return rows.filter(victim__person=OuterRef("person_id"), victim__in=victims(look).values("pk"))


def victims(look: Look) -> QuerySet[Any]:
    """Return the rows of people presumed or decided to be trafficked."""
    return Victim.objects.of_own_provinces(look.user).live().filter(decision__in=VICTIM)


def acted_on(look: Look, kinds: Any) -> QuerySet[Any]:
    """Return one row for each person with such an act in the window, with the day of the first as `act_on`."""
    first = acts(look, kinds).order_by("happened_on", "recorded_at").values("happened_on")[:1]
    rows = victims(look).annotate(act_on=Subquery(first)).filter(act_on__isnull=False)
    one = rows.order_by("person_id", "act_on", "pk").distinct("person_id")
    return rows.filter(pk__in=one.values("pk"))


def deported(look: Look, *, of_person: bool = False) -> QuerySet[Any]:
    """Return the deportations of a row (`of_person` as for `acts`) that were carried out in the window."""
    days = (look.window.first, look.window.last)
    rows: QuerySet[Any] = Deportation.objects.filter(status=DeportationStatus.CARRIED_OUT, carried_out_on__range=days)
    return _theirs(look, rows, of_person=of_person)


def penalised(look: Look) -> QuerySet[Any]:
    """Return one row for each person fined, charged, convicted or deported in the window; `act_on` is the first day."""
    first = acts(look, PENALTIES).order_by("happened_on", "recorded_at").values("happened_on")[:1]
    gone = deported(look).order_by("carried_out_on").values("carried_out_on")[:1]
    rows = victims(look).annotate(act_on=Least(Subquery(first), Subquery(gone))).filter(act_on__isnull=False)
    one = rows.order_by("person_id", "act_on", "pk").distinct("person_id")
    return rows.filter(pk__in=one.values("pk"))


def in_proceedings(look: Look) -> QuerySet[Any]:
    """Return the people who took part in proceedings in the window."""
    return acted_on(look, SUPPORT)


def penalised_measured(look: Look) -> Measure:
    """Count them; reviews and overrides of the window, and victims charged as suspects in it, beside."""
    n = penalised(look).order_by().count()
    window = look.window
    held = Victim._base_manager.filter(person_id=OuterRef("suspect__person_id"), decision__in=VICTIM, merged_into=None)
    reviews = Review.objects.of_own_provinces(look.user).filter(Exists(held), at__gte=window.begins, at__lt=window.ends)
    overrides = reviews.filter(finding=Review.Finding.OVERRIDDEN).count()
    who = victims(look).filter(person_id=OuterRef("person_id"))
    beside = {
        "reviews": reviews.count() - overrides,
        "overrides": overrides,
        "charged_as_suspects": charged(look).filter(Exists(who)).order_by().count(),
    }
    return Measure(value=n, count=n, beside=beside)


def kind_of(kinds: Any) -> Split:
    """Split by what happened: one person may have several in a window, so it does not add up."""

    def of(look: Look) -> Each:
        return Each(ArraySubquery(acts(look, kinds, of_person=True).order_by("kind").distinct().values("kind")))

    def narrow(look: Look, value: str) -> Q:
        return Q(Exists(acts(look, [value], of_person=True)))

    return Split("kind", _("What happened"), of, splits.chosen(ProceedingKind), adds_up=False, narrow=narrow)


def penalty() -> Split:
    """Split by what happened, a deportation among it: one person may have several in a window, so it does not add up."""

    def of(look: Look) -> Each:
        kinds = ArraySubquery(acts(look, PENALTIES, of_person=True).order_by("kind").distinct().values("kind"))
        gone = Case(When(Exists(deported(look, of_person=True)), then=_codes([DEPORTED])), default=_codes([]))
        return Each(Func(kinds, gone, function="array_cat"))

    def narrow(look: Look, value: str) -> Q:
        return Q(Exists(deported(look, of_person=True) if value == DEPORTED else acts(look, [value], of_person=True)))

    def words(_values: list[str]) -> dict[str, Any]:
        return {**dict(ProceedingKind.choices), DEPORTED: _("Deported")}

    return Split("kind", _("What happened"), of, words, adds_up=False, narrow=narrow)


def _codes(values: list[str]) -> Cast:
    return Cast(Value(values), ArrayField(CharField()))


DEPORTED = "deported"


def court_of(kinds: Any) -> Split:
    """Split by the court of the act (CO): one person may stand before several."""

    def of(look: Look) -> Each:
        rows = acts(look, kinds, of_person=True).filter(court__isnull=False)
        return Each(ArraySubquery(rows.order_by("court").distinct().values("court")))

    def narrow(look: Look, value: str) -> Q:
        if value == NOT_STATED:
            return ~Q(Exists(acts(look, kinds, of_person=True).filter(court__isnull=False)))
        return Q(Exists(acts(look, kinds, of_person=True).filter(court=value)))

    return Split("court", _("Court"), of, courts, adds_up=False, narrow=narrow)


PEOPLE = (splits.decision(), splits.nationality(), splits.sex(), *ages(F("act_on")))
TIMES = splits.times("act_on", moment=False)
for made in (
    Indicator(
        number=26,
        name="victims_penalised",
        label=_("Victims penalised"),
        unit="person",
        definition=_(
            "Presumed or trafficked people fined, charged, convicted or deported in the window for status or acts of their "
            "exploitation, as it was recorded, each once by the first act in it. Reviews and overrides of such people, and those of them charged "
            "as suspects, stand beside it."
        ),
        counted_by=_("day of the act"),
        rows=penalised,
        measure=penalised_measured,
        splits=(penalty(), court_of(PENALTIES), *PEOPLE, *TIMES),
        beside={
            "reviews": _("reviews"),
            "overrides": _("overrides"),
            "charged_as_suspects": _("charged as suspects"),
        },
    ),
    Indicator(
        number=27,
        name="victims_in_proceedings",
        label=_("Victims in proceedings"),
        unit="person",
        definition=_(
            "Presumed or trafficked people who in the window testified, had a lawyer, claimed, were awarded or were paid "
            "compensation, or were granted a stay or spared a fine; each once."
        ),
        counted_by=_("day of the act"),
        rows=in_proceedings,
        splits=(kind_of(SUPPORT), court_of(SUPPORT), *PEOPLE, *TIMES),
    ),
):
    register(made)

"""Indicators that count what police and courts do with suspects: first contact, charge, judgment."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least, TruncDate
from django.utils.translation import gettext_lazy as _

from core.display import ZONE
from reports.indicators import splits
from reports.indicators.ages import ages
from reports.indicators.justice import (
    arrested_in,
    arrested_on,
    article_of_suspect,
    articles,
    courts,
    first_of,
    of_trafficking,
    official,
    seen,
)
from reports.indicators.registry import NOT_STATED, Indicator, Look, Measure, Split, register
from reports.indicators.splits import Each
from suspects.models import CaseFile, Charge, SuspectStatus


def met(look: Look) -> QuerySet[Any]:
    """Return the suspects of trafficking who met the police, each with the moment of the first contact of the row."""
    rows = of_trafficking(seen(look)).annotate(contact=Least("first_contact_at", "arrested_at"))
    return rows.filter(contact__isnull=False)


def first_contacts(look: Look) -> QuerySet[Any]:
    """Return one row for each person whose first contact of all lies in the window."""
    rows = met(look).filter(contact__gte=look.window.begins, contact__lt=look.window.ends)
    return first_of(rows, met(look), "contact")


def charged(look: Look) -> QuerySet[Any]:
    """Return one row for each person whose first charge lies in the window."""
    rows = seen(look).filter(charged_on__range=(look.window.first, look.window.last))
    return first_of(rows, seen(look), "charged_on")


def charged_measured(look: Look) -> Measure:
    """Count them; in how many case files of the reader's branch they stand, beside."""
    rows = charged(look).order_by()
    files = CaseFile.objects.of_own_provinces(look.user).filter(suspects__in=rows.values("pk"))
    n = rows.count()
    return Measure(value=n, count=n, beside={"case_files": files.order_by().values("pk").distinct().count()})


def judged(look: Look, status: SuspectStatus) -> QuerySet[Any]:
    """Return the suspects so judged in the window at first instance."""
    return seen(look).filter(status=status, verdict_on__range=(look.window.first, look.window.last))


def convicted(look: Look) -> QuerySet[Any]:
    """Return one row for each person convicted in the window: the first conviction in it."""
    rows = judged(look, SuspectStatus.CONVICTED)
    return first_of(rows, rows, "verdict_on")


def convicted_measured(look: Look) -> Measure:
    """Count them; of them in absentia, and beside them who was acquitted or dismissed."""
    found = convicted(look).order_by().aggregate(n=Count("pk"), in_absentia=Count("pk", filter=Q(in_absentia=True)))
    n = found.pop("n")
    for name, status in (("acquitted", SuspectStatus.ACQUITTED), ("dismissed", SuspectStatus.DISMISSED)):
        found[name] = judged(look, status).order_by().values("person_id").distinct().count()
    return Measure(value=n, count=n, beside=found)


def charges(**said: Any) -> QuerySet[Any]:
    """Return the standing charges of a row."""
    rows: QuerySet[Any] = Charge.objects.standing().filter(suspect=OuterRef("pk"), **said)
    return rows


def article_charged(**said: Any) -> Split:
    """Split by the articles charged under (LA), or of those so decided: one row may count under several."""

    def of(_look: Look) -> Each:
        return Each(ArraySubquery(charges(**said).order_by("article").distinct().values("article")))

    def narrow(_look: Look, value: str) -> Q:
        if value == NOT_STATED:
            return ~Q(Exists(charges(**said)))
        return Q(Exists(charges(article=value, **said)))

    return Split("article", _("Article"), of, articles, adds_up=False, narrow=narrow)


def charged_at_age(look: Look) -> Coalesce:
    """Return the day on which an age counts (R7): of the arrest, of the charge for somebody never arrested."""
    return Coalesce(arrested_on(look), F("charged_on"), output_field=DateField())


LAW_KINDS = {"trafficking": _("under an article of trafficking"), "other": _("under other articles alone")}


def law_kind(**said: Any) -> Split:
    """Split by the kind of law: an article of trafficking among them, or others alone."""
    case = Case(
        When(Exists(charges(article__is_trafficking=True, **said)), then=Value("trafficking")),
        When(Exists(charges(**said)), then=Value("other")),
        output_field=CharField(),
    )
    return Split("law_kind", _("Kind of law"), case, lambda _values: LAW_KINDS)


# 15 years to the day stand with the longer ones, 20 years to the day too.
BANDS = {
    "band_0_none": _("no prison and no fine"),
    "band_1_fine": _("fine alone"),
    "band_2_suspended": _("prison, all of it suspended"),
    "band_3_under_1": _("less than 1 year"),
    "band_4_from_1": _("1 to under 7 years"),
    "band_5_from_7": _("7 to under 15 years"),
    "band_6_from_15": _("15 to 20 years"),
    "band_7_over_20": _("more than 20 years"),
}


def sentence() -> Split:
    """Split by the band of the sentence: the months of prison as given, suspended where all of them are."""
    bands = [(12, "band_3_under_1"), (84, "band_4_from_1"), (180, "band_5_from_7"), (241, "band_6_from_15")]
    case = Case(
        When(Q(prison_months=None) | Q(prison_months=0), fine_riel__gt=0, then=Value("band_1_fine")),
        When(Q(prison_months=None) | Q(prison_months=0), then=Value("band_0_none")),
        When(suspended_months__gte=F("prison_months"), then=Value("band_2_suspended")),
        *(When(prison_months__lt=most, then=Value(name)) for most, name in bands),
        default=Value("band_7_over_20"),
        output_field=CharField(),
    )
    return Split("sentence", _("Sentence"), case, lambda _values: BANDS, ordered=True)


PRESENCE = {"present": _("present"), "in_absentia": _("in absentia")}
CONTACTS = {"arrested": _("Arrested"), "questioned": _("Questioned as a suspect"), "cautioned": _("Cautioned")}
presence = Split(
    "presence",
    _("Present or in absentia"),
    Case(When(in_absentia=True, then=Value("in_absentia")), default=Value("present"), output_field=CharField()),
    lambda _values: PRESENCE,
)
contact_kind = Split(
    "contact",
    _("How they first met the police"),
    Case(
        When(arrested_at=F("contact"), then=Value("arrested")),
        default=F("first_contact_kind"),
        output_field=CharField(),
    ),
    lambda _values: CONTACTS,
)
WHO = (splits.nationality(), splits.sex())
AT_COURT = (
    Split("court", _("Court"), F("court_id"), courts),
    splits.place("court_province", _("Province of the court"), "court__province_id"),
    *splits.every_form("complaint__"),
    *WHO,
    *ages(charged_at_age),
    official(),
)
for made in (
    Indicator(
        number=29,
        name="suspects_first_contact",
        label=_("Persons in first formal contact"),
        unit="person",
        definition=_(
            "People whose first contact with the police as suspects is in the window: questioned, cautioned or arrested, "
            "whichever came first, under a complaint not decided as not trafficking, or in a case file under an article of "
            "trafficking. Each once."
        ),
        counted_by=_("day of the first contact with the police"),
        rows=first_contacts,
        splits=(
            contact_kind,
            *WHO,
            *ages(TruncDate("contact", tzinfo=ZONE)),
            arrested_in(),
            article_of_suspect(),
            official(),
            *splits.times("contact"),
        ),
    ),
    Indicator(
        number=32,
        name="people_prosecuted",
        label=_("Persons prosecuted"),
        unit="person",
        definition=_(
            "People first charged in the window, each once. The number of case files they stand in is beside it. The kind of law "
            "is read from the articles charged under."
        ),
        counted_by=_("day of the charge"),
        rows=charged,
        measure=charged_measured,
        splits=(
            law_kind(is_lesser=False),
            article_charged(is_lesser=False),
            *AT_COURT,
            *splits.times("charged_on", moment=False),
        ),
        beside={"case_files": _("case files")},
    ),
    Indicator(
        number=33,
        name="people_convicted",
        label=_("Persons convicted"),
        unit="person",
        definition=_(
            "People convicted at first instance in the window, each once by the first conviction in it, by the prison given; those "
            "convicted in absentia are told apart. Acquitted and dismissed stand beside it. An appeal changes nothing."
        ),
        counted_by=_("day of the judgment of the first instance"),
        rows=convicted,
        measure=convicted_measured,
        splits=(
            sentence(),
            presence,
            law_kind(result="convicted"),
            article_charged(result="convicted"),
            *AT_COURT,
            *splits.times("verdict_on", moment=False),
        ),
        beside={"in_absentia": _("in absentia"), "acquitted": _("acquitted"), "dismissed": _("dismissed")},
    ),
):
    register(made)

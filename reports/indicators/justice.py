"""Indicators that count suspects and case files."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    Field,
    Func,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from complaints.models import Complaint, Outcome
from core.display import ZONE, digits
from reports.indicators import reached, splits
from reports.indicators.ages import ages
from reports.indicators.counting import numbers
from reports.indicators.registry import NOT_STATED, Indicator, Look, Measure, Split, register
from reports.indicators.splits import Each
from suspects.models import Article, CaseFile, Court, Suspect

UNDER_TRAFFICKING = Exists(Article.objects.filter(files=OuterRef("pk"), is_trafficking=True))


def article_of_file() -> Split:
    """Split case files by their articles (LA): one may stand under several, so it does not add up."""

    def narrow(_look: Look, value: str) -> Q:
        return Q(articles=None) if value == NOT_STATED else Q(articles=value)

    return Split("article", _("Article"), F("articles"), articles, adds_up=False, narrow=narrow)


def article_of_suspect() -> Split:
    """Split suspects by the articles of their case files, of those the reader's branch holds; it does not add up."""

    def of(look: Look) -> Each:
        files = CaseFile.objects.of_own_provinces(look.user).filter(suspects=OuterRef(OuterRef("pk")))
        return Each(ArraySubquery(Article.objects.filter(files__in=files).order_by("code").distinct().values("code")))

    def narrow(look: Look, value: str) -> Q:
        files = CaseFile.objects.of_own_provinces(look.user).filter(articles__isnull=False)
        if value == NOT_STATED:
            return ~Q(pk__in=Suspect._base_manager.filter(case_files__in=files).values("pk"))
        return Q(case_files__in=files.filter(articles=value))

    return Split("article", _("Article"), of, articles, adds_up=False, narrow=narrow)


def articles(values: list[str]) -> dict[str, str]:
    """Return the numbers and titles of articles by code."""
    found = Article.objects.filter(pk__in=[value for value in values if value])
    return {article.pk: f"{digits(article.number)}. {article.title}" for article in found}


def courts(values: list[str]) -> dict[str, str]:
    """Return the names of courts by code."""
    return {court.pk: court.name for court in Court.objects.filter(pk__in=[value for value in values if value])}


def seen(look: Look) -> QuerySet[Any]:
    """Return the suspects the reader's branch holds."""
    return Suspect.objects.of_own_provinces(look.user).live()


def files(look: Look) -> QuerySet[Any]:
    """Return the case files under an article of trafficking."""
    return CaseFile.objects.of_own_provinces(look.user).filter(UNDER_TRAFFICKING)


def opened(look: Look) -> QuerySet[Any]:
    """Return the files opened in the window."""
    return files(look).filter(opened_on__range=(look.window.first, look.window.last))


def files_measured(look: Look) -> Measure:
    """Count the files opened; carried over and closed beside them."""
    first, last = look.window.first, look.window.last
    found = files(look).aggregate(
        n=Count("pk", filter=Q(opened_on__range=(first, last))),
        carried_over=Count("pk", filter=Q(opened_on__lt=first) & (Q(closed_on=None) | Q(closed_on__gte=first))),
        closed=Count("pk", filter=Q(closed_on__range=(first, last))),
    )
    n = found.pop("n")
    return Measure(value=n, count=n, beside=found)


def of_trafficking(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep suspects under a complaint not decided as not trafficking, or in a case file under an article of trafficking."""
    in_file = CaseFile.objects.filter(UNDER_TRAFFICKING, suspects=OuterRef("pk"))
    return rows.filter(~Q(complaint__outcome=Outcome.NOT_TRAFFICKING) | Exists(in_file))


def arrested(look: Look) -> QuerySet[Any]:
    """Return one row for each person arrested in the window under a complaint or a file of trafficking: the first arrest."""
    rows = of_trafficking(seen(look).filter(arrested_at__gte=look.window.begins, arrested_at__lt=look.window.ends))
    return first_of(rows, rows, "arrested_at")


def first_of(rows: QuerySet[Any], among: QuerySet[Any], moment: str) -> QuerySet[Any]:
    """Keep one row for each person: the one with no other of that person before it, by the moment, then by its key."""
    same = among.filter(person_id=OuterRef("person_id"))
    before = Q(**{f"{moment}__lt": OuterRef(moment)}) | Q(**{moment: OuterRef(moment)}, pk__lt=OuterRef("pk"))
    return rows.filter(~Exists(same.filter(before)))


def first_at_court(look: Look) -> QuerySet[Any]:
    """Return one row for each person whose first hand-over to the prosecutor lies in the window."""
    rows = seen(look).filter(sent_to_court_on__range=(look.window.first, look.window.last))
    return first_of(rows, seen(look), "sent_to_court_on")


def once_arrested(look: Look) -> Q:
    """Say that the person was arrested at all, in this complaint or another."""
    elsewhere = seen(look).filter(person_id=OuterRef("person_id"), arrested_at__isnull=False)
    return Q(arrested_at__isnull=False) | Q(Exists(elsewhere))


def sent_to_court(look: Look) -> QuerySet[Any]:
    """Return the people once arrested whose first hand-over to the prosecutor lies in the window."""
    return first_at_court(look).filter(once_arrested(look))


def court_measured(look: Look) -> Measure:
    """Count them; the number of nationalities, and who was sent without arrest, beside."""
    found = numbers("suspects_sent_to_court", "nationality", look)
    n, known = sum(found.values()), [value for value in found if value]
    without = first_at_court(look).filter(~once_arrested(look)).count()
    return Measure(value=n, count=n, beside={"nationalities": len(known), "sent_without_arrest": without})


def arrest(look: Look, column: Any, kind: Field[Any, Any]) -> Coalesce:
    """Return a column of the arrest that counts: of the row itself, else of the person's first one under another complaint."""
    rows = seen(look).filter(person_id=OuterRef("person_id"), arrested_at__isnull=False).order_by("arrested_at", "pk")
    own = Case(When(arrested_at__isnull=False, then=column), output_field=kind)
    return Coalesce(own, Subquery(rows.annotate(of_arrest=column).values("of_arrest")[:1]), output_field=kind)


def arrested_on(look: Look) -> TruncDate:
    """Return the day of the arrest that counts, on which a suspect's age counts (R7)."""
    return TruncDate(arrest(look, F("arrested_at"), DateTimeField()), tzinfo=ZONE)


def arrested_in() -> Split:
    """Split by the province of the arrest (R10); neither a sealed row nor a sealed arrest says where (R11)."""

    def of(look: Look) -> Any:
        place = splits.shown("arrested_in_id")(look)
        return splits.shown(arrest(look, place, CharField()))(look)

    label = _("Province of the arrest")
    return Split("arrested_in", label, of, splits.provinces, unknown=splits.UNPLACED, note=splits.UNSEALED)


def official() -> Split:
    """Split by whether a public official is named (OF): for the integrity unit, and by no province."""
    length = Func(F("public_official"), function="octet_length", output_field=IntegerField())
    column = Case(When(GreaterThan(length, 0), then=Value("official")), output_field=CharField())
    words = {"official": _("a public official")}
    unknown = _("not named as one")
    label = _("Public official")
    return Split("official", label, column, lambda _values: words, unknown=unknown, permission="override.read")


def form_of_file() -> Split:
    """Split case files by the main form of their complaints that the reader's branch holds (FO); several, where they differ."""

    def of(look: Look) -> Subquery:
        held = Q(case_files=OuterRef("pk")) | Q(suspects__case_files=OuterRef("pk"))
        rows = Complaint.objects.of_own_provinces(look.user).live().filter(held).exclude(main_form="").order_by()
        ends = rows.values(all=Value(1)).annotate(low=Min("main_form"), high=Max("main_form"))
        return Subquery(
            ends.annotate(one=Case(When(low=F("high"), then=F("low")), default=Value("mixed"))).values("one")
        )

    return Split("main_form", _("Main form of exploitation"), of, splits.forms)


PEOPLE = (splits.nationality(), splits.sex(), *ages(arrested_on), arrested_in(), official())
for made in (
    Indicator(
        number=28,
        name="case_files_opened",
        label=_("Investigations"),
        unit="case_file",
        definition=_(
            "Case files opened under an article of trafficking in the window. Those carried over from before it, and those "
            "closed in it, stand beside it."
        ),
        counted_by=_("day the file was opened"),
        rows=opened,
        measure=files_measured,
        splits=(
            splits.place("court_province", _("Province of the court"), "province_id"),
            Split("unit", _("Unit"), F("unit"), lambda _values: {}),
            article_of_file(),
            form_of_file(),
            *splits.times("opened_on", moment=False),
        ),
        beside={"carried_over": _("carried over"), "closed": _("closed")},
    ),
    Indicator(
        number=30,
        name="suspects_arrested",
        label=_("Suspects arrested"),
        unit="person",
        definition=_(
            "People with an arrest in the window, each once by the first one in it, under a complaint not decided as not "
            "trafficking, or in a case file under an article of trafficking."
        ),
        counted_by=_("day of the arrest"),
        rows=arrested,
        splits=(
            *PEOPLE,
            reached.of_suspects(),
            Split("unit", _("Unit"), F("arrest_unit"), lambda _values: {}),
            article_of_suspect(),
            *splits.times("arrested_at"),
        ),
    ),
    Indicator(
        number=31,
        name="suspects_sent_to_court",
        label=_("Suspects arrested and sent to court"),
        unit="person",
        definition=_(
            "People once arrested whose first hand-over to the prosecutor is in the window. The number of their "
            "nationalities, and who was sent without arrest, stand beside it."
        ),
        counted_by=_("day sent to court"),
        rows=sent_to_court,
        measure=court_measured,
        splits=(
            *PEOPLE,
            Split("court", _("Court"), F("court_id"), courts),
            article_of_suspect(),
            *splits.times("sent_to_court_on", moment=False),
        ),
        beside={"nationalities": _("nationalities"), "sent_without_arrest": _("sent without arrest")},
    ),
):
    register(made)

"""Keep the figures of a window as they are known now, with their rules and the keys of the rows behind them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import BooleanField, Case, F, QuerySet, Value, When
from django.utils.translation import override

from reports.figures import parts, words_of
from reports.indicators import Indicator, Look, Measure, Split
from reports.indicators.splits import is_nation
from reports.models import Publication, PublishedFigure, PublishedPart
from reports.rules import RULES
from reports.sentences import LANGUAGES, paragraphs
from reports.situation import situation

KEEP = (
    "INSERT INTO reports_publishedrecord (id, figure_id, object_type, object_id, weight, is_true) "
    "SELECT gen_random_uuid(), %s, %s, found.* FROM ({rows}) AS found"
)


def both(said: Callable[[], Any]) -> dict[str, str]:
    """Return what is said in both languages."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = str(said())
    return found


def the_nations(look: Look) -> None:
    """Insist that a look is the system's: a reader's own figures are never published. Raises ImproperlyConfigured."""
    if not is_nation(look):
        raise ImproperlyConfigured("only what the system counts over the whole nation is published")


def press_words(look: Look) -> dict[str, str]:
    """Return the paragraph of a window in both languages."""
    the_nations(look)
    return {said["lang"]: said["text"] for said in paragraphs(situation(look, splits=False), look)}


def rules_kept() -> list[dict[str, str]]:
    """Return the counting rules in both languages."""
    return [{"code": code, **both(lambda words=words: words)} for code, words in RULES]  # type: ignore[misc]


def freeze(
    publication: Publication,
    look: Look,
    indicators: Iterable[Indicator],
    splits: Iterable[tuple[Indicator, Split]],
    province: str = "",
) -> None:
    """Keep figures, their parts and the keys of their rows with a draft. Raises ImproperlyConfigured for a reader's own look."""
    the_nations(look)
    chosen = list(splits)
    for place, indicator in enumerate(indicators):
        within = Look(look.user, look.window, province if indicator.needs_province else "")
        figure = _figure(publication, place, indicator, within)
        made: list[PublishedPart] = []
        for split in (split for of, split in chosen if of.name == indicator.name):
            made += _parts(figure, indicator, split, within, len(made))
        PublishedPart.objects.bulk_create(made)
        keep_rows(figure, indicator, within)


def _figure(publication: Publication, place: int, indicator: Indicator, look: Look) -> PublishedFigure:
    measure = indicator.figure(look)
    return PublishedFigure.objects.create(
        publication=publication,
        place=place,
        indicator=indicator.name,
        number=indicator.number,
        province=look.province,
        label=both(lambda: indicator.label),
        definition=both(lambda: indicator.definition),
        counted_by=both(lambda: indicator.counted_by),
        definition_version=indicator.version,
        digest=indicator.digest,
        unit=indicator.unit,
        is_stock=indicator.is_stock,
        value=PublishedFigure.kept(measure.value),
        count=measure.count,
        numerator=measure.numerator,
        denominator=measure.denominator,
        beside=_beside(indicator, measure),
    )


def _beside(indicator: Indicator, measure: Measure) -> dict[str, Any]:
    return {
        name: {"n": n, **both(lambda name=name: indicator.beside[name])}  # type: ignore[misc]
        for name, n in measure.beside.items()
    }


def _parts(figure: PublishedFigure, indicator: Indicator, split: Split, look: Look, place: int) -> list[PublishedPart]:
    found = parts(indicator, split, look)
    codes, words = [part.code for part in found], {}
    for language in LANGUAGES:
        with override(language):
            words[language] = words_of(indicator, split, codes)
    title, note = both(lambda: split.label), both(lambda: split.note) if split.note else {}
    return [
        PublishedPart(
            figure=figure,
            place=place + n,
            split=split.name,
            title=title,
            note=note,
            adds_up=split.adds_up,
            code=part.code,
            word={language: str(said[n]) for language, said in words.items()},
            n=part.n,
            rows=part.rows,
            numerator=part.numerator,
            typical=PublishedFigure.kept(part.typical),
        )
        for n, part in enumerate(found)
    ]


def counted_rows(indicator: Indicator, look: Look) -> QuerySet[Any]:
    """Return the rows a figure counts as (key, how many people each stands for, whether it is of the numerator)."""
    heads, true = indicator.heads, indicator.true
    rows = heads.weighed(look) if heads else indicator.rows(look)
    is_true = Case(When(true, then=Value(True)), default=Value(False), output_field=BooleanField()) if true else None
    rows = rows.order_by().annotate(
        counted_weight=F("heads") if heads else Value(1), counted_true=is_true or Value(True, BooleanField())
    )
    found: QuerySet[Any] = rows.values_list("pk", "counted_weight", "counted_true")
    return found


def keep_rows(figure: PublishedFigure, indicator: Indicator, look: Look) -> None:
    """Keep the keys of the rows behind a figure, in one statement."""
    rows = counted_rows(indicator, look)
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(KEEP.format(rows=sql), [figure.pk, rows.model._meta.label_lower, *params])

"""The last published number of a figure beside today's, with the reason for any difference."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse

from reports.figures import sees_all
from reports.indicators import Look, Measure
from reports.models import Publication, PublishedFigure
from reports.publications import figure_words, reasons, window_words
from reports.services.since import since


@dataclass(frozen=True)
class LastPublished:
    """What was published of a figure: its number, in which publication, of which days, and why the page says another."""

    said: str
    reference: str
    url: str
    window: str
    reasons: list[str]
    value: int | float | None = None


def may_compare(user: Any) -> bool:
    """Say whether a reader's figures are the country's, and they may read what was published."""
    return bool(sees_all(user) and user.may("publication.read"))


def last_published(look: Look, measures: dict[str, Measure]) -> dict[str, LastPublished]:
    """Return the last publication of each figure whose window overlaps, of the same window first.

    As many queries as figures differ, however much happened; nothing for who sees less than the nation.
    """
    if not may_compare(look.user):
        return {}
    newest = {figure.indicator: figure for figure in _newest(look, list(measures))}
    differing = [figure for name, figure in newest.items() if _differs(figure, look, measures[name])]
    why = {one.figure.indicator: one for one in since(differing, splits=False)}
    found = {}
    for name, figure in newest.items():
        of, words = figure.publication, []
        if name in why:
            words = reasons(why[name], look.window.apart(of.window), measures[name].value)
        url = reverse("reports:publication", args=[of.reference])
        found[name] = LastPublished(
            figure_words(figure), of.reference, url, window_words(of), words, figure.number_kept
        )
    return found


def _differs(figure: PublishedFigure, look: Look, measure: Measure) -> bool:
    return figure.number_kept != measure.value or figure.publication.window != look.window


def _newest(look: Look, names: list[str]) -> Any:
    """Return the newest signed figure of each indicator whose days overlap; the same days first."""
    window = look.window
    same = Q(publication__first_on=window.first, publication__last_on=window.last)
    standing = Publication.objects.visible_to(look.user).standing()
    rows = PublishedFigure.objects.filter(
        publication__in=standing.filter(first_on__lte=window.last, last_on__gte=window.first),
        indicator__in=names,
        province="",
    )
    rank = Case(When(same, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = rows.annotate(rank=rank).select_related("publication")
    return rows.order_by("indicator", "rank", "-publication__signed_at", "-publication_id").distinct("indicator")

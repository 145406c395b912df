"""Figures as pages and programs show them: read by the registry, split, narrowed to a part, with the way to their records."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, Sum
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.roles import Branch
from provinces.models import Province
from reports.indicators import NOT_STATED, REGISTRY, UNLISTED, Indicator, Look, Split, Window
from reports.indicators.complaints import percent
from reports.indicators.counting import Tally, tallied

WINDOW = {"from", "to", "province"}
DAYS = {"part_day", "part_week", "part_month"}


@dataclass(frozen=True)
class Part:
    """One value of a split: its code, its word, its number, and the address of exactly its records.

    `rows` is how many records these are: of people whom complaints only count, the complaints. Of a rate, `n` is the
    denominator and `numerator` those that proved true. Of a figure of hours, `typical` is its median in this part, and nine in ten stay under `most`.
    """

    code: str
    word: str
    n: int
    url: str
    rows: int
    numerator: int | None = None
    typical: float | None = None
    most: float | None = None

    @property
    def rate(self) -> int | None:
        """Return the rate of this part in whole percent; None where the figure is none, or the part judges it."""
        return None if self.numerator is None else percent(self.numerator, self.n)


def look_of(params: Mapping[str, str], user: Any) -> Look:
    """Read window and province; raises ValidationError by field."""
    province = params.get("province") or ""
    if province and not Province.objects.choosable().filter(pk=province).exclude(pk="").exists():
        raise ValidationError({"province": [_("This province is not known.")]})
    return Look(user, Window.said(params), province)


def named(name: str) -> Indicator:
    """Return an indicator by its name, or 404."""
    if name not in REGISTRY:
        raise Http404
    return REGISTRY[name]


def in_order() -> list[Indicator]:
    """Return all indicators by their number."""
    return sorted(REGISTRY.values(), key=lambda indicator: indicator.number)


def indicator_url(indicator: Indicator, look: Look, by: str = "") -> str:
    """Return the address of a figure's own page, there split by one dimension."""
    rest = {"province": look.province} if look.province and indicator.needs_province else {}
    rest |= {"by": by} if by else {}
    more = f"&{urlencode(rest)}" if rest else ""
    return f"{reverse('reports:indicator', args=[indicator.name])}?{look.window.query}{more}"


def records_url(indicator: Indicator, look: Look, part: Mapping[str, Any] | None = None, *, api: bool = False) -> str:
    """Return the address of the records behind a figure, or behind a part of it (of one value, or of several)."""
    route = "indicator-records" if api else "reports:records"
    query = {"province": look.province} if look.province and indicator.needs_province else {}
    rest = urlencode({**query, **(part or {})}, doseq=True)
    return f"{reverse(route, args=[indicator.name])}?{look.window.query}{'&' + rest if rest else ''}"


def parts(indicator: Indicator, split: Split, look: Look, *, api: bool = False) -> list[Part]:
    """Return a figure by the values of a split, largest first, "not stated" last; they add up to its number."""
    tallies = tallied(indicator, split, look)
    words, found = split.words([value for value in tallies if value not in {"", UNLISTED}]), []
    for value, tally in sorted(tallies.items(), key=lambda item: _place(split, *item)):
        code = str(value) if value else NOT_STATED
        word = _word(indicator, split, words, value or NOT_STATED)
        url = records_url(indicator, look, {split.name: code}, api=api)
        found.append(Part(code, word, tally.n, url, tally.rows, tally.true, tally.typical, tally.most))
    return found


def words_of(indicator: Indicator, split: Split, codes: list[str]) -> list[str]:
    """Return the words of some values of a split, as addresses have them."""
    words = split.words([code for code in codes if code not in {NOT_STATED, UNLISTED}])
    return [_word(indicator, split, words, code) for code in codes]


def _word(indicator: Indicator, split: Split, words: Mapping[Any, Any], value: Any) -> str:
    said = {NOT_STATED: split.unknown, UNLISTED: indicator.heads.word if indicator.heads else ""}
    return str(said.get(value) or words.get(value, value))


def _place(split: Split, value: Any, tally: Tally) -> tuple[bool, bool, int, str]:
    return value == UNLISTED, value == "", 0 if split.ordered else -tally.n, str(value)


def narrowed(indicator: Indicator, look: Look, params: QueryDict) -> QuerySet[Any]:
    """Return the rows of a figure, narrowed to the values of its splits, of one split to any of several.

    Raises ValidationError for what it cannot be split by.
    """
    asked = _asked(indicator, look, params)
    rows, left = _base(indicator, look, asked)
    for split, values in left:
        if split.narrow:
            several = rows.model._base_manager.filter(reduce(or_, (split.narrow(look, value) for value in values)))
            rows = rows.filter(pk__in=several.values("pk"))
            continue
        rows = rows.annotate(**{f"part_{split.name}": split.of(look)})
        rows = rows.filter(reduce(or_, (_is(f"part_{split.name}", value) for value in values)))
    return rows


def _asked(indicator: Indicator, look: Look, params: QueryDict) -> "Asked":
    allowed = {split.name: split for split in indicator.splits_for(look.user)}
    found = []
    for name, values in params.lists():
        if name in WINDOW or name in {"cursor", "page_size", "sort", "lang", "format"}:
            continue
        if name not in allowed:
            raise ValidationError({name[:60]: [_("This figure has no such part.")]})
        found.append((allowed[name], values))
    return found


Asked = list[tuple[Split, list[str]]]


def _base(indicator: Indicator, look: Look, asked: Asked) -> tuple[QuerySet[Any], Asked]:
    """Return the rows to narrow, and the parts still to narrow them to."""
    if indicator.heads is None:
        return indicator.rows(look), asked
    if not asked:
        return indicator.heads.weighed(look), asked
    kinds = {(split.of_people, split.of_people and value == UNLISTED) for split, values in asked for value in values}
    if len(kinds) > 1:
        raise ValidationError({asked[-1][0].name: [_("These parts cannot be asked for together.")]})
    of_people, no_row = kinds.pop()
    if no_row:
        return indicator.heads.unlisted(look), []
    return (indicator.heads.people(look) if of_people else indicator.heads.weighed(look)), asked


def heads_in(rows: QuerySet[Any]) -> int | None:
    """Return how many people the records stand for, where they are not the people themselves."""
    if "heads" not in rows.query.annotations:
        return None
    return int(rows.order_by().aggregate(n=Sum("heads"))["n"] or 0)


def _is(column: str, value: str) -> Q:
    if value != NOT_STATED:
        if column in DAYS and not is_day(value):
            raise ValidationError({column.removeprefix("part_"): [_("Give a date as year-month-day.")]})
        return Q(**{column: value})
    empty = Q(**{f"{column}__isnull": True})
    return empty if column in DAYS else empty | Q(**{column: ""})


def is_day(text: str) -> bool:
    """Say whether a text is a day as addresses have it."""
    try:
        return parse_date(text) is not None
    except ValueError:
        return False


def sees_all(user: Any) -> bool:
    """Say whether the reader's own branch is the nation's, as far as it is not sealed."""
    return bool(user.table.branch in {Branch.NATIONAL, Branch.EVERYTHING})


def partial_words(user: Any) -> str:
    """Say to whom sees less than the nation that these figures are theirs, never the country's."""
    if sees_all(user):
        return ""
    return _("What you may see: %(scope)s. These are not the country's figures and are not for publication.") % {
        "scope": user.scope_label
    }

"""Figures as pages and programs show them: read by the registry, split, narrowed to a part, with the way to their records."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.roles import Branch
from provinces.models import Province
from reports.indicators import NOT_STATED, REGISTRY, Indicator, Look, Split, Window

WINDOW = {"from", "to", "province"}
DAYS = {"part_day", "part_week", "part_month"}


@dataclass(frozen=True)
class Part:
    """One value of a split: its code, its word, its number, and the address of exactly its records."""

    code: str
    word: str
    n: int
    url: str


def look_of(params: Mapping[str, str], user: Any) -> Look:
    """Read window and province; raises ValidationError by field."""
    province = params.get("province") or ""
    if province and not Province.objects.choosable().filter(pk=province[:2]).exclude(pk="").exists():
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
    """Return a figure by the values of a split, largest first, "not stated" last; they add up to its rows."""
    each = Count("pk", distinct=not split.adds_up)
    rows = indicator.rows(look).order_by().annotate(part=split.of(look)).values("part").annotate(n=each)
    counts: dict[Any, int] = {}
    for value, n in rows.values_list("part", "n"):
        counts[value or ""] = counts.get(value or "", 0) + n
    words = split.words([value for value in counts if value])
    found = []
    for value, n in sorted(
        counts.items(), key=lambda item: (item[0] == "", 0 if split.ordered else -item[1], str(item[0]))
    ):
        code = str(value) if value else NOT_STATED
        word = str(words.get(value, value)) if value else str(split.unknown)
        found.append(Part(code, word, n, records_url(indicator, look, {split.name: code}, api=api)))
    return found


def narrowed(indicator: Indicator, look: Look, params: QueryDict) -> QuerySet[Any]:
    """Return the rows of a figure, narrowed to the values of its splits, of one split to any of several.

    Raises ValidationError for what it cannot be split by.
    """
    rows = indicator.rows(look)
    for name, values in params.lists():
        if name in WINDOW or name in {"cursor", "page_size", "sort", "lang", "format"}:
            continue
        try:
            split = indicator.split(name)
        except StopIteration as error:
            raise ValidationError({name[:60]: [_("This figure has no such part.")]}) from error
        if split.narrow:
            several = rows.model._base_manager.filter(reduce(or_, (split.narrow(look, value) for value in values)))
            rows = rows.filter(pk__in=several.values("pk"))
            continue
        rows = rows.annotate(**{f"part_{name}": split.of(look)})
        rows = rows.filter(reduce(or_, (_is(f"part_{name}", value) for value in values)))
    return rows


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

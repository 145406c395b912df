"""The one paginator: keyset, for pages and API. A cursor is signed and bound to the filters it was made under."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Func, IntegerField, Model, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200
COUNT_CAP = 1_001
SALT = "core.paging"


@dataclass(frozen=True)
class Sort:
    """One order a list may have: a NOT NULL column, its direction, its label; ties are broken by id."""

    field: str
    descending: bool
    label: Any = ""


@dataclass(frozen=True)
class PageOfRows:
    """One page: its rows, and the cursors of its neighbours (empty where there is none)."""

    rows: list[Any]
    next: str
    previous: str
    sort: str
    size: int


class Cardinality(Func):
    """How many rows a cut subquery has."""

    function = "cardinality"
    output_field: ClassVar[IntegerField[int, int]] = IntegerField()


def counted(queryset: QuerySet[Any], cap: int) -> Coalesce:
    """Return a count as an expression, at most `cap`: many of them are one query."""
    found = ArraySubquery(queryset.order_by().values("pk")[:cap])
    return Coalesce(
        Cardinality(Cast(found, found.output_field)), 0
    )  # where Django sees that no row can be: NULL of no type


def capped_count(queryset: QuerySet[Any]) -> int:
    """Count at most 1,001 rows: 'more than 1,000' costs the same at ten thousand and at a million."""
    return queryset.order_by()[:COUNT_CAP].count()


def _size(params: Mapping[str, str]) -> int:
    """Return the rows of a page: what was asked for, at most 200."""
    raw = params.get("page_size") or str(PAGE_SIZE)
    size = int(raw[:9]) if raw.isdecimal() else 0
    if size < 1:
        raise ValidationError({"page_size": [_("Give a whole number from 1 to %(most)s.") % {"most": MAX_PAGE_SIZE}]})
    return min(size, MAX_PAGE_SIZE)


def _sort(params: Mapping[str, str], sorts: Mapping[str, Sort]) -> str:
    name = params.get("sort") or params.get("ordering") or next(iter(sorts))
    if name not in sorts:
        raise ValidationError({"sort": [_("Sort by one of: %(names)s.") % {"names": ", ".join(sorts)}]})
    return name


def filters_digest(params: Mapping[str, str]) -> str:
    """Return a digest of everything that shapes the list besides the cursor and the page's size."""
    pairs = [(k, v) for k, many in params.lists() for v in many] if hasattr(params, "lists") else params.items()
    kept = sorted((k, v) for k, v in pairs if k not in {"cursor", "page_size", "format"})
    return hashlib.sha256(urlencode(kept).encode("utf-8", "replace")).hexdigest()[:16]


def _read_cursor(raw: str, digest: str) -> dict[str, Any]:
    try:
        cursor: dict[str, Any] = signing.loads(raw, salt=SALT)
    except signing.BadSignature:
        raise ValidationError(
            {"cursor": [_("This page address is damaged. Start again from the first page.")]}
        ) from None
    if cursor["f"] != digest:
        raise ValidationError({"cursor": [_("The filters changed. Start again from the first page.")]})
    return cursor


def _after(sort: Sort, value: Any, pk: str, *, descending: bool) -> Q:
    ordering, tie = ("lt", "id__lt") if descending else ("gt", "id__gt")
    edge = Q(**{f"{sort.field}__{ordering}e": value})
    return edge & (Q(**{f"{sort.field}__{ordering}": value}) | Q(**{sort.field: value, tie: pk}))


def ordered(queryset: QuerySet[Any], params: Mapping[str, str], sorts: Mapping[str, Sort]) -> QuerySet[Any]:
    """Return all rows in the order in which the pages show them; what an export takes along."""
    sort = sorts[_sort(params, sorts)]
    sign = "-" if sort.descending else ""
    return queryset.order_by(f"{sign}{sort.field}", f"{sign}id")


def page_of(queryset: QuerySet[Any], params: Mapping[str, str], sorts: Mapping[str, Sort]) -> PageOfRows:
    """Cut one page out of a scoped, filtered queryset; one query, flat from ten rows to a million.

    Raises ValidationError by field for an unknown sort, a bad page size or a damaged cursor.
    """
    return page_of_several([queryset], params, sorts)


def page_of_several(arms: Iterable[QuerySet[Any]], params: Mapping[str, str], sorts: Mapping[str, Sort]) -> PageOfRows:
    """Cut one page out of rows of several kinds in one order; one query an arm. See `page_of`."""
    size, name, digest = _size(params), _sort(params, sorts), filters_digest(params)
    sort, backwards = sorts[name], False
    if raw := params.get("cursor"):
        cursor = _read_cursor(raw, digest)
        backwards = cursor["d"] == "p"
        value = parse_datetime(cursor["v"]) if cursor["t"] else cursor["v"]
        after = _after(sort, value, cursor["i"], descending=sort.descending != backwards)
        arms = [arm.filter(after) for arm in arms]
    falling = sort.descending != backwards
    order = [f"{'-' if falling else ''}{column}" for column in (sort.field, "id")]
    found = [list(arm.order_by(*order)[: size + 1]) for arm in arms]
    rows = found[0] if len(found) == 1 else _in_order(found, sort, falling)[: size + 1]
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    older = bool(rows) and (more or backwards)
    newer = bool(rows) and (more if backwards else bool(params.get("cursor")))
    return PageOfRows(
        rows=rows,
        next=_cursor(rows[-1], sort, "n", digest) if older else "",
        previous=_cursor(rows[0], sort, "p", digest) if newer else "",
        sort=name,
        size=size,
    )


def _in_order(found: list[list[Any]], sort: Sort, falling: bool) -> list[Any]:
    return sorted(chain(*found), key=lambda row: (getattr(row, sort.field), row.pk), reverse=falling)


def _cursor(row: Model, sort: Sort, direction: str, digest: str) -> str:
    value = getattr(row, sort.field)
    timed = hasattr(value, "isoformat")
    payload = {"v": value.isoformat() if timed else value, "t": timed, "i": str(row.pk), "d": direction, "f": digest}
    return signing.dumps(payload, salt=SALT)


def link(params: Any, cursor: str) -> str:
    """Return the query string of a neighbouring page, keeping the filters."""
    copy = params.copy()
    copy["cursor"] = cursor
    encoded: str = copy.urlencode()
    return "?" + encoded

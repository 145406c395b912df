"""Counting a figure by the values of its splits; by several of them in one reading, where a page shows several.

What was counted together is kept by the look that asked, and answers whatever asks the same of it: a figure, its parts, a rate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet, Sum

from reports.indicators.registry import REGISTRY, UNLISTED, Indicator, Look, Split

Sets = tuple[tuple[str, ...], ...]


@dataclass
class Tally:
    """What counts under one value of a split: units, records, of a rate those that proved true, of hours their median and the 90th percentile."""

    n: int = 0
    rows: int = 0
    true: int | None = None
    typical: float | None = None
    most: float | None = None


def based_on(indicator: Indicator, split: Split, look: Look) -> QuerySet[Any]:
    """Return the rows that a split counts: the figure's, or of a figure of heads the people's own."""
    if indicator.heads is None:
        return indicator.rows(look)
    return indicator.heads.people(look) if split.of_people else indicator.heads.weighed(look)


def tallied(indicator: Indicator, split: Split, look: Look) -> dict[Any, Tally]:
    """Count a figure by the values of a split; what has no value stands under an empty one."""
    kept = look.kept.get((indicator.name, (split.name,)))
    if kept is not None and not indicator.true:
        return _by_value((one[0], Tally(n, n)) for one, n in kept.items())
    return look.once(("split", indicator.name, split.name), lambda: _by_value(_asked(indicator, split, look)))


def _by_value(counted: Iterable[tuple[Any, Tally]]) -> dict[Any, Tally]:
    """Add up what stands under no value and under an empty one."""
    found: dict[Any, Tally] = {}
    for value, one in counted:
        tally = found.setdefault(value or "", Tally())
        tally.n += one.n
        tally.rows += one.rows
        tally.true = tally.true if one.true is None else (tally.true or 0) + one.true
        if one.typical is not None:
            tally.typical, tally.most = one.typical, one.most
    return found


def _asked(indicator: Indicator, split: Split, look: Look) -> Iterable[tuple[Any, Tally]]:
    heads = indicator.heads
    each: dict[str, Any] = {"rows": Count("pk", distinct=not split.adds_up)}
    if heads and not split.of_people:
        each["n"] = Sum("heads")
    if indicator.true and not split.judges:
        each["true"] = Count("pk", filter=indicator.true)
    counted, typical = based_on(indicator, split, look), indicator.typical
    if typical:
        counted = typical.of(look, counted)
        each |= {"typical": typical.middle(typical.column), "most": typical.most(typical.column)}
    rows = counted.order_by().annotate(part=split.of(look)).values("part")
    for one in rows.annotate(**each):
        tally = Tally(one.get("n", one["rows"]), one["rows"], one.get("true"))
        if typical and one["typical"] is not None:
            tally.typical, tally.most = typical.rounded(one["typical"]), typical.rounded(one["most"])
        yield one["part"], tally
    if heads and split.of_people:
        rest = heads.unlisted(look).order_by().aggregate(n=Sum("heads"), rows=Count("pk"))
        if rest["n"]:
            yield UNLISTED, Tally(rest["n"], rest["rows"])


def together(name: str, look: Look, sets: Sets) -> None:
    """Count a figure's rows by several splits, or crossings of them, in one reading; the look keeps what was found.

    For figures whose rows are their units, and splits that add up. `()` is the number of all rows.
    """
    if all((name, one) in look.kept for one in sets):
        return
    indicator = REGISTRY[name]
    splits = list(dict.fromkeys(split for one in sets for split in one))
    columns = {f"part_{split}": indicator.split(split).of(look) for split in splits}
    rows = indicator.rows(look).order_by().annotate(**columns).values_list(*columns)
    known = {frozenset(one): one for one in sets}
    look.kept.update({(name, one): {} for one in sets})
    for *values, which, n in _grouped(rows, list(columns), [[f"part_{split}" for split in one] for one in sets]):
        value = {split: values[at] for at, split in enumerate(splits) if not which >> (len(splits) - 1 - at) & 1}
        one = known[frozenset(value)]
        look.kept[name, one][tuple(value[split] for split in one)] = n


def _grouped(rows: QuerySet[Any], columns: list[str], sets: list[list[str]]) -> Iterable[Any]:
    """Yield, for each of several groupings of some rows, the values of their columns, a mark of which are grouped by, and how many rows."""
    compiler = rows.query.get_compiler(connection=connection)
    try:
        inner, params = compiler.as_sql()
    except EmptyResultSet:  # somebody without a posting
        return
    quoted = {column: connection.ops.quote_name(column) for column in columns}
    each = ", ".join(quoted.values())
    groups = ", ".join("(" + ", ".join(quoted[column] for column in one) + ")" for one in sets)
    shown = f"{each}, GROUPING({each})" if columns else "0"
    # Names of ours around a statement the database layer wrote.
    text = f"SELECT {shown}, count(*) FROM ({inner}) counted GROUP BY GROUPING SETS ({groups})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        found = cursor.fetchall()
    converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
    yield from compiler.apply_converters(found, converters)


def numbers(name: str, split: str, look: Look) -> dict[Any, int]:
    """Return how many rows a figure counts under each value of a split."""
    return {value: tally.rows for value, tally in tallied(REGISTRY[name], REGISTRY[name].split(split), look).items()}


def crossed(name: str, sides: tuple[str, ...], look: Look) -> dict[tuple[Any, ...], int]:
    """Return how many rows a figure counts under each values of several splits at once."""
    if (name, sides) not in look.kept:
        together(name, look, (sides,))
    return look.kept[name, sides]

"""What of a survey's tables is shown: no group of fewer than `SANGKROH_SMALL_CELL` people, nor what gives one back.

First the groups: where too few answered, the whole row is hidden, and another with it. Then, cause by cause, the cells: who
named it and who did not are both counts of people. What is hidden as a row stands in these tables as one row together, for
so much of it anybody can work out. National numbers of one question are published for themselves (`core.disclosure`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from core.disclosure import Group, Node, Protected, Table, protect
from prevention.results import HOTLINE, Base, Counts, Named, Results
from prevention.wilson import Share

YES, NO, REST = "yes", "no", "rest"


@dataclass(frozen=True)
class Cell:
    """One number of a table with its share; `hidden`: too small to show, or hidden for the sake of one that is."""

    n: int | None
    share: Share | None
    hidden: bool


@dataclass(frozen=True)
class Row:
    """One value of a dimension; where `n` is hidden all its cells are."""

    value: str
    n: int | None
    cells: list[Cell]


def shown(results: Results, name: str) -> list[Row]:
    """Return the rows of a dimension, its largest first; cells in the order of the causes, then the hotline."""
    counts = results.by[name]
    if not counts.bases:
        return []
    sizes = protect(
        Table(name, (name,), {(_said(value),): base.n for value, base in counts.bases.items()}), exact=_whole
    )
    small = {value for value in counts.bases if sizes.shown(_said(value)) is None}
    cells = _cells(results, counts, small)
    while held := _held(results, counts, cells, small):
        small |= held
        cells = _cells(results, counts, small)
    codes = _codes(results)
    found = []
    for value, base in sorted(counts.bases.items(), key=lambda item: (-item[1].n, item[0])):
        if value in small:
            found.append(Row(value, None, [Cell(None, None, hidden=True) for _code in codes]))
            continue
        named = [(counts.named.get((value, code), Named()), cells[value, code]) for code in codes]
        found.append(Row(value, base.n, [_cell(one, n, base) for one, n in named]))
    return found


def _codes(results: Results) -> list[str]:
    return [*_causes(results), HOTLINE]


def _causes(results: Results) -> list[str]:
    return [line.cause.code for line in results.lines]


def _cells(results: Results, counts: Counts, small: set[str]) -> dict[tuple[str, str], int | None]:
    """Return how many named what, by value and cause; None where it is hidden."""
    if results.survey.most == 1:
        return {**_of_one_choice(results, counts, small), **_each_apart([HOTLINE], counts, small)}
    return _each_apart(_codes(results), counts, small)


def _each_apart(codes: list[str], counts: Counts, small: set[str]) -> dict[tuple[str, str], int | None]:
    """Hide cause by cause: who named it and who did not."""
    found: dict[tuple[str, str], int | None] = {}
    for code in codes:
        table = protect(_table(counts.name, code, counts, small), exact=_margin)
        found |= {(value, code): table.shown(_said(value), YES) for value in counts.bases}
    return found


def _of_one_choice(results: Results, counts: Counts, small: set[str]) -> dict[tuple[str, str], int | None]:
    """Hide causes together: where everybody names one, a hidden cell is what the others leave of who answered."""
    causes = _causes(results)
    cells: dict[tuple[str, ...], int] = {}
    rows: dict[str, int] = {}
    for value, base in counts.bases.items():
        at = REST if value in small else _said(value)
        rows[at] = rows.get(at, 0) + base.n
        for code in causes:
            n = counts.named.get((value, code), Named()).n
            cells[at, code] = cells.get((at, code), 0) + n
    table = Table(f"{counts.name} by cause", (counts.name, "cause"), cells)
    group = Group([table], settings.SMALL_CELL, _margin)
    group.hidden |= {table.node(*at) for at, n in cells.items() if 0 < rows[at[0]] - n < group.k}
    group.hide()
    done = Protected(table, frozenset(group.hidden))
    return {(value, code): done.shown(_said(value), code) for value in counts.bases for code in causes}


def _held(results: Results, counts: Counts, cells: Mapping[tuple[str, str], int | None], small: set[str]) -> set[str]:
    """Return a row whose hidden cells are held narrow by those that are shown, with another where it would stand alone.

    Who answered named one cause at least, and `most` at most. How many more than one, and how many fewer than `most`, were
    named is known of the whole, and of the rows that are shown whole: the rest is what hidden cells can differ by.
    """
    most = results.survey.most
    every = sorted(counts.bases, key=lambda value: counts.bases[value].n)
    rows = {v: [cells[v, code] for code in _causes(results)] for v in every if v not in small}
    told = {value: sum(n or 0 for n in row) for value, row in rows.items()}
    more, fewer = _slack(results, counts, {value: told[value] for value, row in rows.items() if None not in row})
    for value, row in rows.items() if most > 1 else ():
        n, hidden, of = counts.bases[value].n, row.count(None), told[value]
        least = max(0, n - of, n * most - of - fewer) - max(hidden - 1, 0) * n
        widest = min(n, n * most - of, n - of + more) - max(0, least)
        if hidden and (widest < settings.SMALL_CELL or (hidden == 1 and least > 0)):
            others = [one for one in every if one != value and one not in small]
            return {value, *([] if small else others[:1])}
    return set()


def _slack(results: Results, counts: Counts, whole: Mapping[str, int]) -> tuple[int, int]:
    """Return how many causes more than one each, and fewer than `most` each, were named outside the rows shown whole."""
    n = results.base.n - sum(counts.bases[value].n for value in whole)
    named = sum(line.named.n for line in results.lines) - sum(whole.values())
    return named - n, n * results.survey.most - named


def _cell(named: Named, n: int | None, base: Base) -> Cell:
    return Cell(None, None, hidden=True) if n is None else Cell(n, named.share(base), hidden=False)


def _said(value: str) -> str:
    return value or "none"


def _table(name: str, code: str, counts: Counts, small: set[str]) -> Table:
    """Return who named something and who did not, by the values that are shown and the rest together."""
    cells: dict[tuple[str, ...], int] = {}
    for value, base in counts.bases.items():
        at, n = REST if value in small else _said(value), counts.named.get((value, code), Named()).n
        cells[at, YES] = cells.get((at, YES), 0) + n
        cells[at, NO] = cells.get((at, NO), 0) + base.n - n
    return Table(f"{name} by {code}", (name, "named"), cells)


def _whole(node: Node) -> bool:
    """Say whether a number is of all who answered: that is published for itself."""
    return not node


def _margin(node: Node) -> bool:
    """Say whether a number is of one dimension: how many answered in a group that is large enough, or named it nationally."""
    return len(node) <= 1

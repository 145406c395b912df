"""What of a survey's tables is shown: no group of fewer than `SANGKROH_SMALL_CELL` people, nor what gives one back.

First the groups: where too few answered, the whole row is hidden, and another with it. Then, cause by cause, the cells: who
named it and who did not are both counts of people. What is hidden as a row stands in these tables as one row together, for
so much of it anybody can work out. National numbers of one question are published for themselves (`core.disclosure`).
"""

from __future__ import annotations

from dataclasses import dataclass

from core.disclosure import Node, Protected, Table, protect
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
    codes = [line.cause.code for line in results.lines] + [HOTLINE]
    if not counts.bases:
        return []
    sizes = protect(
        Table(name, (name,), {(_said(value),): base.n for value, base in counts.bases.items()}), exact=_whole
    )
    small = {value for value in counts.bases if sizes.shown(_said(value)) is None}
    tables = [protect(_table(name, code, counts, small), exact=_margin) for code in codes]
    found = []
    for value, base in sorted(counts.bases.items(), key=lambda item: (-item[1].n, item[0])):
        if value in small:
            found.append(Row(value, None, [Cell(None, None, hidden=True) for _code in codes]))
            continue
        named = [counts.named.get((value, code), Named()) for code in codes]
        found.append(Row(value, base.n, [_cell(*one, base, value) for one in zip(named, tables, strict=True)]))
    return found


def _cell(named: Named, table: Protected, base: Base, value: str) -> Cell:
    n = table.shown(_said(value), YES)
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

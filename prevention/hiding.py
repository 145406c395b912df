"""What of a survey's tables is shown: no group of fewer than `SANGKROH_SMALL_CELL` people, nor what gives one back.

Of every value of a dimension two numbers tell of people for each cause: who named it and who did not. Both are counts of
people, so both are protected, with the totals that are shown for the whole nation (`core.disclosure`).
"""

from __future__ import annotations

from dataclasses import dataclass

from core.disclosure import Node, Table, protect_all
from prevention.results import HOTLINE, Base, Counts, Named, Results
from prevention.wilson import Share

YES, NO = "yes", "no"


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
    protected = dict(
        zip(codes, protect_all([_table(name, code, counts) for code in codes], exact=_national), strict=True)
    )
    found = []
    for value, base in sorted(counts.bases.items(), key=lambda item: (-item[1].n, item[0])):
        hidden = protected[codes[0]].shown(_said(value), None) is None
        cells = []
        for code in codes:
            n = None if hidden else protected[code].shown(_said(value), YES)
            cells.append(_cell(counts.named.get((value, code), Named()), base, n))
        found.append(Row(value, None if hidden else base.n, cells))
    return found


def _cell(named: Named, base: Base, n: int | None) -> Cell:
    return Cell(None, None, hidden=True) if n is None else Cell(n, named.share(base), hidden=False)


def _said(value: str) -> str:
    return value or "none"


def _table(name: str, code: str, counts: Counts) -> Table:
    cells: dict[tuple[str, ...], int] = {}
    for value, base in counts.bases.items():
        n = counts.named.get((value, code), Named()).n
        cells[_said(value), YES] = n
        cells[_said(value), NO] = base.n - n
    return Table(f"{name} by {code}", (name, f"named {code}"), cells, of=name)


def _national(node: Node) -> bool:
    """Say whether a number is of the whole nation by one question: these are published for themselves."""
    return all(dim.startswith("named ") for dim, _value in node)

"""Each bound cell once more by the way of its records: as many rows as the page behind it shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reports.figures import heads_in, narrowed
from reports.handin import SETS, HandIn
from reports.handin.filling import Counting, Filling, is_missing, query
from reports.handin.shapes import Bound, Row, Sheet
from reports.indicators import REGISTRY


@dataclass(frozen=True)
class Checked:
    """How the cells of one table stood: how many are bound to a figure, and which differ (code, cell, records)."""

    name: str
    cells: int
    differ: list[tuple[str, Any, Any]]


def check_cells(year: int, system: Any) -> Iterator[Checked]:
    """Check every bound cell of every set of one reporting year."""
    for made in SETS.values():
        filling = Filling(made, year, system, system)
        for sheet in made.sheets:
            yield checked(made, sheet, filling)


def checked(made: HandIn, sheet: Sheet, filling: Filling) -> Checked:
    """Check the cells of one table."""
    n, differ = 0, []
    rows = [row for one in sheet.rows for row in ([one] if isinstance(one, Row) else filling.rows_of(one))]
    for row in rows:
        for (column, _title), cell in zip(sheet.columns, row.cells, strict=False):
            if not isinstance(cell, Bound) or is_missing(cell):
                continue
            n += 1
            found, behind = filling.now.value(cell), by_records(filling.now, cell)
            if found != behind:
                differ.append((f"{row.code}:{column}", found, behind))
    return Checked(f"{made.slug} {sheet.code}", n, differ)


def by_records(counting: Counting, cell: Bound) -> Any:
    """Count the records behind a cell; of a number beside a figure, or of the whole, ask the figure."""
    indicator = REGISTRY[cell.indicator]
    if not cell.where:
        measure = indicator.figure(counting.look)
        return measure.beside.get(cell.beside) if cell.beside else measure.value
    chosen = counting.chosen(cell)
    if not all(chosen.values()):
        return 0
    rows = narrowed(indicator, counting.look, query(chosen))
    heads = heads_in(rows)
    return rows.order_by().count() if heads is None else heads

"""The figures that stand behind a set of tables."""

from reports.handin.shapes import Bound, Cell, HandIn, Rate
from reports.indicators import REGISTRY, Indicator


def behind(made: HandIn) -> tuple[Indicator, ...]:
    """Return the figures that cells of a set are bound to, each once, by their number."""
    names = {name for sheet in made.sheets for row in sheet.rows for cell in row.cells for name in _bound(cell)}
    found = [one for name, one in REGISTRY.items() if name in names and not one.needs_province]
    return tuple(sorted(found, key=lambda one: one.number))


def _bound(cell: Cell) -> tuple[str, ...]:
    match cell:
        case Bound():
            return (cell.indicator,)
        case Rate():
            return (cell.of.indicator,)
    return ()

"""A figure by several dimensions at once."""

from django.db.models import Count

from core.disclosure import Table
from reports.indicators import NOT_STATED, Indicator, Look, Split


def counted_by(indicator: Indicator, splits: tuple[Split, ...], look: Look) -> Table:
    """Count a figure by several dimensions at once, each of which adds up."""
    named = {f"part_{split.name}": split.of(look) for split in splits}
    rows = indicator.rows(look).order_by().annotate(**named).values_list(*named).annotate(n=Count("pk"))
    cells: dict[tuple[str, ...], int] = {}
    for *values, n in rows:
        at = tuple(str(value) if value else NOT_STATED for value in values)
        cells[at] = cells.get(at, 0) + n
    dims = tuple(split.name for split in splits)
    return Table(f"{indicator.name} by {' × '.join(dims)}", dims, cells, of=indicator.name)

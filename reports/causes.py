"""What people say causes trafficking, beside the complaints about the same province in the days of the survey."""

from __future__ import annotations

from dataclasses import dataclass

from prevention.hiding import Row, shown
from prevention.models import Survey
from prevention.presenters import percent
from prevention.results import Results, results
from provinces.models import Province
from reports.figures import parts
from reports.indicators import NOT_STATED, REGISTRY, Look

COMPLAINTS = "complaints_received"
BY = "province_of_incident"
NAMED = 3  # causes named most, of one province


@dataclass(frozen=True)
class Beside:
    """One province: who answered (None: hidden), the causes named most there with their shares, and its complaints."""

    name: str
    answered: int | None
    asked: bool
    causes: list[tuple[str, str]]
    hidden: bool
    complaints: int
    url: str


def causes_beside(survey: Survey, look: Look) -> list[Beside]:
    """Return every province that was asked or complained about, most complaints first; the unknown place last."""
    found = results(survey)
    rows = {row.value: row for row in shown(found, "province")}
    indicator = REGISTRY[COMPLAINTS]
    counted = {part.code: part for part in parts(indicator, indicator.split(BY), look)}
    names = {row.code: row.name for row in Province.objects.choosable()}
    made = []
    for code in names.keys() & (rows.keys() | counted.keys()):
        row, part = rows.get(code), counted.get(code)
        causes = _named(found, row) if row else []
        made.append(
            Beside(
                names[code],
                row.n if row else None,
                row is not None,
                causes,
                bool(row and not causes),
                part.n if part else 0,
                part.url if part else "",
            )
        )
    made.sort(key=lambda one: (-one.complaints, one.name))
    if unknown := counted.get(NOT_STATED):
        made.append(Beside(unknown.word, None, False, [], False, unknown.n, unknown.url))
    return made


def _named(found: Results, row: Row) -> list[tuple[str, str]]:
    """Return the causes named most in a province, as far as they are shown."""
    cells = [
        (str(line.cause), cell)
        for line, cell in zip(found.lines, row.cells, strict=False)
        if not cell.hidden and cell.n
    ]
    cells.sort(key=lambda pair: -(pair[1].share.value if pair[1].share else 0))
    return [(word, percent(cell.share.value)) for word, cell in cells[:NAMED] if cell.share]

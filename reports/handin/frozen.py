"""A set of tables as it was prepared and signed: read from what was frozen, in the reader's language, never filled again."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.services import system_user
from core.display import moment
from reports.handin import SETS
from reports.handin.filling import Filled, FilledRow, FilledSheet, Filling
from reports.handin.shapes import Sheet
from reports.handin.shown import Tables, days_words, said
from reports.models import Publication, PublicationStatus, PublishedCell, PublishedTable, in_language
from reports.publications import mark_of

BLANK = "blank"


def title_of(publication: Publication) -> str:
    """Return the name of the set a publication holds."""
    made = SETS.get(publication.hand_in)
    return str(made.title) if made else publication.hand_in


def tables_of(publication: Publication) -> Tables:
    """Return what was frozen as workbook and paper write it; two queries."""
    notes = [in_language(rule) for rule in publication.rules]
    return Tables(title_of(publication), lines(publication), notes, mark_of(publication), sheets_of(publication))


def lines(publication: Publication) -> list[str]:
    """Return what stands above the tables: the days, and who answers for them."""
    window = publication.window
    words = {"moment": moment(publication.as_of), "reference": publication.reference}
    found = [days_words(window, window.a_year_before), _("%(reference)s, as known on %(moment)s.") % words]
    prepared = {"who": publication.prepared_by_words, "moment": moment(publication.prepared_at)}
    found.append(_("Prepared by %(who)s, %(moment)s.") % prepared)
    if publication.signed_at is not None:
        signed = {"who": publication.signed_by_words, "moment": moment(publication.signed_at)}
        found.append(_("Signed by %(who)s, %(moment)s.") % signed)
    elif publication.status == PublicationStatus.DRAFT:
        found.append(_("Not signed: this is not for release."))
    if publication.superseded_by:
        newer = publication.superseded_by.reference
        found.append(_("Superseded: a newer publication takes its place.") + f" {newer}")
    return found


def sheets_of(publication: Publication) -> list[FilledSheet]:
    """Return the tables as they were filled."""
    rows = publication.tables.prefetch_related(Prefetch("cells", to_attr="kept"))
    return [_sheet(table) for table in rows]


def _sheet(table: PublishedTable) -> FilledSheet:
    columns = tuple((one["code"], in_language(one)) for one in table.columns)
    note = in_language(table.note) if table.note else ""
    sheet = Sheet(table.code, in_language(table.title), columns, (), in_language(table.agency), note)
    kept = {(cell.row, cell.column): cell for cell in table.kept}  # type: ignore[attr-defined]  # by the prefetch
    rows = [
        FilledRow(
            row["code"],
            in_language(row),
            [_cell(row["code"], code, kept.get((row["code"], code))) for code, _w in columns],
        )
        for row in table.rows
    ]
    return FilledSheet(sheet, rows)


def _cell(row: str, column: str, cell: PublishedCell | None) -> Filled:
    code = f"{row}:{column}"
    if cell is None:
        return Filled(code, BLANK)
    why, unit = (in_language(words) if words else "" for words in (cell.why, cell.unit))
    return Filled(code, cell.kind, cell.value, cell.before, why=why, unit=unit, source=cell.source)


@dataclass(frozen=True)
class Differing:
    """A cell that says something else now than when it was signed."""

    table: str
    row: str
    column: Any
    then: str
    now: str


def cells_since(publication: Publication, reader: Any) -> list[Differing]:
    """Fill the set again, now, and return the cells that say something else; a row that came or went too."""
    made = SETS.get(publication.hand_in)
    if made is None:
        return []
    now = {
        sheet.sheet.code: sheet for sheet in Filling(made, publication.first_on.year, system_user(), reader).sheets()
    }
    found = []
    for then in sheets_of(publication):
        other = now.get(then.sheet.code)
        found += _differing(then, other) if other else []
    return found


def _differing(then: FilledSheet, now: FilledSheet) -> list[Differing]:
    titles = {
        f"{row.code}:{code}": (row.title, title)
        for one in (then, now)
        for row in one.rows
        for code, title in one.sheet.columns
    }
    kept, live = ({cell.code: said(cell) for row in one.rows for cell in row.cells} for one in (then, now))
    return [
        Differing(then.sheet.code, *titles[code], kept.get(code, "–"), live.get(code, "–"))
        for code in titles
        if kept.get(code, "–") != live.get(code, "–")
    ]

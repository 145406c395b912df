"""Keep the tables of a set to hand in with a draft, cell by cell, in both languages, as the system fills them now."""

from typing import Any

from django.utils.translation import override

from reports.handin.filling import Filled, FilledSheet, Filling
from reports.handin.shapes import HandIn
from reports.handin.shown import notes
from reports.indicators import Look
from reports.models import Publication, PublishedCell, PublishedTable
from reports.sentences import LANGUAGES
from reports.services.freezing import both, rules_kept, the_nations

Said = dict[str, FilledSheet]  # by language


def tables_rules(made: HandIn) -> list[dict[str, str]]:
    """Return the notes of a set, and the counting rules, in both languages."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = notes(made)
    pairs = zip(*said.values(), strict=True)
    kept = [{"code": f"N{n}", **dict(zip(said, words, strict=True))} for n, words in enumerate(pairs, 1)]
    return [*kept, *rules_kept()]


def freeze_tables(publication: Publication, made: HandIn, look: Look) -> None:
    """Keep each table of a set with a draft. Raises ImproperlyConfigured for a reader's own look."""
    the_nations(look)
    filling, said = Filling(made, look.window.first.year, look.user, look.user), {}
    for language in LANGUAGES:
        with override(language):
            said[language] = filling.sheets()
    cells: list[PublishedCell] = []
    for place, sheets in enumerate(zip(*said.values(), strict=True)):
        words = dict(zip(said, sheets, strict=True))
        cells += _cells(_table(publication, place, words), words)
    PublishedCell.objects.bulk_create(cells, batch_size=500)


def _table(publication: Publication, place: int, said: Said) -> PublishedTable:
    filled = next(iter(said.values()))
    sheet = filled.sheet
    return PublishedTable.objects.create(
        publication=publication,
        place=place,
        code=sheet.code,
        title=both(lambda: sheet.title),
        agency=both(lambda: sheet.agency),
        note=both(lambda: sheet.note) if sheet.note else {},
        columns=[{"code": code, **both(lambda title=title: title)} for code, title in sheet.columns],  # type: ignore[misc]
        rows=[
            {"code": row.code, **{language: one.rows[n].title for language, one in said.items()}}
            for n, row in enumerate(filled.rows)
        ],
    )


def _cells(table: PublishedTable, said: Said) -> list[PublishedCell]:
    """Return the cells that were asked for: what is blank is none."""
    found = []
    for n, row in enumerate(next(iter(said.values())).rows):
        for m, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            if cell.kind != "blank":
                words = {language: one.rows[n].cells[m] for language, one in said.items()}
                found.append(_cell(table, row.code, column["code"], words))
    return found


def _cell(table: PublishedTable, row: str, column: str, said: dict[str, Filled]) -> PublishedCell:
    cell = next(iter(said.values()))
    why = {language: one.why for language, one in said.items()} if cell.why else {}
    unit = {language: one.unit for language, one in said.items()} if cell.unit else {}
    place = {"table": table, "row": row, "column": column, "kind": cell.kind, "why": why, "unit": unit}
    return PublishedCell(**place, source=cell.source, **_kept(cell.value), **_kept(cell.before, "_before"))


def _kept(value: Any, which: str = "") -> dict[str, Any]:
    """Return a value as it is stored: what was typed as its words, a count as a number."""
    if isinstance(value, str):
        return {f"words{which}": value}
    return {f"number{which}": value}

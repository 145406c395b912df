"""A set of tables on paper."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.pdf import pdf
from reports.handin.filling import Filled, FilledSheet
from reports.handin.shown import Tables, said, why_of


def paper(tables: Tables) -> bytes:
    """Set every table of a set as PDF; raises NoPaper."""
    data = {
        "title": tables.title,
        "lines": tables.lines,
        "sheets": [sheet_of(filled) for filled in tables.sheets],
        "notes": [_("In brackets: the year before."), *tables.notes],
        "notes_title": _("Notes"),
        "watermark": tables.mark,
        "foot": " · ".join(words for words in (tables.mark, tables.foot) if words),
        "pages": _("of"),
    }
    return pdf("core/typst/handin.typ", data, language=get_language() or "km")


def sheet_of(filled: FilledSheet) -> dict[str, Any]:
    """Return a table as it stands on paper: its cells in words, sources and reasons below."""
    sheet = filled.sheet
    rows = [[row.title, *(_cell(cell) for cell in row.cells)] for row in filled.rows]
    sources = [f"{row.title}: {cell.source}" for row in filled.rows for cell in row.cells if cell.source]
    reasons = list(dict.fromkeys(why_of(row) or cell.why for row in filled.rows for cell in row.cells if cell.why))
    below = [_("Source: %(agency)s") % {"agency": sheet.agency}, *sources]
    return {
        "title": f"{sheet.code} {sheet.title}",
        "head": ["", *(str(title) for _code, title in sheet.columns)],
        "rows": rows,
        "right": list(range(1, len(sheet.columns) + 1)),
        "words": [*below, *([str(sheet.note)] if sheet.note else []), *(f"– {why}" for why in reasons)],
    }


def _cell(cell: Filled) -> str:
    if cell.kind == "blank":
        return ""
    before = said(cell, before=True)
    return said(cell) if before == "–" else f"{said(cell)} ({before})"

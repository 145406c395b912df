"""A set of tables on paper."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.pdf import pdf
from reports.handin.filling import Filled, FilledSheet, Filling
from reports.handin.shown import heading, notes, said, why_of


def paper(filling: Filling) -> bytes:
    """Set every table of a set as PDF; raises NoPaper."""
    data = {
        "title": str(filling.made.title),
        "lines": heading(filling),
        "sheets": [_sheet(filled) for filled in filling.sheets()],
        "notes": [_("In brackets: the year before."), *notes(filling.made)],
        "notes_title": _("Notes"),
        "watermark": _("Provisional"),
        "pages": _("of"),
    }
    return pdf("core/typst/handin.typ", data, language=get_language() or "km")


def _sheet(filled: FilledSheet) -> dict[str, Any]:
    sheet = filled.sheet
    rows = [[row.title, *(_cell(cell) for cell in row.cells)] for row in filled.rows]
    sources = [
        f"{row.title}: {cell.typed.source}" for row in filled.rows for cell in row.cells if cell.typed is not None
    ]
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

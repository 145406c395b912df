"""A set of tables as XLSX: a sheet for each, numbers as numbers, never a formula or a link."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from reports.handin.filling import Filled, FilledSheet
from reports.handin.shown import Tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FIRST_WIDTH, WIDTH, MOST_FOOTER = 44, 16, 240


def workbook(tables: Tables) -> bytes:
    """Write every table of a set, and its notes."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, PLAIN)
    book.set_properties({"title": tables.title})
    looks = {
        "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "rate": book.add_format({"num_format": "0.00", "valign": "top"}),
    }
    for filled in tables.sheets:
        _sheet(book.add_worksheet(filled.sheet.code), filled, tables, looks)
    page = book.add_worksheet(_("Notes")[:31])
    page.set_column(0, 0, 110)
    for number, words in enumerate([tables.title, *tables.lines, *tables.notes]):
        page.write_string(number, 0, words, looks["wrap"])
    book.close()
    return buffer.getvalue()


def _sheet(page: Any, filled: FilledSheet, tables: Tables, looks: dict[str, Any]) -> None:
    sheet = filled.sheet
    if tables.mark:
        page.set_header(f"&L{tables.mark.replace('&', '&&')}")
    if tables.foot:
        page.set_footer(f"&L{tables.foot.replace('&', '&&')[:MOST_FOOTER]}")
    page.set_column(0, 0, FIRST_WIDTH)
    page.set_column(1, 2 * len(sheet.columns), WIDTH)
    page.write_string(0, 0, f"{sheet.code} {sheet.title}", looks["bold"])
    page.write_string(1, 0, " · ".join(tables.lines))
    page.write_string(2, 0, _("Source: %(agency)s") % {"agency": sheet.agency})
    for place, (_code, title) in enumerate(sheet.columns):
        page.write_string(4, 1 + 2 * place, str(title), looks["bold"])
        page.write_string(4, 2 + 2 * place, _("%(column)s, year before") % {"column": title}, looks["bold"])
    for number, row in enumerate(filled.rows, 5):
        page.write_string(number, 0, row.title, looks["wrap"])
        for place, cell in enumerate(row.cells):
            _cell(page, number, 1 + 2 * place, cell, looks)
    if sheet.note:
        page.write_string(6 + len(filled.rows), 0, str(sheet.note), looks["wrap"])


def _cell(page: Any, row: int, column: int, cell: Filled, looks: dict[str, Any]) -> None:
    if cell.kind in {"cannot", "later"}:
        page.write_string(row, column, cell.why, looks["wrap"])
    else:
        _value(page, row, column, cell.value, looks)
        if cell.source:
            page.write_comment(row, column, _("Source: %(agency)s") % {"agency": cell.source})
    _value(page, row, column + 1, cell.before, looks)


def _value(page: Any, row: int, column: int, value: Any, looks: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, Decimal):
        page.write_number(row, column, float(value), looks["rate"])
    elif isinstance(value, int) or str(value).isdecimal():
        page.write_number(row, column, int(value), looks["number"])
    else:
        page.write_string(row, column, str(value), looks["wrap"])

"""A spreadsheet of an export: text stays text, numbers and days are real ones; memory stays flat, row by row."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from core.csv import Column
from reports.exports.marks import Mark

MOST_FOOTER = 250  # of 255 characters
MOST_SHEET = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
WIDTHS = {"moment": 17, "day": 12, "number": 10, "text": 22}
FONT = "Noto Sans Khmer"


def as_typed(columns: list[Column]) -> list[Column]:
    """Return columns whose text is as it was typed: a cell that says it is text runs nothing, so nothing stands before it."""
    return [replace(column, free_text=False) for column in columns]


def write_book(
    path: Path, found: Iterator[list[str]], rows: Any, *, title: str, mark: Mark, folder: Path, language: str
) -> None:
    """Write the rows, the header first, into a workbook; its footer and properties say whose copy it is."""
    book = xlsxwriter.Workbook(
        str(path),
        {"constant_memory": True, "tmpdir": str(folder), "strings_to_numbers": False, "strings_to_formulas": False},
    )
    try:
        book.set_properties({"title": title, "comments": "\n".join(mark.lines), "keywords": mark.line[:250]})
        sheet = book.add_worksheet(_sheet_name(title))
        head = next(found, [])
        _dress(book, sheet, head, rows.columns, mark)
        _fill(book, sheet, found, rows.columns)
        about = book.add_worksheet(_sheet_name(_("About this file")))
        about.set_column(0, 0, 90)
        for place, line in enumerate(mark.lines):
            about.write_string(place, 0, line)
    finally:
        book.close()


def _sheet_name(words: str) -> str:
    return words.translate(FORBIDDEN)[:MOST_SHEET].strip("' ") or "1"


def _dress(book: Any, sheet: Any, head: list[str], columns: list[Column], mark: Mark) -> None:
    bold = book.add_format({"bold": True, "font_name": FONT, "text_wrap": True, "valign": "top"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS[column.holds])
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    line = mark.line.replace("&", "&&")[:MOST_FOOTER]
    sheet.set_footer(f"&L&8{line}" if not line[:1].isdigit() else f"&L&8 {line}")
    for place, words in enumerate(head):
        sheet.write_string(0, place, words, bold)


def _fill(book: Any, sheet: Any, found: Iterator[list[str]], columns: list[Column]) -> None:
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    text, number, at = sheet.write_string, sheet.write_number, sheet.write_datetime
    kinds = [column.holds for column in columns]
    for row, values in enumerate(found, 1):
        for place, (value, kind) in enumerate(zip(values, kinds, strict=True)):
            if not value:
                continue
            if kind == "text":
                text(row, place, value)
            elif kind == "number":
                number(row, place, float(value))
            elif kind == "day":
                at(row, place, date.fromisoformat(value), day)
            else:
                at(row, place, datetime.fromisoformat(value).replace(tzinfo=None), moment)

"""A paper as XLSX: what it says of itself first, a sheet for each table, definitions last; numbers and days are real ones."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from core.display import here
from reports.papers.shape import Cell, Paper, Table, Text, Value

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FONT, WIDE, WIDTH, MOST_SHEET = "Noto Sans Khmer", 44, 22, 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
HEAD = 3  # row of the heads of columns
Column = tuple[str, list[Any]]


def as_xlsx(paper: Paper) -> bytes:
    """Write a paper as a workbook."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, PLAIN)
    book.set_properties({"title": paper.title, "comments": paper.foot})
    looks = _looks(book)
    _first(book.add_worksheet(_sheet_name(_("About this file"))), paper, looks)
    for number, table in enumerate(paper.tables, 1):
        page = book.add_worksheet(_sheet_name(f"{number} {table.code}"))
        _printed(page, paper)
        _table(page, table, looks)
    page = book.add_worksheet(_sheet_name(_("Definitions")))
    _printed(page, paper)
    _definitions(page, paper, looks)
    book.close()
    return buffer.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"font_name": FONT, "text_wrap": True, "valign": "top", "align": "left"}
    wanted: dict[str, dict[str, Any]] = {
        "text": {},
        "bold": {"bold": True},
        "title": {"bold": True, "font_size": 14, "text_wrap": False},
        "line": {"text_wrap": False},
        "number": {"num_format": "#,##0", "align": "right"},
        "tenths": {"num_format": "#,##0.0", "align": "right"},
        "day": {"num_format": "yyyy-mm-dd"},
        "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    }
    return {name: book.add_format(plain | more) for name, more in wanted.items()}


def _sheet_name(words: str) -> str:
    return words.translate(FORBIDDEN)[:MOST_SHEET].strip("' ")


def _printed(page: Any, paper: Paper) -> None:
    """Say on every printed page whose copy it is, and that it is a draft."""
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for words, act in ((paper.mark, page.set_header), (paper.foot, page.set_footer)):
        if words:
            act(f"&L&8 {words.replace('&', '&&')[:240]}")


def _first(page: Any, paper: Paper, looks: dict[str, Any]) -> None:
    _printed(page, paper)
    page.set_column(0, 0, WIDTH)
    page.set_column(1, 1, 100)
    rows: list[tuple[Any, Any, str]] = [(paper.title, "", "title")]
    rows += [(words, "", "title") for words in (paper.mark, paper.warning) if words]
    rows += [(key, _value(cell), "text") for key, cell in paper.facts]
    for part in paper.parts:
        if isinstance(part, Text):
            rows += [(part.title if not place else "", words, "text") for place, (_l, words) in enumerate(part.said)]
    for place, (key, value, look) in enumerate(rows):
        page.write_string(place, 0, key, looks[look])
        _write(page, place, 1, value, looks)


def _table(page: Any, table: Table, looks: dict[str, Any]) -> None:
    page.write_string(0, 0, table.title, looks["title"])
    page.write_string(1, 0, table.remark, looks["line"])
    page.freeze_panes(HEAD + 1, 1)
    page.set_column(0, 0, WIDE)
    page.repeat_rows(HEAD)
    found = list(columns(table))
    page.set_column(1, max(1, len(found) - 1), WIDTH)
    for place, (title, values) in enumerate(found):
        page.write_string(HEAD, place, title, looks["bold"])
        for row, value in enumerate(values, HEAD + 1):
            _write(page, row, place, value, looks)


def columns(table: Table) -> Iterator[Column]:
    """Give the columns as a sheet has them: of a column that says more than its numbers, numbers and words apart; days too."""
    for place, title in enumerate(table.head):
        cells = [row[place] for row in table.rows]
        if all(cell.is_plain for cell in cells):
            yield title, [_value(cell) for cell in cells]
        elif any(cell.value is not None for cell in cells):
            yield title, ["" if cell.value is None else cell.value for cell in cells]
            yield _("%(column)s, in words") % {"column": title}, [_lines(cell) for cell in cells]
        else:
            yield title, [_lines(cell) for cell in cells]
        if any(cell.days for cell in cells):
            yield _("First day"), [cell.days.first if cell.days else "" for cell in cells]
            yield _("Last day"), [cell.days.last if cell.days else "" for cell in cells]


def _lines(cell: Cell) -> str:
    return "\n".join((cell.words, *cell.small))


def _value(cell: Cell) -> Any:
    return cell.words if cell.value is None else cell.value


def _write(page: Any, row: int, column: int, value: Value | str, looks: dict[str, Any]) -> None:
    match value:
        case "" | None:
            return
        case str():
            page.write_string(row, column, value, looks["text"])
        case datetime():
            page.write_datetime(row, column, here(value).replace(tzinfo=None, second=0, microsecond=0), looks["moment"])
        case date():
            page.write_datetime(row, column, value, looks["day"])
        case Decimal() | float():
            whole = value == int(value)
            page.write_number(row, column, float(value), looks["number" if whole else "tenths"])
        case int():
            page.write_number(row, column, value, looks["number"])


def _definitions(page: Any, paper: Paper, looks: dict[str, Any]) -> None:
    page.set_column(0, 0, WIDE)
    page.set_column(1, 1, 110)
    rows = [(_("Definitions"), "", "title"), *((key, words, "bold") for key, words in paper.definitions)]
    rows += [(_("Counting rules"), "", "title"), *(("", words, "text") for words in paper.rules)]
    for place, (key, words, look) in enumerate(rows):
        page.write_string(place, 0, key, looks[look])
        page.write_string(place, 1, words, looks["text"])

"""Rows out of the stream of an export: cells as text, and as words on paper."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from core import display
from core.csv import Column

BOM = "\ufeff"


def table(pieces: Iterable[bytes]) -> Iterator[list[str]]:
    """Give the rows of a stream, the header first; a piece holds whole rows."""
    for piece in pieces:
        yield from csv.reader(io.StringIO(piece.decode().removeprefix(BOM), newline=""))


def cells(row: Sequence[str], columns: Sequence[Column], model: Any) -> list[str]:
    """Return a row for paper: days and numbers as the reader writes them, codes of the row's own columns in words."""
    return [_cell(value, column, model) for value, column in zip(row, columns, strict=True)]


def _cell(value: str, column: Column, model: Any) -> str:
    if not value:
        return ""
    match column.holds:
        case "moment":
            return display.moment(datetime.fromisoformat(value))
        case "day":
            return display.day(date.fromisoformat(value))
        case "number":
            return display.number(int(value))
    if isinstance(column.expression, str) and "__" not in column.expression:
        field = model._meta.get_field(column.expression)
        return str(dict(getattr(field, "flatchoices", ())).get(value, value))
    return value

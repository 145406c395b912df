"""The process that reads one workbook: a few cells far apart make a sheet of millions, and what eats memory ends here alone."""

import json
import resource
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MOST_MEMORY = 1024**3
MOST_SECONDS = 20
REFUSED = 3


def rows_of(raw: bytes, most: int, *, numbered: bool) -> list[list[str]]:
    """Return the rows of the first sheet as text; `numbered`: from its first row on, so that a line's number is its row's."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  # loaded for the few who upload one

    sheet = CalamineWorkbook.from_filelike(BytesIO(raw)).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=not numbered, nrows=most)
    return [[_cell(value) for value in row] for row in rows[:most]]


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    return " ".join(str(value).split())


def main(most: str, numbered: str) -> int:
    """Read a workbook from standard input, write its rows as JSON to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    raw = sys.stdin.buffer.read()
    try:
        rows = rows_of(raw, int(most), numbered=numbered == "1")
    except Exception as error:  # whatever a hostile file brings about: the reader is told that it cannot be read
        sys.stderr.write(type(error).__name__)
        return REFUSED
    json.dump(rows, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

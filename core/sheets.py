"""A sheet as it was pasted or uploaded: text, lines, cells. What the cells mean is the reader's to say."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.display import number
from core.text import clean, refuse_broken
from core.workbooks import MOST_SECONDS, ROOT

MOST_ROWS = 200
MOST_BYTES = 2_000_000
MOST_UNPACKED = 50_000_000  # bytes: a sheet of two hundred rows unpacks to far less
MOST_CELL = 200
BINARY = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
SEPARATORS = ("\t", ";", ",")


def sent_text(typed: str, upload: Any) -> str:
    """Return what was pasted, or what an uploaded sheet says; ValidationError where both came: neither is thrown away."""
    if upload and typed.strip():
        raise ValidationError(
            _("You pasted a list and chose a file. Send one of the two: empty the text to send the file.")
        )
    return text_of(upload) if upload else typed


def text_of(upload: Any, *, most: int = MOST_ROWS, numbered: bool = False) -> str:
    """Return an uploaded sheet (XLSX, ODS, CSV as UTF-8 or UTF-16) as text, a line a row, tabs between cells.

    Of a workbook it reads a few more than `most` rows. `numbered`: empty rows stay, so that a line's number is its row's.
    Raises ValidationError for what cannot be read, is too large, or is a legacy Khmer font's.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The file is too large. Send at most %(most)s people.") % {"most": number(most)})
    raw = upload.read()
    if raw[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return _from_workbook(raw, most, numbered=numbered)
    for coding in ("utf-8-sig", "utf-16"):
        if coding == "utf-16" and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return _words_of(raw.decode(coding))
        except UnicodeDecodeError:
            continue
    raise ValidationError(
        _("This file is not written in Unicode. Save it as XLSX or as CSV in UTF-8, then send it again.")
    )


def _words_of(text: str) -> str:
    if BINARY.search(text):
        raise ValidationError(_("This sheet cannot be read. Save it as XLSX or CSV and send it again."))
    return text


def _refuse_bomb(raw: bytes) -> None:
    """Raise ValidationError for a workbook that unpacks to more than a sheet of people can be, whatever size it declares."""
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for entry in packed.infolist():
                with packed.open(entry) as stream:
                    while chunk := stream.read(1 << 20):
                        left -= len(chunk)
                        if left < 0:
                            raise ValidationError(
                                _("This file unpacks to far more than a list of people. It is not read.")
                            )
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise ValidationError(_("This sheet cannot be read. Save it as XLSX or CSV and send it again.")) from error


def _from_workbook(raw: bytes, most: int, *, numbered: bool) -> str:
    """Read a workbook in a process of its own: one cell far away makes a sheet of more cells than there is memory."""
    if raw[:2] == b"PK":
        _refuse_bomb(raw)
    unreadable = ValidationError(_("This sheet cannot be read. Save it as XLSX or CSV and send it again."))
    asked = [sys.executable, "-m", "core.workbooks", str(most + 2), "1" if numbered else "0"]
    said = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            asked, input=raw, capture_output=True, timeout=MOST_SECONDS, cwd=ROOT, env=said, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise unreadable from error
    if done.returncode:
        raise unreadable
    lines = ("\t".join(row) for row in json.loads(done.stdout))
    return "\n".join(line for line in lines if numbered or line.strip())


def cells_of(text: str) -> list[tuple[int, list[str]]]:
    """Return the cells of each line that says something, with its number; raises ValidationError where there is none."""
    refuse_broken(text)
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise ValidationError(_("Paste the list, or choose a file."))
    separator = _separator([line for _number, line in lines])
    return [(number, _split(line, separator)) for number, line in lines]


def _separator(lines: Sequence[str]) -> str:
    counts = {one: sum(one in line for line in lines) for one in SEPARATORS}
    return next((one for one in SEPARATORS if counts[one] * 2 >= len(lines)), "\t")


def _split(line: str, separator: str) -> list[str]:
    try:
        found = next(csv.reader([line], delimiter=separator), [])
    except csv.Error as error:  # a cell of more than 131,072 characters
        raise ValidationError(_("This sheet cannot be read. Save it as XLSX or CSV and send it again.")) from error
    return [clean(cell)[: MOST_CELL + 1] for cell in found]

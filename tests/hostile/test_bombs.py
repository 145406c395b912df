"""Sheets that unpack to far more than they weigh, or are no sheets at all, are refused with words before anything reads them."""

import io
import zipfile

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from core.sheets import MOST_BYTES, MOST_UNPACKED, text_of


def packed(*sizes: int) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as sheet:
        for n, size in enumerate(sizes):
            sheet.writestr(f"xl/worksheets/sheet{n}.xml", b"\0" * size)
    return box.getvalue()


def lying(raw: bytes) -> bytes:
    """Say in the directory of a packed file that it unpacks to nothing."""
    at = raw.index(b"PK\x01\x02")
    return raw[: at + 24] + b"\0\0\0\0" + raw[at + 28 :]


@pytest.mark.parametrize("sizes", [(MOST_UNPACKED + 1,), (MOST_UNPACKED // 2, MOST_UNPACKED // 2 + 1)])
def test_a_bomb_is_refused(sizes: tuple[int, ...]) -> None:
    raw = packed(*sizes)
    assert len(raw) < MOST_BYTES
    with override("en"), pytest.raises(ValidationError, match="unpacks to far more"):
        text_of(SimpleUploadedFile("people.xlsx", raw))


@pytest.mark.parametrize("far", ["XFD1048576", "XFD5000"])
def test_a_cell_far_away_ends_the_process_that_reads_it_alone(far: str) -> None:
    """Two cells, the second at the far corner: read here, it had ended the whole server by asking for half a terabyte."""
    box = io.BytesIO()
    book = xlsxwriter.Workbook(box)
    sheet = book.add_worksheet()
    sheet.write_string("A1", "name")
    sheet.write_string(far, "x")
    book.close()
    with override("en"), pytest.raises(ValidationError, match="cannot be read"):
        text_of(SimpleUploadedFile("people.xlsx", box.getvalue()), numbered=True)


# Named, for a packed file says when it was packed: two processes would each collect a test of another name.
NO_SHEETS = {
    "lying": lying(packed(1000)),
    "cut off": packed(1000)[:-20],
    "damaged": b"PK\x03\x04" + b"\xff" * 200,
    "of nothing": packed(10),
}


@pytest.mark.parametrize("raw", NO_SHEETS.values(), ids=NO_SHEETS)
def test_what_only_looks_like_a_sheet_is_refused(raw: bytes) -> None:
    with override("en"), pytest.raises(ValidationError, match="cannot be read"):
        text_of(SimpleUploadedFile("people.xlsx", raw))


@pytest.mark.parametrize(
    "raw",
    [
        b"MZ\x01\x02 This program cannot be run",
        b"a,b\x00c",
        b"\xff\xfea\x00\x02\x00",
        b"\x7fELF\x02\x01",
        b"name\x1b$B,1",
    ],
)
def test_a_program_or_another_binary_file_is_no_sheet(raw: bytes) -> None:
    with override("en"), pytest.raises(ValidationError, match="cannot be read"):
        text_of(SimpleUploadedFile("results.csv", raw))


def test_tabs_and_ends_of_lines_are_no_binary() -> None:
    assert text_of(SimpleUploadedFile("results.csv", b"a\tb\r\n1\t2\x0b\n")) == "a\tb\r\n1\t2\x0b\n"

"""Exports as LibreOffice opens them: Khmer, days, telephone numbers and what looks like a formula, cell by cell."""

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from reports.exports.models import ExportJob
from reports.exports.services import decide_export
from tests.reports.exports.conftest import parsed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
# To CSV: comma, quotation mark, UTF-8, from the first line on, cells as they are written, text in quotation marks.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
OF_CSV = "CSV:44,34,76,1"


@pytest.fixture
def opened_by_office(tmp_path: Path) -> Callable[..., list[list[str]]]:
    """Open a file in LibreOffice and give its cells."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not here (scripts/libreoffice.sh): nothing was opened with it")

    def cells(name: str, content: bytes, *options: str) -> list[list[str]]:
        (tmp_path / name).write_bytes(content)
        out = tmp_path / f"out-{name}"
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        words = [
            soffice,
            "--headless",
            profile,
            *options,
            "--convert-to",
            AS_CSV,
            "--outdir",
            str(out),
            tmp_path / name,
        ]
        subprocess.run(words, check=True, capture_output=True, timeout=180)
        text = next(out.iterdir()).read_text(encoding="utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))

    return cells


def with_names(ask: Callable[..., ExportJob], by: User, second: User, fmt: str) -> ExportJob:
    """Ask for people with their names and have it approved."""
    job = ask(by, "victims", format=fmt, identities=True, language="km")
    decide_export(job, by=second, approve=True)
    job.refresh_from_db()
    return job


def test_what_libreoffice_opens_equals_the_list(
    filled: Any,
    officer_psh: User,
    supervisor: User,
    asked: Callable[..., ExportJob],
    opened: Callable[..., Any],
    opened_by_office: Callable[..., list[list[str]]],
) -> None:
    plain = opened(with_names(asked, officer_psh, supervisor, "csv"))["csv"]
    book = opened(with_names(asked, officer_psh, supervisor, "xlsx"))["xlsx"]
    said = parsed(plain)
    assert len(said) == 2
    head, *rows = opened_by_office("list.xlsx", book)
    assert head == list(said[0]), "the Khmer of the head"
    same = 0
    for row, other in zip(rows, said, strict=True):
        for name, cell in zip(head, row, strict=True):
            assert cell == as_office_writes(other[name]), name
            same += 1
    of_csv = opened_by_office("list.csv", plain, f"--infilter={OF_CSV}")
    assert of_csv[0] == head
    for row, other in zip(of_csv[1:], said, strict=True):
        assert [cell for cell in row if "Lan" in cell] == ["'=1+1 Lan"], "text, never a formula"
        assert [cell for cell in row if cell.startswith("855")] == ["855 12 345 678"]
        assert row[0] == other[head[0]]
    assert same == 2 * len(head)


def as_office_writes(value: str) -> str:
    """A cell of the CSV as LibreOffice writes that of the spreadsheet: moments by the second, without their offset."""
    if value.endswith("+07:00") and "T" in value:
        return value[:19].replace("T", " ")
    return value.removeprefix("'")

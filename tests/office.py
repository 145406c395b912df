"""LibreOffice as people open our files with it: every sheet as rows, a document as its text."""

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# To CSV: comma, quotation mark, UTF-8, from the first line on, cells as they are written, text in quotation marks.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
EVERY_SHEET = f"{AS_CSV},false,false,-1"
OF_CSV = "--infilter=CSV:44,34,76,1"
AS_TEXT = "txt:Text (encoded):UTF8"
Sheets = dict[str, list[list[str]]]
Office = Callable[..., dict[str, str]]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Convert a file with LibreOffice; gives what came of it by name."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not here (scripts/libreoffice.sh): nothing was opened with it")

    def convert(name: str, content: bytes, kind: str, *options: str) -> dict[str, str]:
        (tmp_path / name).write_bytes(content)
        out = tmp_path / f"out-{name}"
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        words: list[Any] = [
            soffice,
            "--headless",
            profile,
            *options,
            "--convert-to",
            kind,
            "--outdir",
            out,
            tmp_path / name,
        ]
        subprocess.run(words, check=True, capture_output=True, timeout=180)
        if not out.is_dir():
            pytest.skip("this LibreOffice opens no such file (scripts/libreoffice.sh)")
        return {path.stem: path.read_bytes().decode("utf-8-sig") for path in sorted(out.iterdir())}

    return convert


def rows_of(text: str) -> list[list[str]]:
    """Read rows as LibreOffice writes them."""
    return list(csv.reader(io.StringIO(text, newline="")))

"""Exports as LibreOffice opens them: Khmer, days, telephone numbers and what looks like a formula, cell by cell."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from reports.exports.models import ExportJob
from reports.exports.services import decide_export
from tests.office import AS_CSV, OF_CSV, Office, office, rows_of
from tests.reports.exports.conftest import parsed

__all__ = ["office"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


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
    office: Office,
) -> None:
    plain = opened(with_names(asked, officer_psh, supervisor, "csv"))["csv"]
    book = opened(with_names(asked, officer_psh, supervisor, "xlsx"))["xlsx"]
    said = parsed(plain)
    assert len(said) == 2
    (of_book,) = office("list.xlsx", book, AS_CSV).values()
    (of_csv,) = office("list.csv", plain, AS_CSV, OF_CSV).values()
    same = 0
    for text, writes in ((of_book, in_book), (of_csv, in_csv)):
        head, *rows = rows_of(text)
        assert head == list(said[0]), "the Khmer of the head"
        for row, other in zip(rows, said, strict=True):
            for name, cell in zip(head, row, strict=True):
                assert cell == writes(other[name]), name
                same += 1
    assert same == 2 * 2 * len(said[0])
    (names,) = {cell for row in rows_of(of_csv)[1:] for cell in row if "Lan" in cell}
    assert names == "'=1+1 Lan", "text, never a formula"
    phones = {cell for row in rows_of(of_csv)[1:] for cell in row if cell.startswith("855")}
    assert phones == {"855 12 345 678"}


def in_book(value: str) -> str:
    """A cell of the CSV as LibreOffice writes that of the spreadsheet: moments by the second, without their offset."""
    if value.endswith("+07:00") and "T" in value:
        return value[:19].replace("T", " ")
    return value.removeprefix("'")


def in_csv(value: str) -> str:
    """A cell of the CSV as LibreOffice shows it: as it is written, a moment or a day as it reads one."""
    return value

"""Papers as LibreOffice opens them: every cell of every sheet, every line of a document, in Khmer and in English."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.utils.translation import override
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from accounts.models import User
from core.display import here
from reports.indicators import Look
from reports.papers.docx import as_docx
from reports.papers.publication import paper_of as publication_paper
from reports.papers.shape import Paper
from reports.papers.sheets import HEAD, as_xlsx, columns
from reports.papers.situation import paper_of as situation_paper
from reports.reported import reported
from tests.office import AS_TEXT, EVERY_SHEET, Office, office, rows_of
from tests.reports.publishing import released
from tests.reports.window import WINDOW

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture
def papers(full_world: None, analyst: User, supervisor: User) -> dict[str, Paper]:
    """A situation and a publication, in both languages, with a name that begins like a formula."""
    made = released(
        analyst,
        supervisor,
        "complaints_received",
        "confirmation_rate",
        splits=("complaints_received.channel",),
        note="=1+1",
    )
    found = {}
    for language in ("km", "en"):
        with override(language):
            found[f"situation-{language}"] = situation_paper(reported(Look(supervisor, WINDOW), []))
            found[f"publication-{language}"] = publication_paper(made, supervisor)
    return found


def test_every_cell_of_a_workbook_is_what_was_written(papers: dict[str, Paper], office: Office) -> None:
    same = 0
    for name, paper in papers.items():
        with override(paper.language):
            sheets = [rows_of(text) for text in office(f"{name}.xlsx", as_xlsx(paper), EVERY_SHEET).values()]
            tables = [list(columns(table)) for table in paper.tables]
        assert len(sheets) == len(tables) + 2
        by_title = {rows[0][0]: rows for rows in sheets}
        for table, wanted in zip(paper.tables, tables, strict=True):
            rows = by_title[table.title][HEAD:]
            assert rows[0] == [title for title, _values in wanted]
            for place, (_title, values) in enumerate(wanted):
                assert [row[place] for row in rows[1:]] == [shown(value) for value in values], (name, table.title)
                same += len(values)
        about = [row[:2] for row in by_title[paper.title]]
        for key, cell in paper.facts:
            assert [key, shown(cell.words if cell.value is None else cell.value)] in about, key
        last = [row[:2] for rows in sheets for row in rows]
        assert all([word, words] in last for word, words in paper.definitions)
    assert same > 400


def shown(value: Any) -> str:
    """A value as LibreOffice writes it: days as they are, moments by the second, numbers without their thousands apart."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{here(value):%Y-%m-%d %H:%M}:00"
        case date():
            return f"{value:%Y-%m-%d}"
        case str():
            return value
    return str(int(value)) if value == int(value) else str(float(value))


def test_the_text_of_a_document_copies_out_as_it_was_written(papers: dict[str, Paper], office: Office) -> None:
    for name, paper in papers.items():
        with override(paper.language):
            body = as_docx(paper)
        (text,) = office(f"{name}.docx", body, AS_TEXT).values()
        assert [line for line in text.splitlines() if line] == written(body), name
        assert "=1+1" in text or name.startswith("situation")
        for table in paper.tables:
            assert all(cell.words in text for row in table.rows for cell in row)


def written(body: bytes) -> list[str]:
    """The lines of a document in their order: paragraphs, and those of each cell."""
    found: list[str] = []
    for part in Document(BytesIO(body)).iter_inner_content():
        if isinstance(part, Paragraph):
            found.append(part.text)
        elif isinstance(part, Table):
            found += [line.text for row in part.rows for cell in row.cells for line in cell.paragraphs]
    return [line for words in found for line in words.splitlines() if line]

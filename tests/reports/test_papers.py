"""Figures on paper: DOCX, XLSX and PDF say what the page says, figure by figure, in both languages."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.utils.translation import override
from docx import Document
from python_calamine import CalamineWorkbook

from accounts.models import User
from audit.models import AuditEvent
from reports.models import PublicationStatus
from reports.papers import pages
from tests.reports.publishing import TITLE, drafted, released, signed
from tests.reports.window import PRESS, Browser, Registered, at, rescued

pytestmark = pytest.mark.django_db
SITUATION = "/reports/situation/"
BOTH = ("km", "en")
SPLITS = "split=victims_rescued.sex&split=complaints_received.channel"
Taken = Callable[..., bytes]


@pytest.fixture
def taken(browser: Browser) -> Taken:
    """Take a copy of a page."""

    def take(user: User, path: str, form: str, language: str, query: str = PRESS) -> bytes:
        answer = browser(user).get(f"{path}{form}/?{query}&language={language}")
        assert answer.status_code == 200, answer.content[:500]
        assert f'-{language}.{form}"' in answer["Content-Disposition"]
        return answer.content

    return take


def tables_of(body: bytes) -> list[list[list[str]]]:
    """Read the tables of a document, the first is that of its facts; lines of a cell stand apart."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(BytesIO(body)).tables]


def sheets_of(body: bytes) -> dict[str, list[list[Any]]]:
    """Read the sheets of a workbook."""
    book = CalamineWorkbook.from_filelike(BytesIO(body))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def set_data(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Listen to what is given to the setter of papers, which still sets it."""
    heard: list[dict[str, Any]] = []
    set_it = pages.pdf

    def listening(template: str, data: Any, *, language: str) -> bytes:
        heard.append(data)
        return set_it(template, data, language=language)

    monkeypatch.setattr(pages, "pdf", listening)
    return heard


def page_of(browser: Browser, user: User, language: str, query: str = PRESS) -> Any:
    return browser(user).get(f"{SITUATION}?{query}", headers={"accept-language": language}).context


def said_by(page: Any, language: str) -> list[list[list[str]]]:
    """What the page says, as tables of words: the figures, and the provinces with their numbers."""
    with override(language):
        return [
            figures_of(page),
            [[row.name, row.about, row.only_from, row.either, row.rescued] for row in page["rows"]],
        ]


def figures_of(page: Any) -> list[list[str]]:
    figures = []
    for one in page["figures"]:
        line, beside = one["line"], one["published"]
        row = [str(line.indicator.label), line.now.said]
        row += ["\n".join(filter(None, (other.said, other.differs))) for other in line.others]
        if page["compared"]:
            words = (beside.said, f"{beside.reference}, {beside.window}", *beside.reasons) if beside else ()
            row.append("\n".join(words))
        figures.append(row)
    return figures


@pytest.mark.parametrize("language", BOTH)
def test_a_document_says_what_the_page_says(
    full_world: None, browser: Browser, taken: Taken, analyst: User, supervisor: User, language: str
) -> None:
    released(analyst, supervisor, "complaints_received", "victims_rescued")
    page = page_of(browser, supervisor, language, f"{PRESS}&{SPLITS}")
    facts, figures, provinces, weeks, *splits = tables_of(
        taken(supervisor, SITUATION, "docx", language, f"{PRESS}&{SPLITS}")
    )
    shown, places = said_by(page, language)
    assert page["compared"]
    for row, other in zip(figures[1:], shown, strict=True):
        assert row[:4] == other[:4]
        assert other[4] in row[4]
    assert [row[0] for row in provinces[1:]] == [row[0] for row in places]
    assert [as_number(row[1]) for row in provinces[1:]] == [row[1] for row in places]
    assert [as_number(row[4]) for row in provinces[1:]] == [row[4] for row in places]
    periods = page["trend"].periods
    assert [row[0] for row in weeks[1:]] == [period.words for period in periods]
    assert [list(map(as_number, row[1:])) for row in weeks[1:]] == [[c.n for c in period.cells] for period in periods]
    for table, chosen in zip(splits, page["chosen"], strict=True):
        assert [as_number(row[1]) for row in table[1:]] == [part.n for part in chosen["parts"]]
        assert [row[0].split("\n")[0] for row in table[1:]] == [part.word for part in chosen["parts"]]
    assert supervisor.username in "".join(cell for row in facts for cell in row)


def as_number(words: str) -> int:
    """Read a number as a page writes it."""
    return int(words.translate(str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")).replace(",", "").replace(".", ""))


@pytest.mark.parametrize("language", BOTH)
def test_a_workbook_holds_the_numbers_of_the_page_as_numbers_and_days_as_days(
    full_world: None, browser: Browser, taken: Taken, analyst: User, supervisor: User, language: str
) -> None:
    released(analyst, supervisor, "complaints_received")
    page = page_of(browser, supervisor, language)
    about, figures, provinces, weeks, *rest = sheets_of(taken(supervisor, SITUATION, "xlsx", language)).values()
    head, *rows = figures[3:]
    assert len(head) == len(rows[0])
    for row, one in zip(rows, page["figures"], strict=True):
        line = one["line"]
        values = [line.now, *line.others]
        with override(language):
            assert row[0] == str(line.indicator.label)
        assert [value if value != "" else None for value in row[1:7:2]] == [shown.value for shown in values]
        assert all(words.split("\n")[0] == shown.said for words, shown in zip(row[2:8:2], values, strict=True))
    for row, other in zip(provinces[4:], page["rows"], strict=True):
        assert [row[1], row[4]] == [other.about, other.rescued]
    for row, period in zip(weeks[4:], page["trend"].periods, strict=True):
        assert [row[1], row[2]] == [period.window.first, period.window.last]
        assert row[3:5] == [cell.n for cell in period.cells]
    for (title, parts), sheet in zip([one for one in page["tables"] if one[1]], rest, strict=False):
        assert sheet[0][0] == title
        assert [row[1] for row in sheet[4:]] == [part.n for part in parts]
    assert any(row[1] == at(8, 18).date() for row in about), "the first day is a day"
    assert {one["text"] for one in page["paragraphs"]} <= {row[1] for row in about}
    *_tables, definitions = rest
    with override(language):
        assert {str(one["line"].indicator.definition) for one in page["figures"]} <= {row[1] for row in definitions}


@pytest.mark.parametrize("language", BOTH)
def test_a_pdf_is_set_from_the_same_words(
    full_world: None,
    browser: Browser,
    taken: Taken,
    supervisor: User,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    heard = set_data(monkeypatch)
    page = page_of(browser, supervisor, language)
    assert taken(supervisor, SITUATION, "pdf", language).startswith(b"%PDF")
    (data,) = heard
    _read, figures, provinces, *_rest = data["parts"]
    shown, places = said_by(page, language)
    assert [["\n".join((c["words"], *c["small"])) for c in row] for row in figures["rows"]] == shown
    assert [as_number(row[1]["words"]) for row in provinces["rows"]] == [row[1] for row in places]


def test_who_sees_a_province_takes_that_province_alone(
    full_world: None, browser: Browser, taken: Taken, officer_psh: User
) -> None:
    page = page_of(browser, officer_psh, "en")
    body = taken(officer_psh, SITUATION, "docx", "en")
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(body)).paragraphs)
    assert "These are not the country's figures" in words
    _facts, figures, *_rest = tables_of(body)
    assert [row[1] for row in figures[1:]] == [one["line"].now.said for one in page["figures"]]
    assert len(figures[0]) == 4, "no publication beside figures that are not the country's"


def test_the_khmer_of_a_document_is_text_with_its_font_and_language(
    full_world: None, taken: Taken, supervisor: User
) -> None:
    document = Document(BytesIO(taken(supervisor, SITUATION, "docx", "km")))
    runs = [
        run for paragraph in document.paragraphs for run in paragraph.runs if re.search("[\u1780-\u17ff]", run.text)
    ]
    assert len(runs) > 10
    for run in runs:
        said = run._r.rPr.xml
        assert 'w:cs="Noto Sans Khmer"' in said
        assert 'w:bidi="km-KH"' in said
        assert "w:szCs" in said
    assert not document.inline_shapes
    assert "\u200b" not in document.element.xml, "what is copied holds nothing that was not written"
    assert "បណ្តោះអាសន្ន" in document.sections[0].header.paragraphs[0].text


def test_each_copy_is_recorded_with_its_window_and_form(full_world: None, taken: Taken, supervisor: User) -> None:
    for form in ("docx", "xlsx"):
        taken(supervisor, SITUATION, form, "en", f"{PRESS}&{SPLITS}")
    found = [event.detail for event in AuditEvent.objects.filter(verb="export", actor_id=str(supervisor.pk))]
    assert [one["form"] for one in found] == ["docx", "xlsx"]
    assert {(one["page"], one["window"], one["language"]) for one in found} == {("situation", PRESS, "en")}
    assert found[0]["splits"] == ["victims_rescued.sex", "complaints_received.channel"]


def test_what_cannot_be_read_goes_back_to_the_page_that_says_so(browser: Browser, supervisor: User) -> None:
    answer = browser(supervisor).get(f"{SITUATION}pdf/?from=2022-02-30")
    assert answer.url == f"{SITUATION}?from=2022-02-30"
    assert browser(supervisor).get(answer.url).status_code == 400
    assert browser(supervisor).get(f"{SITUATION}odt/?{PRESS}").status_code == 404


def test_a_window_in_which_nothing_happened_says_so_on_paper(taken: Taken, supervisor: User) -> None:
    body = taken(supervisor, SITUATION, "docx", "en")
    assert len(tables_of(body)) == 1
    assert [*sheets_of(taken(supervisor, SITUATION, "xlsx", "en"))] == ["About this file", "Definitions"]
    assert "0 complaints were received" in "\n".join(p.text for p in Document(BytesIO(body)).paragraphs)


@pytest.fixture
def frozen(press: Registered, analyst: User, supervisor: User) -> Any:
    """A draft of two figures and a split."""
    rescued(press(), supervisor, at(9, 5), sex="female", age=20)
    return drafted(analyst, "complaints_received", "victims_rescued", splits=("victims_rescued.sex",), note="=1+1")


@pytest.mark.parametrize("language", BOTH)
def test_a_publication_on_paper_is_what_was_frozen(
    frozen: Any, press: Registered, taken: Taken, supervisor: User, language: str
) -> None:
    signed(frozen, supervisor)
    path = f"/reports/publications/{frozen.reference}/"
    before = tables_of(taken(supervisor, path, "docx", language))
    book = sheets_of(taken(supervisor, path, "xlsx", language))
    press()
    rescued(press(), supervisor, at(9, 6), sex="male", age=30)
    again = tables_of(taken(supervisor, path, "docx", language))
    assert again[1:] == before[1:], "never counted again"
    assert [*sheets_of(taken(supervisor, path, "xlsx", language)).values()][1:] == [*book.values()][1:]
    _about, figures, *_rest = book.values()
    numbers = {row[0]: row[1] for row in figures[4:]}
    for figure in frozen.figures.all():
        assert numbers[figure.label[language]] == figure.number_kept
    facts = {row[0]: row[1] for row in before[0]}
    assert any(TITLE in words for words in facts.values())
    assert supervisor.username in "".join(facts.values())


def test_a_draft_says_so_on_every_page_and_what_was_superseded_on_its_first(
    frozen: Any, taken: Taken, analyst: User, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/reports/publications/{frozen.reference}/"
    heard = set_data(monkeypatch)

    def said() -> tuple[str, str, str]:
        document = Document(BytesIO(taken(supervisor, path, "docx", "en")))
        taken(supervisor, path, "pdf", "en")
        words = "\n".join(p.text for p in document.paragraphs[:3])
        return document.sections[0].header.paragraphs[0].text, words, heard[-1]["watermark"]

    head, first, mark = said()
    assert head == mark == "DRAFT: not signed, not for release"
    assert "Not signed: this is not for release." in first
    signed(frozen, supervisor)
    head, first, mark = said()
    assert head == mark == "Provisional"
    newer = signed(drafted(analyst, "complaints_received", supersedes=frozen.reference), supervisor)
    frozen.refresh_from_db()
    assert frozen.status == PublicationStatus.SUPERSEDED
    head, first, mark = said()
    assert newer.reference in head == mark
    assert f"Superseded: a newer publication takes its place. {newer.reference}" in first


def test_a_draft_is_no_paper_for_who_only_reads(frozen: Any, browser: Browser, integrity: User) -> None:
    assert browser(integrity).get(f"/reports/publications/{frozen.reference}/pdf/").status_code == 404
    assert AuditEvent.objects.filter(verb="export").count() == 0


def test_what_somebody_typed_runs_nothing(frozen: Any, taken: Taken, analyst: User) -> None:
    about = next(iter(sheets_of(taken(analyst, f"/reports/publications/{frozen.reference}/", "xlsx", "en")).values()))
    assert ["Note", "=1+1"] in [row[:2] for row in about]

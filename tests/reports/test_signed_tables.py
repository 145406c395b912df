"""Tables to hand in: prepared by one, signed by another, frozen as signed; a change afterwards makes a new version."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import override
from docx import Document
from python_calamine import CalamineWorkbook

from accounts.models import User
from accounts.services import system_user
from core.display import today
from core.exceptions import Conflict
from reports.handin import SETS
from reports.handin import paper as paper_module
from reports.handin.behind import behind
from reports.handin.filling import FilledSheet, Filling, year_of
from reports.handin.frozen import cells_since, sheets_of
from reports.handin.shown import said
from reports.indicators import Look
from reports.models import HandInCell, Publication, PublishedCell, PublishedTable
from reports.services import prepare, tables_asked, type_in
from reports.services.freezing_tables import freeze_tables
from tests.reports.publishing import TITLE, released, signed
from tests.reports.window import Browser, Registered, at, rescued

pytestmark = pytest.mark.django_db
TIP = SETS["tip"]
PAGE, REGISTER, API = "/reports/hand-in/tip/", "/reports/publications/", "/api/v1/publications/"
Draft = Callable[..., Publication]


def drafted(by: User, slug: str = "tip", year: int = 2022, kind: str = "provisional") -> Publication:
    """Have the tables of a year frozen for signing."""
    made, _new = prepare(tables_asked(SETS[slug], year, kind=kind), by=by, key=uuid4().hex)
    return made


def typed(by: User, value: str, version: int = 0) -> HandInCell:
    """Type the first cell of A6."""
    return type_in(TIP, TIP.sheet("A6"), "sent:n", by=by, year=2022, value=value, source="Letter 12", version=version)


def shown(sheets: list[FilledSheet]) -> list[Any]:
    """All that tables say: words, numbers, reasons, sources."""
    return [
        (
            one.sheet.code,
            str(one.sheet.title),
            str(one.sheet.agency),
            str(one.sheet.note),
            [(code, str(title)) for code, title in one.sheet.columns],
            [
                (row.code, row.title, [(c.code, c.kind, c.value, c.before, c.why, c.unit, c.source) for c in row.cells])
                for row in one.rows
            ],
        )
        for one in sheets
    ]


@pytest.mark.parametrize("slug", [*SETS])
def test_what_is_frozen_is_what_was_filled_in_both_languages(full_world: None, analyst: User, slug: str) -> None:
    typed(analyst, "4")
    draft = drafted(analyst, slug)
    for language in ("km", "en"):
        with override(language):
            live = Filling(SETS[slug], 2022, system_user(), system_user()).sheets()
            assert shown(sheets_of(draft)) == shown(live), language
    assert cells_since(draft, analyst) == []
    assert {figure.indicator for figure in draft.figures.all()} == {one.name for one in behind(SETS[slug])}
    assert draft.window == year_of(SETS[slug], 2022)
    assert draft.figures.exclude(records=None).exists(), "the rows behind the figures are kept by their keys"


def test_a_change_after_signing_alters_nothing_and_makes_a_new_version(
    full_world: None, press: Registered, analyst: User, supervisor: User
) -> None:
    row = typed(analyst, "4")
    first = signed(drafted(analyst), supervisor)
    before = shown(sheets_of(first))
    typed(analyst, "5", row.version)
    rescued(press(), supervisor, at(9, 6), sex="male", age=30)
    assert shown(sheets_of(Publication.objects.get(pk=first.pk))) == before
    differing = {(one.table, one.row, str(one.column)): (one.then, one.now) for one in cells_since(first, analyst)}
    assert ("4", "5") in differing.values()
    assert any(table == "A8" for table, _row, _column in differing)
    second = drafted(analyst)
    assert second.supersedes == first, "those that stand are superseded without being named"
    signed(second, supervisor)
    first.refresh_from_db()
    assert (first.status, first.superseded_by) == ("superseded", second)
    assert shown(sheets_of(first)) == before
    assert cells_since(second, analyst) == []


def test_nobody_signs_what_they_prepared_and_only_who_may_prepares(analyst: User, supervisor: User) -> None:
    draft = drafted(analyst, "sdg")
    with pytest.raises(PermissionDenied):
        signed(draft, analyst)
    with pytest.raises(PermissionDenied):
        drafted(supervisor, "sdg")
    User.objects.filter(pk=analyst.pk).update(role="supervisor")
    with pytest.raises(PermissionDenied, match="prepared this yourself"):
        signed(draft, User.objects.get(pk=analyst.pk))


def test_two_first_versions_are_not_signed_both(analyst: User, supervisor: User) -> None:
    one, other = drafted(analyst, "sdg"), drafted(analyst, "sdg")
    signed(one, supervisor)
    with pytest.raises(Conflict, match="signed meanwhile"):
        signed(other, supervisor)
    forced = f"status = 'signed', signed_off_by_id = '{supervisor.pk}', signed_at = now(), signed_title = 'X'"
    with (
        pytest.raises(IntegrityError, match="publication_hand_in_once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE reports_publication SET {forced} WHERE id = '{other.pk}'")


def test_the_database_keeps_what_was_frozen(analyst: User, supervisor: User) -> None:
    draft = signed(drafted(analyst, "sdg"), supervisor)
    table = draft.tables.get()
    for act in (
        "UPDATE reports_publishedcell SET number = 1",
        "DELETE FROM reports_publishedtable",
        f"UPDATE reports_publication SET hand_in = 'tip' WHERE id = '{draft.pk}'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)
    with pytest.raises(DatabaseError, match="stands for good"), transaction.atomic():
        PublishedCell.objects.create(table=table, row="new", column="new", kind="counted", number=1)
    with pytest.raises(DatabaseError, match="stands for good"), transaction.atomic():
        PublishedTable.objects.create(publication=draft, place=9, code="Z", title={}, agency={}, columns=[], rows=[])


def test_a_readers_own_tables_are_never_frozen(analyst: User) -> None:
    with pytest.raises(ImproperlyConfigured, match="whole nation"):
        freeze_tables(drafted(analyst, "sdg"), SETS["sdg"], Look(analyst, year_of(SETS["sdg"], 2022)))


def test_a_year_that_runs_is_only_provisional(analyst: User) -> None:
    year = today().year if today().month >= TIP.begins else today().year - 1
    with pytest.raises(ValidationError, match="provisional"):
        drafted(analyst, year=year, kind="final")
    assert drafted(analyst, year=2022, kind="final").kind == "final"


def test_prepared_on_its_page_and_signed_by_another(
    full_world: None, browser: Browser, analyst: User, supervisor: User
) -> None:
    home = browser(analyst).get(f"{PAGE}?year=2022").content.decode()
    assert f"{PAGE}sign/?year=2022" in home
    assert f"{PAGE}sign/" not in browser(supervisor).get(f"{PAGE}?year=2022").content.decode()
    form = browser(analyst)
    assert "Each cell is kept as it stands now." in form.get(f"{PAGE}sign/?year=2022").content.decode()
    wrong = form.post(f"{PAGE}sign/?year=2022", {"kind": "", "note": "Kept words"})
    assert wrong.status_code == 400
    assert "Kept words" in wrong.content.decode()
    sent = {"kind": "provisional", "note": "For March", "idempotency_key": uuid4().hex}
    for _press in range(2):
        answer = form.post(f"{PAGE}sign/?year=2022", sent)
    draft = Publication.objects.get()
    assert answer.url == f"{REGISTER}{draft.reference}/"
    page = form.get(answer.url).content.decode()
    for words in ("Trafficking in Persons report", 'id="A8"', "For March", "The figures behind the tables"):
        assert words in page, words
    step = browser(supervisor).get(f"{answer.url}steps/sign/").content.decode()
    assert "cells are still to be typed in." in step
    done = browser(supervisor).post(f"{answer.url}steps/sign/", {"signed_title": TITLE})
    assert done.status_code == 302
    assert f"Signed by {supervisor.name}, {TITLE}" in browser(analyst).get(f"{PAGE}?year=2022").content.decode()
    assert "stand" in form.get(f"{PAGE}sign/?year=2022").content.decode()
    again = form.get(answer.url).content.decode()
    assert f"{PAGE}sign/?year=2022" in again
    assert form.get(f"{REGISTER}new/?supersedes={draft.reference}").status_code == 404
    with pytest.raises(ValidationError, match="Only what was signed"):
        released(analyst, supervisor, supersedes=draft.reference)


def test_what_changed_since_names_the_cells(
    full_world: None, browser: Browser, analyst: User, supervisor: User
) -> None:
    row = typed(analyst, "41")
    draft = signed(drafted(analyst), supervisor)
    address = f"{REGISTER}{draft.reference}/changes/"
    assert browser(analyst).get(address).context["quiet"]
    typed(analyst, "52", row.version)
    page = browser(analyst).get(address)
    assert [(one.then, one.now) for one in page.context["cells"]] == [("41", "52")]
    assert not page.context["quiet"]


@pytest.mark.parametrize("language", ["km", "en"])
def test_copies_of_signed_tables_hold_the_frozen_cells(
    full_world: None,
    browser: Browser,
    analyst: User,
    supervisor: User,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    row = typed(analyst, "=1+1")
    draft = signed(drafted(analyst), supervisor)
    typed(analyst, "5", row.version)
    heard: list[Any] = []
    set_it = paper_module.pdf
    monkeypatch.setattr(paper_module, "pdf", lambda t, d, **more: heard.append(d) or set_it(t, d, **more))
    take = browser(supervisor)
    body = {
        form: take.get(f"{REGISTER}{draft.reference}/{form}/?language={language}").content
        for form in ("docx", "xlsx", "pdf")
    }
    with override(language):
        sheets = sheets_of(draft)
        words = {
            f"{one.sheet.code}/{n}": [said(cell) for cell in r.cells] for one in sheets for n, r in enumerate(one.rows)
        }
    book = CalamineWorkbook.from_filelike(BytesIO(body["xlsx"]))
    compared = 0
    for one in sheets:
        rows = book.get_sheet_by_name(one.sheet.code).to_python()[5:]
        for filled, line in zip(one.rows, rows, strict=False):
            assert line[0] == filled.title
            for place, cell in enumerate(filled.cells):
                assert (line + [""] * 20)[1 + 2 * place] == in_sheet(cell), cell.code
                compared += 1
    assert compared > 200
    tables = Document(BytesIO(body["docx"])).tables[1:]
    for one, table in zip(sheets, tables, strict=False):
        for n, line in enumerate(table.rows[1:]):
            found = [cell.text.split(" (")[0] for cell in line.cells[1:]]
            assert found == words[f"{one.sheet.code}/{n}"], one.sheet.code
    assert body["pdf"].startswith(b"%PDF")
    assert [len(one["rows"]) for one in heard[0]["sheets"]] == [len(one.rows) for one in sheets]
    assert "=1+1" in str(heard[0]["sheets"])


def in_sheet(cell: Any) -> Any:
    """What a workbook holds of a cell: its number, the words typed, or why there is none."""
    if cell.kind in ("cannot", "later"):
        return cell.why
    if cell.value is None:
        return ""
    value = str(cell.value)
    return value if not value.replace(".", "").isdecimal() else float(value)


def test_programs_read_the_signed_cells(full_world: None, program: Any, analyst: User, supervisor: User) -> None:
    draft = signed(drafted(analyst, "unodc"), supervisor)
    found = program(analyst).get(f"{API}{draft.reference}/").json()
    assert found["hand_in"] == "unodc"
    live = program(analyst).get("/api/v1/hand-in/unodc/?year=2022").json()
    assert live["signed"] == draft.reference
    now = {f"{t['code']} {c['code']}": c["value"] for t in live["tables"] for r in t["rows"] for c in r["cells"]}
    kept = {f"{t['code']} {c['row']}:{c['column']}": c["value"] for t in found["tables"] for c in t["cells"]}
    assert kept == {code: now[code] for code in kept}
    assert len(kept) > 100

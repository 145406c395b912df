"""Tables to hand in: each cell is its figure, is typed in with a source, or says why it cannot be filled."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from python_calamine import CalamineWorkbook

from accounts.models import User
from accounts.services import system_user
from core.exceptions import Conflict
from prevention.services import add_activity
from provinces.models import Province
from reports.handin import SETS
from reports.handin.filling import Filled, FilledSheet, Filling
from reports.handin.shapes import Bound, ByHand, Cannot, Row
from reports.handin.shown import tally
from reports.models import HandInCell, Population
from reports.services import keep_population, type_in
from reports.services.population import Line, read_lines
from tests.prevention.test_activities import held
from tests.reports.window import Browser
from workflow.models import Edit

pytestmark = pytest.mark.django_db


def filled(slug: str, by: User | None = None, year: int = 2022) -> dict[str, FilledSheet]:
    """Fill a set, by the codes of its tables."""
    filling = Filling(SETS[slug], year, system_user(), by or system_user())
    return {one.sheet.code: one for one in filling.sheets()}


def cells(sheet: FilledSheet) -> dict[str, Filled]:
    """Return the cells of a table by their codes."""
    return {cell.code: cell for row in sheet.rows for cell in row.cells}


def total(found: dict[str, Filled], column: str, *rows: str) -> int:
    """Add up some rows of a column."""
    return sum(found[f"{row}:{column}"].value for row in rows)


FORMS = ("sex", "labour", "forced_criminality", "other", "none")


def test_codes_are_there_once_and_rows_fit_their_columns() -> None:
    for made in SETS.values():
        assert len({sheet.code for sheet in made.sheets}) == len(made.sheets)
        for sheet in made.sheets:
            assert len({row.code for row in sheet.rows}) == len(sheet.rows), sheet.code
            assert all(len(row.cells) <= len(sheet.columns) for row in sheet.rows), sheet.code
            assert sheet.agency
    assert [sheet.code for sheet in SETS["tip"].sheets] == [f"A{n}" for n in range(1, 13)]
    assert [sheet.code for sheet in SETS["unodc"].sheets] == [f"B{n}" for n in range(1, 11)]


def test_every_cell_is_bound_or_says_why_not() -> None:
    bound = by_hand = 0
    for made in SETS.values():
        for cell in (cell for sheet in made.sheets for row in sheet.rows for cell in row.cells):
            bound += isinstance(cell, Bound)
            by_hand += isinstance(cell, ByHand)
            if isinstance(cell, Cannot):
                assert str(cell.why)
            if isinstance(cell, ByHand):
                assert str(cell.unit)
    assert bound > 100
    assert by_hand > 10


def test_tables_of_the_tip_report_add_up_with_their_figures(full_world: None) -> None:
    tables = {code: cells(sheet) for code, sheet in filled("tip").items()}
    files = tables["A1"]
    assert files["all:opened"].value == total(files, "opened", *FORMS) > 0
    for code in ("A2", "A3"):
        one = tables[code]
        assert one["all:persons"].value == total(one, "persons", *FORMS) > 0
        assert one["all:persons"].value == total(one, "persons", "law_trafficking", "law_other", "law_none")
    bands = [code for code in tables["A4"] if code.startswith("band_")]
    assert tables["A4"]["all:persons"].value == sum(tables["A4"][code].value for code in bands) > 0
    assert tables["A4"]["all:persons"].value == tables["A3"]["all:persons"].value
    people = tables["A8"]
    columns = ("women", "men", "girls", "boys", "ageless", "sexless")
    for row in (*FORMS, "all", "cambodian", "foreign", "stateless"):
        assert people[f"{row}:all"].value == sum(people[f"{row}:{column}"].value for column in columns)
    assert people["all:all"].value == total(people, "all", *FORMS) > 0
    assert people["all:all"].value == total(people, "all", "cambodian", "foreign", "stateless")


def test_tables_of_unodc_add_up_with_their_figures(full_world: None) -> None:
    tables = {code: cells(sheet) for code, sheet in filled("unodc").items()}
    for code in ("B3", "B4", "B6"):
        one = tables[code]
        assert one["all:all"].value == total(one, "all", "adult", "child", "ageless") > 0
        for row in ("adult", "child", "ageless", "all"):
            assert one[f"{row}:all"].value == sum(one[f"{row}:{sex}"].value for sex in ("male", "female", "sexless"))
    assert tables["B2"]["all:all"].value == total(tables["B2"], "all", "arrested", "questioned", "cautioned") > 0
    for code in ("B5", "B8"):
        nations = [
            cell.value for name, cell in tables[code].items() if name.startswith("nation-") and name.endswith(":all")
        ]
        assert sum(nations) == tables[code]["all:all"].value > 0
    forms = [
        name.split(":")[0] for name in tables["B7"] if name.endswith(":all") and tables["B7"][name].kind == "counted"
    ]
    assert tables["B7"]["all:all"].value == total(tables["B7"], "all", *(form for form in forms if form != "all"))
    for code in ("B7", "B8"):
        assert tables[code]["all:all"].value == tables["B6"]["all:all"].value


def test_the_years_of_tip_begin_in_april_and_the_year_before_stands_beside(full_world: None) -> None:
    now, then = cells(filled("tip")["A8"]), cells(filled("tip", year=2023)["A8"])
    assert now["all:all"].value > 0
    assert (then["all:all"].value, then["all:all"].before) == (0, now["all:all"].value)
    assert SETS["tip"].begins == 4


def test_each_number_leads_to_as_many_records(full_world: None, browser: Browser, supervisor: User) -> None:
    followed = 0
    for slug, codes in (("tip", ("A2", "A8", "A9", "A10")), ("unodc", ("B6",))):
        tables = filled(slug, supervisor)
        for code in codes:
            for cell in [one for one in cells(tables[code]).values() if one.url][:8]:
                page = browser(supervisor).get(cell.url)
                assert page.status_code == 200, cell.url
                assert (page.context["heads"] or page.context["n"]) == cell.value, cell.code
                followed += 1
    assert followed > 12


def test_who_may_not_split_by_officials_gets_no_way_to_the_records(full_world: None, analyst: User) -> None:
    found = cells(filled("tip", analyst)["A5"])
    assert all(cell.kind == "counted" and not cell.url for cell in found.values())


def test_no_cell_waits_for_a_dimension_that_no_figure_has(full_world: None) -> None:
    waiting = {
        (slug, code, cell.code)
        for slug in ("tip", "unodc")
        for code, sheet in filled(slug).items()
        for row in sheet.rows
        for cell in row.cells
        if cell.kind == "later"
    }
    assert waiting == set()


def test_who_was_trained_is_not_who_heard_of_trafficking(supervisor: User) -> None:
    add_activity(by=supervisor, **held(reached=300))
    trained = {"kind": "training", "subject": "Law", "organisers": ["ngo", "ministry"], "reached_women": None}
    add_activity(by=supervisor, **held(**trained, reached=42))
    add_activity(by=supervisor, **held(kind="inspection", reached=7, reached_women=None))
    tables = filled("tip")
    trainings, prevention = cells(tables["A7"]), cells(tables["A12"])
    assert (trainings["all:events"].value, trainings["all:people"].value) == (1, 42)
    assert [trainings[f"agency-{code}:events"].value for code in ("ngo", "ministry", "ncct")] == [1, 1, 0]
    assert (prevention["events:n"].value, prevention["reached:n"].value) == (1, 300)


def test_a_cell_is_typed_with_its_source_and_corrected(analyst: User, supervisor: User) -> None:
    made = SETS["tip"]
    sheet = made.sheet("A6")
    with pytest.raises(Exception, match="source"):
        type_in(made, sheet, "sent:n", by=analyst, year=2022, value="4", source=" ")
    row = type_in(made, sheet, "sent:n", by=analyst, year=2022, value="4", source="Letter 12")
    with pytest.raises(Conflict):
        type_in(made, sheet, "sent:n", by=supervisor, year=2022, value="5", source="Letter 13", version=9)
    type_in(made, sheet, "sent:n", by=supervisor, year=2022, value="5", source="Letter 13", version=row.version)
    cell = cells(filled("tip", year=2023)["A6"])["sent:n"]
    assert (cell.kind, cell.before) == ("empty", "5")
    now = cells(filled("tip")["A6"])["sent:n"]
    assert now.typed is not None
    assert (now.value, now.typed.typed_by) == ("5", supervisor)
    history = Edit.objects.filter(object_id=row.pk, field="value").order_by("version")
    assert [(one.before, one.after) for one in history] == [("", "4"), ("4", "5")]


def test_the_page_shows_what_was_written_before(browser: Browser, analyst: User) -> None:
    said = {"by": analyst, "year": 2022}
    row = type_in(SETS["tip"], SETS["tip"].sheet("A6"), "sent:n", value="41", source="Letter 12", **said)
    type_in(SETS["tip"], SETS["tip"].sheet("A6"), "sent:n", value="52", source="Letter 12", version=row.version, **said)
    assert "41 → 52" in browser(analyst).get("/reports/hand-in/tip/?year=2022").content.decode()


def test_a_counted_cell_is_never_typed(analyst: User) -> None:
    with pytest.raises(Exception, match="not typed in"):
        type_in(SETS["tip"], SETS["tip"].sheet("A8"), "all:all", by=analyst, year=2022, value="4", source="Me")


def test_what_was_typed_comes_back_where_the_source_is_missing(browser: Browser, analyst: User) -> None:
    sent = {"table": "A6", "cell": "sent:n", "value": "37", "source": "", "version": ""}
    answer = browser(analyst).post("/reports/hand-in/tip/?year=2022", sent)
    assert answer.status_code == 400
    assert 'value="37"' in answer.content.decode()
    assert not HandInCell.objects.exists()
    done = browser(analyst).post("/reports/hand-in/tip/?year=2022", {**sent, "source": "Letter 12"})
    assert done.status_code == 302
    assert HandInCell.objects.get().year == 2022


def test_the_rate_needs_the_population_of_every_sex_and_age(full_world: None, admin: User) -> None:
    before = cells(filled("sdg")["C"])
    assert before["all:rate"].kind == "later"
    assert "2022" in before["all:rate"].why
    text = "province,sex,age,number\n18,male,<18,50000\n18,female,<18,50000\n18,male,18+,200.000\nព្រះសីហនុ,ស្រី,18+,២០០០០០"
    assert keep_population(read_lines(text), by=admin, year=2022, source="NIS") == 4
    assert cells(filled("sdg")["C"])["all:rate"].kind == "later", "of one province: the rate would be too high"
    assert tally(SETS["sdg"], 2022, admin).later > 0
    others = Province.objects.choosable().exclude(pk="18")
    rest = [Line(one.pk, sex, age, 0) for one in others for sex in Population.Sex for age in Population.Age]
    keep_population(rest[1:], by=admin, year=2022, source="NIS")
    assert cells(filled("sdg")["C"])["all:rate"].kind == "later", "one number of one province is missing"
    keep_population(rest, by=admin, year=2022, source="NIS")
    assert tally(SETS["sdg"], 2022, admin).later == 0
    found = cells(filled("sdg")["C"])
    n = found["all:count"].value
    assert found["all:people"].value == 500_000
    assert str(found["all:rate"].value) == f"{n / 5:.2f}"
    assert found["child:people"].value == 100_000


def test_a_sheet_of_the_population_says_what_is_wrong_line_by_line(browser: Browser, admin: User) -> None:
    sent = {
        "year": "2022",
        "source": "NIS",
        "text": "18\tmale\t<18\t10\n99\tmale\t<18\t10\n18\tx\t<18\t10\n18\tmale\t<18\t11",
    }
    page = browser(admin).post("/reports/population/", sent)
    assert page.status_code == 400
    for words in ("Line 2", "Line 3", "Line 4: this stands there twice"):
        assert words in page.content.decode()
    assert not Population.objects.exists()


@pytest.mark.parametrize(
    ("said", "number"),
    [("1234.5", None), ("1,23,456", None), ("12345.0", 12345), ("1 234 567", 1234567), ("១.២៣៤", 1234), ("0", 0)],
)
def test_a_number_of_people_is_whole(said: str, number: int | None) -> None:
    if number is None:
        with pytest.raises(ValidationError):
            read_lines(f"18\tmale\t<18\t{said}")
    else:
        assert read_lines(f"18\tmale\t<18\t{said}")[0].number == number


def test_one_line_corrects_one_number(admin: User) -> None:
    every = [Line("18", sex, age, 10) for sex in ("male", "female") for age in ("under_18", "18_and_over")]
    keep_population(every, by=admin, year=2022, source="NIS")
    assert keep_population([Line("18", "male", "under_18", 12)], by=admin, year=2022, source="NIS") == 1
    assert sorted(Population.objects.values_list("number", flat=True)) == [10, 10, 10, 12]


def test_the_workbook_and_the_paper_hold_what_the_page_does(full_world: None, browser: Browser, analyst: User) -> None:
    type_in(SETS["tip"], SETS["tip"].sheet("A6"), "sent:n", by=analyst, year=2022, value="4", source="=1+1")
    body = browser(analyst).get("/reports/hand-in/tip/xlsx/?year=2022").content
    book = CalamineWorkbook.from_filelike(BytesIO(body))
    assert [*book.sheet_names] == [*(f"A{n}" for n in range(1, 13)), "Notes"]
    rows = {row[0]: row for row in book.get_sheet_by_name("A8").to_python()}
    assert rows["All"][13] == cells(filled("tip")["A8"])["all:all"].value
    paper = browser(analyst).get("/reports/hand-in/unodc/pdf/?year=2022")
    assert paper.content.startswith(b"%PDF")


def test_pages_and_program_say_the_same(full_world: None, browser: Browser, program: Any, analyst: User) -> None:
    assert "Trafficking in Persons report" in browser(analyst).get("/reports/hand-in/").content.decode()
    for slug in SETS:
        assert browser(analyst).get(f"/reports/hand-in/{slug}/?year=2022").status_code == 200
    answer = program(analyst).get("/api/v1/hand-in/unodc/?year=2022").json()
    table = next(one for one in answer["tables"] if one["code"] == "B6")
    said = {cell["code"]: cell["value"] for row in table["rows"] for cell in row["cells"]}
    assert said["all:all"] == str(cells(filled("unodc")["B6"])["all:all"].value)
    assert program(analyst).get("/api/v1/hand-in/unodc/?year=1800").status_code == 400


def test_every_row_of_a_table_has_its_own_cells() -> None:
    rows = [row for made in SETS.values() for sheet in made.sheets for row in sheet.rows if isinstance(row, Row)]
    assert len(rows) > 100


@pytest.mark.parametrize(
    "said",
    [
        {"value": "a\x00b"},
        {"source": "a\x00b"},
        {"value": "9" * 201},
        {"source": "9" * 301},
    ],
)
def test_what_no_cell_can_hold_is_said_at_its_field(browser: Browser, analyst: User, said: dict[str, str]) -> None:
    sent = {"table": "A6", "cell": "sent:n", "value": "37", "source": "Letter 12", "version": "", **said}
    answer = browser(analyst).post("/reports/hand-in/tip/?year=2022", sent)
    assert answer.status_code == 400
    assert [name for name in ("value", "source") if answer.context["wrong"].errors.get(name)] == list(said)
    assert not HandInCell.objects.exists()


def test_a_version_that_no_cell_has_shows_what_is_saved(browser: Browser, analyst: User) -> None:
    sent = {"table": "A6", "cell": "sent:n", "value": "37", "source": "Letter 12", "version": ""}
    browser(analyst).post("/reports/hand-in/tip/?year=2022", sent)
    answer = browser(analyst).post("/reports/hand-in/tip/?year=2022", {**sent, "value": "38", "version": "9" * 5000})
    assert answer.status_code == 409
    assert 'value="38"' in answer.content.decode()


@pytest.mark.parametrize("year", ["9" * 5000, "99999", "x", "-1"])
def test_a_year_that_is_none_is_not_there(browser: Browser, analyst: User, year: str) -> None:
    assert browser(analyst).get("/reports/hand-in/tip/", {"year": year}).status_code == 404


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"year": "9" * 5000}, "year"),
        ({"year": "1999"}, "year"),
        ({"year": ""}, "year"),
        ({"source": "x" * 301}, "source"),
        ({"source": "a\x00"}, "source"),
        ({"text": "x" * 300_000}, "text"),
        ({"text": "18\tmale\t<18\t²"}, "text"),
        ({"text": "18\tmale\t<18\t" + "9" * 5000}, "text"),
    ],
)
def test_what_is_no_population_is_said_at_its_field(
    browser: Browser, admin: User, said: dict[str, str], field: str
) -> None:
    sent = {"year": "២០២២", "source": "NIS", "text": "18\tmale\t<18\t10", **said}
    answer = browser(admin).post("/reports/population/", sent)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert "invalid literal" not in answer.content.decode()
    assert not Population.objects.exists()

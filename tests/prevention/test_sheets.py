"""Sheets of answers: read and shown first, taken in part by part, once, and out again."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from core.exceptions import Conflict
from prevention.models import Answer, Respondent, SheetImport, Survey
from prevention.services import advance_survey, sheets
from prevention.services.sheets import begin_import, cancel_import, read_sheet, take_in
from prevention.template import template_of

pytestmark = pytest.mark.django_db
HEADS = ["Province", "Sex", "Age", "Personal debt", "Gambling"]
Browser = Callable[..., Client]


def xlsx(*rows: list[Any]) -> SimpleUploadedFile:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    book.close()
    return SimpleUploadedFile("answers.xlsx", out.getvalue())


def csv(*rows: list[Any], coding: str = "utf-8") -> SimpleUploadedFile:
    text = "\n".join(",".join(map(str, row)) for row in rows)
    return SimpleUploadedFile("answers.csv", text.encode(coding))


def taken(survey: Survey, upload: Any, by: Any) -> SheetImport:
    job = begin_import(read_sheet(survey, upload, by=by), by=by)
    take_in(job.pk)
    job.refresh_from_db()
    return job


GOOD = ([18, "f", 30, "x", ""], ["ភ្នំពេញ", "ប្រុស", "២៥", "", "1"], ["Kampot", "", "50+", "x", "x"])


@pytest.mark.parametrize("make", [xlsx, csv, lambda *rows: csv(*rows, coding="utf-16")], ids=["xlsx", "csv", "utf-16"])
def test_a_sheet_is_taken_in_whatever_it_is_written_in(make: Any, survey: Survey, analyst: Any) -> None:
    job = taken(survey, make(HEADS, *GOOD), analyst)
    assert (job.state, job.total, job.done, job.skipped, job.rows) == ("done", 3, 3, 0, [])
    rows = Respondent.objects.order_by("row")
    assert [(one.province_id, one.sex, one.age, one.band) for one in rows] == [
        ("18", "female", 30, "25-34"),
        ("12", "male", 25, "25-34"),
        ("07", "unknown", None, "50+"),
    ]
    assert [one.answers.count() for one in rows] == [1, 1, 2]
    assert {one.row for one in rows} == {2, 3, 4}


def test_khmer_headings_and_the_template_itself_are_understood(ranking: Survey, analyst: Any) -> None:
    with override("km"):
        upload = SimpleUploadedFile("t.xlsx", template_of(ranking))
        with pytest.raises(ValidationError):  # a heading and no answers
            read_sheet(ranking, upload, by=analyst)
        cause = ranking.causes.get(code="gambling").name_km
        other = ranking.causes.get(code="personal_debt").name_km
        job = taken(ranking, xlsx(["ខេត្ត", "ភេទ", "អាយុ", cause, other], ["កំពត", "ស្រី", "១៧", "២", "១"]), analyst)
    one = Respondent.objects.get(taken_in=job)
    assert (one.sex, one.band) == ("female", "12-17")
    assert list(one.answers.order_by("rank").values_list("cause__code", flat=True)) == ["personal_debt", "gambling"]


def test_every_wrong_cell_is_said_by_row_and_column_and_nothing_is_taken_in(survey: Survey, analyst: Any) -> None:
    job = read_sheet(
        survey,
        xlsx(
            HEADS,
            [18, "f", 30, "x", ""],
            [],
            ["Atlantis", "f", 30, "x", ""],
            [18, "?", 300, "perhaps", ""],
            [18, "f", 30, "", ""],
        ),
        by=analyst,
    )
    assert (job.total, job.wrong) == (1, 3)
    assert [(line, column) for line, column, _words in job.problems] == [
        (4, "Province"),
        (5, "Sex"),
        (5, "Age"),
        (5, "Personal debt"),
        (6, "Causes"),
    ]
    with pytest.raises(Conflict):
        begin_import(job, by=analyst)
    assert not Respondent.objects.exists()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["1", "1"], "Two causes have the same place"),
        (["1", "3"], "The places begin at 1"),
        (["4", ""], "from 1 to 3"),
        (["x", ""], "from 1 to 3"),
    ],
)
def test_places_of_a_ranking_are_checked(cells: list[str], words: str, ranking: Survey, analyst: Any) -> None:
    job = read_sheet(ranking, xlsx(HEADS, [18, "", "", *cells]), by=analyst)
    assert words in job.problems[0][2]


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (lambda: csv(["Province", "Shoe size", "Gambling"], [18, 40, "x"]), "Shoe size"),
        (lambda: csv(["Province", "Gambling", "Gambling"], [18, "x", "x"]), "Two columns"),
        (lambda: csv(["Sex", "Gambling"], ["f", "x"]), "names the columns"),
        (lambda: csv(HEADS), "no answers"),
        (lambda: csv(HEADS, *([18, "f", 30, "x", ""] for _n in range(5_001))), "At most"),
        (lambda: SimpleUploadedFile("a.csv", b"a,b\x00c"), "cannot be read"),
        (lambda: SimpleUploadedFile("a.xlsx", b"PK\x03\x04" + b"\xff" * 99), "cannot be read"),
        (lambda: SimpleUploadedFile("a.csv", b"x" * 2_100_000), "too large"),
    ],
)
def test_what_is_no_sheet_of_this_survey_is_refused_with_words(
    upload: Any, words: str, survey: Survey, analyst: Any, browser: Browser
) -> None:
    answered = browser(analyst).post(f"/surveys/{survey.reference}/import/", {"sheet": upload()})
    assert answered.status_code == 400
    assert words in answered.content.decode()
    assert not SheetImport.objects.exists()


def test_the_same_sheet_again_doubles_nothing_also_in_another_wrapping(survey: Survey, analyst: Any) -> None:
    taken(survey, xlsx(HEADS, *GOOD), analyst)
    again = taken(survey, xlsx(HEADS, *GOOD), analyst)
    assert (again.done, again.skipped, again.taken) == (3, 3, 0)
    assert Respondent.objects.count() == 3


def test_a_worker_that_was_killed_goes_on_where_it_stopped(survey: Survey, analyst: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(sheets, "CHUNK", 2)
    job = begin_import(read_sheet(survey, xlsx(HEADS, *GOOD), by=analyst), by=analyst)
    monkeypatch.setattr(sheets, "BUDGET", -1.0)
    take_in(job.pk)  # no time: nothing yet
    assert Respondent.objects.count() == 0
    sheets._take_part(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.percent) == ("running", 2, 66)
    monkeypatch.setattr(sheets, "BUDGET", 15.0)
    sheets.sweep()
    take_in(job.pk)  # twice
    job.refresh_from_db()
    assert (job.state, Respondent.objects.count(), Answer.objects.count()) == ("done", 3, 4)


def test_taken_out_nothing_of_it_stays_and_it_may_come_again(survey: Survey, analyst: Any) -> None:
    job = taken(survey, xlsx(HEADS, *GOOD), analyst)
    cancel_import(job, by=analyst)
    assert (Respondent.objects.count(), Answer.objects.count()) == (0, 0)
    with pytest.raises(Conflict):
        cancel_import(job, by=analyst)
    assert taken(survey, xlsx(HEADS, *GOOD), analyst).taken == 3


def test_a_running_sheet_is_stopped_and_one_runs_at_a_time(survey: Survey, analyst: Any) -> None:
    first = begin_import(read_sheet(survey, xlsx(HEADS, *GOOD), by=analyst), by=analyst)
    second = read_sheet(survey, csv(HEADS, GOOD[0]), by=analyst)
    with pytest.raises(Conflict, match="Another sheet"):
        begin_import(second, by=analyst)
    with pytest.raises(Conflict):
        advance_survey(survey, "close", by=analyst)
    cancel_import(first, by=analyst)
    take_in(first.pk)
    assert not Respondent.objects.exists()
    advance_survey(survey, "close", by=analyst)
    with pytest.raises(Conflict):
        begin_import(second, by=analyst)


def test_only_analysts_take_sheets_in(survey: Survey, supervisor: Any, officer_psh: Any, browser: Browser) -> None:
    for user in (supervisor, officer_psh):
        with pytest.raises(PermissionDenied):
            read_sheet(survey, xlsx(HEADS, *GOOD), by=user)
        assert browser(user).get(f"/surveys/{survey.reference}/import/").status_code == 403


def test_the_pages_from_the_sheet_to_the_results(survey: Survey, analyst: Any, browser: Browser) -> None:
    client, url = browser(analyst), f"/surveys/{survey.reference}/import/"
    assert client.get(f"{url}template/").content[:2] == b"PK"
    shown = client.post(url, {"sheet": xlsx(HEADS, *GOOD)}, follow=True).content.decode()
    assert "3 rows are right" in shown
    assert "Phnom Penh" in shown
    job = SheetImport.objects.get()
    running = client.post(f"{url}{job.reference}/begin/", follow=True).content.decode()
    assert "hx-get" in running
    assert "0 of 3 rows" in running
    again = client.post(f"{url}{job.reference}/begin/")
    assert again.status_code == 409
    take_in(job.pk)
    done = client.get(f"{url}{job.reference}/").content.decode()
    assert "3 of 3 rows" in done
    assert "hx-get" not in done
    client.post(f"{url}{job.reference}/cancel/")
    assert not Respondent.objects.exists()
    assert client.get(f"{url}SI-22222222/").status_code == 404

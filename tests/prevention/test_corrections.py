"""One sheet of answers is corrected with a reason: what stood is kept, the results follow, nobody else reads it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.test import Client
from django.utils.translation import override

from audit.models import AuditEvent
from core.exceptions import Conflict
from prevention.models import Respondent, SheetImport, Survey
from prevention.results import results
from prevention.services import advance_survey, correct_respondent, enter_respondent
from prevention.services.correcting import said_of
from prevention.services.sheets import begin_import, read_sheet, take_in
from tests.factories.accounts import PSH, PostingFactory, UserFactory
from tests.prevention.conftest import CODES
from tests.prevention.test_sheets import GOOD, HEADS, csv
from tests.queries import asked
from workflow.models import Edit, Transition

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
SAID: dict[str, Any] = {"province": PSH, "sex": "female", "age": 30, "causes": ["gambling"], "knows_hotline": True}


@pytest.fixture
def row(survey: Survey, officer_psh: Any) -> Respondent:
    return enter_respondent(survey, by=officer_psh, **SAID)


def corrected(row: Respondent, by: Any, *, version: int = 1, why: str = "Typed wrong.", **more: Any) -> Respondent:
    return correct_respondent(row, by=by, version=version, why=why, **{**said_of(row), **more})


def typed(row: Respondent, **more: Any) -> dict[str, Any]:
    words = {"province": PSH, "sex": "female", "age": "30", "causes": ["gambling"], "knows_hotline": "yes"}
    return {**words, "version": str(row.version), "why": "Typed wrong.", **more}


def address(row: Respondent) -> str:
    return f"/surveys/{row.survey.reference}/answers/{row.reference}/"


def test_what_stood_is_kept_with_the_reason_and_the_results_follow(
    row: Respondent, survey: Survey, officer_psh: Any
) -> None:
    done = corrected(row, officer_psh, age=17, causes=["personal_debt", "lack_education"])
    assert (done.version, done.age, done.band) == (2, 17, "12-17")
    edits = {one.field: (one.before, one.after, one.version) for one in Edit.objects.of(done)}
    assert edits == {
        "age": ("30", "17", 2),
        "band": ("25-34", "12-17", 2),
        "causes": ("gambling", "personal_debt, lack_education", 2),
    }
    line = Transition.objects.get(object_id=row.pk)
    assert (line.note, line.by, line.after) == ("Typed wrong.", officer_psh, "2")
    found = results(survey)
    assert {one.cause.code: one.named.n for one in found.lines if one.named.n} == {
        "personal_debt": 1,
        "lack_education": 1,
    }
    assert found.corrected == 1
    event = AuditEvent.objects.get(verb="survey.correct")
    assert event.detail == {"respondent": row.reference, "version": 2}


def test_what_differs_in_nothing_leaves_nothing(row: Respondent, officer_psh: Any) -> None:
    assert corrected(row, officer_psh).version == 1
    assert not Transition.objects.filter(object_id=row.pk).exists()


def test_of_a_ranking_the_order_alone_is_a_correction(ranking: Survey, officer_psh: Any) -> None:
    one = enter_respondent(ranking, by=officer_psh, **{**SAID, "causes": ["gambling", "personal_debt"]})
    done = corrected(one, officer_psh, causes=["personal_debt", "gambling"])
    assert list(done.answers.order_by("rank").values_list("cause__code", flat=True)) == ["personal_debt", "gambling"]
    assert done.version == 2


def test_of_several_chosen_the_order_is_none(survey: Survey, officer_psh: Any) -> None:
    one = enter_respondent(survey, by=officer_psh, **{**SAID, "causes": ["personal_debt", "gambling"]})
    assert corrected(one, officer_psh, causes=["gambling", "personal_debt"]).version == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"why": " \u200b"}, "why"),
        ({"why": "x" * 1_000_000}, "why"),
        ({"why": "a\x00b"}, "why"),
        ({"causes": []}, "causes"),
        ({"causes": list(CODES)}, "causes"),
        ({"refused": True}, "causes"),
        ({"age": 121}, "age"),
        ({"province": "12"}, "province"),
        ({"province": "00"}, "province"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_changes_nothing(
    wrong: dict[str, Any], field: str, row: Respondent, officer_psh: Any
) -> None:
    with pytest.raises(ValidationError) as refused:
        corrected(row, officer_psh, **wrong)
    assert field in refused.value.message_dict
    row.refresh_from_db()
    assert (row.version, said_of(row)["causes"]) == (1, ("gambling",))


def test_who_entered_it_corrects_it_and_the_analysts_and_nobody_else(
    row: Respondent, survey: Survey, officer_psh: Any, supervisor: Any, analyst: Any, intake: Any
) -> None:
    colleague = PostingFactory(user=UserFactory(role="officer")).user
    for user in (colleague, supervisor):
        with pytest.raises(Http404):
            corrected(row, user, age=40)
    with pytest.raises((PermissionDenied, Http404)):
        corrected(row, intake, age=40)
    assert corrected(row, analyst, province="12").province_id == "12"
    with pytest.raises(Http404):  # it is of another province now
        corrected(row, officer_psh, version=2, age=40)


def test_stale_or_closed_is_a_conflict(row: Respondent, survey: Survey, officer_psh: Any, analyst: Any) -> None:
    corrected(row, analyst, causes=["personal_debt"])
    for more in ({"causes": ["lack_education"]}, {"age": 41}):
        with pytest.raises(Conflict):
            corrected(row, officer_psh, **more)
    advance_survey(survey, "close", by=analyst)
    with pytest.raises(Conflict):
        corrected(row, officer_psh, version=2, age=41)
    advance_survey(survey, "reopen", by=analyst, note="A sheet was typed wrong.")
    assert corrected(row, officer_psh, version=2, age=41).age == 41


def test_it_is_found_corrected_and_listed_on_pages(
    row: Respondent, survey: Survey, browser: Browser, officer_psh: Any, analyst: Any
) -> None:
    client, url = browser(officer_psh), f"/surveys/{survey.reference}/answers/"
    assert "Nothing was corrected" in client.get(url).content.decode()
    found = client.get(url, {"q": row.reference.lower().removeprefix("sr-")})
    assert found.headers["Location"] == address(row)
    page = client.get(address(row)).content.decode()
    assert 'value="30"' in page
    assert AuditEvent.objects.filter(verb="read", object_id=row.pk).exists()
    done = client.post(address(row), typed(row, age="៣១", why="The paper says 31."), follow=True).content.decode()
    assert f"Corrected: {row.reference}" in done
    assert "The paper says 31." in done
    past = client.get(address(row)).content.decode()
    assert "<td>30</td><td>31</td>" in past
    desk = browser(analyst).get(f"/surveys/{survey.reference}/").content.decode()
    assert "1 sheet of answers was corrected" in desk
    with override("km"):
        assert row.reference in browser(analyst, **{"accept-language": "km"}).get(url).content.decode()


def test_the_list_of_corrections_costs_the_same_however_long(
    survey: Survey, browser: Browser, officer_psh: Any
) -> None:
    client, url = browser(officer_psh), f"/surveys/{survey.reference}/answers/"
    counts = []
    for n in (1, 6):
        for _more in range(n):
            corrected(enter_respondent(survey, by=officer_psh, **SAID), officer_psh, age=31)
        client.get(url)
        counts.append(len(asked(client, url)))
    assert counts[0] == counts[1] <= 12


def test_a_line_of_a_sheet_is_found_and_corrected_by_the_analysts(
    survey: Survey, browser: Browser, analyst: Any, officer_psh: Any
) -> None:
    sheet = read_sheet(survey, csv(HEADS, GOOD[0]), by=analyst)
    begin_import(sheet, by=analyst)
    take_in(sheet.pk)
    one = Respondent.objects.get()
    url, q = f"/surveys/{survey.reference}/answers/", f"{SheetImport.objects.get().reference} {one.row}"
    assert browser(analyst).get(url, {"q": q}).headers["Location"] == address(one)
    assert "open to you here" in browser(officer_psh).get(url, {"q": q}).content.decode()
    assert corrected(one, analyst, sex="male").sex == "male"


@pytest.mark.parametrize("q", ["", " ", "SR-22222222", "x" * 5_000, "a\x00b", "SI-22222222 999999999999", "%' OR 1=1"])
def test_what_is_no_reference_finds_nothing(
    q: str, row: Respondent, survey: Survey, browser: Browser, analyst: Any
) -> None:
    answer = browser(analyst).get(f"/surveys/{survey.reference}/answers/", {"q": q})
    assert answer.status_code in (200, 400)
    assert row.reference not in answer.content.decode()


def test_bad_input_keeps_what_was_typed_and_hidden_fields_change_nothing(
    row: Respondent, browser: Browser, officer_psh: Any
) -> None:
    client = browser(officer_psh)
    bad = client.post(address(row), typed(row, causes=[], occupation="farmer", why="Because."))
    assert bad.status_code == 400
    assert '<option value="farmer" selected>' in bad.content.decode()
    assert "Because." in bad.content.decode()
    hidden = typed(row, entered_by="1", survey="x", taken_in="x", reference="SR-1", age="32")
    client.post(address(row), hidden)
    again = Respondent.objects.get()
    assert (again.entered_by, again.reference, again.age) == (officer_psh, row.reference, 32)
    stale = client.post(address(row), typed(row, age="33"))
    assert stale.status_code == 409
    assert "<td>32</td><td><b>33</b></td>" in stale.content.decode()
    assert 'name="version" value="2"' in stale.content.decode()


def test_a_sheet_under_another_survey_or_of_somebody_else_does_not_exist(
    row: Respondent, ranking: Survey, browser: Browser, officer_psh: Any, supervisor: Any
) -> None:
    foreign = f"/surveys/{ranking.reference}/answers/{row.reference}/"
    for user, url in ((officer_psh, foreign), (supervisor, address(row))):
        client = browser(user)
        assert client.get(url).status_code == 404
        assert client.post(url, typed(row, age="1")).status_code == 404
    row.refresh_from_db()
    assert row.age == 30


def test_the_api_corrects_by_version_and_gives_nothing_back(
    row: Respondent, survey: Survey, browser: Browser, officer_psh: Any, analyst: Any, supervisor: Any
) -> None:
    url = f"/api/v1/surveys/{survey.reference}/respondents/{row.reference}/"
    sent: dict[str, Any] = {"content_type": "application/json"}
    field = browser(officer_psh)
    body = {"version": 1, "why": "The paper says 12 to 17.", "band": "12-17"}
    done = field.patch(url, body, **sent)
    assert done.status_code == 200
    assert set(done.json()) == {"reference", "province", "entered_at", "version"}
    row.refresh_from_db()
    assert (row.age, row.band, row.sex, row.version) == (None, "12-17", "female", 2)
    assert field.patch(url, {**body, "band": "18-24"}, **sent).status_code == 409
    assert field.patch(url, {"version": 2, "band": "18-24"}, **sent).json()["why"]
    assert field.patch(url, {**body, "version": 2, "name": "Sok"}, **sent).status_code == 400
    assert browser(supervisor).patch(url, {**body, "version": 2, "age": 5}, **sent).status_code == 404
    assert field.get(url).status_code == 405
    assert browser(analyst).get(f"/api/v1/surveys/{survey.reference}/").json()["results"]["corrected"] == 1

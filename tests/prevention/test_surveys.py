"""Surveys: written by analysts, open for answers of the own province, never with a name."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils.translation import override

from core.exceptions import Conflict
from prevention.models import Answer, Respondent, Survey
from prevention.services import CauseSaid, add_survey, advance_survey, change_survey, enter_respondent
from tests.factories.accounts import PSH
from tests.prevention.conftest import CODES, said

pytestmark = pytest.mark.django_db
Written = Callable[..., Survey]
Browser = Callable[..., Client]
HEAD = {
    "title_en": "Causes",
    "question_en": "What causes it?",
    "organiser": "NCCT",
    "kind": "multi_choice",
    "most": "២",
}
TYPED = {**HEAD, "causes": ["gambling", "drugs"], "from_on": "១/៧/២០២២", "until_on": "31/8/2022"}


def answer(**more: Any) -> dict[str, Any]:
    return {"province": PSH, "sex": "female", "age": 30, "causes": ["gambling"], **more}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"causes": [CauseSaid("gambling")]}, "causes"),
        ({"causes": [CauseSaid("gambling"), CauseSaid("gambling")]}, "causes"),
        ({"causes": [CauseSaid("castle"), CauseSaid("gambling")]}, "causes"),
        ({"most": 5}, "most"),
        ({"most": 0}, "most"),
        ({"kind": "guess"}, "kind"),
        ({"organiser": " "}, "organiser"),
        ({"from_on": None}, "from_on"),
        ({"until_on": date(2022, 6, 1)}, "__all__"),
        ({"title_en": "", "title_km": ""}, "__all__"),
        ({"title_en": "x" * 1_000_000}, "title_en"),
    ],
)
def test_what_is_no_survey_is_refused_by_field(wrong: dict[str, Any], field: str, analyst: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        add_survey(by=analyst, **said(**wrong))
    assert field in refused.value.message_dict
    assert not Survey.objects.exists()


def test_only_an_analyst_writes_and_steps(written: Written, supervisor: Any, officer_psh: Any) -> None:
    draft = written(opened=False)
    for user in (supervisor, officer_psh):
        with pytest.raises(PermissionDenied):
            add_survey(by=user, **said())
        with pytest.raises((PermissionDenied, Http404)):
            advance_survey(draft, "open", by=user)


def test_a_draft_changes_with_its_causes_and_an_open_survey_stays_as_it_was_asked(
    written: Written, analyst: Any
) -> None:
    draft = written(opened=False)
    other = [CauseSaid("drugs"), CauseSaid("", "ភាពក្រីក្រ", "Being poor")]
    changed = change_survey(draft, by=analyst, version=1, **said(causes=other, most=2))
    assert [cause.code for cause in changed.causes.all()] == ["drugs", "own_2"]
    with pytest.raises(Conflict) as stale:
        change_survey(draft, by=analyst, version=1, **said(causes=other, most=2, organiser="Others"))
    assert stale.value.theirs == {"organiser": "NCCT"}
    with pytest.raises(Conflict):
        change_survey(draft, by=analyst, version=1, **said())
    opened = advance_survey(changed, "open", by=analyst)
    with pytest.raises(Conflict):
        change_survey(opened, by=analyst, version=opened.version, **said())


def test_the_words_of_a_known_cause_are_kept_in_both_languages(survey: Survey) -> None:
    first = survey.causes.all()[0]
    assert (first.code, first.name_en) == ("personal_debt", "Personal debt")
    assert any("\u1780" <= char <= "\u17ff" for char in first.name_km)


def test_answers_are_entered_while_it_is_open_and_only_for_the_own_province(
    survey: Survey, officer_psh: Any, supervisor: Any, analyst: Any
) -> None:
    one = enter_respondent(survey, by=officer_psh, **answer())
    assert (one.band, one.weight, one.knows_hotline) == ("25-34", 1, None)
    with pytest.raises(ValidationError) as other:
        enter_respondent(survey, by=officer_psh, **answer(province="12"))
    assert "province" in other.value.message_dict
    enter_respondent(survey, by=supervisor, **answer(province="12"))
    with pytest.raises(PermissionDenied):
        enter_respondent(survey, by=analyst, **answer())
    closed = advance_survey(survey, "close", by=analyst)
    with pytest.raises(Conflict):
        enter_respondent(closed, by=officer_psh, **answer())
    assert set(Respondent.objects.visible_to(officer_psh)) == {one}
    assert Respondent.objects.visible_to(analyst).count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"province": "99"}, "province"),
        ({"province": "00"}, "province"),
        ({"sex": "none"}, "sex"),
        ({"age": 121}, "age"),
        ({"age": 30, "band": "12-17"}, "age"),
        ({"causes": []}, "causes"),
        ({"causes": ["drugs"]}, "causes"),
        ({"causes": ["gambling", "gambling"]}, "causes"),
        ({"causes": list(CODES)}, "causes"),
        ({"refused": True}, "causes"),
        ({"occupation": "king"}, "occupation"),
        ({"weight": 0}, "weight"),
    ],
)
def test_what_nobody_can_have_answered_is_refused_by_field(
    wrong: dict[str, Any], field: str, survey: Survey, supervisor: Any
) -> None:
    with pytest.raises(ValidationError) as refused:
        enter_respondent(survey, by=supervisor, **answer(**wrong))
    assert field in refused.value.message_dict
    assert not Respondent.objects.exists()


def test_a_ranking_keeps_the_places_and_the_database_no_two_at_one(ranking: Survey, officer_psh: Any) -> None:
    one = enter_respondent(ranking, by=officer_psh, **answer(causes=["gambling", "personal_debt"]))
    assert list(one.answers.order_by("rank").values_list("cause__code", "rank")) == [
        ("gambling", 1),
        ("personal_debt", 2),
    ]
    third = ranking.causes.get(code="lack_education")
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(respondent=one, cause=third, rank=1)


def test_no_column_holds_who_somebody_is() -> None:
    names = {field.name for field in Respondent._meta.get_fields()}
    assert not names & {"name", "name_km", "name_en", "phone", "address", "person", "email", "note"}


def test_a_survey_is_written_opened_and_answered_on_pages(browser: Browser, analyst: Any, officer_psh: Any) -> None:
    desk = browser(analyst)
    assert "No survey yet" in desk.get("/surveys/").content.decode()
    desk.post("/surveys/new/", {**TYPED, "idempotency_key": "k-1"})
    desk.post("/surveys/new/", {**TYPED, "idempotency_key": "k-1"})
    survey = Survey.objects.get()
    assert (survey.most, survey.from_on) == (2, date(2022, 7, 1))
    assert browser(officer_psh).get(f"/surveys/{survey.reference}/").status_code == 404  # a draft
    desk.post(f"/surveys/{survey.reference}/steps/open/", {"when": "today"})
    field = browser(officer_psh)
    page = field.get(f"/surveys/{survey.reference}/enter/").content.decode()
    assert 'value="drugs"' in page
    typed = {"province": PSH, "age": "៣០", "causes": ["drugs"], "knows_hotline": "yes", "idempotency_key": "a-1"}
    again = field.post(f"/surveys/{survey.reference}/enter/", typed, follow=True).content.decode()
    assert "Saved. You entered 1 so far" in again
    one = Respondent.objects.get()
    assert (one.age, one.knows_hotline, one.entered_by) == (30, True, officer_psh)
    mine = field.get(f"/surveys/{survey.reference}/").content.decode()
    assert "1 respondent" in mine
    assert "Wilson" not in mine
    assert "Wilson" in desk.get(f"/surveys/{survey.reference}/").content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"causes": ["drugs\x00"]}, "cannot be stored"),
        ({"age": "x" * 1_000_000}, "Write a number"),
        ({"weight": "heavy"}, "Write a number like 1 or 0.85"),
        ({"province": "12"}, "your own province"),
        ({"causes": []}, "at least one cause"),
    ],
)
def test_bad_input_is_said_on_the_page_and_keeps_what_was_typed(
    typed: dict[str, Any], words: str, survey: Survey, browser: Browser, officer_psh: Any
) -> None:
    body = {"province": PSH, "causes": ["gambling"], "occupation": "farmer", **typed}
    answered = browser(officer_psh).post(f"/surveys/{survey.reference}/enter/", body)
    assert answered.status_code == 400
    page = answered.content.decode()
    assert words in page
    assert '<option value="farmer" selected>' in page
    assert not Respondent.objects.exists()


def test_the_form_of_a_ranking_says_a_place_left_out_and_one_cause_twice(
    ranking: Survey, browser: Browser, officer_psh: Any
) -> None:
    client, url = browser(officer_psh), f"/surveys/{ranking.reference}/enter/"
    gap = client.post(url, {"province": PSH, "place_2": "gambling"})
    assert "Choose the cause of this place" in gap.content.decode()
    twice = client.post(url, {"province": PSH, "place_1": "gambling", "place_2": "gambling"})
    assert "The same cause stands at two places" in twice.content.decode()
    client.post(url, {"province": PSH, "place_1": "gambling", "place_2": "lack_education"})
    assert Respondent.objects.get().answers.count() == 2


def test_a_stale_draft_shows_theirs_and_mine(written: Written, analyst: Any, browser: Browser) -> None:
    draft = written(opened=False)
    change_survey(draft, by=analyst, version=1, **said(organiser="Somebody else"))
    body = {**HEAD, "causes": list(CODES), "from_on": "1/7/2022", "until_on": "31/8/2022", "version": "1", "most": "3"}
    stale = browser(analyst).post(f"/surveys/{draft.reference}/edit/", {**body, "organiser": "Mine"})
    assert stale.status_code == 409
    page = stale.content.decode()
    assert "Somebody else" in page
    assert 'value="Mine"' in page


def test_the_api_lists_shows_and_takes_answers_once(
    survey: Survey, browser: Browser, officer_psh: Any, analyst: Any
) -> None:
    field, desk = browser(officer_psh), browser(analyst)
    url = f"/api/v1/surveys/{survey.reference}/"
    body = {"province": PSH, "causes": ["gambling"], "age": 17}
    sent = {"content_type": "application/json", "HTTP_IDEMPOTENCY_KEY": "once-1"}
    first, second = (field.post(f"{url}respondents/", body, **sent) for _n in range(2))
    assert (first.status_code, second.json()) == (201, first.json())
    assert Respondent.objects.get().band == "12-17"
    assert field.post(f"{url}respondents/", {**body, "age": 18}, **sent).status_code == 422
    assert field.post(f"{url}respondents/", {**body, "name": "Sok"}, content_type="application/json").status_code == 400
    assert desk.post(f"{url}respondents/", body, content_type="application/json").status_code == 403
    assert field.get(url).json()["results"] is None
    results = desk.get(url).json()["results"]
    assert (results["n"], results["answered"], results["causes"][0]["code"]) == (1, 1, "gambling")
    assert results["by"]["province"][0]["n"] is None  # one person is no group
    assert desk.get("/api/v1/surveys/?status=open").json()["results"][0]["reference"] == survey.reference


def test_pages_speak_khmer(survey: Survey, analyst: Any, browser: Browser) -> None:
    with override("km"):
        assert survey.question == "តើអ្វីជាមូលហេតុ?"

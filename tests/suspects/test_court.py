"""From charged on: articles, detention, trial, verdict, sentence, appeal; and taking back what was recorded by mistake."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from core.exceptions import Conflict
from suspects.models import Charge, Restraint, Suspect
from suspects.services import advance
from suspects.workflow import SUSPECT
from tests.suspects import HOUR, Browser, at_court, url
from workflow.services import available_steps

DAY = 24 * HOUR
TWO = ["L08-10", "L08-12"]


def charged(suspect: Suspect, by: User, articles: Any = TWO, days_ago: int = 20) -> Suspect:
    return advance(at_court(suspect, by), "charge", by=by, articles=articles, happened_at=ago(days_ago))


def on_trial(suspect: Suspect, by: User) -> Suspect:
    return advance(charged(suspect, by), "open_trial", by=by, happened_at=ago(10))


def ago(days: float) -> Any:
    return timezone.now() - days * DAY


def results(suspect: Suspect) -> dict[str, str]:
    return dict(suspect.charges.standing().values_list("article_id", "result"))


def test_the_way_through_court_is_taken_in_the_browser_s_own_forms(
    browser: Browser, officer_psh: User, suspect: Suspect
) -> None:
    client = browser(officer_psh)
    at_court(suspect, officer_psh, days_ago=0.1)
    assert client.post(url(suspect, "charge"), {"articles": TWO}).status_code == 302
    said = {"restraint": "provisional_detention", "ordered_until": timezone.localdate() + timedelta(days=180)}
    assert client.post(url(suspect, "restrain"), said).status_code == 302
    assert client.post(url(suspect, "open_trial"), {}).status_code == 302
    sentence = {
        "in_absentia": "no",
        "guilty_of": ["L08-10"],
        "prison_months": "១២០",
        "suspended_months": "24",
        "fine_riel": "4,000,000",
        "compensation_riel": "20 000 000",
        "confiscated": "Two telephones",
        "confiscated_riel": "១២.០០០.០០០",
        "confiscated_usd": "3,500",
    }
    assert client.post(url(suspect, "convict"), sentence).status_code == 302
    suspect.refresh_from_db()
    assert (suspect.status, suspect.prison_months, suspect.suspended_months) == ("convicted", 120, 24)
    assert (suspect.fine_riel, suspect.compensation_riel, suspect.in_absentia) == (4_000_000, 20_000_000, False)
    assert (suspect.confiscated_riel, suspect.confiscated_usd) == (12_000_000, 3_500)
    assert "Two telephones; 12,000,000 riel; 3,500 US dollars" in client.get(url(suspect)).content.decode()
    assert results(suspect) == {"L08-10": "convicted", "L08-12": "acquitted"}
    assert (suspect.restraint, Restraint.objects.get().ended_on) == ("", timezone.localdate())
    assert suspect.charged_on == suspect.on_trial_on == suspect.verdict_on == timezone.localdate()


def test_a_charge_without_articles_is_refused_and_says_so(
    browser: Browser, officer_psh: User, suspect: Suspect
) -> None:
    at_court(suspect, officer_psh)
    answer = browser(officer_psh).post(url(suspect, "charge"), {"note": "By the deputy prosecutor"})
    assert answer.status_code == 400
    assert "Answer this question." in answer.content.decode()
    assert "By the deputy prosecutor" in answer.content.decode()
    with pytest.raises(ValidationError):
        advance(suspect, "charge", by=officer_psh, articles=["L99-99"])


def test_nobody_is_convicted_who_was_not_charged_whoever_writes_it(suspect: Suspect, officer_psh: User) -> None:
    sent = at_court(suspect, officer_psh)
    for step in ("convict", "acquit", "open_trial"):
        with pytest.raises(Conflict):
            advance(sent, step, by=officer_psh, in_absentia=False)
    day = timezone.localdate()
    with pytest.raises(IntegrityError, match="needs a charge"), transaction.atomic():
        Suspect.objects.filter(pk=sent.pk).update(status="charged", charged_on=day)


@pytest.mark.parametrize(
    ("step", "said"),
    [("open_trial", {}), ("restrain", {"restraint": "judicial_supervision"}), ("dismiss", {"note": "No case"})],
)
def test_days_at_court_stand_in_their_order(suspect: Suspect, officer_psh: User, step: str, said: Any) -> None:
    done = charged(suspect, officer_psh)
    with pytest.raises(ValidationError) as refused:
        advance(done, step, by=officer_psh, happened_at=ago(21), **said)
    assert "happened_at" in refused.value.message_dict
    with pytest.raises(ValidationError):
        advance(done, step, by=officer_psh, happened_at=timezone.now() + DAY, **said)
    advance(done, step, by=officer_psh, happened_at=ago(19), **said)


def test_a_charge_before_the_hand_over_is_refused(suspect: Suspect, officer_psh: User) -> None:
    sent = at_court(suspect, officer_psh, days_ago=30)
    with pytest.raises(ValidationError):
        advance(sent, "charge", by=officer_psh, articles=TWO, happened_at=ago(31))


def test_more_suspended_than_given_and_amounts_that_are_none_are_refused(suspect: Suspect, officer_psh: User) -> None:
    tried = on_trial(suspect, officer_psh)
    for said in (
        {"prison_months": "12", "suspended_months": "13"},
        {"suspended_months": "1"},
        {"prison_months": "1000"},
        {"fine_riel": "-5"},
        {"fine_riel": "1" * 16},
        {"compensation_riel": "a lot"},
        {"guilty_of": ["L08-15"]},
        {"lesser_article": "L08-10"},
        {"confiscated": "x" * 501},
    ):
        with pytest.raises(ValidationError) as refused:
            advance(tried, "convict", by=officer_psh, in_absentia=False, **said)
        assert set(refused.value.message_dict) & set(said)
    with pytest.raises(ValidationError):
        advance(tried, "convict", by=officer_psh)


def test_a_lesser_offence_stands_instead_of_what_was_charged(
    suspect: Suspect, officer_psh: User, supervisor: User
) -> None:
    tried = on_trial(suspect, officer_psh)
    said = {"in_absentia": True, "lesser_article": "L08-21", "prison_months": 8}
    done = advance(tried, "convict", by=officer_psh, **said)
    assert done.in_absentia is True
    assert results(done) == {"L08-10": "lesser", "L08-12": "lesser", "L08-21": "convicted"}
    back = advance(done, "take_back_verdict", by=supervisor, note="The wrong sheet")
    assert (back.status, back.verdict_on, back.prison_months, back.in_absentia) == ("on_trial", None, None, None)
    assert results(back) == {"L08-10": "", "L08-12": ""}


def test_one_order_ends_the_one_before_it_and_comes_back_with_it(
    suspect: Suspect, officer_psh: User, supervisor: User
) -> None:
    row = charged(suspect, officer_psh)
    row = advance(row, "restrain", by=officer_psh, restraint="provisional_detention", happened_at=ago(18))
    with pytest.raises(ValidationError):
        advance(row, "restrain", by=officer_psh, restraint="at_liberty", happened_at=ago(19))
    row = advance(row, "restrain", by=officer_psh, restraint="judicial_supervision", happened_at=ago(5))
    first, second = Restraint.objects.standing().order_by("since")
    assert (first.ended_on, second.ended_on, row.restraint) == (second.since, None, "judicial_supervision")
    row = advance(row, "take_back_restraint", by=supervisor, note="Of another man")
    first.refresh_from_db()
    assert (row.restraint, first.ended_on) == ("provisional_detention", None)
    row = advance(row, "take_back_restraint", by=supervisor, note="Of another man")
    assert row.restraint == ""
    assert "take_back_restraint" not in {step.name for step in available_steps(SUSPECT, row, supervisor)}


@pytest.mark.parametrize("state", ["sent_to_court", "charged", "on_trial"])
def test_a_dismissal_taken_back_leads_to_where_it_came_from(
    suspect: Suspect, officer_psh: User, supervisor: User, state: str
) -> None:
    make = {"sent_to_court": at_court, "charged": charged, "on_trial": on_trial}[state]
    done = advance(make(suspect, officer_psh), "dismiss", by=officer_psh, note="Not enough evidence")
    assert (done.status, done.verdict_on) == ("dismissed", timezone.localdate())
    names = {step.name for step in available_steps(SUSPECT, done, supervisor) if "dismissal" in step.name}
    assert len(names) == 1
    back = advance(done, names.pop(), by=supervisor, note="The wrong file")
    assert (back.status, back.verdict_on) == (state, None)


def test_what_was_recorded_by_mistake_is_taken_back_by_the_ministry_step_by_step(
    suspect: Suspect, officer_psh: User, supervisor: User
) -> None:
    row = advance(on_trial(suspect, officer_psh), "acquit", by=officer_psh, happened_at=ago(3))
    row = advance(row, "appeal", by=officer_psh, appealed_by="prosecutor", happened_at=ago(2))
    for step in ("take_back_appeal", "take_back_verdict", "take_back_trial", "take_back_charge"):
        with pytest.raises(PermissionDenied):
            advance(row, step, by=officer_psh, note="By mistake")
        row = advance(row, step, by=supervisor, note="By mistake")
    assert (row.status, row.charged_on, row.on_trial_on, row.appealed_on) == ("sent_to_court", None, None, None)
    assert Charge.objects.count() == 2
    assert not Charge.objects.standing().exists()


def test_a_charge_is_added_and_one_article_taken_back_but_never_the_last(
    suspect: Suspect, officer_psh: User, supervisor: User
) -> None:
    row = charged(suspect, officer_psh, ["L08-10"])
    with pytest.raises(ValidationError):
        advance(row, "add_charge", by=officer_psh, articles=["L08-10"])
    row = advance(row, "add_charge", by=officer_psh, articles=["L08-12"])
    row = advance(row, "take_back_article", by=supervisor, article="L08-10", note="Read wrongly")
    assert results(row) == {"L08-12": ""}
    with pytest.raises(Conflict):
        advance(row, "take_back_article", by=supervisor, article="L08-12", note="Read wrongly")


def test_a_settlement_is_noted_once_and_ends_nothing(suspect: Suspect, officer_psh: User, supervisor: User) -> None:
    row = advance(charged(suspect, officer_psh), "settle", by=officer_psh, note="The family was paid")
    assert (row.status, row.settled_on) == ("charged", timezone.localdate())
    with pytest.raises(Conflict):
        advance(row, "settle", by=officer_psh, note="Again")
    assert advance(row, "take_back_settlement", by=supervisor, note="Not so").settled_on is None


def test_a_first_questioning_is_kept_once(suspect: Suspect, officer_psh: User, supervisor: User) -> None:
    row = advance(suspect, "question", by=officer_psh, first_contact_kind="cautioned", happened_at=ago(4))
    assert (row.status, row.first_contact_kind) == ("named", "cautioned")
    with pytest.raises(Conflict):
        advance(row, "question", by=officer_psh, first_contact_kind="questioned")
    back = advance(row, "take_back_question", by=supervisor, note="Another man")
    assert (back.first_contact_at, back.first_contact_kind) == (None, "")


def test_what_a_charge_says_stands_for_good(suspect: Suspect, officer_psh: User) -> None:
    charged(suspect, officer_psh)
    for statement in (
        "DELETE FROM suspects_charge",
        "UPDATE suspects_charge SET article_id = 'L08-15'",
        "UPDATE suspects_charge SET charged_on = charged_on - 1",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_two_who_convict_at_once_leave_one_verdict(suspect: Suspect, officer_psh: User, supervisor: User) -> None:
    tried = on_trial(suspect, officer_psh)
    advance(tried, "convict", by=officer_psh, in_absentia=False)
    with pytest.raises(Conflict):
        advance(tried, "acquit", by=supervisor)


def test_charges_and_orders_follow_their_complaint_behind_its_seal(
    browser: Browser, suspect: Suspect, officer_psh: User, supervisor: User
) -> None:
    row = charged(suspect, officer_psh)
    advance(row, "restrain", by=officer_psh, restraint="at_liberty")
    type(row.complaint).objects.filter(pk=row.complaint_id).update(handling="national_led")
    assert {found.handling for found in (*Charge.objects.all(), *Restraint.objects.all())} == {"national_led"}
    assert not Charge.objects.visible_to(officer_psh).exists()
    assert browser(officer_psh).get(url(suspect)).status_code == 404


def test_a_program_charges_and_convicts(program: Any, officer_psh: User, suspect: Suspect) -> None:
    at_court(suspect, officer_psh, days_ago=0.1)
    client, path = program(officer_psh), f"/api/v1/suspects/{suspect.reference}/"
    assert client.post(f"{path}steps/", {"step": "charge", "articles": []}, format="json").status_code == 400
    done = client.post(f"{path}steps/", {"step": "charge", "articles": TWO}, format="json")
    assert done.json()["status"] == "charged", done.json()
    asks = {step["step"]: step["asks"] for step in done.json()["available_steps"]}
    assert asks["restrain"] == ["restraint", "ordered_until"]
    client.post(f"{path}steps/", {"step": "open_trial"}, format="json")
    said = {"step": "convict", "in_absentia": False, "prison_months": 84, "fine_riel": 4000000}
    done = client.post(f"{path}steps/", said, format="json").json()
    assert done["status"] == "convicted", done
    assert {one["article"]: one["result"] for one in done["charges"]} == dict.fromkeys(TWO, "convicted")
    assert done["sentence"]["prison_months"] == 84


def test_the_page_says_where_they_stand_at_court(browser: Browser, officer_psh: User, suspect: Suspect) -> None:
    row = on_trial(suspect, officer_psh)
    advance(row, "convict", by=officer_psh, in_absentia=True, prison_months=120, compensation_riel=8_000_000)
    page = browser(officer_psh).get(url(suspect)).content.decode()
    for words in ("Convicted, in absentia", "120 months", "8,000,000", "Unlawful removal with purpose"):
        assert words in page, words

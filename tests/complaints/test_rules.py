"""Rules of urgency kept by the administrator, on the pages and by programs: under a version, with a history, audited."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import UrgencyRule
from complaints.models.rule import carried_rules
from complaints.rule_languages import carried_in, lacks
from complaints.signs import proposed_urgency
from workflow.models import Edit

Browser = Callable[..., Client]
Program = Callable[..., APIClient]
URL = "/api/v1/urgency-rules/"
SAID = {"urgency": "high", "reason_km": "លិខិតឆ្លងដែនត្រូវគេយក", "reason_en": "the passport was taken"}


def typed(rule: UrgencyRule, **more: str) -> dict[str, str]:
    said = {name: getattr(rule, name) for name in ("urgency", "reason_km", "reason_en")}
    words = {name: "\n".join(getattr(rule, name)) for name in ("words", "exceptions")}
    return {**said, **words, "is_active": "on", "version": str(rule.version), **more}


def test_a_rule_is_added_and_speaks_at_once(browser: Browser, admin: User) -> None:
    client = browser(admin)
    said = {**SAID, "words": "took my passport\nដកលិខិតឆ្លងដែន\n\ntook my passport", "is_active": "on"}
    assert client.post("/rules/new/", said).status_code == 302
    rule = UrgencyRule.objects.get(reason_en="the passport was taken")
    assert rule.words == ["took my passport", "ដកលិខិតឆ្លងដែន"]
    assert [one.rule for one in proposed_urgency("They took my passport.").found] == [rule]
    assert AuditEvent.objects.filter(verb="rule.add").count() == 1


def test_a_change_is_audited_and_its_history_says_which_words_came_and_went(browser: Browser, admin: User) -> None:
    client, rule = browser(admin), UrgencyRule.objects.get(code="phone")
    words = "\n".join([*rule.words[1:], "took the SIM card"])
    assert client.post("/rules/phone/", typed(rule, words=words, urgency="immediate")).status_code == 302
    rule.refresh_from_db()
    assert (rule.urgency, rule.words[-1], rule.version) == ("immediate", "took the SIM card", 2)
    page = client.get("/rules/phone/").content.decode()
    assert "Came: took the SIM card" in page
    assert "High → Immediate danger" in page
    assert Edit.objects.of(rule).count() == 2
    assert AuditEvent.objects.filter(verb="edit", object_id=str(rule.pk)).count() == 1


def test_a_page_read_before_somebody_elses_change_is_refused_and_keeps_what_was_typed(
    browser: Browser, admin: User
) -> None:
    client, rule = browser(admin), UrgencyRule.objects.get(code="phone")
    old = typed(rule, reason_en="an old word")
    assert client.post("/rules/phone/", typed(rule, reason_en="a new word")).status_code == 302
    refused = client.post("/rules/phone/", old)
    assert (refused.status_code, "an old word" in refused.content.decode()) == (409, True)
    assert UrgencyRule.objects.get(code="phone").reason_en == "a new word"


def test_what_makes_no_sense_is_refused_in_words(browser: Browser, admin: User) -> None:
    client = browser(admin)
    for wrong, words in (
        ({"words": ""}, "Write a word at least"),
        ({"words": "!!"}, "is no word that can be found"),
        ({"words": "a"}, "at least two letters"),
        ({"words": "x" * 81}, "longer than 80"),
        ({"words": "\n".join(f"word {n}" for n in range(401))}, "at most 400"),
        ({"words": "ransom", "urgency": "normal"}, "Select a valid choice"),
        ({"words": "ransom", "reason_km": ""}, "required"),
    ):
        answer = client.post("/rules/new/", {**SAID, **wrong})
        assert (answer.status_code, words in answer.content.decode()) == (400, True), wrong
    assert not AuditEvent.objects.filter(verb="rule.add").exists()


def test_trying_marks_the_words_and_keeps_nothing(browser: Browser, admin: User) -> None:
    client = browser(admin)
    answer = client.post("/rules/", {"text": "<b>They beat</b> my sister, 16 years old."})
    page = answer.content.decode()
    for words in ("<mark>beat</mark>", "<mark>16 years old</mark>", "violence is spoken of; a child is spoken of"):
        assert words in page
    assert "<b>They" not in page
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/rules/", {"text": ""}).status_code == 400
    assert not AuditEvent.objects.filter(detail__icontains="sister").exists()


def test_nobody_else_reads_or_writes_them(browser: Browser, program: Program, supervisor: User) -> None:
    assert browser(supervisor).get("/rules/").status_code == 403
    assert program(supervisor).get(URL).status_code == 403
    assert program(supervisor).post(f"{URL}try/", {"text": "beat"}, format="json").status_code == 403


def test_programs_do_the_same(program: Program, admin: User) -> None:
    client = program(admin)
    assert {row["code"] for row in client.get(URL).json()["results"]} >= {"child", "violence"}
    made = client.post(URL, {**SAID, "words": ["took my passport"]}, format="json")
    assert made.status_code == 201, made.content
    one = f"{URL}{made.json()['code']}/"
    assert client.patch(one, {"version": 1, "is_active": False}, format="json").json()["is_active"] is False
    assert client.patch(one, {"version": 1, "is_active": True}, format="json").status_code == 409
    assert client.get(one).json()["words"] == ["took my passport"]
    assert client.get(f"{URL}nothing/").status_code == 404
    wrong: list[dict[str, Any]] = [
        {},
        {**SAID, "words": []},
        {**SAID, "words": ["x"], "colour": 1},
        {**SAID, "words": "x"},
    ]
    for body in wrong:
        assert client.post(URL, body, format="json").status_code == 400
    tried = client.post(f"{URL}try/", {"text": "我妹妹16岁，他们打她"}, format="json").json()
    assert tried["urgency"] == "immediate"
    assert {row["rule"]: row["words"] for row in tried["reasons"]} == {"violence": ["打"], "child": ["16岁"]}


def test_what_is_carried_has_words_in_all_languages_reports_are_written_in() -> None:
    assert all(lacks(UrgencyRule(**row)) == [] for row in carried_rules())


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (["beat"], ["km", "vi", "zh", "th", "id"]),
        (["beat", "ដកលិខិតឆ្លងដែន", "bị giam", "护照", "ยึดหนังสือเดินทาง"], ["id"]),
        (["ដកលិខិតឆ្លងដែន"], ["en", "vi", "zh", "th", "id"]),
        (["took my passport"], ["km", "zh", "th"]),
    ],
    ids=["english", "five", "khmer", "who-knows"],
)
def test_of_a_rule_of_ones_own_it_is_said_which_languages_it_surely_has_no_words_for(
    words: list[str], missing: list[str]
) -> None:
    assert lacks(UrgencyRule(code="U-OWN", words=words)) == missing


def test_a_changed_rule_without_indonesian_says_so_and_gets_it_by_two_presses(
    browser: Browser, program: Program, admin: User
) -> None:
    client, rule = browser(admin), UrgencyRule.objects.get(code="violence")
    words = [word for word in rule.words if word not in carried_in(UrgencyRule(code="violence"), "id")[0]]
    UrgencyRule.objects.filter(code="violence").update(words=[*words, "my own word"], exceptions=[], version=2)
    assert "No words yet in: Indonesian." in client.get("/rules/").content.decode()
    page = client.get("/rules/violence/").content.decode()
    assert "No words yet in: Indonesian." in page
    assert 'href="/rules/violence/?add=id"' in page
    assert program(admin).get(f"{URL}violence/").json()["lacks"] == ["id"]
    filled = client.get("/rules/violence/?add=id")
    assert "Nothing is saved yet" in filled.content.decode()
    form = filled.context["form"]
    assert {"my own word", "disiksa"} <= set(form["words"].value().splitlines())
    assert "pukul 7" in form["exceptions"].value().splitlines()
    rule.refresh_from_db()
    assert "disiksa" not in rule.words
    said = {name: form[name].value() for name in ("words", "exceptions")}
    assert client.post("/rules/violence/", typed(rule, **said)).status_code == 302
    rule.refresh_from_db()
    assert lacks(rule) == []
    assert "my own word" in rule.words
    assert "No words yet" not in client.get("/rules/").content.decode()
    assert client.get("/rules/violence/?add=../x").status_code == 200


@pytest.mark.django_db
def test_a_rule_nobody_changed_gets_the_words_that_came_since_and_one_that_was_changed_keeps_its_own() -> None:
    UrgencyRule.objects.update(words=["beat"], exceptions=[])
    UrgencyRule.objects.filter(code="violence").update(version=2)
    import_module("complaints.migrations.0024_reports_tried_and_words").words(apps, None)
    assert UrgencyRule.objects.get(code="violence").words == ["beat"]
    confined = UrgencyRule.objects.get(code="confined")
    assert "tolong" in confined.words
    assert "មេឃុំយើង" in confined.exceptions

"""Consent by purpose, who stands by a child, and somebody moved or sold on."""

import datetime
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Grant, User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance as advance_complaint
from core.exceptions import Conflict
from notifications.models import Notification
from tests.queries import asked
from victims.answers import answers_of
from victims.guardians import guardian_of
from victims.models import Consent, Guardian, Victim
from victims.services import advance, decide
from victims.services.consent import name_guardian, record_consent
from victims.services.repatriation import begin_return

Browser = Callable[..., Client]
ASKED: dict[str, Any] = {"asked_alone": True, "asked_language": "Vietnamese"}
GRANDMOTHER: dict[str, Any] = {
    "name": "Bà Ngoại",
    "kind": "relative",
    "own_view": "I want to go to school again.",
    "view_language": "Vietnamese",
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def found(registered: Any, officer_psh: User) -> Callable[..., Victim]:
    """Somebody of an age, found; sought still with `sought`."""

    def make(age: int = 30, *, sought: bool = False, **said: Any) -> Victim:
        complaint = registered(people=(PersonSaid(name="Lê Quốc Bảo", age=age, nationality="VN"),), **said)
        victim = Victim.objects.get(complaint=complaint)
        return victim if sought else advance(victim, "record_rescue", by=officer_psh)

    return make


def test_the_newest_answer_holds_and_the_old_ones_stay(found: Any, officer_psh: User) -> None:
    victim = found()
    record_consent(victim, by=officer_psh, answers={"help": "yes", "shelter": "yes"}, **ASKED)
    record_consent(victim, by=officer_psh, answers={"shelter": "withdrawn"}, **ASKED)
    assert {name: row.answer for name, row in answers_of(victim).items()} == {"help": "yes", "shelter": "withdrawn"}
    assert Consent.objects.count() == 3


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"answers": {}}, "answers"),
        ({"answers": {"help": ""}}, "answers"),
        ({"answers": {"money": "yes"}}, "answers"),
        ({"answers": {"help": "perhaps"}}, "answers"),
        ({"answers": {"help": "withdrawn"}}, "help"),
        ({"answers": {"help": "yes"}, "asked_alone": None}, "asked_alone"),
        ({"answers": {"help": "yes"}, "asked_language": " "}, "asked_language"),
        ({"answers": {"help": "yes"}, "asked_on": datetime.date(2300, 1, 1)}, "asked_on"),
        ({"answers": {"help": "yes"}, "note": "n" * 2001}, "note"),
        ({"answers": {"embassy": "yes"}}, "afraid"),
        ({"answers": {"embassy": "yes"}, "afraid": "yes"}, "embassy"),
        ({"answers": {"embassy": "yes"}, "afraid": "doubt"}, "embassy"),
        ({"answers": {"embassy": "yes"}, "afraid": "no", "asked_alone": False}, "embassy"),
        ({"answers": {"embassy": "no"}, "afraid": "much"}, "afraid"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(said: Any, field: str, found: Any, officer_psh: User) -> None:
    with pytest.raises(ValidationError) as refused:
        record_consent(found(), by=officer_psh, **{**ASKED, **said})
    assert set(refused.value.message_dict) == {field}
    assert not Consent.objects.exists()


def test_the_embassy_is_told_only_of_who_is_asked_alone_and_unafraid(found: Any, officer_psh: User) -> None:
    victim = found()
    record_consent(victim, by=officer_psh, answers={"embassy": "yes"}, afraid="no", **ASKED)
    assert answers_of(victim)["embassy"].answer == "yes"
    afraid = answers_of(victim)["embassy"]
    afraid.pk, afraid.afraid = uuid4(), "doubt"
    with pytest.raises(IntegrityError), transaction.atomic():
        afraid.save(force_insert=True)


def test_nobody_is_asked_before_they_are_found_nor_by_a_role_that_does_not(
    found: Any, officer_psh: User, intake: User, officer_pp: User
) -> None:
    with pytest.raises(Conflict):
        record_consent(found(sought=True), by=officer_psh, answers={"help": "yes"}, **ASKED)
    victim = found()
    with pytest.raises(PermissionDenied):
        record_consent(victim, by=intake, answers={"help": "yes"}, **ASKED)
    with pytest.raises(Http404):
        record_consent(victim, by=officer_pp, answers={"help": "yes"}, **ASKED)


@pytest.mark.parametrize("fear", ["yes", "doubt"])
def test_a_fear_told_without_a_word_of_the_embassy_ends_the_yes(found: Any, officer_psh: User, fear: str) -> None:
    victim = found()
    record_consent(victim, by=officer_psh, answers={"embassy": "yes"}, afraid="no", **ASKED)
    going = begin_return(victim, by=officer_psh)
    record_consent(victim, by=officer_psh, answers={"shelter": "yes"}, afraid=fear, **ASKED)
    kept = answers_of(victim)
    assert (kept["embassy"].answer, kept["embassy"].afraid, kept["shelter"].answer) == ("later", fear, "yes")
    going.refresh_from_db()
    assert going.status == "declined"


def test_whatever_yes_is_taken_back_the_person_is_held(found: Any, officer_psh: User) -> None:
    victim = found()
    record_consent(victim, by=officer_psh, answers={"shelter": "yes"}, **ASKED)
    with CaptureQueriesContext(connection) as captured:
        record_consent(victim, by=officer_psh, answers={"shelter": "withdrawn"}, **ASKED)
    assert any("FOR NO KEY UPDATE" in query["sql"] and '"people_person"' in query["sql"] for query in captured)


def test_of_a_child_nothing_is_asked_or_decided_without_a_guardian_but_it_is_protected(
    found: Any, officer_psh: User
) -> None:
    child = found(age=15)
    with pytest.raises(Conflict):
        record_consent(child, by=officer_psh, answers={"help": "yes"}, **ASKED)
    for step in ("decide_trafficked", "decide_exploited", "propose_not_a_victim"):
        with pytest.raises(Conflict):
            decide(child, step, by=officer_psh, note="Spoken to.")
    assert decide(child, "decide_presumed", by=officer_psh).decision == "presumed"
    name_guardian(child, by=officer_psh, **GRANDMOTHER)
    record_consent(child, by=officer_psh, answers={"help": "yes"}, **ASKED)
    assert decide(child, "decide_trafficked", by=officer_psh).decision == "trafficked"


def test_a_guardian_needs_a_name_and_the_childs_own_words(found: Any, officer_psh: User) -> None:
    with pytest.raises(Conflict):
        name_guardian(found(age=30), by=officer_psh, **GRANDMOTHER)
    child = found(age=15)
    wrong = {"name": " ", "kind": "trafficker", "own_view": "", "view_language": ""}
    with pytest.raises(ValidationError) as refused:
        name_guardian(child, by=officer_psh, since=datetime.date(2300, 1, 1), **wrong)
    assert set(refused.value.message_dict) == {*wrong, "since"}
    name_guardian(child, by=officer_psh, **GRANDMOTHER)
    name_guardian(child, by=officer_psh, **{**GRANDMOTHER, "name": "Ông Ngoại"})
    kept = guardian_of(child)
    assert kept is not None
    assert (kept.name, Guardian.objects.count()) == ("Ông Ngoại", 2)


def test_the_pages_record_and_keep_what_was_typed(browser: Browser, found: Any, officer_psh: User) -> None:
    child, client = found(age=15), browser(officer_psh)
    page = f"/victims/{child.reference}/"
    assert "Nobody stands by this child yet." in client.get(page).content.decode()
    said = {"asked_alone": "yes", "asked_language": "Tiếng Việt", "for_help": "yes", "note": "She nodded."}
    refused = client.post(f"{page}consent/", said)
    assert refused.status_code == 409
    assert "She nodded." in refused.content.decode()
    assert client.post(f"{page}guardian/", {**GRANDMOTHER, "own_view": ""}).status_code == 400
    assert client.post(f"{page}guardian/", GRANDMOTHER).status_code == 302
    wrong = client.post(f"{page}consent/", {**said, "for_embassy": "yes", "afraid": "doubt"})
    assert wrong.status_code == 400
    assert "The embassy is not told" in wrong.content.decode()
    assert client.post(f"{page}consent/", said).status_code == 302
    shown = client.get(page).content.decode()
    assert "Bà Ngoại" in shown
    assert "Help by the ministry" in shown


def test_coded_readers_get_no_words(
    browser: Browser, program: Any, found: Any, officer_psh: User, analyst: User
) -> None:
    child = found(age=15)
    name_guardian(child, by=officer_psh, **GRANDMOTHER)
    record_consent(child, by=officer_psh, answers={"help": "yes"}, note="She nodded.", **ASKED)
    assert "Bà Ngoại" not in browser(analyst).get(f"/victims/{child.reference}/").content.decode()
    client = program(analyst)
    guardian = client.get(f"/api/v1/victims/{child.reference}/guardian/").json()[0]
    assert (guardian["name"], guardian["own_view"], guardian["kind"]) == (None, None, "relative")
    assert client.get(f"/api/v1/victims/{child.reference}/consent/").json()[0]["note"] is None


def test_the_api_does_the_same(program: Any, found: Any, officer_psh: User) -> None:
    child, client = found(age=15), program(officer_psh)
    url = f"/api/v1/victims/{child.reference}/"
    said = {**ASKED, "answers": {"help": "yes"}}
    assert client.post(f"{url}consent/", said, format="json").status_code == 409
    assert client.post(f"{url}guardian/", {**GRANDMOTHER, "kind": "x"}, format="json").status_code == 400
    assert client.post(f"{url}guardian/", GRANDMOTHER, format="json").status_code == 201
    assert client.post(f"{url}consent/", {**said, "answers": {"embassy": "yes"}}, format="json").status_code == 400
    assert client.post(f"{url}consent/", said, format="json").json()[0]["answer"] == "yes"


def test_the_page_of_a_person_costs_the_same_however_often_they_were_asked(
    browser: Browser, found: Any, officer_psh: User
) -> None:
    victim, client = found(), browser(officer_psh)
    client.get("/")
    costs = []
    for n in (1, 30):
        for _time in range(n):
            record_consent(victim, by=officer_psh, answers={"help": "yes", "ngo": "no"}, **ASKED)
        costs.append([len(asked(client, f"/victims/{victim.reference}/{part}")) for part in ("", "consent/")])
    assert costs[0] == costs[1]
    assert costs[0][0] <= 17  # the cards of returns and of courts ask too


def test_psql_changes_no_answer_and_no_guardian(found: Any, officer_psh: User) -> None:
    child = found(age=15)
    name_guardian(child, by=officer_psh, **GRANDMOTHER)
    record_consent(child, by=officer_psh, answers={"help": "no"}, **ASKED)
    for sql in (
        "UPDATE victims_consent SET answer = 'yes'",
        "UPDATE victims_consent SET asked_on = '2020-01-01'",
        "DELETE FROM victims_consent",
        "UPDATE victims_guardian SET name = 'Boss'",
        "UPDATE victims_guardian SET own_view = 'I want to stay.'",
        "DELETE FROM victims_guardian",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def moved(victim: Victim, by: User, where: str = "12", **said: Any) -> Victim:
    return advance(victim, "record_moved", by=by, moved_to=where, note="A driver saw him sold.", **said)


def test_who_was_sold_on_is_still_sought_and_the_other_province_sees_and_is_told(
    found: Any, officer_psh: User, officer_pp: User, browser: Browser
) -> None:
    victim = found(sought=True)
    assert not Victim.objects.visible_to(officer_pp).filter(pk=victim.pk).exists()
    victim = moved(victim, officer_psh)
    complaint = Complaint.objects.get(pk=victim.complaint_id)
    assert (victim.rescue_status, complaint.ledger["sought"]) == ("reported", 1)
    assert Notification.objects.filter(kind="person_moved", recipient=officer_pp).exists()
    assert Victim.objects.visible_to(officer_pp).filter(pk=victim.pk).exists()
    assert not Complaint.objects.visible_to(officer_pp).filter(pk=complaint.pk).exists()
    page = browser(officer_pp).get(f"/victims/{victim.reference}/")
    assert page.status_code == 200
    assert complaint.reference not in page.content.decode()
    assert advance(victim, "record_rescue", by=officer_pp).rescue_status == "rescued"
    assert Complaint.objects.get(pk=complaint.pk).ledger["sought"] == 0


def test_sold_on_again_the_first_province_sees_no_more_and_abroad_nobody(
    found: Any, officer_psh: User, officer_pp: User
) -> None:
    victim = moved(found(sought=True), officer_psh)
    moved(victim, officer_psh, "04")
    assert not Victim.objects.visible_to(officer_pp).filter(pk=victim.pk).exists()
    assert Grant.objects.active().filter(victim_id=victim.pk).values_list("province_id", flat=True).get() == "04"
    victim = moved(victim, officer_psh, "abroad", moved_country="TH")
    assert not Grant.objects.active().filter(victim_id=victim.pk).exists()
    assert (victim.moved_province_id, victim.moved_country) == (None, "TH")
    victim = moved(victim, officer_psh, "18")
    assert not Grant.objects.active().filter(victim_id=victim.pk).exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"moved_to": ""}, "moved_to"),
        ({"moved_to": "99"}, "moved_to"),
        ({"moved_to": "abroad"}, "moved_country"),
        ({"moved_to": "abroad", "moved_country": "KH"}, "moved_country"),
        ({"moved_to": "12", "note": ""}, "note"),
    ],
)
def test_where_to_is_asked(said: Any, field: str, found: Any, officer_psh: User) -> None:
    with pytest.raises(ValidationError) as refused:
        advance(found(sought=True), "record_moved", by=officer_psh, **{"note": "Seen.", **said})
    assert set(refused.value.message_dict) == {field}


def test_what_the_ministry_leads_or_keeps_sealed_opens_to_no_province(
    found: Any, supervisor: User, officer_pp: User
) -> None:
    led = found(sought=True, not_local_police=True)
    with override("en"), pytest.raises(Conflict, match="ministry handles"):
        moved(led, supervisor)
    assert not Grant.objects.filter(victim_id=led.pk).exists()


def test_a_seal_closes_what_a_move_had_opened(
    found: Any, officer_psh: User, officer_pp: User, supervisor: User
) -> None:
    victim = moved(found(sought=True), officer_psh)
    complaint = Complaint.objects.get(pk=victim.complaint_id)
    advance_complaint(complaint, "seal", by=supervisor, note="A chief is named.")
    assert not Victim.objects.visible_to(officer_pp).filter(pk=victim.pk).exists()


def test_the_page_offers_it_and_reads_a_country_in_the_list(browser: Browser, found: Any, officer_psh: User) -> None:
    victim, client = found(sought=True), browser(officer_psh)
    url = f"/victims/{victim.reference}/"
    assert "Moved or sold on" in client.get(url).content.decode()
    said = {"step": "record_moved", "moved_to": "abroad", "moved_country": "TH", "note": "Seen at the border."}
    assert client.post(url, said).status_code == 302
    assert "Thailand" in client.get(url).content.decode()
    assert timezone.localdate() >= Victim.objects.get(pk=victim.pk).status_at.date()

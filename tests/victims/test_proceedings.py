"""A person in proceedings: heard, helped, compensated, penalised; every act stands, and is taken back by another row."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from core.exceptions import Conflict
from suspects.services import join
from tests.factories.cases import CaseFileFactory
from tests.queries import asked
from victims.models import Proceeding, Victim
from victims.services import advance
from victims.services.proceedings import record_proceeding, take_back_proceeding

SAID = {"kind": "testified", "court": "C18"}


@pytest.fixture
def found(complaint: Complaint, officer_psh: User) -> Victim:
    victim = complaint.victims.first()
    return advance(victim, "record_rescue", by=officer_psh)


def acted(victim: Victim, by: User, **said: Any) -> Proceeding:
    return record_proceeding(victim, by=by, happened_on=timezone.localdate(), **{**SAID, **said})


def path(victim: Victim, part: str = "proceedings/") -> str:
    return f"/victims/{victim.reference}/{part}"


def test_an_act_is_recorded_on_a_page_and_stands_on_the_person_s_page(
    browser: Any, officer_psh: User, supervisor: User, found: Victim
) -> None:
    file = CaseFileFactory(police_number="77/2022")
    join(file, found, by=supervisor)
    client = browser(officer_psh)
    said = {
        "kind": "awarded",
        "happened_on": f"{timezone.localdate():%d/%m/%Y}",
        "court": "C18",
        "case_file": file.reference,
        "amount_riel": "៨.000.000",
        "note": "To be paid within a year",
    }
    assert client.post(path(found), said).status_code == 302
    page = client.get(path(found)).content.decode()
    for words in ("Compensation awarded", "8,000,000 riel", file.reference, "To be paid within a year"):
        assert words in page, words
    assert "Compensation awarded" in client.get(path(found, "")).content.decode()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"happened_on": None}, "happened_on"),
        ({"happened_on": timezone.localdate() + timedelta(days=2)}, "happened_on"),
        ({"happened_on": timezone.localdate().replace(year=1900)}, "happened_on"),
        ({"court": "C99"}, "court"),
        ({"court": ""}, "authority"),
        ({"court": "", "authority": "\u200b "}, "authority"),
        ({"amount_riel": 4000}, "amount_riel"),
        ({"kind": "paid", "amount_riel": 0}, "amount_riel"),
        ({"kind": "paid", "amount_riel": 10**12}, "amount_riel"),
        ({"case_file": "CF-22222222"}, "case_file"),
        ({"note": "x" * 2001}, "note"),
        ({"authority": "x" * 201}, "authority"),
    ],
)
def test_what_an_act_lacks_is_said(found: Victim, officer_psh: User, said: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        record_proceeding(found, by=officer_psh, **{**SAID, "happened_on": timezone.localdate(), **said})
    assert list(refused.value.message_dict) == [field]
    assert not Proceeding.objects.exists()


def test_what_was_typed_comes_back_with_what_is_wrong(browser: Any, officer_psh: User, found: Victim) -> None:
    answer = browser(officer_psh).post(path(found), {"amount_riel": "much", "note": "Half a sentence"})
    assert answer.status_code == 400
    assert "Half a sentence" in answer.content.decode()
    assert "much" in answer.content.decode()


def test_a_case_file_of_somebody_else_is_none(found: Victim, officer_psh: User, supervisor: User) -> None:
    file = CaseFileFactory()
    with pytest.raises(ValidationError):
        acted(found, officer_psh, case_file=file.reference)
    other = CaseFileFactory(province_id="12", court_id="C12")
    join(other, found, by=supervisor)
    with pytest.raises(ValidationError):
        acted(found, officer_psh, case_file=other.reference)
    assert acted(found, supervisor, case_file=other.reference).case_file == other


def test_nobody_still_sought_is_in_proceedings(complaint: Complaint, officer_psh: User, intake: User) -> None:
    sought = complaint.victims.last()
    with pytest.raises(Conflict):
        acted(sought, officer_psh)
    with pytest.raises(PermissionDenied):
        acted(sought, intake)


def test_an_act_is_taken_back_once_with_why_and_stays_readable(browser: Any, officer_psh: User, found: Victim) -> None:
    row = acted(found, officer_psh)
    client, back = browser(officer_psh), path(found, f"proceedings/{row.pk}/")
    assert client.get(back).status_code == 200
    assert client.post(back, {"note": " "}).status_code == 400
    assert client.post(back, {"note": "It was her sister"}).status_code == 302
    assert client.post(back, {"note": "Once more"}).status_code == 409
    assert not Proceeding.objects.standing().exists()
    page = client.get(path(found)).content.decode()
    assert "It was her sister" in page
    assert "<s>Testified" in page
    assert "Testified" not in client.get(path(found, "")).content.decode()


def test_a_penalty_stands_first_and_only_the_ministry_takes_it_back(
    browser: Any, officer_psh: User, supervisor: User, found: Victim
) -> None:
    acted(found, officer_psh)
    row = acted(found, officer_psh, kind="fined", court="", authority="Immigration", amount_riel=1_000_000)
    page = browser(officer_psh).get(path(found, "")).content.decode()
    assert page.index("Fined") < page.index("Testified")
    assert browser(officer_psh).get(path(found, f"proceedings/{row.pk}/")).status_code == 403
    with pytest.raises(PermissionDenied):
        take_back_proceeding(row, by=officer_psh, note="Not so")
    take_back_proceeding(row, by=supervisor, note="It was waived")
    assert [one.kind for one in Proceeding.objects.standing()] == ["testified"]


def test_psql_changes_no_act(found: Victim, officer_psh: User) -> None:
    acted(found, officer_psh)
    for statement in (
        "UPDATE victims_proceeding SET kind = 'lawyer'",
        "UPDATE victims_proceeding SET happened_on = '2020-01-01'",
        "UPDATE victims_proceeding SET note = 'other'",
        "DELETE FROM victims_proceeding",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_acts_follow_their_complaint_behind_its_seal(
    browser: Any, found: Victim, officer_psh: User, officer_pp: User
) -> None:
    row = acted(found, officer_psh)
    assert browser(officer_pp).get(path(found)).status_code == 404
    type(found.complaint).objects.filter(pk=found.complaint_id).update(handling="sealed")
    row.refresh_from_db()
    assert row.handling == "sealed"
    assert not Proceeding.objects.visible_to(officer_psh).exists()


def test_an_act_of_another_person_is_not_taken_back_here(
    browser: Any, officer_psh: User, found: Victim, complaint: Complaint
) -> None:
    row = acted(found, officer_psh)
    other = advance(complaint.victims.exclude(pk=found.pk).first(), "record_rescue", by=officer_psh)
    assert browser(officer_psh).get(path(other, f"proceedings/{row.pk}/")).status_code == 404


def test_a_program_records_reads_and_takes_back(program: Any, officer_psh: User, analyst: User, found: Victim) -> None:
    client, url = program(officer_psh), f"/api/v1/victims/{found.reference}/proceedings/"
    said = {**SAID, "happened_on": timezone.localdate().isoformat(), "note": "Behind a screen"}
    (row,) = client.post(url, said).json()
    assert (row["kind"], row["note"], row["taken_back_at"]) == ("testified", "Behind a screen", None)
    assert client.post(url, {**said, "amount_riel": 5}).status_code == 400
    assert program(analyst).get(url).json()[0]["note"] is None
    assert program(analyst).post(url, said).status_code == 403
    back = {"id": row["id"], "note": "It was her sister"}
    assert client.post(f"{url}take-back/", {**back, "id": "no"}).status_code == 400
    assert client.post(f"{url}take-back/", back).json()[0]["taken_back_at"] is not None
    assert client.post(f"{url}take-back/", back).status_code == 409


def test_the_pages_cost_the_same_however_much_happened(browser: Any, officer_psh: User, found: Victim) -> None:
    client, costs = browser(officer_psh), []
    client.get("/")
    for n in (1, 20):
        for _time in range(n):
            acted(found, officer_psh)
        costs.append([len(asked(client, path(found, part))) for part in ("", "proceedings/")])
    assert costs[0] == costs[1]
    assert costs[0][0] <= 18, costs

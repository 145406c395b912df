"""The services a person gets, outside a referral too: recorded, seen, taken back with a reason, counted."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import system_user
from complaints.models import Complaint
from core.exceptions import Conflict
from partners.models import Partner
from reports.indicators import REGISTRY, Look, Window
from tests.queries import asked
from victims.models import Care, Victim
from victims.services import decide
from victims.services.assistance import record_service, take_back_care

NURSE = {"service": "medical", "provider_name": "Nurse Sok of the market"}


def path(victim: Victim, part: str = "services/") -> str:
    return f"/victims/{victim.reference}/{part}"


def gone(row: Care) -> Care:
    return Care.objects.get(pk=row.pk)


def test_a_service_nobody_was_referred_to_is_recorded_shown_and_counted(
    browser: Any, officer_psh: User, lan: Victim
) -> None:
    decide(lan, "decide_presumed", by=officer_psh)
    client, today = browser(officer_psh), timezone.localdate()
    assert "No service is recorded yet." in client.get(path(lan, "")).content.decode()
    said = {**NURSE, "from_on": f"{today - timedelta(days=2):%d/%m/%Y}", "note": "A broken wrist"}
    assert client.post(path(lan), said).status_code == 302
    for part in ("", "services/"):
        page = client.get(path(lan, part)).content.decode()
        assert "Medical care" in page
        assert "Nurse Sok of the market" in page
    assert "A broken wrist" in client.get(path(lan)).content.decode()
    look = Look(system_user(), Window(today, today))
    assert REGISTRY["victims_assisted"].figure(look).value == 1


def test_a_partner_of_the_directory_is_chosen_by_its_name(
    browser: Any, officer_psh: User, lan: Victim, shelter: Partner
) -> None:
    client = browser(officer_psh)
    assert "Lotus House" in client.get(path(lan)).content.decode()
    for _press in range(2):  # what still runs at the same partner is the same
        assert client.post(path(lan), {"service": "legal_aid", "provider": shelter.reference}).status_code == 302
    row = Care.objects.get()
    assert (row.provider, row.provider_name, row.given_by) == (shelter, "", "Lotus House")
    assert "Lotus House" in client.get(path(lan, "")).content.decode()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"service": "party"}, "service"),
        ({"provider_name": " "}, "provider_name"),
        ({"provider_name": "x" * 201}, "provider_name"),
        ({"provider": "PT-22222222"}, "provider"),
        ({"provider": "shelter"}, "provider_name"),
        ({"from_on": timezone.localdate() + timedelta(days=2)}, "from_on"),
        ({"until_on": timezone.localdate() - timedelta(days=2)}, "until_on"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    said: dict[str, Any], field: str, officer_psh: User, lan: Victim, shelter: Partner
) -> None:
    if said.get("provider") == "shelter":
        said = {"provider": shelter.reference}
    with pytest.raises(ValidationError) as refused:
        record_service(lan, by=officer_psh, **{**NURSE, **said})
    assert set(refused.value.message_dict) == {field}
    assert not Care.objects.exists()


def test_the_page_keeps_what_was_typed(browser: Any, officer_psh: User, lan: Victim) -> None:
    client = browser(officer_psh)
    answer = client.post(path(lan), {"service": "medical", "note": "A broken wrist"})
    assert answer.status_code == 400
    assert "A broken wrist" in answer.content.decode()
    assert "Say who gives it." in answer.content.decode()


def test_nobody_sought_gets_a_service_and_no_role_that_only_reads_records_one(
    complaint: Complaint, lan: Victim, officer_psh: User, officer_pp: User, analyst: User, browser: Any
) -> None:
    sought = complaint.victims.first()
    with pytest.raises(Conflict):
        record_service(sought, by=officer_psh, **NURSE)
    assert browser(officer_psh).post(path(sought), NURSE).status_code == 409
    with pytest.raises(PermissionDenied):
        record_service(lan, by=analyst, **NURSE)
    assert browser(officer_pp).post(path(lan), NURSE).status_code == 404


def test_it_is_taken_back_with_a_reason_and_stays_readable(browser: Any, officer_psh: User, lan: Victim) -> None:
    row, client = record_service(lan, by=officer_psh, **NURSE), browser(officer_psh)
    back = path(lan, f"services/{row.pk}/")
    assert back in client.get(path(lan)).content.decode()
    assert client.post(back, {"why": " "}).status_code == 400
    assert gone(row).taken_back_at is None
    assert client.post(back, {"why": "Another Lan"}).status_code == 302
    assert (gone(row).taken_back_by, gone(row).taken_back_why) == (officer_psh, "Another Lan")
    page = client.get(path(lan)).content.decode()
    assert "Another Lan" in page
    assert back not in page
    assert "No service is recorded yet." in client.get(path(lan, "")).content.decode()
    assert client.post(back, {"why": "Twice"}).status_code == 409


def test_intake_takes_back_its_own_alone(browser: Any, officer_psh: User, intake: User, lan: Victim) -> None:
    own = record_service(lan, by=intake, **NURSE)
    other = record_service(lan, by=officer_psh, **{**NURSE, "service": "education"})
    client = browser(intake)
    assert client.post(path(lan, f"services/{other.pk}/"), {"why": "No"}).status_code == 403
    with pytest.raises(PermissionDenied):
        take_back_care(lan, other, by=intake, why="No")
    assert client.post(path(lan, f"services/{own.pk}/"), {"why": "Mistaken"}).status_code == 302


def test_coded_readers_see_what_is_done_and_not_by_whom(
    browser: Any, program: Any, officer_psh: User, analyst: User, lan: Victim
) -> None:
    record_service(lan, by=officer_psh, note="A broken wrist", **NURSE)
    page = browser(analyst).get(path(lan, "")).content.decode()
    assert "Medical care" in page
    assert "Nurse Sok" not in page
    (row,) = program(analyst).get(f"/api/v1{path(lan)}").json()
    assert (row["service"], row["given_by"], row["note"]) == ("medical", None, None)


def test_the_api_does_the_same(program: Any, officer_psh: User, lan: Victim, shelter: Partner) -> None:
    client, url = program(officer_psh), f"/api/v1{path(lan)}"
    assert client.post(url, {"service": "medical"}, format="json").status_code == 400
    said = {"service": "legal_aid", "provider": shelter.reference, "until_on": f"{timezone.localdate()}"}
    made = client.post(url, said, format="json")
    assert (made.status_code, made.json()[0]["given_by"]) == (201, "Lotus House")
    row = made.json()[0]
    assert client.post(f"{url}take-back/", {"id": row["id"], "why": ""}, format="json").status_code == 400
    unknown = {"id": "00000000-0000-4000-8000-000000000000", "why": "Mistaken"}
    assert client.post(f"{url}take-back/", unknown, format="json").status_code == 400
    back = client.post(f"{url}take-back/", {"id": row["id"], "why": "Mistaken"}, format="json")
    assert (back.status_code, back.json()[0]["taken_back_why"]) == (200, "Mistaken")
    assert client.post(f"{url}take-back/", {"id": row["id"], "why": "Mistaken"}, format="json").status_code == 409
    assert client.get(url).json()[0]["taken_back_at"]


def test_the_page_of_a_person_costs_the_same_however_many_services(
    browser: Any, officer_psh: User, lan: Victim, shelter: Partner
) -> None:
    client, costs = browser(officer_psh), []
    client.get("/")
    for services in (["medical"], ["education", "vocational", "financial", "interpreter"]):
        for service in services:
            record_service(lan, by=officer_psh, service=service, provider=shelter.reference)
        costs.append([len(asked(client, path(lan, part))) for part in ("", "services/")])
    assert costs[0] == costs[1]


def test_psql_changes_no_giver_and_no_taking_back(officer_psh: User, lan: Victim) -> None:
    row = record_service(lan, by=officer_psh, **NURSE)
    take_back_care(lan, row, by=officer_psh, why="Mistaken")
    for column, value in (("provider_name", "Boss"), ("taken_back_at", None), ("taken_back_why", "Paid")):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE victims_care SET {column} = %s WHERE id = %s", [value, row.pk])


def test_a_last_day_lies_no_further_ahead_than_a_year(
    browser: Any, program: Any, officer_psh: User, lan: Victim
) -> None:
    today = timezone.localdate()
    for wrong in (today.replace(year=9998), today + timedelta(days=367)):
        with pytest.raises(ValidationError) as error:
            record_service(lan, by=officer_psh, until_on=wrong, **NURSE)
        assert list(error.value.message_dict) == ["until_on"]
    page = browser(officer_psh).post(path(lan), NURSE | {"until_on": "31/12/2099"})
    assert page.status_code == 400
    assert "too far ahead" in page.content.decode()
    assert record_service(lan, by=officer_psh, until_on=today + timedelta(days=90), **NURSE).until_on
    running = record_service(lan, by=officer_psh, service="legal_aid", provider_name="Sok")
    with pytest.raises(ValidationError):  # nor of what goes on already
        record_service(lan, by=officer_psh, service="legal_aid", provider_name="Sok", until_on=today.replace(year=9998))
    assert gone(running).until_on is None


def test_a_program_that_sends_a_service_twice_records_one(program: Any, officer_psh: User, lan: Victim) -> None:
    said = NURSE | {"until_on": f"{timezone.localdate()}"}
    for _time in range(2):
        api = f"/api/v1/victims/{lan.reference}/services/"
        assert program(officer_psh).post(api, said, headers={"idempotency-key": "k-1"}).status_code == 201
    assert Care.objects.count() == 1

"""Complaints through the API: list, show, register, correct, step."""

from typing import Any

import pytest

from complaints.models import Complaint, Reporter
from core.sealed import open_sealed
from tests.api import COMPLAINTS, SAID, VICTIMS
from victims.models import Victim

pytestmark = pytest.mark.django_db
LEDGER = {
    "reported": 3,
    "rescued": 0,
    "left_on_own": 0,
    "declined": 0,
    "not_found": 0,
    "deceased": 0,
    "sought": 3,
    "found_unreported": 0,
}


def test_a_list_shows_the_rows_of_ones_branch(program: Any, officer_psh: Any, complaint: Complaint) -> None:
    answer = program(officer_psh).get(COMPLAINTS)
    assert answer.status_code == 200
    assert set(answer.json()) == {"next", "previous", "results"}
    (row,) = answer.json()["results"]
    assert row["reference"] == complaint.reference
    assert row["status"] == "new"
    assert row["ledger"] == LEDGER
    assert row["available_steps"][0] == {"step": "acknowledge", "label": "Acknowledge", "asks": []}
    assert row["number_reported"] == {"low": 2, "likely": 3, "high": 9}
    assert row["reporter"] == {"relation": "family"}
    assert row["headline"] == "Held on the sixth floor"
    assert row["received_at"].endswith("+07:00")


def test_a_complaint_is_shown_by_its_reference_with_its_people(program: Any, officer_psh: Any, complaint: Any) -> None:
    row = program(officer_psh).get(f"{COMPLAINTS}{complaint.reference}/").json()
    assert row["narrative"] == "Held on the sixth floor."
    named, unnamed = sorted(row["people"], key=lambda person: person["names"], reverse=True)
    assert (named["names"], named["is_child"]) == (["Nguyễn Thị Lan"], True)
    assert (unnamed["names"], unnamed["is_child"]) == ([], False)


def test_the_reporter_is_never_shown(program: Any, officer_psh: Any, intake: Any, complaint: Complaint) -> None:
    for user in (officer_psh, intake):
        for path in (COMPLAINTS, f"{COMPLAINTS}{complaint.reference}/", f"{VICTIMS}?complaint={complaint.reference}"):
            text = program(user).get(path).content.decode()
            assert "Bình" not in text
            assert "345 678" not in text
            assert "12345678" not in text


def test_an_analyst_reads_coded_data_only(program: Any, analyst: Any, complaint: Complaint) -> None:
    client = program(analyst)
    row = client.get(f"{COMPLAINTS}{complaint.reference}/").json()
    assert (row["narrative"], row["headline"], row["exact_spot"]) == (None, None, None)
    assert row["ledger"] == LEDGER
    assert row["available_steps"] == []
    people = client.get(VICTIMS).json()["results"]
    assert [(person["names"], person["place"]) for person in people] == [([], None), ([], None)]
    assert "Lan" not in client.get(f"{COMPLAINTS}{complaint.reference}/").content.decode()


@pytest.mark.parametrize("role", ["admin", "partner"])
@pytest.mark.parametrize("path", [COMPLAINTS, VICTIMS, f"{COMPLAINTS}KH-2022-222222/", f"{VICTIMS}V-22222222/"])
def test_administrators_and_partners_are_refused(program: Any, cast: Any, role: str, path: str) -> None:
    assert program(cast[role]).get(path).status_code == 403


def test_a_stranger_gets_401(program: Any, complaint: Complaint) -> None:
    for path in (COMPLAINTS, VICTIMS, f"{COMPLAINTS}{complaint.reference}/"):
        answer = program().get(path)
        assert answer.status_code == 401
        assert list(answer.json()) == ["detail"]
    assert program().post(COMPLAINTS, SAID).status_code == 401


@pytest.mark.parametrize(
    ("method", "tail", "body"),
    [
        ("get", "", None),
        ("patch", "", {"version": 1, "urgency": "high"}),
        ("post", "steps/", {"step": "acknowledge"}),
        ("post", "people/", {"name": "A"}),
    ],
)
@pytest.mark.parametrize("hidden", ["province", "national_led", "sealed"])
def test_what_is_out_of_scope_answers_as_what_does_not_exist(
    program: Any, officer_pp: Any, registered: Any, method: str, tail: str, body: Any, hidden: str
) -> None:
    said = {"province": {}, "national_led": {"handling": "national_led"}, "sealed": {"handling": "sealed"}}[hidden]
    row = registered(**{"province_of_incident": "18" if hidden == "province" else "12", **said})
    client = program(officer_pp)
    seen = getattr(client, method)(f"{COMPLAINTS}{row.reference}/{tail}", body)
    none = getattr(client, method)(f"{COMPLAINTS}KH-2022-222222/{tail}", body)
    assert (seen.status_code, seen.content) == (none.status_code, none.content)
    assert seen.status_code == 404
    row.refresh_from_db()
    assert (row.status, row.version, row.victims.count()) == ("new", 1, 0)


def test_registering_answers_201_and_the_complaint(program: Any, intake: Any) -> None:
    body = {
        **SAID,
        "received_at": "2022-09-28T08:15:00+07:00",
        "province_of_report": "12",
        "province_of_incident": "18",
        "district": "1801",
        "forms": ["forced_labour", "ForcedCriminalityOther"],
        "number_reported": {"low": 7, "likely": 9, "high": None},
        "urgency": "immediate",
        "reporter": {"name": "Sok Dara", "phone": "០១២ ៣៤៥ ៦៧៨", "relation": "family", "safe_contact": "Call at noon"},
        "people": [{"name": "Lê Quốc Bảo", "sex": "male", "age": 22, "nationality": "vn"}, {}],
    }
    answer = program(intake).post(COMPLAINTS, body)
    assert answer.status_code == 201, answer.content
    row = answer.json()
    assert row["status"] == "new"
    assert row["province"] == "18"
    assert row["handling"] == "provincial"
    assert row["ledger"]["reported"] == 9
    assert row["forms"] == ["forced_labour", "forced_criminality_other"]
    assert {person["nationality"] for person in row["people"]} == {"VN", None}
    reporter = Reporter.objects.get(contact__complaint__reference=row["reference"])
    assert open_sealed(reporter, "phone") == "012 345 678"
    assert open_sealed(reporter, "safe_contact") == '{"way": "Call at noon"}'


def test_two_fields_are_enough(program: Any, intake: Any) -> None:
    row = program(intake).post(COMPLAINTS, SAID).json()
    assert row["province"] == "00"
    assert row["number_reported"] is None
    assert row["reporter"] is None
    assert row["ledger"]["reported"] == 0


def test_nulls_are_what_was_not_said(program: Any, intake: Any) -> None:
    names = (
        "received_at",
        "province_of_report",
        "district",
        "site",
        "forms",
        "number_reported",
        "urgency",
        "reporter",
        "people",
    )
    answer = program(intake).post(COMPLAINTS, {**SAID, **dict.fromkeys(names)})
    assert answer.status_code == 201, answer.content
    assert answer.json()["urgency"] == "normal"


def test_who_registers_for_another_province_gets_the_reference_only(
    program: Any, officer_pp: Any, officer_psh: Any
) -> None:
    body = {**SAID, "province_of_incident": "18"}
    client = program(officer_pp)
    made = client.post(COMPLAINTS, body, headers={"Idempotency-Key": "k"})
    assert made.status_code == 201
    assert list(made.json()) == ["reference"]
    assert client.post(COMPLAINTS, body, headers={"Idempotency-Key": "k"}).json() == made.json()
    assert client.get(f"{COMPLAINTS}{made.json()['reference']}/").status_code == 404
    assert program(officer_psh).get(f"{COMPLAINTS}{made.json()['reference']}/").status_code == 200


def test_the_same_key_makes_one_complaint(program: Any, intake: Any) -> None:
    client = program(intake)
    first = client.post(COMPLAINTS, SAID, headers={"Idempotency-Key": "receipt-1"})
    again = client.post(COMPLAINTS, SAID, headers={"Idempotency-Key": "receipt-1"})
    other = client.post(COMPLAINTS, {**SAID, "urgency": "high"}, headers={"Idempotency-Key": "receipt-1"})
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.json() == again.json()
    assert list(other.json()) == ["detail"]
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("name", ["status", "province", "created_by", "logged_by", "reference", "officer", "version"])
def test_hidden_fields_are_refused_by_name(program: Any, intake: Any, name: str) -> None:
    answer = program(intake).post(COMPLAINTS, {**SAID, name: "closed"})
    assert answer.status_code == 400
    assert list(answer.json()) == [name]
    assert not Complaint.objects.exists()


def test_an_officer_acknowledges(program: Any, officer_psh: Any, complaint: Complaint) -> None:
    client = program(officer_psh)
    answer = client.post(f"{COMPLAINTS}{complaint.reference}/steps/", {"step": "acknowledge", "note": "On my way."})
    assert answer.status_code == 200, answer.content
    assert answer.json()["status"] == "acknowledged"
    assert answer.json()["officer"] == "officer.psh"
    assert [step["step"] for step in answer.json()["available_steps"]] == ["start_verification"]


def test_a_step_needs_its_permission_and_its_state(program: Any, officer_psh: Any, intake: Any, complaint: Any) -> None:
    path = f"{COMPLAINTS}{complaint.reference}/steps/"
    assert program(intake).post(path, {"step": "acknowledge"}).status_code == 403
    assert program(officer_psh).post(path, {"step": "start_verification"}).status_code == 409
    assert program(officer_psh).post(path, {"step": "vanish"}).json()["step"]
    assert program(officer_psh).post(path, {}).json() == {"step": ["This field is required."]}
    complaint.refresh_from_db()
    assert complaint.status == "new"


@pytest.mark.parametrize("name", ["by", "effect", "obj", "workflow", "status", "officer"])
def test_a_step_takes_no_hidden_word(program: Any, officer_psh: Any, complaint: Complaint, name: str) -> None:
    path = f"{COMPLAINTS}{complaint.reference}/steps/"
    answer = program(officer_psh).post(path, {"step": "acknowledge", name: "x"})
    assert (answer.status_code, list(answer.json())) == (400, [name])


def test_answers_are_checked_by_field(program: Any, intake: Any, registered: Any) -> None:
    row = registered(province_of_incident="")
    path = f"{COMPLAINTS}{row.reference}/steps/"
    client = program(intake)
    assert client.post(path, {"step": "assign"}).json() == {"province": ["Answer this question."]}
    assert client.post(path, {"step": "assign", "province": ["18"]}).json() == {
        "province": ["Choose one of the answers."]
    }
    assert client.post(path, {"step": "assign", "province": "99"}).status_code == 400
    answer = client.post(path, {"step": "assign", "province": "18"})
    assert answer.json()["province"] == "18"


def test_a_step_with_a_key_is_taken_once(program: Any, officer_psh: Any, complaint: Complaint) -> None:
    client, path = program(officer_psh), f"{COMPLAINTS}{complaint.reference}/steps/"
    key = {"Idempotency-Key": "tap-tap"}
    answers = [client.post(path, {"step": "acknowledge"}, headers=key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert client.post(path, {"step": "acknowledge"}).status_code == 409
    assert client.post(path, {"step": "start_verification"}, headers=key).status_code == 422


def test_facts_are_corrected_under_a_version(program: Any, officer_psh: Any, complaint: Complaint) -> None:
    client, path = program(officer_psh), f"{COMPLAINTS}{complaint.reference}/"
    changes = {"exact_spot": "Floor 6", "urgency": "high", "district": "1801", "number_reported": 5}
    answer = client.patch(path, {"version": 1, **changes})
    assert answer.status_code == 200, answer.content
    row = answer.json()
    assert (row["exact_spot"], row["urgency"], row["district"], row["version"]) == ("Floor 6", "high", "1801", 2)
    assert row["ledger"]["reported"] == 5
    stale = client.patch(path, {"version": 1, "exact_spot": "Floor 7"})
    assert stale.status_code == 409
    assert stale.json()["theirs"] == {"exact_spot": "Floor 6"}
    assert client.patch(path, {"exact_spot": "Floor 7"}).json() == {"version": ["This field is required."]}
    assert client.patch(path, {"version": 2, "number_reported": 4}).status_code == 400
    assert client.patch(path, {"version": 2, "status": "closed"}).json() == {"status": ["This cannot be sent here."]}
    assert client.patch(path, {"version": 2, "district": "1201"}).status_code == 400
    assert client.patch(path, {"version": 2, "site": "ST-NONE"}).json() == {"site": ["This place is not known."]}


def test_an_analyst_corrects_nothing(program: Any, analyst: Any, complaint: Complaint) -> None:
    path = f"{COMPLAINTS}{complaint.reference}/"
    assert program(analyst).patch(path, {"version": 1, "urgency": "high"}).status_code == 403
    assert program(analyst).post(f"{path}people/", {"name": "A"}).status_code == 403
    assert program(analyst).post(COMPLAINTS, SAID).status_code == 403


def test_other_methods_are_not_allowed(program: Any, supervisor: Any, complaint: Complaint) -> None:
    client, path = program(supervisor), f"{COMPLAINTS}{complaint.reference}/"
    assert client.put(path, SAID).status_code == 405
    assert client.delete(path).status_code == 405
    assert client.delete(COMPLAINTS).status_code == 405
    assert client.get(f"{path}steps/").status_code == 405


def test_people_are_added_beyond_the_number_and_once_per_key(
    program: Any, officer_psh: Any, complaint: Complaint
) -> None:
    client, path = program(officer_psh), f"{COMPLAINTS}{complaint.reference}/people/"
    key = {"Idempotency-Key": "third"}
    made = [client.post(path, {"name": "សុខ ដារ៉ា", "nationality": "KH"}, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    assert made[0].json()["names"] == ["សុខ ដារ៉ា"]
    assert made[0].json()["complaint"] == complaint.reference
    assert client.post(path, {}).status_code == 201
    complaint.refresh_from_db()
    assert (complaint.n_people, complaint.number_reported) == (4, 4)
    assert client.post(path, {"age": 400}).json()["age"]
    assert client.post(path, {"nationality": "ZZ"}).status_code == 400
    assert Victim.objects.count() == 4

"""A program enters a list of names as the page does: all of it or nothing, once for its key, with errors by row and column."""

from collections.abc import Callable
from typing import Any

from rest_framework.test import APIClient

from accounts.models import User
from complaints.models import Complaint, Contact, NameList
from notifications.models import Notification
from partners.models import Partner
from tests.complaints.listing import sought
from victims.models import Victim

Program = Callable[..., APIClient]
ROWS = [
    {"name": "Ratna Dewi", "sex": "F", "age": 23, "nationality": "ID", "place": "Sihanoukville", "passport": "X100200"},
    {"name": "Budi Santoso", "sex": "M", "born": "1995-04-03", "nationality": "Indonesia", "place": "Sihanoukville"},
    {"name": "Agus Salim", "other_name": "Agus S.", "sex": "M", "age": 16, "nationality": "ID"},
]
PLACES = [{"place": "Sihanoukville", "province": "18"}]


def send(client: APIClient, contact: Contact, key: str = "list-key-1", part: str = "", **said: Any) -> Any:
    body = {"rows": ROWS, **({} if part else {"places": PLACES}), **said}
    url = f"/api/v1/contacts/{contact.reference}/names/{part}"
    return client.post(url, body, format="json", headers={"idempotency-key": key})


def test_a_list_is_entered_once_for_its_key(contact: Contact, intake: User, sender: Partner, program: Program) -> None:
    client = program(intake)
    first, again = (send(client, contact, partner=sender.reference) for _sent in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.json()["partner"] == sender.reference
    assert first.json()["names"][2] == {"line": 3, "name": "Agus Salim, Agus S.", "state": "received"}
    assert (NameList.objects.count(), Victim.objects.count()) == (1, 3)
    assert {row.province_id: row.n_people for row in Complaint.objects.all()} == {"18": 2, "00": 1}
    other = [{**ROWS[0], "age": 24}, *ROWS[1:]]
    assert send(client, contact, partner=sender.reference, rows=other).status_code == 422
    assert send(client, contact, key="list-key-2").status_code == 409
    assert Victim.objects.count() == 3


def test_what_is_wrong_is_said_by_row_and_column_and_nothing_is_half_entered(
    contact: Contact, intake: User, program: Program
) -> None:
    client = program(intake)
    for rows, fields in (
        ([ROWS[0], {**ROWS[1], "sex": "Q", "born": "2200-01-01"}], {"rows.1.sex", "rows.1.born"}),
        ([ROWS[0], {**ROWS[1], "nationality": "Nowhere", "passport": "1"}], {"rows.1.nationality", "rows.1.passport"}),
        ([ROWS[0], ROWS[2], ROWS[0]], {"rows.2.name"}),
        ([ROWS[0], {"sex": "M"}], {"rows.1.name"}),
        ([ROWS[0], {**ROWS[1], "age": 200, "colour": "red"}], {"rows.1.age", "rows.1.colour"}),
        ([ROWS[0], {**ROWS[1], "known": "V-NOBODY"}], {"rows.1.known"}),
        ([], {"rows"}),
    ):
        answer = send(client, contact, rows=rows)
        assert answer.status_code == 400
        assert answer.json().keys() <= fields, answer.json()
    for said, field in (
        ({"places": [{"place": "Poipet", "province": "01"}]}, "places.0.place"),
        ({"places": [PLACES[0], PLACES[0]]}, "places.1.place"),
        ({"places": [{"place": "Sihanoukville", "province": "99"}]}, "places"),
        ({"places": [{"place": "Sihanoukville", "complaint": "KH-2022-222222"}]}, "places"),
        ({"partner": "P-NOBODY"}, "partner"),
    ):
        answer = send(client, contact, **said)
        assert (answer.status_code, set(answer.json())) == (400, {field})
    contact.refresh_from_db()
    assert (contact.status, Victim.objects.count(), Complaint.objects.count()) == ("waiting", 0, 0)


def test_who_each_may_be_is_proposed_and_who_is_chosen_is_asked_for(
    contact: Contact, intake: User, officer_psh: User, complaint: Complaint, program: Program
) -> None:
    known, name = sought(complaint)
    client, rows = program(intake), [{**ROWS[0], "name": name, "nationality": "VN", "passport": ""}, *ROWS[1:]]
    found = send(client, contact, part="likely/", rows=[{**row, "age": None} for row in rows])
    assert found.status_code == 200
    assert found.json()["rows"][0]["likely"][0]["person"] == known.reference
    assert found.json()["rows"][1]["likely"] == []
    assert found.json()["places"][0] == {"place": "Sihanoukville", "names": 2, "province": "18"}
    assert not NameList.objects.exists()
    rows[0]["known"] = known.reference.lower()
    assert send(client, contact, rows=rows).status_code == 201
    assert NameList.objects.get().names.first().victim == known
    assert Notification.objects.filter(kind="names_asked", recipient=officer_psh).exists()


def test_only_who_enters_names_on_the_page_does(
    contact: Contact, officer_psh: User, analyst: User, integrity: User, partner: User, program: Program
) -> None:
    for user in (officer_psh, analyst, integrity, partner):
        for part in ("", "likely/"):
            assert send(program(user), contact, part=part).status_code == 403
    assert not NameList.objects.exists()

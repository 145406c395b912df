"""Case files by a program: the same refusals, the same rows and the same walls as on the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from audit.models import AuditEvent
from suspects.models import Article, CaseFile, Suspect
from tests.suspects.test_case_files import file_of

URL = "/api/v1/case-files/"
SAID = {
    "police_number": "112/2022",
    "unit": "Office",
    "opened_on": "2022-09-29",
    "court": "C18",
    "articles": ["L08-10"],
}
Program = Callable[..., APIClient]


@pytest.fixture
def client(program: Program, officer_psh: User) -> APIClient:
    return program(officer_psh)


def opened(client: APIClient, **said: Any) -> Any:
    return client.post(URL, SAID | said, format="json")


def test_a_file_is_opened_as_on_the_page(client: APIClient, browser: Any, officer_psh: User, suspect: Suspect) -> None:
    answer = opened(client, holds=suspect.reference)
    assert answer.status_code == 201
    assert (answer.json()["suspects"], answer.json()["articles"]) == ([suspect.reference], ["L08-10"])
    file_of(browser, officer_psh)
    one, other = CaseFile.objects.order_by("reference").all()
    for name in ("police_number", "unit", "opened_on", "court_id", "province_id", "handling", "opened_by_id"):
        assert getattr(one, name) == getattr(other, name)
    assert AuditEvent.objects.filter(verb="casefile.open").count() == 2


def test_the_same_key_opens_one_file(client: APIClient) -> None:
    keyed = {"headers": {"idempotency-key": "file-000001"}, "format": "json"}
    first, again = (client.post(URL, SAID, **keyed) for _ in range(2))
    assert first.json()["reference"] == again.json()["reference"]
    assert client.post(URL, {**SAID, "unit": "Another"}, **keyed).status_code == 422
    Article.objects.filter(code="L08-10").update(retired=True)
    assert client.post(URL, SAID, **keyed).json()["reference"] == first.json()["reference"]
    assert CaseFile.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"police_number": ""}, "police_number"),
        ({"articles": ["L99-1"]}, "articles"),
        ({"opened_on": "2099-01-01"}, "opened_on"),
        ({"court": "X"}, "court"),
        ({"closed_on": "2022-09-01"}, "closed_on"),
        ({"holds": "KH-2022-222222"}, "holds"),
        ({"province": "12"}, "province"),
    ],
)
def test_what_is_wrong_is_refused_by_field(client: APIClient, said: dict[str, Any], field: str) -> None:
    answer = opened(client, **said)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not CaseFile.objects.exists()


def test_a_change_keeps_what_is_not_named_and_needs_the_version(client: APIClient) -> None:
    file = opened(client).json()
    Article.objects.filter(code="L08-10").update(retired=True)
    path = f"{URL}{file['reference']}/"
    changed = client.patch(path, {"version": file["version"], "court_number": "7/2022"}, format="json").json()
    assert (changed["court_number"], changed["unit"], changed["articles"]) == ("7/2022", "Office", ["L08-10"])
    stale = client.patch(path, {"version": file["version"], "unit": "Mine"}, format="json")
    assert stale.status_code == 409
    assert client.patch(path, {"unit": "Mine"}, format="json").status_code == 400
    assert (
        client.patch(path, {"version": changed["version"], "articles": ["L08-08", "L08-10"]}, format="json").status_code
        == 200
    )


def test_parts_are_joined_and_taken_out_once(
    client: APIClient, suspect: Suspect, registered: Any, program: Program, officer_pp: User
) -> None:
    path = f"{URL}{opened(client).json()['reference']}/parts/"
    for _ in range(2):
        joined = client.post(path, {"reference": suspect.reference}, format="json")
        assert joined.json()["suspects"] == [suspect.reference]
    elsewhere = registered(province_of_incident="12")
    assert client.post(path, {"reference": elsewhere.reference}, format="json").status_code == 400
    assert program(officer_pp).post(path, {"reference": elsewhere.reference}, format="json").status_code == 404
    keyed = {"headers": {"idempotency-key": "part-000001"}, "format": "json"}
    assert client.post(path, {"reference": suspect.reference}, **keyed).status_code == 200
    assert client.post(path, {"reference": suspect.complaint.reference}, **keyed).status_code == 422
    out = client.post(path, {"reference": suspect.reference, "take_out": True}, format="json")
    assert out.json()["suspects"] == []


def test_a_stricter_part_takes_the_file_away(
    client: APIClient, program: Program, supervisor: User, registered: Any
) -> None:
    reference = opened(client).json()["reference"]
    led = registered(not_local_police=True)
    joined = program(supervisor).post(f"{URL}{reference}/parts/", {"reference": led.reference}, format="json")
    assert (joined.status_code, joined.json()["handling"]) == (200, "national_led")
    assert client.get(f"{URL}{reference}/").status_code == 404


def test_another_provinces_court_answers_the_reference_alone(client: APIClient) -> None:
    answer = opened(client, court="C12")
    assert (answer.status_code, list(answer.json())) == (201, ["reference"])


def test_who_may_not_write_is_refused(program: Program, analyst: User, intake: User) -> None:
    assert opened(program(analyst)).status_code == 403
    assert opened(program(intake)).status_code == 403

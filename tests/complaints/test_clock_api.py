"""The clocks by a program: the same hours, the same refusals and the same audit as on the administrator's page."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Deadline, Holiday, OfficeHours

URL = "/api/v1/clocks/"
Program = Callable[..., APIClient]


@pytest.fixture
def client(program: Program, admin: User) -> APIClient:
    return program(admin)


def test_hours_are_read_and_changed_under_their_version(client: APIClient) -> None:
    now = client.get(URL).json()
    assert len(now["deadlines"]) == Deadline.objects.count()
    assert len(now["office_hours"]) == OfficeHours.objects.count()
    said = {"version": now["version"], "deadlines": [{"stage": "acknowledge", "urgency": "high", "hours": 5}]}
    changed = client.patch(URL, said, format="json")
    assert changed.status_code == 200, changed.content
    assert Deadline.objects.get(stage="acknowledge", urgency="high").hours == 5
    assert changed.json()["office_hours"] == now["office_hours"]
    assert client.patch(URL, said, format="json").status_code == 409
    assert AuditEvent.objects.filter(verb="clock.change").count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"deadlines": [{"stage": "acknowledge", "urgency": "high", "hours": 0}]},
        {"deadlines": [{"stage": "sleep", "urgency": "high", "hours": 5}]},
        {"office_hours": []},
        {"office_hours": [{"weekday": 0, "opens": "11:00", "closes": "07:00"}]},
        {"office_hours": [{"weekday": 9, "opens": "07:00", "closes": "11:00"}]},
        {"limits": [{"name": "digest_minute", "number": 1440}]},
        {"limits": [{"name": "attempts", "number": 1}]},
        {"colour": "red"},
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_changed(client: APIClient, said: dict[str, Any]) -> None:
    version = client.get(URL).json()["version"]
    assert client.patch(URL, {"version": version, **said}, format="json").status_code == 400
    assert client.get(URL).json()["version"] == version


def test_holidays_are_added_checked_and_taken_away(client: APIClient) -> None:
    said = {"on": "2027-12-30", "name_km": "ថ្ងៃឈប់សម្រាក", "name_en": "A holiday"}
    address = f"{URL}holidays/"
    assert client.post(address, said, format="json").status_code == 201
    assert client.post(address, said, format="json").status_code == 400
    one = client.patch(f"{address}2027-12-30/", {"is_checked": True}, format="json").json()
    assert (one["is_checked"], one["name_en"]) == (True, "A holiday")
    listed = client.get(address, {"year": "2027"}).json()["results"]
    assert listed[-1] == one
    assert {row["on"][:4] for row in listed} == {"2027"}
    assert client.get(address, {"year": "many"}).status_code == 400
    assert client.delete(f"{address}2027-12-30/").status_code == 204
    assert client.delete(f"{address}2027-12-30/").status_code == 404
    assert client.delete(f"{address}no-day/").status_code == 404
    assert not Holiday.objects.filter(on="2027-12-30").exists()


def test_nobody_else_reads_or_writes_them(program: Program, supervisor: User) -> None:
    assert program(supervisor).get(URL).status_code == 403
    assert program(supervisor).patch(URL, {"version": "x"}, format="json").status_code == 403
    assert program(supervisor).get(f"{URL}holidays/").status_code == 403

"""Several complaints of the ministry's tray to one province: looked at first, each by its own step."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from complaints.models import Complaint
from complaints.services import advance
from complaints.services.assigning import MOST, assign_many, preview
from notifications.models import Notification
from workflow.models import Transition

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db
URL = "/complaints/assign/"


@pytest.fixture
def tray(registered: Any) -> list[Complaint]:
    """Three complaints whose province nobody knows yet."""
    return [registered(province_of_incident="") for _ in range(3)]


def references(rows: list[Complaint]) -> list[str]:
    return [row.reference for row in rows]


def test_each_goes_by_its_own_step_and_who_is_on_duty_is_told(
    tray: list[Complaint], intake: User, officer_psh: User
) -> None:
    done = assign_many(references(tray), by=intake, province="18")
    assert [(row.reference, row.fits, row.done) for row in done] == [(row.reference, True, True) for row in tray]
    assert set(Complaint.objects.filter(pk__in=[row.pk for row in tray]).values_list("province_id", flat=True)) == {
        "18"
    }
    assert Transition.objects.filter(step="assign", by=intake).count() == 3
    told = Notification.objects.filter(kind="complaint_assigned", recipient=officer_psh, channel="in_app")
    assert told.count() == 3


def test_pressed_twice_it_is_done_once(tray: list[Complaint], intake: User) -> None:
    assign_many(references(tray), by=intake, province="18")
    again = assign_many(references(tray), by=intake, province="18")
    assert [(row.fits, row.done) for row in again] == [(False, True)] * 3
    assert Transition.objects.filter(step="assign").count() == 3
    other = assign_many(references(tray), by=intake, province="12")
    assert [(row.fits, row.done) for row in other] == [(False, False)] * 3


def test_what_cannot_be_assigned_says_why_and_holds_up_no_other(
    tray: list[Complaint], intake: User, officer_psh: User, supervisor: User, registered: Any
) -> None:
    taken = advance(registered(), "acknowledge", by=officer_psh)
    there = registered()
    sealed = advance(registered(province_of_incident=""), "seal", by=supervisor, note="An official is named.")
    keys = [tray[0].reference, taken.reference, there.reference, sealed.reference, "KH-2022-222222", "'; --"]
    looked = preview([*keys, keys[0].lower()], by=intake, province="18")
    assert [row.fits for row in looked] == [True, False, False, False, False, False]
    assert "acknowledged" in looked[1].why
    assert "responsible already" in looked[2].why
    assert looked[3].why == looked[4].why == looked[5].why
    assert looked[3].complaint is None
    assert [row.done for row in assign_many(keys, by=intake, province="18")] == [True, *[False] * 5]


def test_who_may_not_assign_and_what_is_no_province(tray: list[Complaint], intake: User, officer_psh: User) -> None:
    with pytest.raises(PermissionDenied):
        assign_many(references(tray), by=officer_psh, province="18")
    for keys, province in ((references(tray), "00"), (references(tray), ""), ([], "18"), (["x"] * 2, "99")):
        with pytest.raises(ValidationError):
            preview(keys, by=intake, province=province)
    with pytest.raises(ValidationError):
        preview([f"KH-2022-{n}" for n in range(MOST + 1)], by=intake, province="18")


def test_looking_costs_the_same_however_many(tray: list[Complaint], intake: User, registered: Any) -> None:
    costs = []
    for rows in (tray[:1], [*tray, *(registered(province_of_incident="") for _ in range(9))]):
        with CaptureQueriesContext(connection) as found:
            preview(references(rows), by=intake, province="18")
        costs.append(len(found))
    assert costs[0] == costs[1], costs


def test_the_list_offers_it_for_what_waits_and_the_pages_do_it(
    tray: list[Complaint], intake: User, officer_psh: User, registered: Any, browser: Browser
) -> None:
    there, client = registered(), browser(intake)
    page = client.get("/complaints/").content.decode()
    for row in tray:
        assert f'name="reference" value="{row.reference}" form="assign"' in page
    assert f'value="{there.reference}" form="assign"' not in page
    assert 'form="assign"' not in browser(officer_psh).get("/complaints/").content.decode()
    waits = client.get("/complaints/?tray=1").content.decode()
    assert there.reference not in waits
    assert tray[0].reference in waits
    said = {"reference": references(tray), "province": ""}
    answer = client.get(URL, said)
    assert answer.status_code == 400
    assert all(row.reference in answer.content.decode() for row in tray)
    page = client.get(URL, {**said, "province": "18"}).content.decode()
    assert "3 complaints go to Preah Sihanouk" in page
    assert not Transition.objects.filter(step="assign").exists()
    page = client.post(URL, {**said, "province": "18"}).content.decode()
    assert "3 complaints assigned to Preah Sihanouk" in page
    page = client.post(URL, {**said, "province": "18"}).content.decode()
    assert "3 are not assigned" in page
    assert "You assigned it to this province already." in page
    assert "No complaint is ticked" in client.get(URL).content.decode()


def test_the_api_looks_and_assigns(tray: list[Complaint], intake: User, officer_psh: User, program: Any) -> None:
    client, url = program(intake), "/api/v1/complaints/assign/"
    said = {"references": [*references(tray), "KH-2022-222222"], "province": "18"}
    looked = client.post(url, {**said, "preview": True}, format="json").json()["results"]
    assert [(row["fits"], row["done"]) for row in looked] == [(True, False)] * 3 + [(False, False)]
    done = client.post(url, said, format="json").json()["results"]
    assert [(row["fits"], row["done"]) for row in done] == [(True, True)] * 3 + [(False, False)]
    again = client.post(url, said, format="json").json()["results"]
    assert [row["done"] for row in again] == [True, True, True, False]
    assert client.post(url, {**said, "province": "00"}, format="json").status_code == 400
    assert client.post(url, {"references": [], "province": "18"}, format="json").status_code == 400
    assert program(officer_psh).post(url, said, format="json").status_code == 403

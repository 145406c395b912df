"""Pairs beyond one's sight on their pages and through the API: to whom, both sides and why, decided by the form."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from complaints.models import Complaint
from complaints.said import ReporterSaid
from complaints.services.comparing import sweep
from tests.complaints.test_pairs import HELD, SAME, looked, two

Register = Callable[..., Complaint]


def test_the_page_shows_both_sides_and_why_to_the_supervisor(
    registered: Register, supervisor: User, browser: Any
) -> None:
    one, other = two(registered)
    (pair,) = looked()
    client = browser(supervisor)
    listed, page = client.get("/pairs/").content.decode(), client.get(f"/pairs/{pair.reference}/").content.decode()
    for text in (listed, page):
        assert one.reference in text
        assert other.reference in text
        assert "the same telephone number is written there" in text
    assert "សុខ ចាន់ណា" in page
    assert "Sokh Chana" in page
    assert f"/merges/new/?one={one.reference}&amp;other={other.reference}" in page
    assert "/pairs/" in client.get("/").content.decode()
    assert client.get("/pairs/?state=nothing").status_code == 400


def test_the_integrity_unit_reads_its_own_side_alone(
    registered: Register, integrity: User, browser: Any, program: Any
) -> None:
    reporter = ReporterSaid(name="Bình", phone="012 345 678", relation="family")
    one, sealed = registered(**HELD, reporter=reporter), registered(**SAME, reporter=reporter, handling="sealed")
    (pair,) = looked()
    client = browser(integrity)
    for address in ("/pairs/", f"/pairs/{pair.reference}/", f"/pairs/{pair.reference}/steps/link/"):
        text = client.get(address).content.decode()
        assert sealed.reference in text
        assert one.reference not in text
        assert "Wat Leu" not in text
        assert "the same number called before" not in text
    said = program(integrity).get(f"/api/v1/pairs/{pair.reference}/").json()
    assert {said["one"], said["other"]} == {sealed.reference, None}
    assert "number_called" not in said["codes"]
    assert {step["step"] for step in said["available_steps"]} == {"link", "dismiss"}


def test_a_supervisor_decides_by_the_form_and_by_the_api(
    registered: Register, supervisor: User, browser: Any, program: Any
) -> None:
    two(registered)
    (pair,) = looked()
    client, address = browser(supervisor), f"/pairs/{pair.reference}/steps/dismiss/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"note": ""}).status_code == 400
    assert client.post(address, {"note": "Two brothers"}).status_code == 302
    steps = f"/api/v1/pairs/{pair.reference}/steps/"
    assert program(supervisor).post(steps, {"step": "take_up"}, format="json").json()["state"] == "open"
    sent = {"step": "link", "tell": ["one", "other"]}
    assert program(supervisor).post(steps, sent, format="json").json()["state"] == "linked"
    assert program(supervisor).post(steps, sent, format="json").status_code == 409
    assert program(supervisor).post(steps, {"step": "dismiss", "note": ""}, format="json").status_code == 400
    assert program(supervisor).get("/api/v1/pairs/?state=linked").json()["results"][0]["reference"] == pair.reference
    assert program(supervisor).get("/api/v1/pairs/?province=18").status_code == 400


def test_the_list_asks_the_same_for_1_and_for_12(registered: Register, supervisor: User, browser: Any) -> None:
    client, costs = browser(supervisor), []
    for more in (1, 3):
        for n in range(more):
            registered(**HELD)
            registered(**SAME, province_of_incident=("12", "01", "20")[n])
        sweep()
        client.get("/pairs/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/pairs/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 12

"""Change the facts: only what was touched is sent, and whoever was faster is shown beside."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from complaints.models import Complaint
from complaints.services import change_facts
from workflow.models import Edit

Browser = Callable[..., Client]


@pytest.fixture
def opened(browser: Browser, officer_psh: User, complaint: Complaint) -> tuple[Client, str, dict[str, Any]]:
    """The page as an officer opened it: client, address, and what its form would send."""
    client, url = browser(officer_psh), f"/complaints/{complaint.reference}/facts/"
    form = client.get(url).context["form"]
    first = {f"first-{name}": value for name, value in form.first().items()}
    said = {name: form[name].value() for name in form.NAMES} | {"version": complaint.version}
    return client, url, {**first, **{name: value or "" for name, value in said.items()}}


def test_a_fact_is_changed_and_stands_in_the_history(opened: Any, complaint: Complaint) -> None:
    client, url, said = opened
    assert client.post(url, {**said, "exact_spot": "room 604", "urgency": "high"}).status_code == 302
    complaint.refresh_from_db()
    assert (complaint.exact_spot, complaint.urgency) == ("room 604", "high")
    assert set(Edit.objects.values_list("field", flat=True)) == {"exact_spot", "urgency"}


def test_lowering_the_number_is_refused_with_what_to_do(opened: Any, complaint: Complaint) -> None:
    client, url, said = opened
    answer = client.post(url, {**said, "number_reported": "2", "exact_spot": "room 604"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Lowering the number reported needs a second person." in text
    assert 'value="room 604"' in text


def test_a_stale_page_shows_theirs_and_mine_and_may_be_saved_again(
    opened: Any, complaint: Complaint, supervisor: User
) -> None:
    client, url, said = opened
    change_facts(complaint, by=supervisor, version=complaint.version, changes={"exact_spot": "room 101"})
    answer = client.post(url, {**said, "exact_spot": "room 604"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert f"{supervisor.name} changed this at" in text
    assert "<td>room 101</td><td><b>room 604</b></td>" in text
    again = {**said, "exact_spot": "room 604", "version": answer.context["form"]["version"].value()}
    assert client.post(url, again).status_code == 302
    complaint.refresh_from_db()
    assert complaint.exact_spot == "room 604"


def test_what_was_not_touched_is_not_taken_back(opened: Any, complaint: Complaint, supervisor: User) -> None:
    client, url, said = opened
    changed = change_facts(complaint, by=supervisor, version=complaint.version, changes={"urgency": "high"})
    answer = client.post(url, {**said, "exact_spot": "room 604", "version": changed.version})
    assert answer.status_code == 302
    complaint.refresh_from_db()
    assert (complaint.urgency, complaint.exact_spot) == ("high", "room 604")


def test_a_site_that_is_not_known_is_said_at_its_field(opened: Any) -> None:
    client, url, said = opened
    answer = client.post(url, {**said, "site": "Nowhere Palace"})
    assert answer.status_code == 400
    assert "This site is not known." in answer.content.decode()


def test_hidden_fields_change_nothing_else(opened: Any, complaint: Complaint) -> None:
    client, url, said = opened
    client.post(url, {**said, "status": "closed", "province": "12", "handling": "sealed", "exact_spot": "x"})
    complaint.refresh_from_db()
    assert (complaint.status, complaint.province_id, complaint.handling) == ("new", "18", "provincial")


def test_an_analyst_changes_nothing(browser: Browser, analyst: User, complaint: Complaint) -> None:
    assert browser(analyst).get(f"/complaints/{complaint.reference}/facts/").status_code == 403

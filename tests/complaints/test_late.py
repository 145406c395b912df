"""The page "late and unanswered": five groups, each the same as the list's and the API's filter."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from complaints.models import Complaint
from complaints.said import ReporterSaid
from complaints.services import advance, escalate
from tests.queries import asked

Browser = Callable[..., Client]
Registered = Callable[..., Complaint]
MONDAY = datetime.fromisoformat("2026-03-09T08:00:00+07:00")
LATER = MONDAY + timedelta(days=20)


@pytest.fixture
def groups(registered: Registered, officer_psh: User) -> dict[str, Complaint]:
    """One complaint late in each group, and one of Phnom Penh."""
    with time_machine.travel(MONDAY, tick=False):
        made = {
            "acknowledge": registered(narrative="Nobody took it."),
            "silent": advance(registered(narrative="Nobody did anything."), "acknowledge", by=officer_psh),
            "answer": registered(narrative="She waits.", reporter=ReporterSaid(phone="012 345 678", relation="family")),
        }
        verify, rescue = (
            advance(registered(narrative=words), "acknowledge", by=officer_psh) for words in ("Truth?", "Go.")
        )
        made["verify"] = advance(verify, "start_verification", by=officer_psh, happened_at=MONDAY)
        rescue = advance(rescue, "start_verification", by=officer_psh, happened_at=MONDAY)
        made["rescue"] = advance(rescue, "record_outcome", by=officer_psh, outcome="substantiated", note="Seen.")
        made["pp"] = registered(narrative="In the capital.", province_of_incident="12")
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        made["verify"].refresh_from_db()
    return made


EXPECTED = {
    "acknowledge": {"acknowledge", "answer"},
    "silent": {"silent"},
    "verify": {"silent", "verify"},
    "rescue": {"rescue"},
    "answer": {"answer"},
}


@pytest.mark.parametrize("what", EXPECTED)
def test_page_list_and_api_say_the_same(
    what: str, groups: dict[str, Complaint], browser: Browser, officer_psh: User, program: Callable[..., APIClient]
) -> None:
    wanted = {groups[name].reference for name in EXPECTED[what]}
    with time_machine.travel(LATER, tick=False):
        page = browser(officer_psh).get(f"/complaints/late/?late={what}").content.decode()
        listed = browser(officer_psh).get(f"/complaints/?late={what}").content.decode()
        found = program(officer_psh).get(f"/api/v1/complaints/?late={what}").json()["results"]
    for row in groups.values():
        assert (row.reference in page) == (row.reference in wanted), row.narrative
        assert (row.reference in listed) == (row.reference in wanted), row.narrative
    assert {row["reference"] for row in found} == wanted


def test_a_supervisor_sees_all_provinces_or_one_with_whose_it_is_and_who_was_told(
    groups: dict[str, Complaint], browser: Browser, supervisor: User, officer_psh: User
) -> None:
    escalate(LATER)
    with time_machine.travel(LATER, tick=False):
        client = browser(supervisor)
        page = client.get("/complaints/late/").content.decode()
        assert groups["pp"].reference in page
        assert "the supervisors" in page
        narrowed = client.get("/complaints/late/?late=acknowledge&province=12").content.decode()
        assert groups["pp"].reference in narrowed
        assert groups["acknowledge"].reference not in narrowed
        silent = client.get("/complaints/late/?late=silent").content.decode()
        assert officer_psh.name in silent
        unanswered = client.get("/complaints/late/?late=answer").content.decode()
        assert f"/complaints/{groups['answer'].reference}/answers/" in unanswered
    answers = browser(officer_psh).get("/complaints/late/?late=answer").content.decode()
    assert "/answers/" not in answers


def test_it_asks_little_whatever_its_length(
    registered: Registered, browser: Browser, supervisor: User, groups: dict[str, Complaint]
) -> None:
    client = browser(supervisor)
    costs = []
    client.get("/complaints/late/")
    for n in (0, 60):
        with time_machine.travel(MONDAY, tick=False):
            for _n in range(n):
                registered()
        with time_machine.travel(LATER, tick=False):
            costs.append(len(asked(client, "/complaints/late/?late=acknowledge")))
    assert costs[0] == costs[1] <= 12
    with time_machine.travel(LATER, tick=False):
        assert "cursor=" in client.get("/complaints/late/?late=acknowledge").content.decode()


@pytest.mark.parametrize("query", ["late=nonsense", "province=99", "cursor=x&late=verify", "sort=received"])
def test_what_cannot_be_read_is_refused_in_words(query: str, browser: Browser, supervisor: User) -> None:
    assert browser(supervisor).get(f"/complaints/late/?{query}").status_code == 400

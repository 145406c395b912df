"""The overview: boards of what waits, funnels, sites and times; exactly the records behind every number."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.services import advance
from core.display import today
from reports.dashboard import boards, times, ways
from reports.indicators import REGISTRY, Look, Window
from tests.queries import asked
from tests.reports.links import Links, number_in
from tests.reports.test_situation import number_of
from tests.reports.window import PRESS, WINDOW, Browser, Registered, at, rescued

PAGE = f"/reports/?{PRESS}"


@pytest.mark.parametrize("role", ["supervisor", "officer_psh", "analyst", "integrity", "intake"])
def test_every_link_opens_as_many_records_as_it_says(
    world: None, browser: Browser, request: pytest.FixtureRequest, role: str
) -> None:
    client = browser(request.getfixturevalue(role))
    html = client.get(PAGE).content.decode()
    told = {(url, words) for _section, url, words in Links(html).found if "/indicators/" in url}
    told = {(url, words) for url, words in told if re.search(r"[\d០-៩]", words)}
    assert len(told) > 5 or role == "integrity"
    for url, words in told:
        answer = client.get(url)
        assert answer.status_code == 200, url
        said = answer.context.get("heads")
        assert (number_of(answer, url) if said is None else said) == number_in(words), (url, words)


def test_the_boards_hold_what_waits_today(browser: Browser, supervisor: User, registered: Registered) -> None:
    late = registered()
    Complaint._base_manager.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=3))
    found = rescued(registered(), supervisor, timezone.now() - timedelta(days=4), decision="")
    by_name = {board.name: board for board in boards(supervisor)}
    assert (by_name["late"].n, by_name["unscreened"].n, by_name["held"].n) == (1, 1, 0)
    assert {part.code for part in by_name["late"].parts} == {"acknowledge"}
    page = browser(supervisor).get("/reports/").content.decode()
    assert "Nobody waits" in page
    rows = browser(supervisor).get(by_name["unscreened"].url).content.decode()
    assert found.reference in rows


def test_who_waits_longest_stands_first(supervisor: User, registered: Registered) -> None:
    for days in (1, 12, 40):
        rescued(registered(), supervisor, timezone.now() - timedelta(days=days), decision="")
    (board,) = [board for board in boards(supervisor) if board.name == "unscreened"]
    assert [part.code for part in board.parts] == ["days_090", "days_030", "days_007"]


def test_who_reached_a_step_reached_those_before_it(world: None, supervisor: User) -> None:
    look = Look(supervisor, WINDOW)
    found = dict(zip(("complaints", "suspects"), (bars for _title, bars in ways(look)), strict=True))
    for bars in found.values():
        numbers = [bar.n for bar in bars]
        assert numbers == sorted(numbers, reverse=True)
        assert numbers[0] > numbers[-1]
    assert found["complaints"][0].n == REGISTRY["complaints_received"].figure(look).value
    assert found["suspects"][0].n == REGISTRY["suspects_arrested"].figure(look).value
    rate = REGISTRY["confirmation_rate"].figure(look)
    assert found["complaints"][-1].n == rate.numerator


def test_hours_to_acknowledgement_stand_by_province_the_slowest_first(supervisor: User, registered: Registered) -> None:
    for hours in range(1, 11):
        row = registered(received_at=at(9, 1), province_of_incident="18")
        _acknowledged(row, supervisor, hours)
    _acknowledged(registered(received_at=at(9, 1), province_of_incident="12"), supervisor, 90)
    found = times(Look(supervisor, WINDOW))
    assert [(part.code, part.n, part.typical, part.most) for part in found] == [("12", 1, 90, 90), ("18", 10, 5.5, 9.1)]


def _acknowledged(row: Complaint, by: User, hours: int) -> None:
    done = advance(row, "acknowledge", by=by, happened_at=row.received_at + timedelta(hours=hours))
    assert done.status == "acknowledged"


def test_the_number_of_queries_is_the_same_however_much_there_is(
    world: None, browser: Browser, supervisor: User, registered: Registered
) -> None:
    client = browser(supervisor)
    client.get(PAGE)
    few = len(asked(client, PAGE))
    for _n in range(6):
        registered(received_at=at(9, 2))
    assert len(asked(client, PAGE)) == few
    assert few <= 40


def test_the_window_is_the_last_thirty_days_and_a_wrong_one_is_said(browser: Browser, supervisor: User) -> None:
    page: Any = browser(supervisor).get("/reports/")
    assert page.context["window"] == Window(today() - timedelta(days=29), today())
    wrong = browser(supervisor).get("/reports/?from=31/2/2026&to=x")
    assert wrong.status_code == 400
    assert "31/2/2026" in wrong.content.decode()
    assert "What waits now" in wrong.content.decode()


def test_sites_stand_there_for_who_may_read_them(
    browser: Browser, supervisor: User, officer_psh: User, world: None
) -> None:
    for user in (supervisor, officer_psh):
        shown = "Sites with most open complaints" in browser(user).get(PAGE).content.decode()
        assert shown is (user.may("site.read") and bool(browser(user).get(PAGE).context["hotspots"]))

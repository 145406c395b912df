"""The tables for the public: exact where they may be, small numbers of people hidden, page and API alike."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from complaints.services import advance as advance_complaint
from core.disclosure import Protected
from reports.attacked import attack, attacked
from reports.crossed import counted_by
from reports.figures import parts
from reports.indicators import REGISTRY
from reports.release import CROSSED, crossings_of, national, released
from tests.reports.publishing import released as released_of
from tests.reports.window import PRESS, WINDOW, Browser, Registered, at, rescued

pytestmark = pytest.mark.django_db
MONTHS = "from=2022-08-01&to=2022-09-30"


@pytest.fixture
def rescues(press: Registered, supervisor: User) -> None:
    """Many of one kind and a few of another."""
    complaint = press(province_of_incident="18")
    for n in range(30):
        who = {"nationality": "VN" if n < 26 else "CN", "sex": "male" if n % 2 else "female", "age": 20 + n}
        rescued(complaint, supervisor, at(9, 5), "decide_presumed", **who)


def test_small_numbers_of_people_are_hidden_and_totals_stay_exact(rescues: None, program: Any, analyst: User) -> None:
    answer = program(analyst).get(f"/api/v1/public-tables/?{MONTHS}").json()
    assert answer["smallest_shown"] == 11
    found = {one["name"]: one for one in answer["figures"]}["victims_rescued"]
    assert found["value"] == 30
    nations = next(line for line in found["lines"] if line["dimension"] == "nationality")
    assert {one["code"]: one["n"] for one in nations["counts"]} == {"VN": 26, "CN": 4}
    crossed = next(one for one in found["crossings"] if set(one["dimensions"]) == {"nationality", "sex"})
    assert [row[-1] for row in crossed["numbers"]] in ([26, 4, 30], [15, 15, 30])
    assert all(n is None for row in crossed["numbers"][:-1] for n in row[:-1])


def test_the_page_shows_what_would_be_released(rescues: None, browser: Browser, analyst: User) -> None:
    page = browser(analyst).get(f"/reports/public-tables/?{MONTHS}").content.decode()
    assert "hidden" in page
    assert "30 people" in page
    assert "These are not the country" not in page


def test_a_province_does_not_see_the_nation(rescues: None, browser: Browser, officer_psh: User) -> None:
    assert browser(officer_psh).get("/reports/public-tables/").status_code == 403


def test_a_sealed_complaint_is_the_nations_and_no_provinces(
    press: Registered, program: Any, analyst: User, supervisor: User
) -> None:
    press(province_of_incident="18")
    advance_complaint(press(province_of_incident="18"), "seal", by=supervisor, note="An official is named")
    answer = program(analyst).get(f"/api/v1/public-tables/?{MONTHS}").json()
    found = {one["name"]: one for one in answer["figures"]}["complaints_received"]
    places = next(line for line in found["lines"] if line["dimension"] == "province_of_incident")
    assert found["value"] == 2
    assert {one["code"]: one["n"] for one in places["counts"]} == {"18": 1, "none": 1}


def test_every_crossing_adds_up_with_its_figure_by_one_dimension(full_world: None) -> None:
    look = national(WINDOW)
    for name in CROSSED:
        for table in crossings_of(REGISTRY[name], look):
            for dim in table.dims if table.cells else ():
                split = REGISTRY[name].split(dim)
                one = {part.code: part.n for part in parts(REGISTRY[name], split, look)}
                assert {value: table.nodes[frozenset({(dim, value)})] for value in table.values[dim]} == one


def test_what_is_crossed_adds_up() -> None:
    for name, pairs in CROSSED.items():
        assert all(REGISTRY[name].split(dim).adds_up for pair in pairs for dim in pair)
        assert REGISTRY[name].heads is None


@pytest.mark.parametrize("name", CROSSED)
def test_crossings_of_a_figure_close_no_circle(name: str) -> None:
    joined = {dim: {dim} for pair in CROSSED[name] for dim in pair}
    for one, other in CROSSED[name]:
        assert other not in joined[one], f"{one} × {other} can be reached through the others: they tell of it"
        whole = joined[one] | joined[other]
        joined |= dict.fromkeys(whole, whole)


def test_the_attack_finds_nothing(rescues: None) -> None:
    found = attack(released(national(WINDOW)))
    assert found
    assert not any(one.broken for one in found)
    said = StringIO()
    call_command("check_release", stdout=said)
    assert "safe" in said.getvalue()
    assert "BROKEN" not in said.getvalue()


def test_the_attack_finds_a_table_that_was_not_protected(rescues: None) -> None:
    look = national(WINDOW)
    nation, sex = (REGISTRY["victims_rescued"].split(name) for name in ("nationality", "sex"))
    table = counted_by(REGISTRY["victims_rescued"], (nation, sex), look)
    small = min((at for at, n in table.cells.items() if n), key=lambda at: table.cells[at])
    assert attacked(Protected(table, frozenset({table.node(*small)})), 11).broken


def test_no_day_of_the_nation_stands_alone(
    press: Registered, program: Any, browser: Browser, analyst: User, supervisor: User
) -> None:
    """One's own figures taken from the nation's of a day had shown that a sealed complaint came, and by which channel."""
    advance_complaint(press(province_of_incident="18"), "seal", by=supervisor, note="An official is named")
    now = timezone.localdate()
    running = f"from={now:%Y-%m}-01&to={now}"
    for days in ("from=2022-09-05&to=2022-09-05", "from=2022-08-01&to=2022-09-29", PRESS, running):
        answer = program(analyst).get(f"/api/v1/public-tables/?{days}")
        assert (answer.status_code, "from" in answer.json()) == (400, True), days
        page = browser(supervisor).get(f"/reports/public-tables/?{days}")
        assert (page.status_code, "whole months" in page.content.decode()) == (400, True), days
    released_of(analyst, supervisor)
    assert program(analyst).get(f"/api/v1/public-tables/?{PRESS}").status_code == 200
    assert browser(analyst).get("/reports/public-tables/").status_code == 200
    looked = AuditEvent.objects.filter(detail__page="public tables", detail__to="2022-09-29").get()
    assert looked.detail["from"] == "2022-08-18"

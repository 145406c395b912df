"""The board of returns by embassy, its pages and its sheet: who waits, how long, and who may be named to whom."""

import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models import User
from audit.models import AuditEvent
from notifications.due import numbers_due
from tests.queries import asked
from tests.victims.returns import ASKED, GUARDIAN, WAY, at_step, found, say_yes
from victims.board import count, outward, state_of
from victims.models import Repatriation, RepatriationLimit
from victims.services.consent import name_guardian, record_consent
from victims.services.embassy_sheet import COLUMNS, make_sheet
from victims.services.limits import change_limits
from victims.services.places import record_place
from victims.services.repatriation import advance_return, announce_return, change_needs, record_unwilling

Browser = Callable[..., Client]
SAID = {"country": "VN", "purpose": "notify", "contact": "Desk 4, 023 555 000"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(registered: Any, officer_psh: User) -> Callable[..., Repatriation]:
    """Somebody at a step since some days."""

    def make(status: str = "embassy_notified", days: int = 0, **said: Any) -> Repatriation:
        with time_machine.travel(timezone.now() - timedelta(days=days), tick=False):
            victim = found(registered, officer_psh, **said)
            if victim.is_child:
                name_guardian(victim, by=officer_psh, **GUARDIAN)
            return at_step(victim, status, officer_psh)

    return make


@pytest.mark.parametrize(
    ("days", "limit", "state"),
    [(30, 30, "soon"), (31, 30, "over"), (22, 30, ""), (23, 30, "soon"), (400, None, ""), (6, 7, "soon"), (5, 7, "")],
)
def test_over_the_limit_is_later_than_its_days_and_near_is_three_quarters(days: int, limit: Any, state: str) -> None:
    assert state_of(days, limit) == state


def test_the_board_counts_people_by_country_and_step_with_the_oldest(
    browser: Browser, waiting: Any, officer_psh: User
) -> None:
    waiting(days=31, name="Lê Một")
    waiting(days=3, name="Lê Hai")
    waiting("travel_document", days=16, nationality="CN")
    waiting("handed_over", days=50)
    page = browser(officer_psh).get("/repatriations/").content.decode()
    assert "3 people wait, 1 are handed over" in page
    assert 'class="sk-matrix__over"' in page
    assert "31 d" in page
    assert 'class="sk-matrix__soon"' in page
    assert "Lê" not in page.split("<main")[1]
    assert page.index(">Viet Nam<") < page.index(">China<")


def test_a_cell_opens_its_people_by_its_address(browser: Browser, waiting: Any, officer_psh: User) -> None:
    row = waiting(days=31, name="Lê Một")
    other = waiting("asked_alone", name="Lê Hai")
    record_place(row.victim, by=officer_psh, kind="shelter")
    page = browser(officer_psh).get("/repatriations/?country=VN&status=embassy_notified").content.decode()
    assert "Viet Nam: Embassy notified" in page
    assert row.reference in page
    assert other.reference not in page
    assert "Remind the embassy" in page
    assert "Shelter" in page
    assert 'aria-current="true"' in page


def test_the_tabs_keep_who_is_late_young_unwilling_or_coming(
    browser: Browser, waiting: Any, registered: Any, officer_psh: User
) -> None:
    late, child = waiting(days=31, name="Lê Một"), waiting(days=1, age=15, name="Lê Hai")
    victim = found(registered, officer_psh, name="Lê Ba")
    record_consent(victim, by=officer_psh, answers={"embassy": "no"}, afraid="yes", **ASKED)
    afraid = record_unwilling(victim, by=officer_psh, why="afraid")
    client = browser(officer_psh)
    for view, row in (("over", late), ("child", child), ("unwilling", afraid)):
        page = client.get(f"/repatriations/?view={view}&country=VN").content.decode()
        assert [one.reference in page for one in (late, child, afraid)] == [one == row for one in (late, child, afraid)]
    counted = count(outward(Repatriation.objects.visible_to(officer_psh)))
    assert [counted.n(part, ["embassy_notified"]) for part in ("n", "over", "children")] == [2, 1, 1]


def test_who_does_not_come_home_is_not_among_who_does_not_want_to_return(
    browser: Browser, registered: Any, officer_psh: User
) -> None:
    victim = found(registered, officer_psh, nationality="KH")
    row = announce_return(victim, by=officer_psh, country="TH", told_by="Embassy in Bangkok")
    advance_return(row, "record_not_coming", by=officer_psh, note="Stays with her sister")
    page = browser(officer_psh).get("/repatriations/?view=unwilling")
    assert (page.context["board"].tabs()[3]["count"], page.context["rows"]) == (0, [])


def test_who_comes_home_and_stands_too_long_is_over_the_limit_too(
    browser: Browser, program: Any, registered: Any, officer_psh: User
) -> None:
    rows = []
    with time_machine.travel(timezone.now() - timedelta(days=100), tick=False):
        for country in ("TH", "MY"):
            victim = found(registered, officer_psh, nationality="KH")
            rows.append(announce_return(victim, by=officer_psh, country=country, told_by="Embassy"))
        advance_return(rows[0], "receive", by=officer_psh, received_by="Transit centre", crossing="poipet")
    client = browser(officer_psh)
    page = client.get("/repatriations/?view=over")
    assert [tab["count"] for tab in page.context["board"].tabs()] == [0, 2, 0, 0, 2]
    assert [line.waiting.n for line in page.context["board"].lines()] == [1, 1]
    opened = client.get("/repatriations/?view=over&country=TH&status=received").context["rows"]
    assert [row.reference for row in opened] == [rows[0].reference]
    listed = client.get("/repatriations/people/?view=over").context["rows"]
    found_by_programs = program(officer_psh).get("/api/v1/repatriations/?view=over").json()["results"]
    assert {row.reference for row in listed} == {row["reference"] for row in found_by_programs}
    assert len(listed) == 2
    due = [(one.name, n) for one, n in numbers_due(officer_psh, timezone.now()) if one.name == "returns"]
    assert due == [("returns", 2)]


def test_another_province_counts_nothing_and_opens_nothing(
    browser: Browser, waiting: Any, officer_pp: User, officer_psh: User
) -> None:
    row = waiting()
    client = browser(officer_pp)
    assert "Nobody waits here" in client.get("/repatriations/").content.decode()
    assert row.reference not in client.get("/repatriations/?country=VN&view=waiting").content.decode()
    for path in ("", "needs/", "steps/confirm_nationality/"):
        assert client.get(f"/repatriations/{row.reference}/{path}").status_code == 404
    assert make_sheet("VN", by=officer_pp, purpose="notify", contact="Desk", form="xlsx") == []


def test_an_unknown_view_is_said_not_guessed(browser: Browser, waiting: Any, officer_psh: User) -> None:
    waiting()
    client = browser(officer_psh)
    assert client.get("/repatriations/?view=rich").status_code == 400
    assert client.get("/repatriations/?status=flown").status_code == 400
    assert client.get("/repatriations/?country=%00").status_code in (200, 400)


def test_readers_of_coded_data_read_no_names(browser: Browser, waiting: Any, analyst: User, officer_psh: User) -> None:
    row = waiting("handed_over", name="Lê Một")
    client = browser(analyst)
    for path in ("?country=VN&status=handed_over", "people/", f"{row.reference}/"):
        page = client.get(f"/repatriations/{path}").content.decode()
        assert row.reference in page
        assert "Lê Một" not in page
        assert "Consul" not in page


def test_board_and_list_ask_the_same_however_many_wait(browser: Browser, waiting: Any, officer_psh: User) -> None:
    client, costs = browser(officer_psh), []
    waiting(nationality="CN")
    client.get("/repatriations/")
    for _round in range(2):
        waiting(name="Lê Một")
        waiting("travel_document", age=15)
        paths = ("?view=waiting&country=VN", "people/?view=child", "?view=over", "")
        costs.append([len(asked(client, f"/repatriations/{path}")) for path in paths])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 12


def test_the_api_lists_returns_with_their_steps_in_constant_queries(
    program: Any, waiting: Any, officer_psh: User, django_assert_max_num_queries: Any
) -> None:
    client = program(officer_psh)
    waiting()
    client.get("/api/v1/repatriations/")
    waiting(age=15)
    waiting("travel_document")
    with django_assert_max_num_queries(14):
        rows = client.get("/api/v1/repatriations/").json()["results"]
    steps = {row["status"]: [step["step"] for step in row["available_steps"]] for row in rows}
    assert steps["travel_document"][0] == "record_clearance"
    board = client.get("/api/v1/repatriations/board/").json()
    assert board["limits"]["embassy_notified"] == 30
    assert {(cell["country"], cell["status"], cell["people"], cell["under_18"]) for cell in board["cells"]} == {
        ("VN", "embassy_notified", 2, 1),
        ("VN", "travel_document", 1, 0),
    }


def test_a_return_is_begun_and_moved_on_its_pages(
    browser: Browser, registered: Any, officer_psh: User, supervisor: User
) -> None:
    victim, client = found(registered, officer_psh), browser(officer_psh)
    refused = client.post(f"/victims/{victim.reference}/return/begin/", {"note": "She asked twice"})
    assert refused.status_code == 409
    assert "She asked twice" in refused.content.decode()
    assert "Nobody has asked this person alone yet" in refused.content.decode()
    say_yes(victim, officer_psh)
    assert client.post(f"/victims/{victim.reference}/return/begin/", {}).status_code == 302
    row = Repatriation.objects.get()
    url = f"/repatriations/{row.reference}/"
    assert client.post(f"/victims/{victim.reference}/return/begin/", {}).status_code == 409
    for step, said in WAY.items():
        assert client.get(f"{url}steps/{step}/").status_code == 200
        assert client.post(f"{url}steps/{step}/", said).status_code == 302
    page = client.get(url).content.decode()
    assert "Consul Nguyễn" in page
    assert "Handed over" in client.get(f"/victims/{victim.reference}/").content.decode()
    assert client.post(f"{url}steps/take_back/", {"note": "Wrong"}).status_code == 403
    assert browser(supervisor).post(f"{url}steps/take_back/", {"note": "Wrong row"}).status_code == 302


def test_what_a_step_lacks_comes_back_with_what_was_typed(browser: Browser, waiting: Any, officer_psh: User) -> None:
    row = waiting("departure_agreed")
    refused = browser(officer_psh).post(
        f"/repatriations/{row.reference}/steps/hand_over/", {"handed_to": "Consul Trần"}
    )
    assert refused.status_code == 400
    assert "Consul Trần" in refused.content.decode()


def test_announcing_and_refusing_on_the_page_of_the_person(
    browser: Browser, registered: Any, officer_psh: User
) -> None:
    client = browser(officer_psh)
    cambodian = found(registered, officer_psh, nationality="KH", name="Sok Lina")
    url = f"/victims/{cambodian.reference}/return/announce/"
    assert "Record: announced from abroad" in client.get(f"/victims/{cambodian.reference}/").content.decode()
    assert client.post(url, {"country": "TH", "told_by": ""}).status_code == 400
    assert client.post(url, {"country": "TH", "told_by": "Embassy"}).status_code == 302
    victim = found(registered, officer_psh)
    assert client.post(f"/victims/{victim.reference}/return/unwilling/", {"declined_why": ""}).status_code == 400
    assert client.post(f"/victims/{victim.reference}/return/unwilling/", {"declined_why": "other"}).status_code == 302
    assert client.get(f"/victims/{victim.reference}/return/fly/").status_code == 404


def test_needs_are_kept_by_version_and_theirs_is_shown(browser: Browser, waiting: Any, officer_psh: User) -> None:
    row = waiting("asked_alone")
    change_needs(row, by=officer_psh, version=row.version, health_needed="Insulin", papers_needed="")
    said = {"version": "1", "health_needed": "A wheelchair", "papers_needed": ""}
    client, url = browser(officer_psh), f"/repatriations/{row.reference}/needs/"
    conflict = client.post(url, said)
    assert conflict.status_code == 409
    assert "Insulin" in conflict.content.decode()
    assert "A wheelchair" in conflict.content.decode()
    row.refresh_from_db()
    assert client.post(url, {**said, "version": row.version}).status_code == 302


def test_the_limits_are_the_supervisors_to_set(browser: Browser, supervisor: User, officer_psh: User) -> None:
    assert browser(officer_psh).get("/repatriations/limits/").status_code == 403
    with pytest.raises(PermissionDenied):
        change_limits({"asked_alone": 9}, by=officer_psh)
    days = dict(RepatriationLimit.objects.values_list("step", "days"))
    client = browser(supervisor)
    for wrong in ("0", "366", "", "many"):
        assert client.post("/repatriations/limits/", {**days, "asked_alone": wrong}).status_code == 400
    assert client.post("/repatriations/limits/", {**days, "asked_alone": "៩"}).status_code == 302
    assert RepatriationLimit.objects.get(step="asked_alone").days == 9
    with pytest.raises(ValidationError):
        change_limits({"flown": 9}, by=supervisor)


def test_the_sheet_names_only_its_nationals_whose_yes_stands(
    waiting: Any, registered: Any, officer_psh: User, supervisor: User
) -> None:
    waiting(name="Lê Một", narrative="Sold by an uncle for the casino")
    waiting(name="Lê Hai", nationality="CN")
    withdrawn = waiting(name="Lê Ba")
    record_consent(withdrawn.victim, by=officer_psh, answers={"embassy": "withdrawn"}, **ASKED)
    waiting("handed_over", name="Lê Bốn")
    corrected = waiting(name="Lê Năm")
    corrected.victim.person.nationality = "LA"
    corrected.victim.person.save()
    learned = waiting(name="Lê Sáu")
    learned.victim.person.age = 15
    learned.victim.person.save()
    say_yes(found(registered, officer_psh, name="Lê Bảy"), officer_psh)
    lines = make_sheet("vn", by=supervisor, purpose="notify", contact="Desk 4", form="xlsx")
    assert [line.name for line in lines] == ["Lê Một"]


def test_the_sheet_holds_exactly_what_an_embassy_may_know(browser: Browser, waiting: Any, officer_psh: User) -> None:
    row = waiting(name="=HYPERLINK(1)", narrative="Sold by an uncle for the casino")
    record_place(row.victim, by=officer_psh, kind="shelter", detail="House 7")
    change_needs(
        row, by=officer_psh, version=row.version, health_needed="+Insulin", papers_needed="https://visa.example"
    )
    row.victim.person.born_on = date(1996, 5, 4)
    row.victim.person.save()
    answer = browser(officer_psh).post("/repatriations/sheet/", {**SAID, "act": "xlsx"})
    assert answer["Content-Disposition"].endswith('.xlsx"')
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[1] == [
        "=HYPERLINK(1)",
        "4 May 1996",
        "Male",
        "Viet Nam",
        "",
        "+Insulin",
        "https://visa.example",
        "Desk 4, 023 555 000",
    ]
    assert len(rows[0]) == len(COLUMNS) == 8
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        inside = b"".join(book.read(name) for name in book.namelist())
    assert b"<f>" not in inside
    assert b"<hyperlink" not in inside
    for secret in (b"uncle", b"House 7", b"helter", b"sixth floor", row.reference.encode()):
        assert secret not in inside


def test_the_sheet_on_paper_and_its_record_in_the_audit(browser: Browser, waiting: Any, officer_psh: User) -> None:
    row = waiting(name="Lê Một")
    client = browser(officer_psh)
    assert "Viet Nam: 1 person agreed" in client.get("/repatriations/sheet/?country=VN").content.decode()
    page = client.post("/repatriations/sheet/", {**SAID, "act": "print"})
    assert "Lê Một" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    event = AuditEvent.objects.filter(verb="export").latest("at")
    assert (event.purpose, event.detail["country"], event.detail["returns"]) == ("notify", "VN", [row.reference])
    assert "Desk" not in str(event.detail)


@pytest.mark.parametrize("lacks", ["country", "purpose", "contact"])
def test_no_sheet_without_a_country_a_purpose_and_our_contact(
    lacks: str, browser: Browser, waiting: Any, officer_psh: User
) -> None:
    waiting(name="Lê Một")
    answer = browser(officer_psh).post("/repatriations/sheet/", {**SAID, lacks: ""})
    assert answer.status_code == 400
    assert "Lê Một" not in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="export").exists()


def test_who_reads_coded_data_makes_no_sheet(browser: Browser, program: Any, analyst: User, intake: User) -> None:
    for user in (analyst, intake):
        assert browser(user).get("/repatriations/sheet/").status_code == 403
        assert program(user).post("/api/v1/repatriations/sheet/", SAID, format="json").status_code == 403


def test_the_api_gives_the_same_sheet(program: Any, waiting: Any, officer_psh: User) -> None:
    waiting(name="Lê Một")
    answer = program(officer_psh).post("/api/v1/repatriations/sheet/", SAID, format="json")
    assert answer.status_code == 200
    assert [set(line) for line in answer.json()] == [set(COLUMNS)]


def test_the_api_begins_moves_and_changes_a_return(program: Any, registered: Any, officer_psh: User) -> None:
    victim, client = found(registered, officer_psh), program(officer_psh)
    url = f"/api/v1/victims/{victim.reference}/returns/"
    assert client.post(url, {"what": "begin"}, format="json").status_code == 409
    say_yes(victim, officer_psh)
    made = client.post(url, {"what": "begin"}, format="json")
    assert made.status_code == 201
    reference = made.json()[0]["reference"]
    steps = f"/api/v1/repatriations/{reference}/steps/"
    moved = client.post(steps, {"step": "notify_embassy", "letter_number": "12/22"}, format="json")
    assert (moved.status_code, moved.json()["status"]) == (200, "embassy_notified")
    assert client.post(steps, {"step": "hand_over"}, format="json").status_code == 409
    changed = client.patch(
        f"/api/v1/repatriations/{reference}/", {"version": 2, "health_needed": "Insulin"}, format="json"
    )
    assert changed.json()["health_needed"] == "Insulin"
    assert (
        client.patch(
            f"/api/v1/repatriations/{reference}/", {"version": 1, "health_needed": "x"}, format="json"
        ).status_code
        == 409
    )
    assert client.get(url).json()[0]["letter_number"] == "12/22"

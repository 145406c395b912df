"""The list of complaints: scope, filters, pages, and what it costs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Grant, User
from audit.models import AuditEvent
from complaints.models import Complaint
from complaints.said import ContactSaid, PersonSaid
from complaints.services import advance, log_contact
from tests.factories.cases import ComplaintFactory
from tests.queries import asked

Browser = Callable[..., Client]
URL = "/complaints/"


def found(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 200, answer.content.decode()[:500]
    return [row.reference for row in answer.context["rows"]]


@pytest.fixture
def client_psh(browser: Browser, officer_psh: User) -> Client:
    return browser(officer_psh)


def test_an_officer_lists_the_own_province_and_nothing_else(client_psh: Client, db: Any) -> None:
    mine = ComplaintFactory(province_id="18")
    ComplaintFactory(province_id="12")
    ComplaintFactory(province_id="00")
    ComplaintFactory(province_id="18", handling="national_led")
    ComplaintFactory(province_id="18", handling="sealed")
    assert found(client_psh) == [mine.reference]
    assert found(client_psh, "shared=1") == []


def test_what_is_shared_stands_under_its_own_tab(client_psh: Client, officer_psh: User) -> None:
    theirs = ComplaintFactory(province_id="12")
    Grant.objects.create(complaint_id=theirs.pk, user=officer_psh, kind="referral")
    assert found(client_psh) == []
    assert found(client_psh, "shared=1") == [theirs.reference]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("status=new", {"new", "other"}),
        ("status=new&status=acknowledged", {"new", "taken", "other"}),
        ("urgency=immediate", {"other"}),
        ("channel=letter", {"other"}),
        ("form=debt_bondage", {"other"}),
        ("officer=me", {"taken"}),
        ("officer=none", {"new", "other"}),
        ("officer=officer.psh", {"taken"}),
        ("province=12", {"new"}),
        ("province=12&side=from", {"new"}),
        ("province=12&side=about", set()),
        ("province=18&side=about", {"new", "taken", "other"}),
        ("received_from=1/9/2022&received_to=1/9/2022", {"other"}),
        ("received_from=%E1%9F%A1/%E1%9F%A9/%E1%9F%A2%E1%9F%A0%E1%9F%A2%E1%9F%A2&received_to=2022-09-01", {"other"}),
        ("received_to=31/8/2022", set()),
        ("clock=over", {"other"}),
    ],
)
def test_each_filter_narrows(
    client_psh: Client, registered: Any, officer_psh: User, query: str, names: set[str]
) -> None:
    late = datetime(2022, 9, 1, 16, 59, tzinfo=UTC)  # 23:59 in Phnom Penh
    made = {
        "new": registered(province_of_report="12"),
        "taken": advance(registered(), "acknowledge", by=officer_psh),
        "other": registered(urgency="immediate", channel="letter", forms=("debt_bondage",), received_at=late),
    }
    assert set(found(client_psh, query)) == {made[name].reference for name in names}


def test_search_finds_a_reference_as_it_is_typed(client_psh: Client, complaint: Complaint) -> None:
    for text in (complaint.reference, complaint.reference.lower(), complaint.reference[3:], complaint.reference[:-3]):
        assert found(client_psh, f"q={text}") == [complaint.reference]


def test_search_finds_a_name_in_either_script_and_order_of_letters(client_psh: Client, registered: Any) -> None:
    vietnamese = registered(people=(PersonSaid(name="Nguyễn Thị Lan"),))
    khmer = registered(people=(PersonSaid(name="ស្រី ពៅ"),))
    assert found(client_psh, "q=nguyen thi") == [vietnamese.reference]
    assert found(client_psh, "q=NGUYỄN") == [vietnamese.reference]
    assert found(client_psh, "q=ស្រី") == [khmer.reference]


def test_search_finds_nobody_of_another_province(browser: Browser, officer_pp: User, complaint: Complaint) -> None:
    assert found(browser(officer_pp), "q=Lan") == []
    assert found(browser(officer_pp), f"q={complaint.reference}") == []


def test_a_reader_of_coded_data_finds_no_names(browser: Browser, analyst: User, complaint: Complaint) -> None:
    assert found(browser(analyst), "q=Lan") == []
    assert found(browser(analyst), f"q={complaint.reference}") == [complaint.reference]


def test_a_filter_that_cannot_be_read_is_said_and_shows_nothing(client_psh: Client, complaint: Complaint) -> None:
    answer = client_psh.get(f"{URL}?received_from=yesterday")
    assert answer.status_code == 400
    assert "Write the day like 29/9/2022." in answer.content.decode()
    assert complaint.reference not in answer.content.decode()


def test_a_province_officer_may_not_sort_by_handling(client_psh: Client) -> None:
    assert client_psh.get(f"{URL}?handling=sealed").status_code == 403


def test_filters_stay_in_the_address_and_can_be_taken_away_one_by_one(client_psh: Client, complaint: Complaint) -> None:
    answer = client_psh.get(f"{URL}?status=new&urgency=high&sort=due")
    tags = {tag["label"]: tag["url"] for tag in answer.context["tags"]}
    assert set(tags) == {"New", "High"}
    assert "urgency" not in tags["High"]
    assert "status=new" in tags["High"]
    assert "sort=due" in tags["High"]


def test_an_empty_list_names_the_filter_to_take_away(client_psh: Client, complaint: Complaint) -> None:
    text = client_psh.get(f"{URL}?urgency=immediate").content.decode()
    assert "No complaint matches" in text
    assert "Remove “Immediate danger” to see more." in text


def test_the_pages_hold_every_row_once_in_both_directions(client_psh: Client, db: Any) -> None:
    moment = datetime(2022, 9, 1, tzinfo=UTC)
    made = {ComplaintFactory(received_at=moment + timedelta(minutes=n // 3)).reference for n in range(120)}
    first = client_psh.get(URL)
    second = client_psh.get(f"{URL}?cursor={first.context['page'].next}")
    third = client_psh.get(f"{URL}?cursor={second.context['page'].next}")
    rows = [[row.reference for row in answer.context["rows"]] for answer in (first, second, third)]
    assert [len(page) for page in rows] == [50, 50, 20]
    assert set().union(*rows) == made
    back = client_psh.get(f"{URL}?cursor={third.context['page'].previous}")
    assert [row.reference for row in back.context["rows"]] == rows[1]


def test_a_cursor_of_other_filters_is_refused(client_psh: Client, db: Any) -> None:
    for _row in range(60):
        ComplaintFactory()
    cursor = client_psh.get(URL).context["page"].next
    assert client_psh.get(f"{URL}?cursor={cursor}&urgency=high").status_code == 400
    assert client_psh.get(f"{URL}?cursor=x{cursor}").status_code == 400
    assert client_psh.get(f"{URL}?sort=reporter__phone").status_code == 400


def test_the_count_says_people_and_stops_at_a_thousand(client_psh: Client, complaint: Complaint) -> None:
    text = client_psh.get(URL).content.decode()
    assert "<b>1 complaint</b> · 3 people reported, 3 still sought" in text


def test_export_takes_the_same_words(client_psh: Client, complaint: Complaint) -> None:
    answer = client_psh.get(f"{URL}?status=new&cursor=")
    assert answer.context["export_url"] == "/exports/new/complaints/?status=new"


def test_what_was_searched_for_is_not_in_the_audit(client_psh: Client, complaint: Complaint) -> None:
    found(client_psh, "q=Nguyen")
    event = AuditEvent.objects.filter(verb="search").get()
    assert event.detail == {"filters": ["q"], "rows": 1}


@pytest.mark.parametrize("path", [URL, f"{URL}?q=KH-", f"{URL}?status=new&sort=due&province=18"])
def test_the_list_asks_the_same_at_10_50_and_200_rows(client_psh: Client, db: Any, path: str) -> None:
    """Measured: 8 (session, user, scope, bell, audit, rows, totals, hours allowed), 9 with a filter (provinces)."""
    counts = []
    client_psh.get(URL)  # the first answer of a session also notes when it was used
    for more in (10, 40, 150):
        ComplaintFactory.create_batch(more)
        counts.append(len(asked(client_psh, f"{path}{'&' if '?' in path else '?'}page_size=200")))
    assert counts[0] == counts[1] == counts[2] <= 12, counts


def test_no_filter_asks_for_distinct_rows(client_psh: Client, complaint: Complaint) -> None:
    """A DISTINCT over whole rows costs most at a million; no filter of ours multiplies rows."""
    every = "status=new&urgency=high&channel=hotline&form=other&province=18&officer=me&clock=over&site=K9"
    statements = [sql for sql in asked(client_psh, f"{URL}?{every}") if "complaints_complaint" in sql]
    assert statements
    assert not [sql for sql in statements if "DISTINCT" in sql]


def test_the_reference_of_a_message_leads_to_it_for_who_may_open_it(
    browser: Browser, intake: User, client_psh: Client
) -> None:
    contact, _made = log_contact(ContactSaid("new_report", "hotline", "She rang twice."), by=intake, key="c-1")
    asked = f"{URL}?q={contact.reference.lower()}"
    assert browser(intake).get(asked)["Location"] == f"/contacts/{contact.reference}/"
    assert client_psh.get(asked).status_code == 200
    assert browser(intake).get(f"{URL}?q=C-22222222").status_code == 200

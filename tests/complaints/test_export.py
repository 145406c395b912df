"""The export equals the list, row for row, and nothing else leaves."""

import csv
import io
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Func, IntegerField, TextField, Value
from django.test import Client

from accounts.models import Grant, User
from audit.models import AuditEvent
from complaints.columns import columns
from complaints.models import Complaint
from complaints.said import PersonSaid, ReporterSaid
from core.csv import CHUNKS_AHEAD, Column, Export, copy, pieces
from core.owner import as_owner
from provinces.models import Site
from tests.accounts.test_second_factor import enrol
from tests.factories.cases import ComplaintFactory

URL = "/complaints/export/"
pytestmark = pytest.mark.django_db(transaction=True)


def parsed(content: bytes) -> list[dict[str, str]]:
    """Read a file as a spreadsheet would."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def exported(client: Client, query: str = "", purpose: str = "figures") -> list[dict[str, str]]:
    """Take an export and give its rows by English column."""
    answer = client.post(f"{URL}?{query}", {"purpose": purpose})
    assert answer.status_code == 200, answer.content
    return parsed(b"".join(answer.streaming_content))


def worded(user: User) -> list[dict[str, str]]:
    """Give the rows with every column, as a job with words about people reads them."""
    made = Export(user, Complaint.objects.of_own_provinces(user), columns())
    return parsed(b"".join(pieces(lambda: made, lambda *_end: None)))


def listed(client: Client, query: str = "") -> list[dict[str, Any]]:
    """Walk the list through all its pages."""
    rows, path = [], f"/api/v1/complaints/?page_size=7&{query}"
    while path:
        page = client.get(path).json()
        rows += page["results"]
        path = page["next"]
    return rows


@pytest.fixture
def many(intake: User) -> list[Complaint]:
    """Complaints of two provinces, national-led, sealed and unassigned; some received at the same moment."""
    moment = ComplaintFactory(logged_by=intake).received_at
    made = [
        ComplaintFactory(
            logged_by=intake,
            province_id=province,
            handling=handling,
            received_at=moment,
            narrative=f"ពលករ {number} នាក់ ត្រូវបានឃុំ។ គេវាយពួកគាត់។",
        )
        for number in range(20)
        for province, handling in (("18", "provincial"), ("12", "provincial"))
    ]
    made += [
        ComplaintFactory(logged_by=intake, province_id="18", handling="national_led"),
        ComplaintFactory(logged_by=intake, province_id="18", handling="sealed"),
        ComplaintFactory(logged_by=intake, province_id="00"),
    ]
    return made


@pytest.mark.parametrize("sort", ["", "sort=received", "sort=due", "sort=updated"])
def test_it_equals_the_list_row_for_row(browser: Any, officer_psh: User, many: Any, sort: str) -> None:
    client = browser(officer_psh)
    rows, file = listed(client, sort), exported(client, sort)
    assert len(rows) == 21
    assert [row["reference"] for row in rows] == [row["Reference"] for row in file]
    assert [row["received_at"][:19] + "+07:00" for row in rows] == [row["Received at"] for row in file]
    assert {row["Province of incident"] for row in file} == {"Preah Sihanouk"}


def test_a_filter_narrows_both_alike(browser: Any, analyst: User, registered: Any) -> None:
    for urgency, province in (("high", "18"), ("normal", "18"), ("high", "12"), ("immediate", "08")):
        registered(urgency=urgency, province_of_incident=province, people=(PersonSaid(),), number=(1, 4, 9))
    client = browser(analyst)
    for query in ("urgency=high", "urgency=high&urgency=immediate", "province=18&side=about", "q=KH-", "clock=over"):
        assert [row["reference"] for row in listed(client, query)] == [
            row["Reference"] for row in exported(client, query)
        ]
    (row,) = exported(client, "province=08")
    assert (row["Reported"], row["Still sought"], row["Rescued"], row["Reported, highest"]) == ("4", "4", "0", "9")
    assert row["Responsible province (code)"] == "08"


def test_another_branch_is_never_in_it(browser: Any, officer_psh: User, officer_pp: User, many: Any) -> None:
    mine = {row["Reference"] for row in exported(browser(officer_psh))}
    visible = set(Complaint.objects.of_own_provinces(officer_psh).values_list("reference", flat=True))
    assert mine == visible
    hidden = {row.reference for row in many if row.handling != "provincial" or row.province_id != "18"}
    assert not mine & hidden
    national = next(row for row in many if row.handling == "national_led")
    Grant.objects.create(complaint_id=national.pk, user=officer_psh, kind="naming")
    assert national.reference not in {row["Reference"] for row in exported(browser(officer_psh))}
    assert [row["Reference"] for row in exported(browser(officer_psh), "shared=1")] == [national.reference]
    assert exported(browser(officer_pp), "shared=1") == []


def test_everybody_takes_codes_only_and_nobody_a_reporter(
    browser: Any, analyst: User, supervisor: User, officer_psh: User, registered: Any
) -> None:
    registered(
        narrative="Lan is held.",
        exact_spot="Room 606",
        reporter=ReporterSaid(name="Bình", phone="012 345 678", relation="family"),
    )
    for user in (analyst, supervisor, officer_psh):
        (row,) = exported(browser(user))
        assert "What happened" not in row
        assert "family" not in row.values()
        assert not any(word in cell for cell in row.values() for word in ("Bình", "345", "606", "Lan"))
        assert "What happened" not in browser(user).get(URL).content.decode()


def test_words_about_people_are_those_of_the_list(browser: Any, officer_psh: User, many: Any) -> None:
    said = {row["reference"]: row["headline"] for row in listed(browser(officer_psh))}
    file = {row["Reference"]: row["What happened"] for row in worded(officer_psh)}
    assert file == said
    assert set(file.values()) >= {f"ពលករ {number} នាក់ ត្រូវបានឃុំ" for number in range(20)}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+855 12 345 678",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        " =1",
        "\u200b=1",
        "\ufeff@a",
        "\u00a0=1",
        "\u3000=1",
    ],
)
def test_no_cell_is_a_formula(officer_psh: User, text: str) -> None:
    ComplaintFactory(narrative=text)
    (row,) = worded(officer_psh)
    cell = row["What happened"]
    assert cell.startswith("'") or not cell.strip(" \t\r\u200b\ufeff\u00a0\u3000").startswith(tuple("=+-@＝＋－＠"))
    assert not cell.startswith(tuple("=+-@＝＋－＠\t\r"))


def test_a_name_of_a_site_is_no_formula_in_the_plain_file(browser: Any, officer_psh: User) -> None:
    site = Site.objects.create(reference="ST-222233", name_en="=HYPERLINK(1)", province_id="18")
    ComplaintFactory(site=site)
    (row,) = exported(browser(officer_psh))
    assert row["Site"] == "'=HYPERLINK(1)"


def test_phones_and_plain_words_survive(officer_psh: User) -> None:
    ComplaintFactory(narrative="855 12 345 678 is the number, call = no")
    (row,) = worded(officer_psh)
    assert row["What happened"] == "855 12 345 678 is the number, call = no"


def test_a_file_reads_in_the_language_of_the_reader(browser: Any, officer_psh: User, many: Any) -> None:
    officer_psh.language = "km"
    officer_psh.save()
    answer = browser(officer_psh).post(URL, {"purpose": "figures"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "ព្រះសីហនុ" in text
    assert "Preah Sihanouk" not in text


def test_the_page_says_what_the_file_will_hold(browser: Any, officer_psh: User, many: Any) -> None:
    page = browser(officer_psh).get(f"{URL}?urgency=normal&cursor=x").content.decode()
    assert "21 complaints, CSV" in page
    assert 'href="/complaints/?urgency=normal"' in page
    assert "Still sought" in page
    assert "Nothing to take along" in browser(officer_psh).get(f"{URL}?urgency=high").content.decode()


def test_a_purpose_is_asked(browser: Any, officer_psh: User, many: Any) -> None:
    for purpose in ("", "curiosity"):
        assert browser(officer_psh).post(URL, {"purpose": purpose}).status_code == 400
    assert not AuditEvent.objects.filter(verb="export").exists()


def test_only_who_may_export_does(browser: Any, cast: dict[str, User]) -> None:
    answers = {role: browser(user).get(URL).status_code for role, user in cast.items()}
    allowed = {role for role, status in answers.items() if status == 200}
    assert allowed == {"officer", "supervisor", "analyst"}
    assert {answers[role] for role in answers.keys() - allowed} == {403}


def test_it_is_recorded_with_purpose_filter_and_rows_and_without_words(
    browser: Any, officer_psh: User, many: Any
) -> None:
    exported(browser(officer_psh), "urgency=normal&q=KH-&shared=&sort=due", purpose="court")
    asked = AuditEvent.objects.get(verb="export")
    assert (asked.actor_id, asked.purpose, asked.object_type) == (str(officer_psh.pk), "court", "complaints.complaint")
    assert asked.detail["filters"] == {"q": "given", "sort": ["due"], "urgency": ["normal"]}
    assert asked.detail["rows"] == 21
    assert "reference" in asked.detail["columns"]
    ended = AuditEvent.objects.get(verb="export_ended")
    assert (ended.outcome, ended.detail) == ("done", {"rows": 21})


def test_nothing_leaves_when_the_user_was_deactivated_in_between(browser: Any, officer_psh: User, many: Any) -> None:
    answer = browser(officer_psh).post(URL, {"purpose": "figures"})
    User.objects.filter(pk=officer_psh.pk).update(is_active=False)
    got: list[bytes] = []
    with pytest.raises(PermissionDenied):
        got.extend(answer.streaming_content)
    assert got == []
    assert AuditEvent.objects.get(verb="export_ended").outcome == "refused"


def test_the_scope_is_read_again_when_the_body_starts(browser: Any, officer_psh: User, many: Any) -> None:
    answer = browser(officer_psh).post(URL, {"purpose": "figures"})
    officer_psh.postings.update(province_id="12")
    file = parsed(b"".join(answer.streaming_content))
    assert {row["Responsible province (code)"] for row in file} == {"12"}


def test_the_role_is_read_again_when_the_body_starts(browser: Any, officer_psh: User, many: Any) -> None:
    answer = browser(officer_psh).post(URL, {"purpose": "figures"})
    User.objects.filter(pk=officer_psh.pk).update(role="analyst")
    assert len(parsed(b"".join(answer.streaming_content))) == Complaint.objects.exclude(handling="sealed").count()


def test_nothing_leaves_when_the_role_may_not_export_any_more(browser: Any, officer_psh: User, many: Any) -> None:
    answer = browser(officer_psh).post(URL, {"purpose": "figures"})
    User.objects.filter(pk=officer_psh.pk).update(role="intake")
    with pytest.raises(PermissionDenied):
        next(iter(answer.streaming_content))


def test_an_officer_without_a_posting_gets_a_head_and_no_rows(browser: Any, officer_psh: User, many: Any) -> None:
    officer_psh.postings.all().delete()
    assert exported(browser(officer_psh)) == []


@pytest.mark.parametrize(
    "query", ["urgency=fatal", "received_from=yesterday", "sort=reporter__phone", "ordering=reporter__phone"]
)
def test_a_bad_filter_is_said(browser: Any, officer_psh: User, query: str) -> None:
    assert browser(officer_psh).get(f"{URL}?{query}").status_code == 400
    assert browser(officer_psh).post(f"{URL}?{query}", {"purpose": "figures"}).status_code == 400


def endless() -> Export:
    """Rows enough for minutes."""
    many = Func(Value(1), Value(100_000_000), function="generate_series", output_field=IntegerField())
    return Export(None, User.objects.all(), [Column("role", "Role", "role"), Column("n", "Number", many)])


def backends() -> int:
    """Count the COPY statements that run; the application's role may not look."""
    running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY (%' AND state = 'active'"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"{running} AND datname = current_database()")
        return int(cursor.fetchone()[0])


def wait_for(number: int) -> bool:
    limit = time.monotonic() + 10
    while backends() != number and time.monotonic() < limit:
        time.sleep(0.05)
    return backends() == number


def test_a_client_that_goes_away_cancels_the_copy(officer_psh: User) -> None:
    ends: list[tuple[int, str]] = []
    with closing(copy(endless, filename="x.csv", ended=lambda *end: ends.append(end))) as answer:
        stream: Iterator[bytes] = iter(answer.streaming_content)
        assert next(stream).startswith("\ufeffRole".encode())
        assert len(next(stream)) > 50_000
        assert backends() == 1
    assert wait_for(0)
    ((rows, outcome),) = ends
    assert outcome == "stopped"
    assert rows > 1_000


class Late(Column):
    """A column that takes its time before the statement is sent."""

    def sql(self) -> Any:
        time.sleep(0.5)
        return super().sql()


SLEEP = Func(Value(30), function="pg_sleep", output_field=TextField())


@pytest.mark.parametrize("column", [Late("late", "Late", "username"), Column("slow", "Slow", SLEEP)])
def test_a_client_that_goes_away_before_the_first_row_cancels_it_too(officer_psh: User, column: Column) -> None:
    def prepare() -> Export:
        made = endless()
        return Export(None, made.rows, [*made.columns, column])

    with closing(copy(prepare, filename="x.csv", ended=lambda *end: None)) as answer:
        next(iter(answer.streaming_content))
        assert column.name == "late" or wait_for(1)
    writers = [thread for thread in threading.enumerate() if thread.name == "export"]
    for writer in writers:
        writer.join(timeout=5)
    assert not any(writer.is_alive() for writer in writers)


def test_a_reader_that_does_not_read_holds_the_server_back(officer_psh: User) -> None:
    with closing(copy(endless, filename="x.csv", ended=lambda *end: None)) as answer:
        next(iter(answer.streaming_content))
        time.sleep(1)
        (writer,) = [thread for thread in threading.enumerate() if thread.name == "export"]
        assert writer.pipe.chunks.qsize() == CHUNKS_AHEAD
    assert wait_for(0)


def pids(sql: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {pid for (pid,) in cursor.fetchall()}


def test_the_connection_of_the_export_is_closed(browser: Any, officer_psh: User, many: Any) -> None:
    client = browser(officer_psh)
    # Clients only, and only new ones: the server's own autovacuum looks at this database too.
    others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    before = pids(others)
    exported(client)
    limit, left = time.monotonic() + 10, {0}
    while left and time.monotonic() < limit:
        time.sleep(0.05)
        left = pids(others) - before
    assert left == set()


def test_outside_the_demonstration_it_asks_who_is_there_again(
    browser: Any, officer_psh: User, many: Any, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    enrol(officer_psh)
    client = browser(officer_psh)
    asked = client.get(f"{URL}?urgency=normal")
    assert asked.status_code == 302
    assert "reauthenticate" in asked["Location"]
    assert "urgency" in asked["Location"]
    answer = client.post(f"{URL}?urgency=normal", {"purpose": "figures"})
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}?urgency=normal")
    assert not AuditEvent.objects.filter(verb="export").exists()

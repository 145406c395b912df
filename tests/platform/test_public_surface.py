"""The public surface by itself: its addresses, its role in the database, and nothing that tells who was there."""

import logging
import re
from typing import Any
from urllib.parse import urlencode

import pytest
import redis
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from prometheus_client import generate_latest

from complaints.models import Complaint, Contact, PublicMessage, PublicReport
from complaints.services.public import look_up, receive, say
from complaints.services.taking_in import take_in_all
from config.grants import write_grants
from config.serving import READS
from core.owner import as_owner

pytestmark = pytest.mark.django_db
GROUPS = re.compile(r"\d{5}")
FORM = "application/x-www-form-urlencoded"
ALONE = {
    "SURFACE": "public",
    "ROOT_URLCONF": "config.urls_public",
    "MIDDLEWARE": settings.PUBLIC_MIDDLEWARE,
}


@pytest.fixture
def as_intake() -> Any:
    """Have the rights of the public surface, as its process has; the owner takes them on."""
    _run("RESET ROLE")
    _run("SET ROLE sangkroh_intake")
    yield
    _run("RESET ROLE")
    _run("SET ROLE sangkroh_app")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _rows(statement: str, *said: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, said)
        return [row[0] if len(row) == 1 else row for row in cursor.fetchall()]


def test_its_role_reads_no_table_and_adds_to_one() -> None:
    tables = "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v', 'm') AND relnamespace = 'public'::regnamespace"
    for right in ("SELECT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES"):
        assert _rows(f"{tables} AND has_table_privilege('sangkroh_intake', oid, %s)", right) == []
        if right not in ("DELETE", "TRUNCATE"):
            assert _rows(f"{tables} AND has_any_column_privilege('sangkroh_intake', oid, %s)", right) == []
    assert _rows(f"{tables} AND has_any_column_privilege('sangkroh_intake', oid, 'INSERT')") == [
        "complaints_publicreport"
    ]
    assert _columns_written() == {"id", "receipt_hash", "said", "words_hash"}


def _columns_written() -> set[str]:
    columns = (
        "SELECT attname::text FROM pg_attribute WHERE attrelid = 'complaints_publicreport'::regclass AND attnum > 0"
    )
    return set(_rows(f"{columns} AND has_column_privilege('sangkroh_intake', attrelid, attnum, 'INSERT')"))


def test_a_role_that_could_write_whole_rows_cannot_after_the_next_migration() -> None:
    with as_owner():
        _run("GRANT INSERT ON complaints_publicreport TO sangkroh_intake")
        assert "contact_id" in _columns_written()
        write_grants()
        assert _columns_written() == {"id", "receipt_hash", "said", "words_hash"}


@pytest.mark.parametrize("column", ["contact_id", "taken_at", "tries", "tried_at", "received_at"])
def test_it_cannot_say_whose_contact_a_report_is_when_it_came_or_how_often_it_was_tried(
    as_intake: Any, column: str
) -> None:
    values = {"contact_id": "gen_random_uuid()", "tries": "32767"}
    row = f"(id, receipt_hash, said, words_hash, {column})"
    said = f"(gen_random_uuid(), '\\x01', '\\x01', '\\x01', {values.get(column, 'now()')})"
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        _run(f"INSERT INTO complaints_publicreport {row} VALUES {said}")


def test_what_it_may_ask_with_others_rights_is_three_questions() -> None:
    found = _rows(
        "SELECT proname::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND has_function_privilege('sangkroh_intake', oid, 'EXECUTE') ORDER BY 1"
    )
    assert found == ["public_report_messages", "public_report_say", "public_report_state"]
    everybody = "SELECT has_function_privilege('public', 'public_report_state(bytea)', 'EXECUTE')"
    assert _rows(everybody) == [False]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM complaints_publicreport",
        "SELECT 1 FROM complaints_contact",
        "SELECT 1 FROM complaints_reporter",
        "UPDATE complaints_publicreport SET taken_at = now()",
        "DELETE FROM complaints_publicreport",
        "INSERT INTO complaints_publicreport (id) VALUES (gen_random_uuid()) RETURNING id",
        "INSERT INTO complaints_publicmessage DEFAULT VALUES",
        "SELECT 1 FROM accounts_user",
        "SELECT 1 FROM audit_event",
        "SELECT 1 FROM django_session",
        "CREATE TABLE mine (id int)",
    ],
)
def test_it_is_refused_everything_else(as_intake: Any, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        _run(statement)


def test_with_that_role_one_reports_and_comes_back(as_intake: Any) -> None:
    with override_settings(**ALONE):
        code = receive("form", {"words": "Nine of us"})
        assert receive("form", {"words": "Nine of us"}) == code
    say(code, "form-2", "The sixth floor")
    found = look_up(code)
    assert (found.state, [one.words for one in found.messages]) == ("received", ["The sixth floor"])
    assert _rows(READS) == [False]
    _run("RESET ROLE")
    _run("SET ROLE sangkroh_app")
    assert take_in_all() == 2
    assert Contact.objects.get().narrative == "Nine of us"
    assert _rows(READS) == [True]


def test_the_whole_way_on_the_public_surface(as_intake: Any, client: Client) -> None:
    with override_settings(**ALONE):
        for path in ("/report/", "/report/form/", "/report/follow-up/", "/report/clear/", "/health/live"):
            assert client.get(path).status_code == 200
        body = urlencode({"form": "f", "go": "send", "words": "Nine of us"})
        page = client.post("/report/form/?lang=en", body, content_type=FORM).content.decode()
        assert "We have your report" in page
        assert client.get("/complaints/").status_code == 404
        assert client.get("/accounts/login/").status_code == 404
        assert "/report/?lang=" in client.get("/nowhere/").content.decode()
    _run("RESET ROLE")
    assert PublicReport.objects.get().taken_at is None


def test_the_staff_surface_has_no_public_page() -> None:
    assert resolve("/complaints/", urlconf="config.urls_staff")
    with pytest.raises(Resolver404):
        resolve("/report/", urlconf="config.urls_staff")
    assert resolve("/report/", urlconf="config.urls_public")
    with pytest.raises(Resolver404):
        resolve("/complaints/", urlconf="config.urls_public")


CANARIES = (
    "canaryaccount",
    "canaryhours",
    "canarymessage",
    "canarycookie",
    "CanaryBrowser",
    "203.0.113.77",
    "198.51.100.8",
    "canaryreferrer",
    "canaryquery",
    "16555777",
    "16 555 777",
)
VISITOR = {
    "REMOTE_ADDR": "203.0.113.77",
    "HTTP_X_FORWARDED_FOR": "198.51.100.8",
    "HTTP_USER_AGENT": "CanaryBrowser/7",
    "HTTP_REFERER": "http://testserver/canaryreferrer",
}


def test_nothing_tells_who_reported(
    client: Client,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
    intake: Any,
) -> None:
    caplog.set_level(logging.DEBUG)
    client.cookies["sessionid"] = "canarycookie"
    client.cookies["django_language"] = "canarycookie"
    told = {
        "reach": "canaryaccount +855 16 555 777",
        "hours": "canaryhours",
        "words": "canarywords They beat us. Help.",
    }
    with django_capture_on_commit_callbacks(execute=True):
        page = _post(client, "/report/form/?lang=en&x=canaryquery", go="send", form="a", **told)
        code = "".join(part[:5] for part in page.split("</small> <b>")[1:])
        _post(client, "/report/form/", go="send", form="b", official="yes", **told)
        _post(client, "/report/follow-up/", code=code, go="message", form="c", message="canarymessage")
        _post(client, "/report/follow-up/", code=code[:-1], go="message", message="canarymessage")
        for path in ("nowhere/canarypath", "-".join(GROUPS.findall(code)), f"form/{code}", f"follow-up/{code}/"):
            assert client.get(f"/report/{path}", **VISITOR).status_code == 404
        client.get(f"/{code}/canarypath", **VISITOR)
        client.get("/report/follow-up/", {"code": code}, **VISITOR)
    assert (Contact._base_manager.count(), Complaint._base_manager.count()) == (2, 1)
    assert PublicMessage.objects.count() == 1
    secrets = (*CANARIES, code, *(code[place : place + 10] for place in (0, 5, 10)))
    assert _in_tables(secrets) == []
    assert _in_broker(secrets) == []
    assert "Not Found: an address that is none of ours" in caplog.text
    never = (
        *secrets,
        "-".join(GROUPS.findall(code)),
        "canarywords",
        "canarypath",
    )  # the words stand in the inbox alone
    assert [one for one in never if one in caplog.text] == []
    assert [one for one in never if one.encode() in generate_latest()] == []
    assert [*_in_broker(("canarywords", "canarypath")), *_in_tables(("canarypath",))] == []


def _post(client: Client, path: str, **said: str) -> str:
    answer = client.post(path, urlencode(said), content_type=FORM, **VISITOR)  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert not answer.cookies
    return str(answer.content.decode())


def _in_tables(secrets: tuple[str, ...]) -> list[str]:
    """Search every row of every table, as text and as bytes written in hexadecimal."""
    found = []
    with as_owner():
        for table in connection.introspection.table_names():
            for one in secrets:
                like = f"SELECT 1 FROM {table} AS t WHERE t::text ILIKE %s OR t::text ILIKE %s LIMIT 1"
                if _rows(like, f"%{one}%", f"%{one.encode().hex()}%"):
                    found.append(f"{table}: {one}")
    return found


def _in_broker(secrets: tuple[str, ...]) -> list[str]:
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        keys = list(broker.scan_iter())
        kept = b" ".join([*keys, *(broker.dump(key) or b"" for key in keys)])
        for key in keys:
            if broker.type(key) == b"list":
                kept += b" ".join(broker.lrange(key, 0, -1))
    return [one for one in secrets if one.encode() in kept]

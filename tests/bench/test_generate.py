"""The generator of the bench fits the schema, and what it makes counts the same by definition and by plain SQL."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.services import ensure_demo_users
from bench.generate import FILL, fill
from core.display import today
from core.owner import as_owner
from reports.check import check
from reports.check_splits import check_splits
from reports.indicators import Window

N = 400


@pytest.fixture
def generated(db: None, settings: Any) -> None:
    settings.DEMO = True
    ensure_demo_users()
    with as_owner(), connection.cursor() as cursor:
        fill(cursor, N)


def test_every_table_is_filled_and_the_pages_show_it(generated: None) -> None:
    counts = {}
    with connection.cursor() as cursor:
        for statement in FILL:
            table = statement.split()[2]
            cursor.execute(f"SELECT count(*) FROM {table}")
            (counts[table],) = cursor.fetchone()
    assert counts["complaints_complaint"] == N
    assert counts["audit_event"] >= 3 * N
    assert all(counts.values()), counts
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username="supervisor"), backend="accounts.backends.ActiveUserBackend")
    for path in ("/", "/complaints/", "/victims/", "/suspects/"):
        assert client.get(path).status_code == 200, path
    assert "KH-2022-" in client.get("/complaints/").content.decode()


def test_its_counters_are_what_the_database_would_count(generated: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("""SELECT count(*) FROM complaints_complaint c WHERE n_people <> (SELECT count(*) FROM victims_victim v
            WHERE v.complaint_id = c.id) OR n_rescued <> (SELECT count(*) FROM victims_victim v
            WHERE v.complaint_id = c.id AND v.rescue_status = 'rescued')""")
        assert cursor.fetchone() == (0,)


def test_figures_of_it_agree_with_plain_sql(generated: None) -> None:
    window = Window(today() - timedelta(days=2000), today())
    found = check(window, "18")
    assert [(name, defined) for name, defined, _plain in found] == [(name, plain) for name, _defined, plain in found]
    assert {name: plain for name, _defined, plain in found}["victims_rescued"] > 50
    for name, by_definition, by_sql in check_splits(window, "18"):
        assert by_definition == by_sql, name

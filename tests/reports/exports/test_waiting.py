"""An export with names waits among all that waits for a second person: for who may decide it, and for nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from notifications.context import Reader, _written
from reports.exports.models import ExportJob, State
from reports.exports.services import decide_export
from tests.factories.accounts import PostingFactory
from tests.queries import asked as queries

pytestmark = pytest.mark.django_db(transaction=True)
Browser = Callable[[User], Client]
Asked = Callable[..., ExportJob]
URL = "/approvals/"


def lines(client: Client, query: str = "") -> list[tuple[str, str]]:
    return [(row.kind, row.reference) for row in client.get(URL + query).context["rows"]]


def test_it_stands_in_the_queue_in_the_count_and_on_the_work_page_and_is_decided_from_there(
    filled: Any, officer_psh: User, supervisor: User, browser: Browser, asked: Asked, program: Any
) -> None:
    job, client = asked(officer_psh, "victims", identities=True), browser(supervisor)
    assert lines(client) == [("export", job.reference)]
    page = client.get(URL)
    (line,) = page.context["rows"]
    assert (line.url, line.by) == (f"/exports/{job.reference}/", officer_psh.display_name)
    assert "Export with names" in page.content.decode()
    assert "2 people, CSV" in line.what
    assert page.context["nav_waiting"]["approvals:list"] == 1
    assert "exports:list" not in page.context["nav_waiting"]
    assert [row.reference for row in client.get("/").context["others"]] == [job.reference]
    assert program(supervisor).get("/api/v1/approvals/").json()["results"][0]["kind"] == "export"
    assert job.reference in client.get("/exports/").content.decode(), "still there"
    done = client.post(f"{line.url}decide/", {"act": "approve"})
    assert done.headers["Location"] == URL
    assert lines(client) == []
    job.refresh_from_db()
    assert job.state == State.QUEUED


def test_who_asked_sees_it_among_the_own_and_decides_nothing(
    filled: Any, supervisor: User, supervisor2: User, officer_psh: User, browser: Browser, asked: Asked
) -> None:
    job = asked(supervisor, "victims", identities=True)
    assert (lines(browser(supervisor)), lines(browser(supervisor), "?own=1")) == ([], [("export", job.reference)])
    assert lines(browser(supervisor2)) == [("export", job.reference)]
    assert browser(officer_psh).get(URL).status_code == 403
    decide_export(job, by=supervisor2, approve=False, note="Not needed.")
    assert lines(browser(supervisor), "?own=1") == []


def test_a_supervisor_posted_to_the_asker_s_province_is_not_asked(
    filled: Any, supervisor2: User, officer_psh: User, browser: Browser, asked: Asked
) -> None:
    job = asked(officer_psh, "victims", identities=True)
    PostingFactory(user=supervisor2, province_id="12")
    assert lines(browser(supervisor2)) == [("export", job.reference)]
    PostingFactory(user=supervisor2, province_id="18")
    assert lines(browser(supervisor2)) == []
    assert job.reference not in [
        shown.job.reference for shown in browser(supervisor2).get("/exports/").context["waiting"]
    ]


def test_the_integrity_unit_finds_none(
    filled: Any, officer_psh: User, integrity: User, browser: Browser, asked: Asked
) -> None:
    asked(officer_psh, "victims", identities=True)
    assert lines(browser(integrity)) == []
    assert browser(integrity).get(URL).context["nav_waiting"].get("approvals:list", 0) == 0


def test_the_queue_costs_the_same_however_many_and_the_bell_is_written_once(
    filled: Any, supervisor: User, supervisor2: User, officer_psh: User, browser: Browser, asked: Asked
) -> None:
    client = browser(supervisor)
    asked(officer_psh, "victims", identities=True)
    client.get(URL)
    few = queries(client, URL)
    for by in (officer_psh, supervisor2):
        for what in ("victims", "complaints"):
            asked(by, what, identities=True)
    assert len(queries(client, URL)) == len(few)
    written = _written(Reader.of(User.objects.for_request().get(pk=supervisor.pk)))
    assert written.hours is not None, "depends on more than hours"

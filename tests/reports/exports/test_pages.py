"""The pages and the API of exports: asked for with a purpose, the passphrase once, the file to who asked alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from core.sealed import open_sealed
from reports.exports import running, store
from reports.exports.lists import LISTS
from reports.exports.models import ExportJob, State
from tests.reports.exports.conftest import parsed, unzipped

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {"format": "csv", "purpose": "figures", "recipient": "The minister's office"}
PAGES = ["complaints", "victims", "suspects", "operations", "contacts", "referrals"]
Browser = Callable[[User], Client]


def press(client: Client, job: ExportJob, button: str, **said: str) -> Any:
    return client.post(f"/exports/{job.reference}/{button}/", said)


@pytest.mark.parametrize("what", PAGES)
def test_the_page_the_api_and_the_file_hold_the_same_rows(
    what: str, filled: Any, supervisor: User, browser: Browser, asked: Callable[..., ExportJob], opened: Any
) -> None:
    query = "sort=received"
    page = browser(supervisor).get(f"/{what}/?{query}")
    shown = [row.reference for row in page.context["page"].rows]
    assert f"/exports/new/{what}/?{query}".split("?")[0] in page.content.decode() or not shown
    listing = LISTS[what]
    rows = listing.rows(listing.clean(QueryDict(query), supervisor), supervisor)
    assert list(rows.values_list("reference", flat=True)) == shown
    assert [row["Reference"] for row in parsed(opened(asked(supervisor, what, query))["csv"])] == shown
    if what != "contacts":  # the inbox shows what waits, the API every message unless told
        answer = browser(supervisor).get(f"/api/v1/{what}/?{query}").json()
        done = [row["reference"] for row in answer["results"]]
        assert done == shown


def test_from_a_list_to_its_file(filled: Any, officer_psh: User, browser: Browser) -> None:
    client = browser(officer_psh)
    form = client.get("/exports/new/victims/?status=reported").content.decode()
    assert "2 people" in form
    assert "Rescue status: Reported" in form
    bad = client.post("/exports/new/victims/", {"format": "csv"})
    assert bad.status_code == 400
    assert not ExportJob.objects.exists()
    made = client.post("/exports/new/victims/?status=reported", {**SAID, "idempotency_key": "k-1"})
    again = client.post("/exports/new/victims/?status=reported", {**SAID, "idempotency_key": "k-1"})
    job = ExportJob.objects.get()
    assert made.headers["Location"] == again.headers["Location"] == f"/exports/{job.reference}/"
    assert 'hx-trigger="every 2s"' in client.get(made.headers["Location"]).content.decode()
    key = open_sealed(job, "key")
    assert key in press(client, job, "passphrase").content.decode()
    second = press(client, job, "passphrase")
    assert second.status_code == 409
    assert key not in second.content.decode()
    assert press(client, job, "download").status_code == 409
    running.make(job.pk)
    answer = press(client, job, "download")
    path = store.folder() / "taken.zip"
    path.write_bytes(b"".join(answer.streaming_content))
    assert len(parsed(unzipped(path, key)["csv"])) == 2
    job.refresh_from_db()
    assert job.downloads == 1
    assert not open_sealed(job, "key"), "the server opens it no more"
    assert [row.verb for row in AuditEvent.objects.filter(object_id=str(job.pk)).order_by("seq")][
        -1
    ] == "export.download"


def test_the_file_is_its_askers_alone(
    filled: Any, officer_psh: User, supervisor: User, analyst: User, browser: Browser, asked: Any, opened: Any
) -> None:
    job = asked(officer_psh)
    opened(job)
    assert browser(supervisor).get(f"/exports/{job.reference}/").status_code == 200
    assert browser(analyst).get(f"/exports/{job.reference}/").status_code == 404
    for person in (supervisor, analyst):
        for act in ("download", "passphrase", "again"):
            assert press(browser(person), job, act).status_code == 404


def test_who_may_no_longer_see_a_row_gets_no_file_and_is_told(
    filled: Any, officer_psh: User, browser: Browser, asked: Any, opened: Any, program: Any
) -> None:
    job, other = asked(officer_psh, "victims"), asked(officer_psh, "victims")
    opened(job)
    opened(other)
    type(filled[0]).objects.filter(pk=filled[0].pk).update(handling="national_led")
    answer = press(browser(officer_psh), job, "download")
    assert answer.status_code == 409
    assert "You may no longer see everything" in answer.content.decode()
    job.refresh_from_db()
    assert (job.state, job.problem) == (State.FAILED, "scope")
    assert not store.file_of(job.pk).exists()
    assert program(officer_psh).get(f"/api/v1/exports/{other.reference}/download/").status_code == 409
    other.refresh_from_db()
    assert (other.state, other.problem) == (State.FAILED, "scope")


def test_names_leave_only_with_a_second_person(
    filled: Any, officer_psh: User, supervisor: User, browser: Browser, opened: Any
) -> None:
    client = browser(officer_psh)
    client.post("/exports/new/victims/", {**SAID, "identities": "on", "purpose": "court"})
    job = ExportJob.objects.get()
    assert job.state == State.ASKED
    running.make(job.pk)
    job.refresh_from_db()
    assert job.state == State.ASKED, "nothing is made before"
    assert press(client, job, "decide", act="approve").status_code == 403
    page = browser(supervisor).get(f"/exports/{job.reference}/").content.decode()
    assert "Shall these names leave?" in page
    assert press(browser(supervisor), job, "decide", act="refuse").status_code == 400
    assert press(browser(supervisor), job, "decide", act="approve").status_code == 302
    job.refresh_from_db()
    assert job.state == State.QUEUED
    rows = parsed(opened(job)["csv"])
    assert {row["Name in Latin letters"] for row in rows} == {"'=1+1 Lan"}
    assert {row["Phone"] for row in rows} == {"855 12 345 678"}


def test_the_page_says_how_long_a_file_stays(filled: Any, supervisor: User, browser: Browser, settings: Any) -> None:
    settings.EXPORT_HOURS = 3
    assert "After 3 hours it is gone" in browser(supervisor).get("/exports/new/victims/").content.decode()


def test_whoever_asks_approves_nothing_of_their_own(filled: Any, supervisor: User, browser: Browser) -> None:
    client = browser(supervisor)
    client.post("/exports/new/victims/", {**SAID, "identities": "on"})
    job = ExportJob.objects.get()
    assert press(client, job, "decide", act="approve").status_code == 403
    job.refresh_from_db()
    assert job.state == State.ASKED


def test_an_analyst_has_no_names_to_take(filled: Any, analyst: User, browser: Browser, program: Any) -> None:
    assert "With names" not in browser(analyst).get("/exports/new/victims/").content.decode()
    body = {**SAID, "list": "victims", "identities": True}
    assert "identities" in program(analyst).post("/api/v1/exports/", body).json()


def test_cancelled_and_asked_for_again(filled: Any, officer_psh: User, browser: Browser, asked: Any) -> None:
    client, job = browser(officer_psh), asked(officer_psh)
    assert press(client, job, "cancel").status_code == 302
    running.make(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.CANCELLED, 0)
    assert press(client, job, "cancel").status_code == 409
    press(client, job, "again")
    fresh = ExportJob.objects.exclude(pk=job.pk).get()
    assert (fresh.state, fresh.coded, fresh.columns) == (State.QUEUED, job.coded, job.columns)


def test_a_file_whose_time_is_over_is_gone(
    filled: Any, supervisor: User, browser: Browser, asked: Any, opened: Any
) -> None:
    job = asked(supervisor)
    opened(job)
    (store.folder() / "00000000-0000-4000-8000-000000000000.zip").write_bytes(b"left lying")
    ExportJob.objects.filter(pk=job.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert press(browser(supervisor), job, "download").status_code == 409
    running.sweep()
    job.refresh_from_db()
    assert job.state == State.EXPIRED
    assert not open_sealed(job, "key")
    assert [path for path in store.folder().iterdir() if path.is_file()] == []


def test_for_programs(filled: Any, supervisor: User, program: Any) -> None:
    client = program(supervisor)
    body = {**SAID, "list": "complaints", "query": "sort=due&province=18"}
    asked = client.post("/api/v1/exports/", body, headers={"Idempotency-Key": "one"})
    assert asked.status_code == 201
    said = asked.json()
    again = client.post("/api/v1/exports/", body, headers={"Idempotency-Key": "one"}).json()
    assert again["reference"] == said["reference"]
    assert "passphrase" not in again
    job = ExportJob.objects.get()
    running.make(job.pk)
    seen = client.get(f"/api/v1/exports/{job.reference}/").json()
    assert (seen["state"], seen["rows"], seen["filters"]) == ("ready", 3, {"province": ["18"], "sort": ["due"]})
    assert "passphrase" not in seen
    answer = client.get(f"/api/v1/exports/{job.reference}/download/")
    path = store.folder() / "taken.zip"
    path.write_bytes(b"".join(answer.streaming_content))
    assert len(parsed(unzipped(path, said["passphrase"])["csv"])) == 3
    assert client.post(f"/api/v1/exports/{job.reference}/cancel/").status_code == 409
    assert client.get("/api/v1/exports/").json()["results"][0]["reference"] == job.reference
    bad = client.post("/api/v1/exports/", {**body, "query": "sort=nothing", "columns": ["reporter"]})
    assert bad.status_code == 400


def test_what_was_searched_for_is_read_by_who_asked_alone(
    filled: Any, officer_psh: User, supervisor: User, browser: Browser, asked: Any
) -> None:
    job = asked(officer_psh, "victims", "q=Zorba&sex=female")
    assert job.coded == {"q": "given", "sex": ["female"]}
    assert "Reference or name: Zorba" in browser(officer_psh).get(f"/exports/{job.reference}/").content.decode()
    others = browser(supervisor).get(f"/exports/{job.reference}/").content.decode()
    assert "Sex: Female, Reference or name: typed" in others
    assert "Zorba" not in others
    assert not [row for row in AuditEvent.objects.all() if "Zorba" in str(row.detail)]

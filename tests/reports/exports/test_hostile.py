"""Exports asked for by somebody who means harm: no column left out brings every column, no summary tells of what is sealed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import Grant, User
from complaints.models import Complaint
from core.csv import copy_sql
from core.exceptions import Conflict
from reports.exports import running
from reports.exports.models import ExportJob, Problem, State
from reports.exports.services import MOST_OPEN, decide_export
from reports.exports.watch import claim
from tests.factories.cases import ComplaintFactory, VictimFactory

pytestmark = pytest.mark.django_db(transaction=True)
Ask = Callable[..., ExportJob]
Browser = Callable[[User], Any]


@pytest.mark.parametrize(("what", "name"), [("complaints", "headline"), ("victims", "name_km"), ("suspects", "phone")])
def test_a_column_of_names_alone_leaves_nothing_without_a_second_person(
    filled: Any, officer_psh: User, analyst: User, asked: Ask, what: str, name: str
) -> None:
    for user in (officer_psh, analyst):
        with pytest.raises(ValidationError) as refused:
            asked(user, what, columns=[name])
        assert list(refused.value.message_dict) == ["columns"]
    assert not ExportJob.objects.exists()


def test_without_columns_nothing_is_copied(filled: Any, officer_psh: User, asked: Ask) -> None:
    """No column named would be every column of the table: whole narratives, without a name of a column above them."""
    with pytest.raises(ValueError, match="without columns"):
        copy_sql(Complaint.objects.all(), [])
    job = asked(officer_psh, columns=["reference"])
    ExportJob.objects.filter(pk=job.pk).update(columns=["headline"])  # one that the role may not have any more
    running.make(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == (State.FAILED, Problem.RIGHTS)


def test_who_oversees_exports_opens_the_list_after_a_summary_was_taken(
    filled: Any, officer_psh: User, supervisor: User, integrity: User, asked: Ask, browser: Browser
) -> None:
    reference = filled[0].reference
    job = asked(officer_psh, "case", f"reference={reference}", format="pdf")
    for user in (supervisor, integrity):
        for page in ("/exports/", f"/exports/{job.reference}/"):
            answer = browser(user).get(page)
            assert answer.status_code == 200
            assert (reference if job.reference in page else job.reference) in answer.content.decode()


def test_the_summary_of_a_sealed_complaint_exists_for_nobody_to_whom_that_complaint_does_not(
    filled: Any, supervisor: User, supervisor2: User, integrity: User, asked: Ask, browser: Browser, program: Any
) -> None:
    sealed = filled[4]
    Grant.objects.create(complaint_id=sealed.pk, user=supervisor, kind=Grant.Kind.NAMING)
    job = asked(supervisor, "case", f"reference={sealed.reference}", format="pdf", identities=True)
    other = browser(supervisor2)
    assert job.reference not in other.get("/exports/").content.decode()
    for page in (f"/exports/{job.reference}/", f"/api/v1/exports/{job.reference}/"):
        assert other.get(page).status_code == 404
    assert other.post(f"/exports/{job.reference}/decide/", {"act": "approve"}).status_code == 404
    assert program(supervisor2).get("/api/v1/exports/").json()["results"] == []
    assert job.reference in browser(integrity).get("/exports/").content.decode()
    Grant.objects.create(complaint_id=sealed.pk, user=supervisor2, kind=Grant.Kind.NAMING)
    assert other.post(f"/exports/{job.reference}/decide/", {"act": "approve"}).status_code == 302


def test_names_are_approved_of_no_more_rows_than_were_asked_for(
    filled: Any, officer_psh: User, supervisor: User, asked: Ask, browser: Browser
) -> None:
    job = asked(officer_psh, "victims", identities=True)
    VictimFactory(complaint=ComplaintFactory(logged_by=supervisor, province_id="18"))
    with pytest.raises(Conflict):
        decide_export(job, by=supervisor, approve=True)
    answer = browser(supervisor).post(f"/exports/{job.reference}/decide/", {"act": "approve"})
    assert (answer.status_code, "more rows now" in answer.content.decode()) == (409, True)
    assert decide_export(job, by=supervisor, approve=False, note="Ask again.").state == State.REFUSED


def test_who_gets_the_file_is_one_line_of_the_watermark(
    filled: Any, officer_psh: User, asked: Ask, opened: Any
) -> None:
    job = asked(officer_psh, recipient="Somebody\r\nRows: 1\nSHA-256: 0")
    said = opened(job)["txt"].decode().splitlines()
    assert "Who gets the file: Somebody Rows: 1 SHA-256: 0" in said
    assert [line for line in said if line.startswith("Rows:")] == ["Rows: 2"]


def test_exports_asked_for_at_once_are_counted_one_after_the_other(filled: Any, supervisor: User, asked: Ask) -> None:
    def one(_n: int) -> bool:
        try:
            asked(supervisor)
        except Conflict:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(2 * MOST_OPEN))) == MOST_OPEN


def test_exports_leave_a_process_of_the_worker_for_what_may_not_wait(
    filled: Any, supervisor: User, asked: Ask, settings: Any
) -> None:
    """Two lists of the nation had kept both processes for minutes, and no alarm left meanwhile."""
    settings.EXPORTS_AT_ONCE = 2
    jobs = [asked(supervisor) for _one in range(4)]

    def take(job: ExportJob) -> Any:
        try:
            return claim(job.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(take, jobs))
    assert len([token for token in taken if token]) == 2
    waits = jobs[taken.index(None)]
    running.make(waits.pk)
    waits.refresh_from_db()
    assert waits.state == State.QUEUED
    ExportJob.objects.filter(state=State.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))
    running.make(waits.pk)
    waits.refresh_from_db()
    assert waits.state == State.READY

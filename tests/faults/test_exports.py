"""An export is made by a real worker that is killed in the middle: it is begun anew, and there is one whole file."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import translation

from accounts.models import User
from complaints.models import Complaint
from core.sealed import open_sealed
from reports.exports import running, store
from reports.exports.lists import listing
from reports.exports.models import ExportJob, State
from reports.exports.services import ask_export, cancel_export
from tests.factories.accounts import UserFactory
from tests.factories.cases import ComplaintFactory
from tests.faults.fleet import Fleet, wait_until
from tests.reports.exports.conftest import parsed, unzipped

pytestmark = [pytest.mark.live, pytest.mark.long]
ROWS = 12_000


@pytest.fixture
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.EXPORTS_DIR = tmp_path / "exports"
    monkeypatch.setenv("SANGKROH_EXPORTS", str(settings.EXPORTS_DIR))
    return settings.EXPORTS_DIR


@pytest.fixture
def fleet(transactional_db: None, folder: Path, tmp_path: Path) -> Iterator[Fleet]:
    ships = Fleet(tmp_path, settings="tests.faults.export_settings")
    yield ships
    ships.end()


@pytest.fixture
def supervisor(transactional_db: None) -> User:
    ComplaintFactory()
    return UserFactory(username="supervisor", role="supervisor")


@pytest.fixture
def many(supervisor: User) -> User:
    """Enough rows that a kill meets a worker in the middle of them."""
    one = Complaint.objects.get()
    references = iter(f"KH-2022-{place:06}" for place in range(ROWS))
    for _batch in range(ROWS // 4_000):
        rows = ComplaintFactory.build_batch(4_000, logged_by=one.logged_by)
        for row in rows:
            row.reference = next(references)
        Complaint.objects.bulk_create(rows, batch_size=1_000)
    return supervisor


def asked(by: User, fmt: str = "xlsx") -> ExportJob:
    with translation.override("en"):
        return ask_export(
            listing("complaints"), QueryDict(""), by=by, format=fmt, purpose="figures", recipient="The ministry"
        )


def state_of(job: ExportJob) -> str:
    job.refresh_from_db()
    return job.state


def in_the_middle(job: ExportJob, attempt: int = 1) -> bool:
    """Whether rows of this attempt are through and not yet all of them."""
    job.refresh_from_db()
    return job.state == State.RUNNING and job.attempts == attempt and 0 < job.done < job.total


def caught(fleet: Fleet, job: ExportJob, act: Callable[[], object], attempt: int = 1) -> None:
    """Do something while rows are through and not all of them: the worker is held while one looks, so it cannot run past."""
    deadline = time.monotonic() + 90
    while True:
        with fleet.held("worker"):
            if in_the_middle(job, attempt):
                act()
                return
        assert time.monotonic() < deadline, "rows are through"
        time.sleep(0.05)


def copies() -> int:
    """How many statements of exports the server runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND query LIKE 'COPY%'")
        return int(cursor.fetchone()[0])


def test_a_worker_killed_in_the_middle_leaves_one_whole_file(
    fleet: Fleet, many: User, capsys: pytest.CaptureFixture[str]
) -> None:
    job = asked(many)
    key = open_sealed(job, "key")
    fleet.start("broker", "worker", "beat")
    kills = 0
    for attempt in (1, 2):
        caught(fleet, job, lambda: fleet.kill("worker"), attempt)
        kills += 1
        fleet.start("worker")
    wait_until(lambda: state_of(job) == State.READY, 120, "the file is ready")
    assert job.attempts == kills + 1
    assert job.total == job.done == Complaint.objects.of_own_provinces(many).count()
    assert sorted(path.suffix for path in store.folder().iterdir() if path.is_file()) == [".keys", ".zip"]
    wait_until(lambda: not list((store.folder() / store.WORK).iterdir()), 10, "nothing half written is left lying")
    assert len(unzipped(store.file_of(job.pk), key)["xlsx"]) > 100_000
    with capsys.disabled():
        sys.stdout.write(f"\n{job.total} rows, {kills} kills: {job.attempts} attempts, one file of {job.bytes} bytes\n")


def test_what_is_cancelled_stops_and_ends_its_copy(fleet: Fleet, many: User) -> None:
    job = asked(many)
    fleet.start("broker", "worker", "beat")
    caught(fleet, job, lambda: cancel_export(job, by=many))
    wait_until(lambda: not list((store.folder() / store.WORK).iterdir()), 10, "the attempt is cleared away")
    wait_until(lambda: copies() == 0, 10, "the server's statement is ended")
    assert state_of(job) == State.CANCELLED
    assert list(store.folder().glob("*.zip")) == []


def test_of_two_workers_one_makes_it(folder: Path, supervisor: User) -> None:
    job = asked(supervisor, "csv")
    key = open_sealed(job, "key")

    def make() -> None:
        with suppress(Exception):
            running.make(job.pk)
        connection.close()

    workers = [threading.Thread(target=make) for _one in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.READY, 1)
    assert len(parsed(unzipped(store.file_of(job.pk), key)["csv"])) == job.total


def test_a_file_that_cannot_be_written_is_said(folder: Path, supervisor: User) -> None:
    job = asked(supervisor, "csv")
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("no directory")
    running.make(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == (State.FAILED, "disk")

"""Killed supervisors, killed servers, several runs at once: no orphan, no lost row."""

import http.client
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from config.embedded.state import CHECKOUT
from tests.platform.stack import Stack, alive, wait_until

pytestmark = [pytest.mark.long, pytest.mark.live]


@pytest.fixture(autouse=True)
def bare(stack: Stack) -> None:
    """Start without the demonstration, whose two minutes say nothing of a kill."""
    stack.more["DEMO"] = "0"


@pytest.fixture
def second() -> Iterator[Stack]:
    with tempfile.TemporaryDirectory(prefix="sangkroh-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        run = Stack(Path(folder) / "state", more={"DEMO": "0"})
        try:
            yield run
        finally:
            run.stop()


def test_a_killed_supervisor_leaves_no_orphan_and_the_next_start_finds_its_data(stack: Stack) -> None:
    stack.start()
    _write_a_row(stack)
    family = stack.family()
    os.kill(stack.told()["pid"], signal.SIGKILL)
    stack.start()  # at once: it waits for the servers that are still ending, of which one may still answer
    wait_until(lambda: not alive(family), 60, "the first family ended")
    wait_until(stack.ready, 120, "ready again")
    assert _rows(stack) == "1"


def test_a_killed_make_leaves_no_orphan(stack: Stack) -> None:
    make = stack.launch("make", "run")
    wait_until(stack.ready, 180, "ready")
    family = stack.family()
    make.kill()
    wait_until(lambda: not alive(family), 60, "everything ended")


def test_every_killed_child_comes_back(stack: Stack) -> None:
    stack.start()
    _write_a_row(stack)
    for name in ("PostgreSQL", "Valkey", "worker", "beat", "web"):
        before = stack.pid(name)
        os.kill(before, signal.SIGKILL)
        wait_until(lambda name=name, before=before: stack.pid(name) not in (before, None), 60, f"{name} again")
        wait_until(lambda: _has_broker(stack), 60, "broker")
        wait_until(stack.ready, 60, "ready again")
    assert _rows(stack) == "1"


def test_two_runs_stand_side_by_side(stack: Stack, second: Stack) -> None:
    stack.start()
    second.start()
    _write_a_row(stack)
    assert (_rows(stack), _rows(second)) == ("1", "0")
    stack.stop()
    assert second.ready()


def test_with_servers_of_ones_own_the_embedded_ones_stay_off(stack: Stack, second: Stack) -> None:
    stack.start()
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
    second.more |= {name: stack.told()["environ"][name] for name in names}
    second.more["SANGKROH_KEYS_DIR"] = str(stack.state / "keys")
    second.start()
    assert set(second.told()["children"]) == {"web", "worker", "beat"}
    assert not (second.state / "postgres").exists()


def test_a_serving_process_refuses_the_owner(stack: Stack) -> None:
    stack.start()
    known = stack.told()["environ"]
    environ = {**stack.environ, **known, "DATABASE_URL": known["DATABASE_OWNER_URL"]}
    for words in (
        ["-c", "import config.wsgi"],
        ["-m", "celery", "-A", "config", "beat", "--pidfile=", "-s", f"{stack.state}/schedule"],
    ):
        done = subprocess.run(
            [str(CHECKOUT / ".venv/bin/python"), *words],
            env=environ,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode != 0
        assert "names a role that owns the tables" in done.stderr + done.stdout


def _has_broker(stack: Stack) -> bool:
    with suppress(OSError, http.client.HTTPException):
        return b'"broker": true' in stack.get("/health/ready")[1]
    return False


def _write_a_row(stack: Stack) -> None:
    words = "from provinces.models import Province as P; print(P.objects.filter(code='18').update(name_en='Kept'))"
    assert stack.manage("shell", "--verbosity=0", "--command", words).stdout.strip() == "1"


def _rows(stack: Stack) -> str:
    words = "from provinces.models import Province as P; print(P.objects.filter(name_en='Kept').count())"
    return stack.manage("shell", "--verbosity=0", "--command", words).stdout.strip()

"""A whole `manage.py up` on a state directory of its own, for tests that look at real processes."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.embedded.ports import free_port
from config.embedded.state import CHECKOUT

SERVERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SANGKROH_TEST_DATABASE", "DJANGO_SETTINGS_MODULE")


def wait_until(happened: Callable[[], Any], seconds: float, what: str) -> None:
    """Wait for something to happen; the test fails when it does not."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)


@dataclass
class Stack:
    """One run. Everything it starts ends with it, also when the test is killed."""

    state: Path
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[str] | None" = None

    @property
    def environ(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if name not in SERVERS}
        return {
            **own,
            "PORT": str(self.port),
            "SANGKROH_STATE": str(self.state),
            "SANGKROH_PARENT": str(os.getpid()),
            "DEMO": "1",
            **self.more,
        }

    def start(self) -> "Stack":
        """Start it and wait until it says that it is ready."""
        self.launch()
        wait_until(lambda: self.ready() or self.process.poll() is not None, 300, "ready")
        assert self.process.poll() is None, self.said()
        return self

    def launch(self, *words: str) -> "subprocess.Popen[str]":
        """Start it without waiting."""
        command = list(words) or [sys.executable, "manage.py", "up"]
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                command,
                cwd=CHECKOUT,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        return self.process

    def refused(self) -> str:
        """Start it, expecting that it will not; return what it said."""
        code = self.launch().wait(timeout=60)
        assert code == 1, self.said()
        return self.said()

    def stop(self, number: signal.Signals = signal.SIGINT) -> str:
        """Ask it to end; return what it printed."""
        if self.process is None:
            return ""
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(timeout=90)
        return self.said()

    @property
    def output(self) -> Path:
        return self.state.with_name(f"{self.state.name}-{self.port}.out")

    def said(self) -> str:
        """What it has printed so far."""
        return self.output.read_text()

    def manage(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run another management command, which finds this run by its state directory."""
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=CHECKOUT, env=self.environ, capture_output=True, text=True, timeout=90)

    def get(self, path: str) -> tuple[int, bytes]:
        """Fetch a page."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            link.request("GET", path)
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()

    def ready(self) -> bool:
        try:
            return self.get("/health/ready")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def told(self) -> dict[str, Any]:
        return json.loads((self.state / "running.json").read_text())

    def pid(self, name: str) -> int:
        """The process of a child: PostgreSQL, Valkey, web, worker, beat."""
        return self.told()["children"][name]

    def family(self) -> set[int]:
        """The supervisor and all that descends from it."""
        parents = dict(_parents())
        found = {self.told()["pid"]}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found


def _parents() -> list[tuple[int, int]]:
    rows = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                rows.append((int(folder.name), int((folder / "stat").read_text().rpartition(")")[2].split()[1])))
            except OSError:
                continue
    return rows


def alive(pids: set[int]) -> set[int]:
    """Those that still run (what only waits to be collected by its parent does not)."""
    found = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state not in "ZX":
            found.add(pid)
    return found

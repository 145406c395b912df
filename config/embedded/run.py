"""`manage.py up`: the order of things, from the state directory to the printed address, and back."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.embedded import children
from config.embedded.accounts import servants
from config.embedded.ports import LOOPBACK, listen
from config.embedded.postgres import APP, INTAKE, OWNER, Postgres
from config.embedded.process import Child
from config.embedded.state import CHECKOUT, State
from config.embedded.supervisor import Stopped, Supervisor
from config.embedded.valkey import Valkey
from config.embedded.words import Refusal
from config.healthcheck import is_ready

DEMO_USERS = (
    "intake, officer.psh, officer.pp, supervisor, analyst, integrity, admin, partner, embassy, supervisor2, integrity2"
)
FOR_OTHERS = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_INTAKE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "SANGKROH_KEYS_DIR",
    "SANGKROH_URL",
    "DEMO",
)
READY_WITHIN = 180.0
ONLY_HERE = (
    "With DEMO=1 everybody knows the passwords, so it listens on this machine only: unset SANGKROH_HOST or DEMO."
)
NO_OWNER = (
    "DATABASE_URL is set and DATABASE_OWNER_URL is not: set it too, so that the tables can be made (docs/install.md)."
)


@dataclass
class Run:
    """One run of everything, from its environment to its end."""

    environ: dict[str, str]
    supervisor: Supervisor = field(default_factory=Supervisor)
    careless: bool = False  # the database does not wait for the disk

    def __post_init__(self) -> None:
        self.account = servants()
        self.state = State.of(self.environ, self.account)
        self.host = self.environ.get("SANGKROH_HOST", LOOPBACK)
        self.port = _port(self.environ.get("PORT") or "8000")
        self.address = f"http://{self.host}:{self.port}"
        self.demo = self.environ.get("DEMO", "").lower() in ("1", "true", "yes", "on")
        self.shared: dict[str, str] = {}

    def serve(self) -> int:
        """Bring everything up and keep it running until somebody asks to stop."""
        if self.demo and self.host not in (LOOPBACK, "localhost", "::1"):
            raise Refusal(ONLY_HERE)
        if "DATABASE_URL" in self.environ and "DATABASE_OWNER_URL" not in self.environ:
            raise Refusal(NO_OWNER)
        listen(self.host, self.port).close()
        return self._with_servers(self._serve, may_create_databases=False)

    def for_command(self, command: Sequence[str]) -> int:
        """Bring up the servers alone, run a command beside them, stop; return its exit code."""
        child = Child(command[0], command, self.shared, CHECKOUT, stop_signal=signal.SIGINT)
        return self._with_servers(lambda: self.supervisor.run_to_the_end(child), may_create_databases=True)

    def _with_servers(self, work: Callable[[], int], *, may_create_databases: bool) -> int:
        self.state.prepare(self.account)
        lock = self.state.lock()
        try:
            self._start_servers(lock, may_create_databases)
            return work()
        except Stopped:
            return 0
        finally:
            self.supervisor.stop_all()
            self.state.forget()
            os.close(lock)

    def _start_servers(self, lock: int, may_create_databases: bool) -> None:
        self.shared |= {
            "SECRET_KEY": self.state.secrets()["secret_key"],
            "SANGKROH_KEYS_DIR": str(self.state.keys),
            "SANGKROH_STATE": str(self.state.path),
            "SANGKROH_URL": self.address,
            **self.environ,
        }
        if "DATABASE_URL" not in self.environ:
            postgres = Postgres(self.state, self.account, careless=self.careless)
            postgres.prepare()
            self.supervisor.start(postgres.child(lock))
            postgres.bootstrap(may_create_databases=may_create_databases)
            self.shared |= {"DATABASE_URL": postgres.url(APP), "DATABASE_OWNER_URL": postgres.url(OWNER)}
            self.shared["DATABASE_INTAKE_URL"] = postgres.url(INTAKE)
        if "REDIS_URL" not in self.environ:
            valkey = Valkey(self.state, self.account)
            valkey.prepare()
            self.supervisor.start(valkey.child(lock))
            self.shared["REDIS_URL"] = valkey.url
        self.supervisor.changed = self._announce
        self._announce()

    def _serve(self) -> int:
        for name in ("migrate", "load_places", "load_law", *(["demo"] if self.demo else [])):
            if self.supervisor.run_to_the_end(children.command(self.shared, name, "--verbosity=0")):
                raise Refusal(f"`manage.py {name}` failed; what it said stands above. Nothing was left running.")
        server = listen(self.host, self.port)
        for child in self._serving(server.fileno()):
            self.supervisor.start(child)
        until = time.monotonic() + READY_WITHIN
        self.supervisor.keep_running(until=lambda: self._ready() or time.monotonic() > until)
        self.supervisor.say(self._welcome())
        self.supervisor.keep_running()
        return 0

    def _serving(self, server: int) -> list[Child]:
        metrics = self._empty(self.state.path / "metrics")
        environ = {**self.shared, "PROMETHEUS_MULTIPROC_DIR": str(metrics)}
        logs, schedule = self.state.logs, self.state.path / "celerybeat-schedule"
        # In this order, so that they end in the opposite one: nothing comes in while the rest is finished.
        return [children.worker(environ, logs), children.beat(environ, logs, schedule), children.web(environ, server)]

    def _empty(self, folder: Path) -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        return folder

    def _ready(self) -> bool:
        return is_ready(self.host, self.port, self.shared["SANGKROH_URL"])

    def _welcome(self) -> str:
        if not self._ready():
            return f"{self.address}/health/ready does not say that it is ready: look there for what is missing."
        lines = [f"Sangkroh is ready: {self.address}"]
        if self.demo:
            lines.append(f"Sign in as {DEMO_USERS}; the password of each is sangkroh-demo.")
        return "\n".join([*lines, f"Data and logs: {self.state.path}. Ctrl-C stops everything."])

    def _announce(self) -> None:
        told: dict[str, Any] = {
            "address": self.address,
            "environ": {name: self.shared[name] for name in FOR_OTHERS if name in self.shared},
            "children": {child.name: child.pid for child in self.supervisor.children},
        }
        self.state.announce(told)


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65_536:
        return int(text)
    raise Refusal(f"PORT={text} is no port: give a number from 1 to 65535, as in PORT=8001 make run.")

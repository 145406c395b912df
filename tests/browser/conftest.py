"""A real browser beside a live server; every test says aloud when there is none."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
AXE = Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def browser() -> Generator[Any, None, None]:
    """Start Chromium once; the ORM may be used beside its event loop, nothing runs in it."""
    if not CHROMIUM:
        pytest.skip("no Chromium here: install the package chromium, or say where it is in CHROMIUM")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright_api.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def open_page(browser: Any, live_server: Any, transactional_db: Any) -> Generator[Callable[..., Any], None, None]:
    """Open pages: `open_page(path, width=…, language=…, as_user=…, scripts=…)`; what the console says is kept.

    Without a path the window stays empty; `open_page.go(page, path)` shows another page in a window.
    """
    contexts, at_work = [], AtWork()

    def go(page: Any, path: str) -> None:
        page.said.clear()
        page.goto(live_server.url + path)

    def open_one(
        path: str | None, *, width: int = 1280, language: str = "en", as_user: Any = None, scripts: bool = True
    ) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        if as_user is not None:
            context.add_cookies([session_of(as_user, live_server.url)])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
        if path is not None:
            go(page, path)
        return page

    open_one.go = go  # type: ignore[attr-defined]
    yield open_one
    for context in contexts:
        context.close()
    settle(at_work)


BUSY = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'"""


class AtWork:
    """How many requests the live server is answering: one may rest between two questions to the database."""

    def __init__(self) -> None:
        self.n, self.lock = 0, threading.Lock()
        request_started.connect(self.begin)
        request_finished.connect(self.end)

    def begin(self, **_sent: Any) -> None:
        """Count one in."""
        with self.lock:
            self.n += 1

    def end(self, **_sent: Any) -> None:
        """Count one out."""
        with self.lock:
            self.n -= 1

    def stop(self) -> None:
        """Count no more."""
        request_started.disconnect(self.begin)
        request_finished.disconnect(self.end)


def settle(at_work: AtWork, polls: int = 3, seconds: float = 15) -> None:
    """Wait until no request of a closed page is at work: the tables are emptied next, and would deadlock with it."""
    from django.db import connection  # noqa: PLC0415 - the browser fixture must come first

    calm, ends = 0, time.monotonic() + seconds
    while calm < polls and time.monotonic() < ends:
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            calm = calm + 1 if at_work.n <= 0 and cursor.fetchone() == (0,) else 0
        time.sleep(0.05)
    at_work.stop()


def session_of(user: Any, url: str) -> dict[str, str]:
    """Return the cookie of a signed-in session."""
    from django.test import Client  # noqa: PLC0415 - the browser fixture must come first

    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def overflow(page: Any) -> int:
    """Return by how many pixels the page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def spilled(page: Any) -> list[str]:
    """Return the words of cells that are narrower than what stands in them: they would cover what is beside them."""
    cells = "[...document.querySelectorAll('tbody > tr > *')].filter(c => c.innerText.trim() && c.scrollWidth > c.clientWidth + 1)"
    found: list[str] = page.evaluate(f"{cells}.map(c => c.innerText.slice(0, 60))")
    return found


def broken_rules(page: Any) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA: the rule and the first element that breaks it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # what lies under the bar at the foot of a phone scrolls free of it: it is not covered for good
    page.evaluate(
        "for (const bar of document.querySelectorAll('.sk-nav, .sk-tabs, .sk-thumb')) bar.style.position = 'static'"
    )
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found["violations"]]

"""Goals 3 and 9: the list and the intake through gunicorn beside pgbench running their SQL; one client each."""

import json
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

from bench.bases import Base
from bench.goals import Result, middle
from bench.replay import WRITES, caught, pgbench, script

ROUNDS, SECONDS = 5, 3
SAID = {
    "channel": "hotline",
    "narrative": "Nine people on the sixth floor want to leave.",
    "province_of_incident": "18",
    "people": [{"name": "Nguyen Van An"}, {"name": "Li Bo"}],
}
BODY = json.dumps(SAID).encode()
INTAKE = "/api/v1/complaints/"


def measure(bases: list[Base], sessions: dict[str, str]) -> Iterator[Result]:
    """Measure both on the largest base."""
    base = bases[-1]
    yield listed(base, sessions["supervisor"])
    yield taken_in(base, sessions["intake"])


def listed(base: Base, session: str) -> Result:
    """Compare the list with all its statements, its audit included."""
    statements = caught(base, "supervisor", lambda browser: browser.get("/complaints/"))
    ours = lambda: base.server.take("/complaints/", session)  # noqa: E731
    return compared(3, f"list at {base.size:,} ÷ pgbench, same SQL", base, ours, script(statements), 1 / 15)


def taken_in(base: Base, session: str) -> Result:
    """Compare a complaint with two people, through the API, with its writes alone."""

    def act(browser: object) -> object:
        key = {"Idempotency-Key": uuid4().hex}
        return browser.post(INTAKE, BODY, content_type="application/json", headers=key)

    earlier, later = (caught(base, "intake", act) for _turn in range(2))
    writes = [sql for sql in later if sql.startswith((*WRITES, "BEGIN", "COMMIT"))]

    def ours() -> object:
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
        return base.server.take(INTAKE, session, BODY, **headers)

    return compared(
        9, f"intake at {base.size:,} ÷ pgbench, same writes", base, ours, script(writes, fixed=earlier), 1 / 7
    )


def compared(goal: int, what: str, base: Base, ours: Callable[[], object], text: str, limit: float) -> Result:
    """Run both in interleaved rounds and compare how many a second they do."""
    done, alone = [], []
    for _round in range(ROUNDS):
        done.append(rate(ours))
        alone.append(pgbench(base, text, SECONDS))
    words = (
        f"{middle(done):.0f}/s ({min(done):.0f}–{max(done):.0f}) beside {middle(alone):.0f}/s "
        f"({min(alone):.0f}–{max(alone):.0f}); limit 1/{1 / limit:.0f}, found 1/{middle(alone) / middle(done):.1f}"
    )
    return Result(goal, what, words, middle(done) / middle(alone), limit, at_least=True)


def rate(act: Callable[[], object]) -> float:
    """Return how many a second one client gets, one after another."""
    began, n = time.monotonic(), 0
    while time.monotonic() - began < SECONDS:
        act()
        n += 1
    return n / (time.monotonic() - began)

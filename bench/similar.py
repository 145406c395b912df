"""Goals 4 and 5: what looks the same as what is typed, and the search box, through gunicorn; one client."""

import time
from collections.abc import Iterator
from urllib.parse import quote

from django.db import connection

from bench.bases import Base, on
from bench.goals import Result, ms
from bench.names import name_of

ROUNDS = 40
WARM = 3
SCAN = "SELECT count(*) FROM victims_victim v JOIN people_personname n USING (person_id) WHERE n.text ILIKE '%%zzzz%%'"


def typed(n: int) -> dict[str, str]:
    """Return what stands in the form in one round: a name, a telephone, a spot and a story, each another time."""
    return {
        "narrative": f"ពលករ {n} នាក់ ត្រូវបានឃុំ។ They want to leave w{n % 50000} on the sixth floor, ring 09{n:07}.",
        "exact_spot": f"{'Trapeang Thum' if n % 2 else 'Phum Thmei'} floor {n % 12}",
        "people-0-name": name_of(n),
        "people-0-age": "22",
        "phone": f"09{n:07}",
        "province_of_incident": "18",
    }


def asked(n: int) -> list[str]:
    """Return what is typed into the search box: a reference, names, a telephone, a rare word, Khmer."""
    return [f"KH-2022-{n}", name_of(n), f"09{n:07}", f"w{n % 50000}", f"ពលករ {n} នាក់"]


def measure(bases: list[Base], sessions: dict[str, str]) -> Iterator[Result]:
    """Measure both at every size."""
    for base in bases:
        yield while_typing(base, sessions["intake"])
    yield searched(bases[-1], sessions["supervisor"])


def while_typing(base: Base, session: str) -> Result:
    """Time the part of the form that shows what looks the same; p95 in milliseconds."""
    took = []
    for turn in range(ROUNDS + WARM):
        n = 1 + turn * (base.size // (ROUNDS + WARM))
        seconds, _size = base.server.form("/complaints/new/similar/", session, **typed(n))
        took.append(seconds)
    words = f"{ms(took[WARM:])}, the whole request"
    return Result(5, f"looks the same, p95 in ms at {base.size:,}", words, p95(took[WARM:]) * 1e3, 150)


def searched(base: Base, session: str) -> Result:
    """Compare the search box with one scan of all names for a part of one."""
    took = []
    for turn in range(ROUNDS // 5 + WARM):
        for text in asked(1 + turn * (base.size // (ROUNDS + WARM))):
            seconds, _size = base.server.take(f"/complaints/?q={quote(text)}", session)
            took.append(seconds)
    scan = min(scanned(base) for _ in range(3))
    words = f"{ms(took[WARM * 5 :])} ÷ {scan * 1e3:.0f} ms"
    return Result(4, f"search p95 ÷ a scan of names at {base.size:,}", words, p95(took[WARM * 5 :]) / scan, 0.2)


def scanned(base: Base) -> float:
    """Return the seconds of one sequential scan."""
    with on(base), connection.cursor() as cursor:
        began = time.monotonic()
        cursor.execute(SCAN)
        cursor.fetchall()
        return time.monotonic() - began


def p95(took: list[float]) -> float:
    """Return the time that 19 of 20 stay under."""
    return sorted(took)[int(len(took) * 0.95)]

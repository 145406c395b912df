"""Goal 4: the search box through gunicorn beside one scan of all names, one client; and that it misses no Khmer phrase."""

import time
from collections.abc import Iterator
from urllib.parse import quote

from django.db import connection

from accounts.models import User
from bench.bases import Base, on
from bench.goals import Result, ms, p95
from bench.names import name_of
from complaints.models import Complaint
from complaints.search import matching

ROUNDS, WARM = 8, 3
PHRASES = 40
SCAN = "SELECT count(*) FROM victims_victim v JOIN people_personname n USING (person_id) WHERE n.text ILIKE '%%zzzz%%'"
LIKE = "SELECT id FROM complaints_complaint WHERE handling IN ('provincial', 'national_led') AND narrative LIKE %s"
ZERO_WIDTH = "\u200b"


def asked(n: int) -> list[str]:
    """Return what is typed into the search box: a reference, names, a telephone, a rare word, Khmer."""
    return [f"KH-2022-{n}", name_of(n), f"09{n:07}", f"w{n % 50000}", f"ពលករ {n} នាក់"]


def measure(bases: list[Base], sessions: dict[str, str]) -> Iterator[Result]:
    """Measure the largest base."""
    base = bases[-1]
    yield searched(base, sessions["supervisor"])
    yield recalled(base)


def searched(base: Base, session: str) -> Result:
    """Compare the search box with one scan of all names for a part of one."""
    took = []
    for turn in range(ROUNDS + WARM):
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


def phrases(size: int) -> list[tuple[str, str]]:
    """Return Khmer phrases as they stand in what is said, and as somebody types them: cut anywhere, a zero-width space between."""
    found = []
    for turn in range(PHRASES):
        n = 1 + turn * (size // PHRASES)
        whole = f"ពលករ {n} នាក់ ត្រូវបានឃុំ"
        phrase = whole[turn % 4 : len(whole) - turn % 3]
        half = len(phrase) // 2
        found.append((phrase, phrase if turn % 2 else f"{phrase[:half]}{ZERO_WIDTH}{phrase[half:]}"))
    return found


def recalled(base: Base) -> Result:
    """Compare what the box finds of Khmer phrases with a LIKE scan of what is said: the share of rows that are found."""
    wanted = there = 0
    with on(base):
        user = User.objects.get(username="supervisor")
        for phrase, typed in phrases(base.size):
            with connection.cursor() as cursor:
                cursor.execute(LIKE, [f"%{phrase}%"])
                rows = {key for (key,) in cursor.fetchall()}
            seen = Complaint.objects.visible_to(user)
            found = set(matching(seen, typed, user).values_list("pk", flat=True))
            wanted, there = wanted + len(rows), there + len(rows & found)
    words = f"{there:,} of {wanted:,} rows, {PHRASES} phrases"
    return Result(4, f"Khmer phrases found, of a LIKE scan at {base.size:,}", words, there / wanted, 1, at_least=True)

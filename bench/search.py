"""Goal 4: the search box (its keys, rows and totals, through Django) beside one scan of all names; the page around it; every Khmer phrase."""

import time
from collections.abc import Iterator
from urllib.parse import quote

from django.db import connection

from accounts.models import User
from bench.bases import Base, on
from bench.goals import Result, middle, ms, p95
from bench.names import name_of
from complaints.models import Complaint
from complaints.search import matching
from complaints.views.list import totals
from core.paging import PAGE_SIZE

LIST = "/complaints/"
ROUNDS, WARM = 8, 3
PHRASES = 40
KINDS = ("reference", "name", "telephone", "rare word", "Khmer")
OFTEN = ("ពលករ នាក់ ត្រូវបានឃុំ", "they want to leave")  # what every complaint says
SCAN = "SELECT count(*) FROM victims_victim v JOIN people_personname n USING (person_id) WHERE n.text ILIKE '%%zzzz%%'"
LIKE = "SELECT id FROM complaints_complaint WHERE handling IN ('provincial', 'national_led') AND narrative LIKE %s"
ZERO_WIDTH = "\u200b"


def asked(n: int) -> list[str]:
    """Return what is typed into the search box, one of each kind: a reference, a name, a telephone, a rare word, Khmer."""
    return [f"KH-2022-{n}", name_of(n), f"09{n:07}", f"w{n % 50000}", f"ពលករ {n} នាក់"]


def measure(bases: list[Base], sessions: dict[str, str]) -> Iterator[Result]:
    """Measure the largest base."""
    base = bases[-1]
    yield from searched(base, sessions["supervisor"])
    yield recalled(base)


def searched(base: Base, session: str) -> Iterator[Result]:
    """Compare the search box with one scan of all names for a part of one; not of the goal: its page, and what every complaint says."""
    pages: dict[str, list[float]] = {}
    alone: list[float] = []
    scans: list[float] = []
    for turn in range(ROUNDS + WARM):
        texts = asked(1 + turn * (base.size // (ROUNDS + WARM)))
        for kind, path in [
            *zip(KINDS, map(page, texts), strict=True),
            *(("often", page(text)) for text in OFTEN),
            ("list", LIST),
        ]:
            pages.setdefault(kind, []).append(base.server.take(path, session)[0])
        alone += queried(base, texts)
        scans.append(scanned(base))
    took = {kind: times[WARM * (len(times) // (ROUNDS + WARM)) :] for kind, times in pages.items()}
    scan, every = min(scans), [seconds for kind in KINDS for seconds in took[kind]]
    sql = alone[WARM * len(KINDS) :]
    words = f"{ms(sql)} ÷ {scan * 1e3:.0f} ms"
    yield Result(4, f"search p95 ÷ a scan of names at {base.size:,}", words, p95(sql) / scan, 0.2)
    words = f"{ms(every)}; p95 in ms: {', '.join(f'{kind} {p95(took[kind]) * 1e3:.0f}' for kind in KINDS)}"
    yield Result(4, "its whole page, p95 ÷ that scan", words, p95(every) / scan, 0.5)
    words = f"{ms(took['often'])} ÷ {ms(took['list'])}"
    yield Result(4, "what every complaint says ÷ the list", words, middle(took["often"]) / middle(took["list"]), 3)


def page(text: str) -> str:
    """Return the address of the list searched for a text."""
    return f"{LIST}?q={quote(text)}"


def queried(base: Base, texts: list[str]) -> list[float]:
    """Return the seconds that the queries of each search take, without a page around them: its rows and its totals."""
    took = []
    with on(base):
        user = User.objects.get(username="supervisor")
        for text in texts:
            began = time.monotonic()
            rows = matching(Complaint.objects.of_own_provinces(user), text, user).live()
            list(rows.order_by("-received_at", "-pk").values_list("pk")[: PAGE_SIZE + 1])
            totals(rows)
            took.append(time.monotonic() - began)
    return took


def scanned(base: Base) -> float:
    """Return the seconds of one sequential scan, by one process as a search is: the planner would else send for two more."""
    with on(base), connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
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

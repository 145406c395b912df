"""Goals 1, 2 and 6: lists, work page, complaint and situation page at every size, in interleaved rounds."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core import signing
from django.http import QueryDict
from django.test import Client

from accounts.models import User
from bench.bases import Base, on
from bench.goals import Result, middle, ms
from complaints.models import Complaint
from core.display import today
from core.paging import SALT, filters_digest
from tests.queries import asked

ROUNDS = 21
YEAR_ROUNDS = 7
LISTS = {"complaints": "/complaints/", "victims": "/victims/", "suspects": "/suspects/"}
LAST, WORK, WEEKS, YEAR, ONE = "last page", "work page", "situation, 43 days", "situation, a year", "a complaint"
OVERVIEW = "overview, a year"
# A page of a year is kept for its reader where counting it takes long: what it takes then stands beside.
COUNTED, COUNTED_OVERVIEW = "situation, a year counted anew", "overview, a year counted anew"
YEARS = {YEAR, OVERVIEW, COUNTED, COUNTED_OVERVIEW}


def situation(first: date, days: int) -> str:
    return f"/reports/situation/?from={first}&to={first + timedelta(days=days - 1)}"


def overview(first: date, days: int) -> str:
    return f"/reports/?from={first}&to={first + timedelta(days=days - 1)}"


def last_page() -> str:
    """Return the address of the complaints list's last page."""
    at, pk = Complaint.objects.order_by("received_at", "id").values_list("received_at", "id")[50]
    value = {"v": at.isoformat(), "t": True, "i": str(pk), "d": "n", "f": filters_digest(QueryDict(""))}
    return f"/complaints/?cursor={signing.dumps(value, salt=SALT)}"


def paths(base: Base) -> dict[str, str]:
    """Return the pages of a base by name; the windows lie a year back, where every size has its full share."""
    back = today() - timedelta(days=500)
    with on(base):
        alike = Complaint.objects.filter(handling="provincial", status="closed", suspects__isnull=False)
        one = alike.order_by("-received_at").values_list("reference", flat=True)[200]
        last = last_page()
    pages = {**LISTS, LAST: last, WORK: "/", ONE: f"/complaints/{one}/", WEEKS: f"{situation(back, 43)}&anew=1"}
    years = {YEAR: situation(back, 365), OVERVIEW: overview(back, 365)}
    return {**pages, **years, COUNTED: f"{years[YEAR]}&anew=1", COUNTED_OVERVIEW: f"{years[OVERVIEW]}&anew=1"}


def measure(bases: list[Base], sessions: dict[str, str]) -> Iterator[Result]:
    """Take every page at every size in turn; the small ones more often than the year."""
    found = {base.size: paths(base) for base in bases}
    took: dict[tuple[int, str], list[float]] = {}
    for turn in range(ROUNDS + 2):
        for name in found[bases[0].size]:
            for base in bases:
                if name not in YEARS or turn < YEAR_ROUNDS + 2:
                    seconds, _size = base.server.take(found[base.size][name], sessions["supervisor"])
                    took.setdefault((base.size, name), []).append(seconds)
    yield from told(bases, {key: times[2:] for key, times in took.items()})
    yield from queries(bases, found)


def told(bases: list[Base], took: dict[tuple[int, str], list[float]]) -> Iterator[Result]:
    """Compare the largest size with the smallest, the last page with the first, the year with a tenth of it."""
    small, large = bases[0].size, bases[-1].size
    tenth = bases[-2].size if len(bases) > 1 else small

    def ratio(name: str, low: int, limit: float, goal: int = 1) -> Result:
        words = " · ".join(f"{base.size:,}: {ms(took[base.size, name])}" for base in bases)
        value = middle(took[large, name]) / middle(took[low, name])
        return Result(goal, f"{name}: {large:,} ÷ {low:,}", words, value, limit)

    yield ratio("complaints", small, 1.3)
    first, last = took[large, "complaints"], took[large, LAST]
    yield Result(1, f"last page ÷ first at {large:,}", f"{ms(last)} ÷ {ms(first)}", middle(last) / middle(first), 1.3)
    for name in ("victims", "suspects", WORK, ONE):
        yield ratio(name, small, 1.5)
    yield ratio(WEEKS, small, 3.0, 6)
    yield ratio(YEAR, tenth, 2.5, 6)
    yield ratio(OVERVIEW, tenth, 2.5, 6)
    yield ratio(COUNTED, tenth, 10.0, 6)
    yield ratio(COUNTED_OVERVIEW, tenth, 10.0, 6)


def queries(bases: list[Base], found: dict[int, dict[str, str]]) -> Iterator[Result]:
    """Count the queries of each page, session, user, bell and audit included."""
    limits = {**dict.fromkeys(LISTS, 12), LAST: 12, WORK: 18, ONE: 15, WEEKS: 56}
    for name, limit in limits.items():
        counts = [counted(base, found[base.size][name]) for base in bases]
        words = " · ".join(f"{base.size:,}: {n}" for base, n in zip(bases, counts, strict=True))
        yield Result(2, f"queries of {name}, most", words, max(counts), limit)
        yield Result(2, f"queries of {name}, most − least", "", max(counts) - min(counts), 0)


def counted(base: Base, path: str) -> int:
    """Count the queries of a page for a supervisor, once the process has read what it reads once."""
    with on(base):
        browser = Client(headers={"host": "127.0.0.1"})
        user = User.objects.get(username="supervisor")
        browser.force_login(user, backend="accounts.backends.ActiveUserBackend")
        asked(browser, path)
        return sum(not sql.startswith(("BEGIN", "COMMIT")) for sql in asked(browser, path))

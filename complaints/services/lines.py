"""Go through what stands in several lines when time is short: each line has its share, and none waits for another."""

import itertools
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import F, Func, IntegerField, QuerySet

logger = logging.getLogger(__name__)
MOST = 200  # of a line at a time
Take = Callable[[Any], bool]
Line = tuple[Take, list[Any]]  # how each of a line is taken, and their keys in turn


def share(lines: list[Line], until: float, seen: set[Any]) -> int:
    """Take from several lines until a moment; next is always the line that took the least time so far. `seen` gets what was tried."""
    done, spent = 0, [(0.0, place) for place in range(len(lines))]
    left = [iter(waits) for _take, waits in lines]
    while spent and (began := time.monotonic()) < until:
        took, place = min(spent)
        spent.remove((took, place))
        for pk in itertools.islice(left[place], 1):
            seen.add(pk)
            done += each([pk], lines[place][0])
            spent.append((took + time.monotonic() - began, place))
    return done


def each(waits: Iterable[Any], take: Take) -> int:
    """Take each by its key; returns how many were. One that is broken holds up no other, and its words stay out of the log."""
    done = 0
    for pk in waits:
        try:
            done += take(pk)
        except Exception as error:
            logger.error("a public report waits: it could not be taken in (%s)", type(error).__name__)
    return done


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Tell whether no other process does the same now; where it is ended, the database lets the next one in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        (is_alone,) = cursor.fetchone()
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])


def sized(rows: QuerySet[Any], field: str) -> QuerySet[Any]:
    """Return rows with how long a sealed field of theirs is, in bytes: nothing else of it is read."""
    found: QuerySet[Any] = rows.annotate(size=Func(F(field), function="octet_length", output_field=IntegerField()))
    return found


def keys(rows: QuerySet[Any]) -> list[Any]:
    """Return the keys of the first rows."""
    return list(rows.values_list("pk", flat=True)[:MOST])

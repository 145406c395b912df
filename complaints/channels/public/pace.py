"""Look-ups of codes go at a walking pace, for everybody together: each takes as long as the others, and few go at a time.

It is tied to no person, address or code, and it counts nothing that is kept. With two at a time and 0.4 seconds each a
process answers five codes a second: 10^5 guesses take hours, and of 10^20 codes find none. One more waits for a turn, and no
other: a flood of codes would else hold every thread of a process, and the form could not be sent. Who writes and gets no turn
has their words kept all the same: only the reading is paced.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings

AT_ONCE = 2
IN_LINE = 1  # of the four threads a process has (config/gunicorn.py) one is left for the form
PATIENCE = 2.0  # seconds somebody waits for a turn
KEEPING = 0.05  # seconds that keeping a message takes with a right code and with a wrong one
_turns, _line = BoundedSemaphore(AT_ONCE), BoundedSemaphore(IN_LINE)


class Busy(Exception):
    """No turn came within the patience of who waits."""


def _wait() -> None:
    """Wait for a turn in the line; raises Busy where that is full, or no turn comes."""
    if not _line.acquire(blocking=False):
        raise Busy
    try:
        if not _turns.acquire(timeout=PATIENCE):
            raise Busy
    finally:
        _line.release()


@contextmanager
def paced() -> Iterator[None]:
    """Take a turn, and let it last as long as every other; raises Busy."""
    if not _turns.acquire(blocking=False):
        _wait()
    began = time.monotonic()
    try:
        yield
    finally:
        time.sleep(max(0.0, settings.PUBLIC_PACE - (time.monotonic() - began)))
        _turns.release()


@contextmanager
def steady() -> Iterator[None]:
    """Let keeping a message last as long with a right code as with a wrong one, which keeps nothing; it needs no turn."""
    began = time.monotonic()
    try:
        yield
    finally:
        time.sleep(max(0.0, KEEPING - (time.monotonic() - began)))

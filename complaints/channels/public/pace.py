"""Look-ups of codes go at a walking pace, for everybody together: each takes as long as the others, and few go at a time.

It is tied to no person, address or code, and it counts nothing that is kept. With two at a time and 0.4 seconds each a
process answers five codes a second: 10^5 guesses take hours, and of 10^20 codes find none.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings

AT_ONCE = 2
PATIENCE = 2.0  # seconds somebody waits for a turn
_turns = BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """No turn came within the patience of who waits."""


@contextmanager
def paced() -> Iterator[None]:
    """Take a turn, and let it last as long as every other; raises Busy."""
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    began = time.monotonic()
    try:
        yield
    finally:
        time.sleep(max(0.0, settings.PUBLIC_PACE - (time.monotonic() - began)))
        _turns.release()

"""What took long to count is kept a while for whoever asked: their next look at the same days is at once, and says when it was counted.

What is counted quickly is counted for every page, so a small ministry always reads this moment. Only pages keep: what is published, handed
in, exported, checked or asked by a programme is counted anew each time. What waits today is never kept.
"""

import hashlib
import time
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from reports.indicators import Look


class Keeping:
    """The look of a page whose counting may be kept: `with Keeping(look, "situation", anew=False) as kept: … kept.look`.

    `counted_at` is the moment of figures that were counted for an earlier page, None where all are of this moment.
    """

    def __init__(self, look: Look, page: str, *, anew: bool) -> None:
        self.look = replace(look, keeps=True)
        self.counted_at: datetime | None = None
        self.key = key_of(look, page)
        self.anew = anew

    def __enter__(self) -> "Keeping":
        found = None if self.anew else cache.get(self.key)
        if found:
            self.counted_at, kept = found
            self.look.kept.update(kept)
        self.began = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if error is None and time.monotonic() - self.began >= settings.FIGURES_LONG:
            found = (self.counted_at or timezone.now(), self.look.kept)
            cache.set(self.key, found, settings.FIGURES_KEPT)


def key_of(look: Look, page: str) -> str:
    """Return the name of what is kept: of one reader, as long as role and postings stay what they are."""
    user: Any = look.user
    scope = (user.pk, user.role, user.is_active, sorted(user.posted_provinces), page, str(look.window), look.province)
    return "figures:" + hashlib.sha256(repr(scope).encode()).hexdigest()

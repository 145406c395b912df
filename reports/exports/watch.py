"""Who is at an export: the lease of one worker, renewed while it works, and how far it is."""

import logging
import threading
import time
from datetime import timedelta
from typing import Any, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from reports.exports.models import ExportJob, State

logger = logging.getLogger(__name__)
TURNS = 7_263_541  # the lock under which exports are taken, one after the other


class Stopped(Exception):
    """The export was cancelled, or another worker has it now."""


def lease() -> timedelta:
    """Return how long a worker is believed to be at it without saying so."""
    return timedelta(seconds=settings.EXPORT_LEASE)


def claim(pk: Any) -> UUID | None:
    """Take an export that waits, or whose worker is gone; of two workers one gets it, the other None.

    None too where as many are being made as may be: an export takes minutes, and alarms have the same worker.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURNS])
        return _claimed(pk)


def _claimed(pk: Any) -> UUID | None:
    now, token = timezone.now(), uuid4()
    made = ExportJob.objects.exclude(pk=pk).filter(state=State.RUNNING, lease_until__gte=now)
    if made.count() >= settings.EXPORTS_AT_ONCE:
        return None
    free = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=now)
    taken = ExportJob.objects.filter(free, pk=pk).move(
        State.RUNNING,
        State.QUEUED,
        State.RUNNING,
        token=token,
        lease_until=now + lease(),
        attempts=F("attempts") + 1,
        started_at=now,
        done=0,
    )
    return token if taken else None


class Watch:
    """Renews the lease and writes down how far it is, from a thread of its own; sees a cancel within a second.

    The first rows are written down at once, so that a bar moves as soon as there is something to see; then it goes by time.
    """

    def __init__(self, pk: Any, token: UUID) -> None:
        self.pk, self.token = pk, token
        self.rows = 0
        self.total: int | None = None
        self._stopped, self._over, self._wake = threading.Event(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="export-lease", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._wake.set()
        self._thread.join()

    def check(self) -> None:
        """Raise Stopped where this worker is to stop."""
        if self._stopped.is_set():
            raise Stopped

    def passed(self, rows: int) -> None:
        """Note how many rows are through; raises Stopped."""
        began, self.rows = rows > 0 and self.rows == 0, rows
        if began:
            self._wake.set()
        self.check()

    def _run(self) -> None:
        """Renew each second, or three times within a short lease, and when the first rows are through."""
        renewed = time.monotonic()
        try:
            while not self._rest():
                try:
                    if not self._renew():
                        return self._stopped.set()
                    renewed = time.monotonic()
                except DatabaseError as error:
                    logger.warning("export %s: its lease could not be renewed: %s", self.pk, type(error).__name__)
                    connection.close()
                    if time.monotonic() - renewed > settings.EXPORT_LEASE:
                        return self._stopped.set()
        finally:
            connection.close()

    def _rest(self) -> bool:
        """Wait until it is time to renew; return whether it is over."""
        self._wake.wait(min(1.0, settings.EXPORT_LEASE / 3))
        self._wake.clear()
        return self._over.is_set()

    def _renew(self) -> int:
        mine = ExportJob.objects.filter(pk=self.pk, token=self.token, state=State.RUNNING)
        said = {} if self.total is None else {"total": self.total, "done": min(self.rows, self.total)}
        return mine.update(lease_until=timezone.now() + lease(), **said)

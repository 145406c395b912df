"""Make an export, as whoever asked for it: a leased row, a file written apart and named only when it is whole."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from audit.services import record
from core import context
from core.csv import Export, copy_keys, pieces
from core.pdf import NoPaper
from core.views import require
from notifications.services import notify, ring
from people.columns import IDENTITY
from reports.exports import store
from reports.exports.files import Made, write
from reports.exports.lists import LISTS
from reports.exports.models import MOST_ROWS, ExportJob, Format, Problem, State
from reports.exports.services import TASK, expire, require_list
from reports.exports.watch import Stopped, Watch, claim
from workflow.models import Approval

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 4
PATIENCE = 0.5
AGAIN_AFTER = timedelta(seconds=10)


class TooMuch(Exception):
    """More rows than the format can hold: since it was asked for some may have come."""


WHY: tuple[tuple[type[Exception], Problem], ...] = (
    (PermissionDenied, Problem.RIGHTS),
    (User.DoesNotExist, Problem.RIGHTS),
    (ValidationError, Problem.RIGHTS),  # a filter that the role has no more
    (NoPaper, Problem.TOO_MUCH),
    (TooMuch, Problem.TOO_MUCH),
    (OSError, Problem.DISK),
)


def make(pk: Any) -> None:
    """Make an export that waits; does nothing where another worker is at it or it has ended."""
    token = claim(pk)
    if token is None:
        return
    job = ExportJob.objects.select_related("approval").get(pk=pk)
    if job.attempts > MOST_ATTEMPTS:
        _fail(job, Problem.STOPPED)
    else:
        _try(job, token)
    _ring_next()


def _ring_next() -> None:
    """Ring for the one that waited longest: its own bell may have found as many being made as may be."""
    waiting = ExportJob.objects.filter(state=State.QUEUED).order_by("asked_at").values_list("pk", flat=True)
    for pk in waiting[:1]:
        ring(pk, task=TASK)


def _try(job: ExportJob, token: UUID) -> None:
    pk = job.pk
    try:
        with override(job.language), Watch(pk, token) as watch, store.working(pk, token) as work:
            _make(job, work, watch)
    except Stopped:
        logger.info("export %s was stopped", job.reference)
    except Exception as error:
        problem = next((said for kind, said in WHY if isinstance(error, kind)), Problem.BROKEN)
        logger.log(
            logging.ERROR if problem == Problem.BROKEN else logging.WARNING,
            "export %s failed: %s",
            job.reference,
            type(error).__name__,
            exc_info=problem == Problem.BROKEN,
        )
        _fail(job, problem)


def _make(job: ExportJob, work: Path, watch: Watch) -> None:
    user = asker(job)
    context.enter(user, job.purpose)
    made = write(job, user, work, watch, Reading(job, work, watch))
    watch.check()
    _ready(job, user, made, watch)


def asker(job: ExportJob) -> Any:
    """Return who asked, as they are now; raises PermissionDenied where they may not have it (any more)."""
    user = User.objects.active().people().for_request().get(pk=job.by_id)
    allow(job, user)
    return user


def allow(job: ExportJob, user: Any) -> None:
    """Raise PermissionDenied unless somebody may have this export now."""
    require_list(LISTS[job.listing], user)
    if job.identities:
        require(user, IDENTITY)
        if job.approval is None or job.approval.state != Approval.State.APPROVED:
            raise PermissionDenied


class Reading:
    """The rows of an export, read as whoever asked: pieces of CSV, the header first, and the columns they have."""

    def __init__(self, job: ExportJob, work: Path, watch: Watch) -> None:
        self.job, self.work, self.watch = job, work, watch
        self.columns: list[Any] = []

    @property
    def keys(self) -> Path:
        """Return where the keys of the rows are written."""
        return self.work / "keys"

    def pieces(self, shape: Callable[[list[Any]], list[Any]]) -> Iterator[bytes]:
        """Give the rows; `shape` says what of the columns is read. Raises Stopped within half a second of a cancel."""
        job, watch = self.job, self.watch

        def prepare() -> Export:
            user = asker(job)
            params, listing = job.params, LISTS[job.listing]
            rows = listing.rows(params, user)
            had = listing.columns_of(user, params, identities=job.identities)
            self.columns = shape([column for column in had if column.name in job.columns])
            if not self.columns:  # the role has none of them any more
                raise PermissionDenied
            return Export(user, rows, self.columns, first=lambda: self.note(rows))

        source = pieces(prepare, lambda _rows, _outcome: None, patience=PATIENCE, passed=watch.passed)
        try:
            yield from (piece for piece in source if piece)
        finally:
            source.close()

    def note(self, rows: Any) -> None:
        """Write down whose rows these are, and how many: before the file is handed over each is asked for again."""
        with self.keys.open("wb") as sink:
            copy_keys(rows, sink)
        with self.keys.open("rb") as written:
            n = sum(1 for _line in written)
        if n > MOST_ROWS.get(Format(self.job.format), n):
            raise TooMuch
        self.watch.total = n


def _ready(job: ExportJob, user: Any, made: Made, watch: Watch) -> None:
    now = timezone.now()
    with transaction.atomic():
        mine = ExportJob.objects.filter(pk=job.pk, token=watch.token, state=State.RUNNING)
        row = mine.select_for_update(no_key=True).first()
        if row is None:
            raise Stopped
        store.keep(made.path, made.keys, job.pk)
        row.state, row.ended_at, row.expires_at = State.READY, now, now + timedelta(hours=settings.EXPORT_HOURS)
        row.total = row.done = made.rows
        row.bytes, row.sha256, row.token, row.lease_until = made.size, made.sha256, None, None
        if row.key_shown_at is not None:
            row.key = ""  # from here on nobody but who noted the passphrase opens the file
        row.save()
        notify([user], "export_ready", about=row, transition=row.pk)
        detail = {"rows": made.rows, "bytes": made.size, "reference": row.reference}
        record("export.made", by=user, about=row, purpose=row.purpose, detail=detail)


@transaction.atomic
def _fail(job: ExportJob, problem: Problem) -> None:
    rows = ExportJob.objects.filter(pk=job.pk, token=job.token)
    ended = {"problem": problem, "ended_at": timezone.now(), "token": None, "lease_until": None, "key": b""}
    if not rows.move(State.FAILED, State.RUNNING, **ended):
        return
    record("export.failed", by=job.by, about=job, outcome="failed", detail={"problem": str(problem)})
    notify(User.objects.active().filter(pk=job.by_id), "export_failed", about=job, transition=job.pk)


def sweep() -> None:
    """Ring again for what waits or whose worker is gone; take away what has expired and what was left lying."""
    now = timezone.now()
    waiting = ExportJob.objects.filter(state=State.QUEUED, asked_at__lt=now - AGAIN_AFTER) | ExportJob.objects.stuck(
        now
    )
    for pk in waiting.order_by("asked_at").values_list("pk", flat=True)[:20]:
        ring(pk, task=TASK)
    for job in ExportJob.objects.filter(state=State.READY, expires_at__lte=now):
        expire(job)
    store.sweep(at_work)


def at_work() -> tuple[set[str], set[str]]:
    """Return the exports that have a file or may get one any moment, and the attempts that are being made."""
    rows = list(ExportJob.objects.filter(state__in=(State.RUNNING, State.READY)).values_list("pk", "token"))
    return {str(pk) for pk, _token in rows}, {f"{pk}.{token}" for pk, token in rows if token}

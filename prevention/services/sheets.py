"""Take in a sheet of answers: read and shown first, taken in by the worker part by part, taken out again as a whole."""

from __future__ import annotations

import hashlib
import logging
import time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict
from core.sheets import text_of
from notifications.services import ring
from prevention.models import Answer, ImportState, Respondent, SheetImport, Survey
from prevention.services.respondents import Checker, answers_of
from prevention.sheet import MOST_ROWS, Reader, Row
from workflow.services import lock

logger = logging.getLogger(__name__)
TASK = "prevention.tasks.take_in"
CHUNK = 200  # rows of one transaction: what a killed worker does again, what a stop waits for
BUDGET = 15.0  # seconds of one run, well under the task's limit
MOST_PROBLEMS = 200  # of a sheet, shown on its page


@transaction.atomic
def read_sheet(survey: Survey, upload: Any, *, by: Any) -> SheetImport:
    """Read a sheet and keep its rows, nothing taken in yet; raises ValidationError for what is no sheet of this survey."""
    row = _may_import(survey, by)
    text = text_of(upload, most=MOST_ROWS, numbered=True)
    rows = Reader(row).read(text)
    right = [kept(one) for one in rows if not one.errors]
    problems = [[one.line, column, words] for one in rows for column, words in one.errors]
    made = SheetImport.objects.create(
        survey=row,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        rows=right,
        problems=problems[:MOST_PROBLEMS],
        total=len(right),
        wrong=len(rows) - len(right),
        made_by=by,
    )
    record("survey.sheet_read", by=by, about=row, detail={"import": made.reference, "rows": len(rows)})
    return made


def kept(row: Row) -> dict[str, Any]:
    """Return a row as it waits in the database."""
    return {"line": row.line, **{name: str(value) if isinstance(value, Decimal) else value for name, value in row.said.items()}}  # fmt: skip


@transaction.atomic
def begin_import(job: SheetImport, *, by: Any) -> SheetImport:
    """Have the worker take the rows in; Conflict where rows are wrong or the survey takes no answers now."""
    survey = _may_import(job.survey, by)
    row = _held(job, by)
    if row.state != ImportState.READ:
        raise Conflict(_("This sheet is on its way already. Load the page again."))
    if row.wrong or not row.total:
        raise Conflict(_("Some rows are wrong. Mend them in the sheet and send it again: nothing was taken in."))
    if SheetImport.objects.filter(survey=survey, state=ImportState.RUNNING).exists():
        raise Conflict(_("Another sheet is being taken in for this survey. Wait until it is done."))
    row.state, row.begun_at = ImportState.RUNNING, timezone.now()
    row.save(update_fields=["state", "begun_at"])
    record("survey.sheet_begin", by=by, about=survey, detail={"import": row.reference, "rows": row.total})
    ring(row.pk, task=TASK)
    return row


@transaction.atomic
def cancel_import(job: SheetImport, *, by: Any) -> SheetImport:
    """Stop a sheet, or take out one that is in: nothing of it stays. Conflict once the survey is closed."""
    survey = _may_import(job.survey, by)
    row = _held(job, by)
    if row.state == ImportState.CANCELLED:
        raise Conflict(_("This sheet was taken out already."))
    gone = Respondent.objects.filter(taken_in=row)
    n = gone.count()
    Answer.objects.filter(respondent__in=gone).delete()
    gone.delete()
    row.state, row.ended_at, row.rows = ImportState.CANCELLED, timezone.now(), []
    row.save(update_fields=["state", "ended_at", "rows"])
    record("survey.sheet_cancel", by=by, about=survey, detail={"import": row.reference, "rows": n})
    return row


def take_in(pk: UUID | str) -> None:
    """Go on with a sheet, part by part, until it is done, stopped, or the time of one run is over; may run twice at once."""
    ends = time.monotonic() + BUDGET
    while time.monotonic() < ends:
        if not _take_part(pk):
            return
    ring(UUID(str(pk)), task=TASK)


def sweep() -> None:
    """Go on with what no bell rang for."""
    for pk in SheetImport.objects.running().values_list("pk", flat=True):
        take_in(pk)


@transaction.atomic
def _take_part(pk: UUID | str) -> bool:
    """Take in the next rows; return whether there may be more. A second worker finds the row locked and leaves it."""
    job = SheetImport.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if job is None or job.state != ImportState.RUNNING:
        return False
    part = job.rows[job.done : job.done + CHUNK]
    made = _write(job, part)
    job.done += len(part)
    job.skipped += len(part) - made
    if job.done >= job.total:
        job.state, job.ended_at, job.rows = ImportState.DONE, timezone.now(), []
        record(
            "survey.sheet_done", by=job.made_by, about=job.survey, detail={"import": job.reference, "rows": job.taken}
        )
    job.save(update_fields=["done", "skipped", "state", "ended_at", "rows"])
    return job.state == ImportState.RUNNING


def _write(job: SheetImport, part: list[dict[str, Any]]) -> int:
    """Write respondents with their answers; a row of the same sheet that is in already is left out. Return how many."""
    checker = Checker(job.survey)
    lines = [said["line"] for said in part]
    there = set(
        Respondent.objects.filter(survey=job.survey, sheet_sha256=job.sha256, row__in=lines).values_list(
            "row", flat=True
        )
    )
    respondents, answers = [], []
    for said in part:
        if said["line"] in there:
            continue
        weight = Decimal(said["weight"]) if said.get("weight") else None
        values = checker.checked({**said, "weight": weight})
        causes = values.pop("causes")
        of_sheet = {"taken_in": job, "sheet_sha256": job.sha256, "row": said["line"]}
        one = Respondent(survey=job.survey, entered_by=job.made_by, **of_sheet, **values)
        respondents.append(one)
        answers += answers_of(one, causes, checker)
    Respondent.objects.bulk_create(respondents)
    Answer.objects.bulk_create(answers)
    return len(respondents)


def _may_import(survey: Survey, by: Any) -> Survey:
    if not by.may("survey.manage"):
        raise PermissionDenied(_("Sheets are taken in by the analysts."))
    row = lock(survey, by)
    if not row.is_open:
        raise Conflict(_("This survey takes no answers now."))
    return row


def _held(job: SheetImport, by: Any) -> SheetImport:
    seen = SheetImport.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    row = seen.filter(pk=job.pk).first()
    if row is None:
        raise Http404
    return row

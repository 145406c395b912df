"""Hand a finished file over: who asks, their rights and every row in it are looked at once more before it leaves."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict
from reports.exports import store
from reports.exports.lists import LISTS
from reports.exports.models import ExportJob, Problem, State
from reports.exports.running import allow


def hand_over(job: ExportJob, *, by: Any) -> FileResponse:
    """Return the file as an answer, recorded before its first byte leaves.

    Raises PermissionDenied to another than who asked and to who may not have it any more, Conflict where there is no
    file, or where somebody may no longer see a row that is in it: then the file is taken away. Runs outside of any
    transaction, so that this stays done whatever is answered.
    """
    path = _checked(job, by)
    with transaction.atomic():
        ExportJob.objects.filter(pk=job.pk).update(downloads=F("downloads") + 1)
        record("export.download", by=by, about=job, purpose=job.purpose, detail={"rows": job.total})
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=f"sangkroh-{job.reference}.zip")
    answer["Content-Type"] = "application/zip"
    answer["Cache-Control"] = "no-store"
    return answer


def _checked(job: ExportJob, by: Any) -> Path:
    if job.by_id != by.pk:
        raise PermissionDenied(_("Only who asked for it may do this."))
    if job.state != State.READY or (job.expires_at and job.expires_at <= timezone.now()):
        raise Conflict(_("There is no file here now. Load the page again."))
    allow(job, by)
    if not store.file_of(job.pk).is_file() or not store.keys_of(job.pk).is_file():
        _take_away(job, Problem.GONE, by)
        raise Conflict(str(Problem.GONE.label))
    if not still_sees(job, by):
        _take_away(job, Problem.SCOPE, by)
        raise Conflict(str(Problem.SCOPE.label))
    return store.file_of(job.pk)


def still_sees(job: ExportJob, by: Any) -> bool:
    """Say whether somebody may still see each row that is in the file."""
    seen = LISTS[job.listing].model.objects.visible_to(by)
    return all(seen.filter(pk__in=keys).count() == len(keys) for keys in store.batches(job.pk))


def _take_away(job: ExportJob, problem: Problem, by: Any) -> None:
    with transaction.atomic():
        rows = ExportJob.objects.filter(pk=job.pk)
        if rows.move(State.FAILED, State.READY, problem=problem, ended_at=timezone.now(), key=b""):
            record("export.refused", by=by, about=job, outcome="refused", detail={"problem": str(problem)})
    store.forget(job.pk)

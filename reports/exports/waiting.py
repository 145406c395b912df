"""Exports with names among all that waits for a second person (`complaints.waiting`): in its queue, counters and API."""

from importlib import import_module
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.presenters.waiting import Waiting, of, register
from complaints.waiting import ARMS
from core import display
from core.display import told
from reports.exports.models import APPROVE, READ, ExportJob, State


def exports(user: Any, own: bool) -> QuerySet[Any] | None:
    """Exports with names: decided by who asked for none of them, outside the provinces of whoever did."""
    if not user.may(READ if own else APPROVE):
        return None
    rows = ExportJob.objects.filter(by=user, state=State.ASKED) if own else ExportJob.objects.for_second(user)
    return rows.annotate(since=F("asked_at")).select_related("by")


def line(job: Any) -> Waiting:
    """Return an export as a line of the queue; the page of the export decides it."""
    # Loaded where it is shown: every process reads this module, and few need the pages behind the lists.
    one = import_module("reports.exports.lists").LISTS[job.listing]
    counted = one.counted % {"number": job.total, "n": display.number(job.total)}
    return Waiting(
        kind="export",
        word=_("Export with names"),
        what=f"{told(one.label, counted)}, {job.get_format_display()}",
        reference=job.reference,
        url=reverse("exports:detail", args=[job.reference]),
        **of(job.by, job.since),
    )


ARMS.append(exports)
register("export", ExportJob, line)

"""Ask for an export, decide about it, stop it, show its passphrase: what people do with one."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.deciding import who_decides
from accounts.models import User
from audit.services import record
from complaints.views.export import PURPOSES
from core.exceptions import Conflict
from core.sealed import open_sealed
from core.text import clean
from core.views import require
from notifications.kinds import Sort, Target
from notifications.kinds import register as register_kind
from notifications.services import notify, ring
from reports.exports import store
from reports.exports.lists import CASE, EXPORT, LISTS, Listing
from reports.exports.models import APPROVE, MOST_ROWS, OPEN, OVERSEE, ExportJob, Format, State
from workflow.approvals import MINISTRY, ask, decide, is_outside, reason

TASK = "reports.tasks.make_export"
KIND = "export.identities"
MOST_OPEN = 5  # of one person at a time
MOST_RECIPIENT = 200
MOST_WORDS = 2_000
ABOUT = Target("reports.exportjob", "exports:detail")
register_kind("export_ready", gettext_lazy("Your export is ready"), ABOUT)
register_kind("export_failed", gettext_lazy("Your export could not be made"), ABOUT)
register_kind("export_asked", gettext_lazy("An export with names needs a second person"), ABOUT, sort=Sort.DECIDE)
register_kind("export_approved", gettext_lazy("Your export with names was approved"), ABOUT)
register_kind("export_refused", gettext_lazy("Your export with names was refused"), ABOUT)


def new_key() -> str:
    """Return a passphrase of twenty digits in four groups, which can be read over a telephone: 66 bits."""
    return "-".join(f"{secrets.randbelow(100_000):05}" for _group in range(4))


@transaction.atomic
def ask_export(
    listing: Listing,
    params: QueryDict,
    *,
    by: Any,
    format: str,  # the word of the form and of the API
    purpose: str,
    recipient: str,
    columns: Sequence[str] = (),
    identities: bool = False,
) -> ExportJob:
    """Ask for a file of exactly the rows of a list; with identities it waits for a second person.

    Raises PermissionDenied, Conflict, ValidationError by field.
    """
    require_list(listing, by)
    said = listing.clean(params, by)
    rows = _counted(listing, said, by)
    _check(listing, rows, format, purpose, by=by, identities=identities)
    kept = _kept(listing, said, columns, by=by, identities=identities)
    asked: dict[str, Any] = {"format": format, "columns": kept, "identities": identities, "purpose": purpose}
    job = _job(listing, said, by=by, total=rows, recipient=_recipient(recipient), **asked)
    if identities:
        job.approval = ask(KIND, job, payload(job), by=by)
    job.save(force_insert=True)
    record("export.ask", by=by, about=job, purpose=purpose, detail=detail_of(job))
    _go_on(job)
    return job


def _counted(listing: Listing, params: QueryDict, by: Any) -> int:
    """Return how many rows there are; ValidationError where a complaint that is named is not open to whoever asks."""
    rows = listing.rows(params, by).count()
    if listing.key == CASE and not rows:
        said = {"reference": params.get("reference", "")[:20]}
        raise ValidationError({"query": [_("No complaint %(reference)s is open to you.") % said]})
    return rows


def _job(listing: Listing, params: QueryDict, *, by: Any, identities: bool, **asked: Any) -> ExportJob:
    """Return the export as it waits: for a second person, or for its turn."""
    return ExportJob(
        by=by,
        listing=listing.key,
        query=params.urlencode(),
        coded=listing.coded(params, by),
        identities=identities,
        language=get_language() or "km",
        key=new_key(),
        state=State.ASKED if identities else State.QUEUED,
        **asked,
    )


def _go_on(job: ExportJob) -> None:
    """Ring the worker, or who decides."""
    if job.state == State.QUEUED:
        ring(job.pk, task=TASK)
        return
    deciding = who_decides(APPROVE, ExportJob.objects.filter(pk=job.pk), provinces=concerned(job), but=job.by)
    notify(deciding, "export_asked", about=job, transition=job.approval_id)


def require_list(listing: Listing, by: Any) -> None:
    """Raise PermissionDenied unless somebody may take this list along."""
    require(by, EXPORT)
    require(by, listing.permission)


def _check(listing: Listing, rows: int, fmt: str, purpose: str, *, by: Any, identities: bool) -> None:
    errors: dict[str, list[Any]] = {}
    if fmt not in listing.formats:
        errors["format"] = [_("This list has no such format.")]
    elif rows > MOST_ROWS.get(Format(fmt), rows):
        errors["format"] = [_("These are too many rows for this format. Filter the list, or take CSV.")]
    if purpose not in dict(PURPOSES):
        errors["purpose"] = [_("Say what the file is for.")]
    if identities and not listing.has_identities(by):
        errors["identities"] = [_("Your role takes no names along from this list.")]
    if errors:
        raise ValidationError(errors)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # of several asked for at once each counts those before
    if ExportJob.objects.filter(by=by, state__in=OPEN).count() >= MOST_OPEN:
        raise Conflict(_("Several of your exports are still being made. Wait for them, or cancel one."))


def _kept(listing: Listing, params: QueryDict, wanted: Sequence[str], *, by: Any, identities: bool) -> list[str]:
    """Return the columns kept, in the list's order; all where none was chosen. ValidationError where nothing is left."""
    had = [column.name for column in listing.columns_of(by, params, identities=identities)]
    every = {column.name for column in listing.columns(by, shared=False)}
    if unknown := set(wanted) - every:
        raise ValidationError(
            {"columns": [_("This list has no such column.") + " " + ", ".join(sorted(unknown))[:200]]}
        )
    kept = [name for name in had if not wanted or name in wanted]
    if wanted and not kept:
        raise ValidationError({"columns": [_("Choose at least one column that is no name, or ask for names.")]})
    return kept


def _recipient(text: str) -> str:
    said = " ".join(clean(text).split())  # one line: it stands among the lines of the watermark
    if not said:
        raise ValidationError({"recipient": [_("Write who gets the file.")]})
    if len(said) > MOST_RECIPIENT:
        raise ValidationError({"recipient": [_("This is longer than %(most)s characters.") % {"most": MOST_RECIPIENT}]})
    return said


def payload(job: ExportJob) -> dict[str, Any]:
    """Return what the approval of names is bound to."""
    return {
        "listing": job.listing,
        "query": open_sealed(job, "query"),
        "format": str(job.format),
        "columns": list(job.columns),
        "purpose": job.purpose,
        "recipient": job.recipient,
    }


def rows_now(job: ExportJob) -> int:
    """Return how many rows the file would have now: the filter was agreed to, and whoever asked may see more since."""
    asker = User.objects.active().people().for_request().filter(pk=job.by_id).first()
    return LISTS[job.listing].rows(job.params, asker).count() if asker else 0


def detail_of(job: ExportJob) -> dict[str, Any]:
    """Return what the audit holds of an export: codes and counts."""
    said = {"listing": job.listing, "filters": job.coded, "rows": job.total, "format": str(job.format)}
    return {**said, "columns": list(job.columns), "identities": job.identities, "reference": job.reference}


def concerned(job: ExportJob) -> set[str]:
    """Return the provinces whose people do not decide: those of whoever asks."""
    return set(job.by.posted_provinces) - {MINISTRY}


def may_decide(job: ExportJob, by: Any) -> bool:
    """Say whether somebody is the second person of an export that waits."""
    second = by.may(APPROVE) and job.by_id != by.pk and is_outside(by, concerned(job))
    return bool(second and job.state == State.ASKED)


@transaction.atomic
def decide_export(job: ExportJob, *, by: Any, approve: bool, note: str = "") -> ExportJob:
    """Let an export with names be made, or refuse it saying why; the second person is at the ministry, outside the province."""
    row = _held(job, by)
    if not by.may(APPROVE):
        raise PermissionDenied(_("Your role does not decide this. Ask your supervisor."))
    if row.by_id != by.pk and not is_outside(by, concerned(row)):
        raise PermissionDenied(_("A person at the ministry, outside the province, decides this."))
    if not approve:
        row.answer = reason(note, "note", MOST_WORDS)
    if row.approval is None:
        raise Conflict(_("Somebody decided this already. Load the page again."))
    if approve and rows_now(row) > row.total:
        raise Conflict(_("The list has more rows now than were asked for. Refuse it, and have it asked for again."))
    decide(row.approval, payload(row), by=by, approve=approve, about=row)
    row.state = State.QUEUED if approve else State.REFUSED
    row.ended_at = None if approve else timezone.now()
    if not approve:
        row.key = ""
    row.save(update_fields=["state", "answer", "ended_at", "key"])
    record("export.approve" if approve else "export.refuse", by=by, about=row, detail=detail_of(row))
    notify([row.by], "export_approved" if approve else "export_refused", about=row, transition=row.approval_id)
    if approve:
        ring(row.pk, task=TASK)
    return row


@transaction.atomic
def cancel_export(job: ExportJob, *, by: Any) -> ExportJob:
    """Stop an export that is not there yet; a worker at it stops within a second and ends its COPY."""
    row = _held(job, by)
    if row.by_id != by.pk and not by.may(OVERSEE):
        raise PermissionDenied(_("Only who asked for it may do this."))
    if row.state not in OPEN:
        raise Conflict(_("This export has ended already. Load the page again."))
    row.state, row.ended_at, row.token, row.key = State.CANCELLED, timezone.now(), None, ""
    row.save(update_fields=["state", "ended_at", "token", "key"])
    record("export.cancel", by=by, about=row, detail={"rows": row.done})
    return row


@transaction.atomic
def again(job: ExportJob, *, by: Any) -> ExportJob:
    """Ask for the same once more; names need a second person again."""
    row = _held(job, by)
    _own(row, by)
    if row.is_open or row.state == State.READY:
        raise Conflict(_("This export is there already. Load the page again."))
    said = {"format": row.format, "purpose": row.purpose, "recipient": row.recipient}
    every = {column.name for column in LISTS[row.listing].columns(by, shared=False)}
    kept = [name for name in row.columns if name in every]
    return ask_export(LISTS[row.listing], row.params, by=by, columns=kept, identities=row.identities, **said)


@transaction.atomic
def show_key(job: ExportJob, *, by: Any) -> str:
    """Return the passphrase, once; afterwards only its hash is left, and nobody can say it again.

    Raises Conflict where it was shown before, or the export has ended without a file.
    """
    row = _held(job, by)
    _own(row, by)
    if row.state in (State.FAILED, State.REFUSED, State.CANCELLED, State.EXPIRED):
        raise Conflict(_("This export has ended. Ask for a new one."))
    if row.key_shown_at is not None:
        raise Conflict(_("The passphrase was shown once and is not kept. Without it, ask for a new export."))
    shown = open_sealed(row, "key")
    row.key_shown_at, row.key_hash = timezone.now(), make_password(shown)
    if row.state == State.READY:
        row.key = ""
    row.save(update_fields=["key_shown_at", "key_hash", "key"])
    record("export.passphrase", by=by, about=row)
    return shown


def _own(row: ExportJob, by: Any) -> None:
    if row.by_id != by.pk:
        raise PermissionDenied(_("Only who asked for it may do this."))


def _held(job: ExportJob, by: Any) -> ExportJob:
    """Lock an export through the scope; 404 out of it."""
    seen = ExportJob.objects.visible_to(by).filter(pk=job.pk)
    row = seen.select_for_update(no_key=True, of=("self",)).select_related("by", "approval").first()
    if row is None:
        raise Http404
    return row


@transaction.atomic
def expire(job: ExportJob) -> None:
    """Take a file away whose time is over."""
    if ExportJob.objects.filter(pk=job.pk).move(State.EXPIRED, State.READY, ended_at=timezone.now(), key=b""):
        transaction.on_commit(lambda: store.forget(job.pk), robust=True)

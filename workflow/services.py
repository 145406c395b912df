"""Take a step, edit a field, submit once: the only ways a record changes."""

import datetime
import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict, Unprocessable
from core.sealed import keyed_hash
from core.text import clean
from workflow.answers import clean_answers
from workflow.models import Edit, StepRow, Submission, Transition
from workflow.moments import moment_of, not_before
from workflow.openings import decided, proposal_of
from workflow.table import REGISTRY, Step, Workflow

Row = TypeVar("Row", bound=models.Model)
Effect = Callable[[Any, dict[str, Any], datetime.datetime], dict[str, Any]]
MAX_NOTE = 20_000


def available_steps(workflow: Workflow, obj: Any, by: Any) -> list[Step]:
    """Return the steps `by` may take now, the usual next one first."""
    return [step for step in workflow.from_state(getattr(obj, workflow.field)) if _may(step, obj, by)]


def usual_step(workflow: Workflow, obj: Any, by: Any) -> Step | None:
    """Return the usual next step, if `by` may take it now."""
    steps = workflow.from_state(getattr(obj, workflow.field))
    return next((step for step in steps if not step.aside and _may(step, obj, by)), None)


def _may(step: Step, obj: Any, by: Any) -> bool:
    if not by.may(step.permission):
        return False
    try:
        if step.guard:
            step.guard(obj, by)
    except (Conflict, PermissionDenied):
        return False
    return True


def lock(obj: Row, by: Any) -> Row:
    """Fetch a row through the scope and lock it, its complaint first; 404 where `by` may not see it."""
    model: Any = type(obj)
    parent = getattr(obj, "complaint_id", None)
    if parent and "complaint" in {field.name for field in model._meta.fields}:
        complaints = model._meta.get_field("complaint").related_model._base_manager
        list(complaints.filter(pk=parent).select_for_update(no_key=True).values_list("pk"))
    row: Row | None = (
        model.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).filter(pk=obj.pk).first()
    )
    if row is None:
        raise Http404
    if getattr(row, "merged_into_id", None):
        raise Conflict(_("This was merged into another record. Open it again to go there."))
    if parent and row.complaint_id != parent:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody changed this while you were writing. Load the record again."))
    return row


def _choose(workflow: Workflow, obj: Any, name: str, by: Any) -> Step:
    steps = workflow.named(name)
    if not steps:
        raise ValidationError({"step": [_("There is no step of this name.")]})
    if not any(by.may(step.permission) for step in steps):
        raise PermissionDenied(_("Your role does not allow this step."))
    state = getattr(obj, workflow.field)
    for step in steps:
        if state in step.sources:
            if not by.may(step.permission):
                raise PermissionDenied(_("Your role does not allow this step."))
            if step.guard:
                step.guard(obj, by)
            return step
    raise Conflict(_("This step is not possible now: somebody may have been faster. Load the record again."))


def _note(step: Step, note: str) -> str:
    note = clean(note)
    if step.note_required and not note:
        raise ValidationError({"note": [_("Write down why.")]})
    if len(note) > MAX_NOTE:
        raise ValidationError({"note": [_("This is longer than %(most)s characters.") % {"most": MAX_NOTE}]})
    return note


def _said(step: Step, row: Any, note: str, answers: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the note and the answers, or say of both at once what is wrong."""
    wrong: dict[str, Any] = {}
    values: dict[str, Any] = {}
    try:
        note = _note(step, note)
    except ValidationError as error:
        wrong |= error.message_dict
    try:
        values = clean_answers(step, row, answers)
    except ValidationError as error:
        wrong |= error.message_dict
    if wrong:
        raise ValidationError(wrong)
    return note, values


def _moment(workflow: Workflow, row: Any, happened_at: datetime.datetime | None) -> datetime.datetime:
    """Return when a step happened: not before what it follows."""
    moment = moment_of(happened_at)
    if workflow.since:
        not_before(moment, getattr(row, workflow.since))
    return moment


@transaction.atomic
def perform(
    workflow: Workflow,
    obj: Row,
    step: str,
    *,
    by: Any,
    note: str = "",
    happened_at: datetime.datetime | None = None,
    late_why: str = "",
    effect: Effect | None = None,
    **answers: Any,
) -> Row:
    """Take one step: lock through the scope, check, change, record, in one transaction.

    `effect(obj, answers, happened_at)` returns further column values. Raises Http404 out of scope, PermissionDenied
    without the permission, Conflict in the wrong state, ValidationError by field. Of two racers one gets Conflict.
    """
    row = lock(obj, by)
    chosen = _choose(workflow, row, step, by)
    moment = _moment(workflow, row, happened_at)
    note, values = _said(chosen, row, note, answers)
    before = getattr(row, workflow.field)
    changes = {**(effect(row, values, moment) if effect else values), workflow.field: chosen.target or before}
    _save(row, changes)
    told = {"note": note, "happened_at": moment, "late_why": clean(late_why)[:500]}
    row._transition = _transition(workflow, row, chosen, before, by=by, **told)  # type: ignore[attr-defined]
    record(f"{workflow.name}.{step}", by=by, about=row, detail={"from": before, "to": changes[workflow.field]})
    if chosen.decides and by.role != "system":
        decided(proposal_of(row, chosen), row, by=by, approve=not chosen.refuses)
    return row


def transition_of(row: models.Model) -> Transition:
    """Return the step just taken by `perform`, for whoever tells of it."""
    made: Transition = row._transition  # type: ignore[attr-defined]
    return made


def story_columns(obj: Any) -> dict[str, Any]:
    """Return the columns by which a story row hangs on its object and its complaint."""
    is_complaint = obj._meta.label_lower == "complaints.complaint"
    complaint = obj.pk if is_complaint else getattr(obj, "complaint_id", None)
    return {
        "object_type": obj._meta.label_lower,
        "object_id": obj.pk,
        "reference": getattr(obj, "reference", ""),
        "complaint_id": complaint,
        "province_id": getattr(obj, "province_id", None) if complaint else None,
        "handling": getattr(obj, "handling", None) if complaint else None,
    }


def _transition(workflow: Workflow, row: Any, step: Step, before: str, *, by: Any, **told: Any) -> Transition:
    """Keep the step that was taken; `told` is its note, when it happened and why it is said so late."""
    after = getattr(row, workflow.field)
    columns = story_columns(row)
    made = Transition(**columns, field=workflow.field, step=step.name, before=before, after=after, by=by, **told)
    made.save(force_insert=True)
    return made


def begin(workflow: Workflow, obj: Any, *, by: Any, step: str, note: str = "", at: Any = None) -> Transition:
    """Record the birth of a row: the first line of its story."""
    after = getattr(obj, workflow.field)
    row = Transition(**story_columns(obj), field=workflow.field, step=step, before="", after=after, note=note, by=by)
    row.happened_at = at or row.happened_at
    row.save(force_insert=True)
    record(f"{workflow.name}.{step}", by=by, about=obj)
    return row


def _save(row: Any, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = timezone.now()
    fields = {field.name for field in row._meta.fields}
    row.clean_fields(exclude=fields - set(changes))
    row.validate_constraints()
    row.save(update_fields=[*changes, "version", "updated_at"])


@transaction.atomic
def edit(obj: Row, *, by: Any, version: int, changes: Mapping[str, Any], sealed: frozenset[str] = frozenset()) -> Row:
    """Change fields that are no status; one history row a field.

    Raises Conflict with what is saved now when `version` is stale.
    """
    row: Any = lock(obj, by)
    changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if row.version != version and changed:
        theirs = {name: str(getattr(row, name) or "") for name in changed if name not in sealed}
        raise Conflict(_("Somebody changed this while you were writing. Compare, then save again."), theirs=theirs)
    before = {name: getattr(row, name) for name in changed}
    if not changed:
        return row  # type: ignore[no-any-return]
    _save(row, changed)
    columns = story_columns(row)
    for name, value in changed.items():
        shown = ("", "") if name in sealed else (_plain(before[name]), _plain(value))
        Edit(**columns, field=name, before=shown[0], after=shown[1], by=by, version=row.version).save()
    record("edit", by=by, about=row, detail={"fields": sorted(changed)})
    return row  # type: ignore[no-any-return]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(getattr(value, "pk", value))


def submit_once(
    key: str, *, by: Any, route: str, body: Any, make: Callable[[], Row], find: Callable[[str], Row | None]
) -> tuple[Row, bool]:
    """Do `make` once per key; a repeat with the same body gets the same row back (row, False).

    Raises Unprocessable when the key came with another body. Racers wait for the winner. No body is stored.
    """
    shortest = 1 if by is not None else 8  # without a user the key alone says whose it is
    if not shortest <= len(key) <= 80 or not key.isascii() or not key.isprintable():
        raise ValidationError({"idempotency_key": [_("Give a key of at most 80 plain characters.")]})
    text = json.dumps(body, sort_keys=True, default=str, ensure_ascii=False)
    # Keyed: a body holds telephone numbers, and whoever reads the table could try them out.
    digest = keyed_hash("phone", "submission\n" + text.encode("utf-8", "replace").decode()).hex()
    with transaction.atomic():
        claimed = _claim(key, by, route, digest)
        if claimed is not None:
            row: Any = make()
            Submission.objects.filter(pk=claimed).update(reference=row.reference)
            return row, True
        earlier = Submission.objects.get(user=by, key=key)
        if earlier.body_sha256 != digest or earlier.route != route:
            raise Unprocessable(_("This was sent before with other words. Open the form anew to send something else."))
        found = find(earlier.reference)
        if found is None:
            raise Http404
        return found, False


def _claim(key: str, by: Any, route: str, digest: str) -> uuid.UUID | None:
    sql = (
        "INSERT INTO workflow_submission (id, user_id, key, route, body_sha256, reference, status, made_at) "
        "VALUES (gen_random_uuid(), %s, %s, %s, %s, '', 201, now()) ON CONFLICT DO NOTHING RETURNING id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [by.pk if by is not None else None, key, route, digest])
        row = cursor.fetchone()
    return row[0] if row else None


def publish() -> int:
    """Fill `workflow_step` from Python; run by `migrate` as the owner. Returns the number of rows."""
    wanted = {(name, source, target) for name, table in REGISTRY.items() for source, target in table.pairs()}
    with transaction.atomic():
        kept = set(StepRow.objects.values_list("workflow", "source", "target"))
        for name, source, target in kept - wanted:
            StepRow.objects.filter(workflow=name, source=source, target=target).delete()
        StepRow.objects.bulk_create(
            StepRow(workflow=name, source=source, target=target) for name, source, target in sorted(wanted - kept)
        )
    return len(wanted)

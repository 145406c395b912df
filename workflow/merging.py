"""Merge two records into one, by two people, and undo it: the same acts for persons, sites and complaints."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict
from workflow.approvals import ask, decide, is_outside, reason
from workflow.models import Merge
from workflow.shapes import SHAPES, Group, Shape

MAX_WHY = 2_000
Values = dict[str, str | None]


@transaction.atomic
def propose(
    survivor: models.Model,
    absorbed: models.Model,
    *,
    by: Any,
    why: str,
    references: tuple[str, str],
    chosen: Iterable[str] = (),
) -> Merge:
    """Ask that one record be taken into another; `chosen` names the groups of fields taken from the absorbed one.

    Raises PermissionDenied, Http404 out of scope, Conflict where it cannot be, ValidationError by field.
    """
    shape = SHAPES[survivor._meta.label_lower]
    if not by.may(shape.propose):
        raise PermissionDenied(_("Your role does not propose this. Ask your supervisor."))
    one, other = seen_pair(shape, survivor.pk, absorbed.pk, by)
    refuse_unfit(shape, one, other, by)
    stays = {"survivor_id": one.pk, "survivor_reference": references[0]}
    goes = {"absorbed_id": other.pk, "absorbed_reference": references[1]}
    said = {"chosen": _wanted(shape, one, other, chosen), "why": reason(why, "why", MAX_WHY)}
    merge = Merge(object_type=shape.label, **stays, **goes, **said, by=by)
    merge.approval = ask("merge", other, payload(merge), by=by)
    merge.save(force_insert=True)
    record("merge.propose", by=by, about=merge, detail=_detail(merge))
    return merge


def _wanted(shape: Shape, survivor: Any, absorbed: Any, chosen: Iterable[str]) -> list[str]:
    """Return the groups of fields to be taken, each of those that may be; raises ValidationError."""
    wanted = set(chosen)
    if not wanted <= {group.name for group in choosable(shape, survivor, absorbed)}:
        raise ValidationError({"chosen": [_("Choose one of the answers.")]})
    return sorted(wanted)


@transaction.atomic
def confirm(merge: Merge, *, by: Any, seen: str) -> Merge:
    """Do what was proposed, as a second person; `seen` is `state_of` the two records when they were looked at.

    Raises PermissionDenied to who proposed it, Conflict where a record changed meanwhile or somebody was faster.
    """
    row, shape = held(merge, by)
    survivor, absorbed = _decided(row, shape, by)
    refuse_unfit(shape, survivor, absorbed, by)
    if seen != state_of(survivor, absorbed):
        raise Conflict(_("One of the two changed while you were reading. Look at both again."))
    row.approval = decide(row.approval, payload(row), by=by, approve=True, about=survivor)
    row.approved_by, row.at = by, timezone.now()
    _take(row, shape, survivor, absorbed)
    _mark(absorbed, survivor)
    shape.join(row, survivor, absorbed, by)
    shape.tidy(survivor)
    _save(row)
    record("merge.confirm", by=by, about=row, detail={**_detail(row), "moved": len(row.moved)})
    return row


@transaction.atomic
def send_back(merge: Merge, *, by: Any, note: str) -> Merge:
    """Refuse a proposal, saying why; it can be proposed anew with other choices."""
    row, shape = held(merge, by)
    survivor, _absorbed = _decided(row, shape, by)
    row.answer = reason(note, "note", MAX_WHY)
    row.approval = decide(row.approval, payload(row), by=by, approve=False, about=survivor)
    _save(row)
    record("merge.send_back", by=by, about=row, detail=_detail(row))
    return row


@transaction.atomic
def undo(merge: Merge, *, by: Any, why: str) -> Merge:
    """Take a merge back: what still hangs on the survivor returns, fields that hold the merged value too; the rest stays.

    `kept` then says which groups of fields were changed since, and how many rows are elsewhere now.
    """
    row, shape = held(merge, by)
    _require(row, shape, by)
    if not row.is_done:
        raise Conflict(_("The two are not merged now. Load the page again."))
    row.undone_why = reason(why, "note", MAX_WHY)
    shape.hold([row.survivor_id, row.absorbed_id])
    survivor, absorbed = both(shape, row.survivor_id, row.absorbed_id)
    if survivor.merged_into_id is not None:
        raise Conflict(_("The record that stayed was merged into another one later. Undo that first."))
    row.undone_by, row.undone_at = by, timezone.now()
    row.kept = {"fields": [], "rows": 0}
    _mark(absorbed, None)
    shape.part(row, survivor, absorbed, by)
    _restore(row, shape, survivor, absorbed)
    for one in (survivor, absorbed):
        shape.tidy(one)
    _save(row)
    record("merge.undo", by=by, about=row, detail=_detail(row))
    return row


def seen_pair(shape: Shape, survivor: Any, absorbed: Any, by: Any) -> tuple[Any, Any]:
    """Fetch both records through the scope; 404 where `by` may not see one of them."""
    rows = shape.model._base_manager.filter(shape.seen(by, "pk")).in_bulk([survivor, absorbed])
    if len({survivor, absorbed} & set(rows)) < len({survivor, absorbed}):
        raise Http404
    return rows[survivor], rows[absorbed]


def choosable(shape: Shape, survivor: Any, absorbed: Any) -> list[Group]:
    """Return the groups of fields that may be taken from the absorbed record."""
    return [group for group in shape.groups(survivor, absorbed) if shape.may_choose(group, survivor, absorbed)]


def both(shape: Shape, survivor: Any, absorbed: Any) -> tuple[Any, Any]:
    """Fetch both records as they are now."""
    rows = shape.model._base_manager.in_bulk([survivor, absorbed])
    return rows[survivor], rows[absorbed]


def refuse_unfit(shape: Shape, survivor: Any, absorbed: Any, by: Any) -> None:
    """Raise Conflict for two that are one, or merged already, and what the room refuses."""
    if survivor.pk == absorbed.pk:
        raise Conflict(_("This is one and the same record already."))
    if survivor.merged_into_id is not None or absorbed.merged_into_id is not None:
        raise Conflict(_("One of the two was merged into another record meanwhile. Open that one."))
    shape.check(survivor, absorbed, by)


def held(merge: Merge, by: Any) -> tuple[Merge, Shape]:
    """Lock a merge through the scope; 404 out of it."""
    rows = Merge.objects.visible_to(by).filter(pk=merge.pk)
    row = rows.select_for_update(no_key=True, of=("self",)).first()
    if row is None:
        raise Http404
    return row, SHAPES[row.object_type]


def payload(merge: Merge) -> Mapping[str, Any]:
    """Return what an approval of a merge is bound to."""
    return {
        "object_type": merge.object_type,
        "survivor": str(merge.survivor_id),
        "absorbed": str(merge.absorbed_id),
        "chosen": list(merge.chosen),
    }


def state_of(survivor: Any, absorbed: Any) -> str:
    """Return what both records' versions are now; a form carries it, so that what is confirmed is what was seen."""
    return f"{survivor.version}.{absorbed.version}"


def values_of(row: Any, group: Group) -> Values:
    """Return the values of a group of fields as text, as they are kept."""
    fields = {name: row._meta.get_field(name) for name in group.fields}
    return {
        name: None if field.value_from_object(row) is None else str(field.value_to_string(row))
        for name, field in fields.items()
    }


def set_values(row: Any, values: Values) -> None:
    """Write kept values into a record, unsaved."""
    for name, value in values.items():
        field = row._meta.get_field(name)
        setattr(row, field.attname, None if value is None else field.to_python(value))


def _require(row: Merge, shape: Shape, by: Any) -> None:
    if not by.may(shape.confirm):
        raise PermissionDenied(_("Your role does not decide this. Ask your supervisor."))
    survivor, absorbed = both(shape, row.survivor_id, row.absorbed_id)
    if not is_outside(by, shape.provinces(survivor, absorbed)):
        raise PermissionDenied(_("A person at the ministry, outside the province, decides this."))


def _decided(row: Merge, shape: Shape, by: Any) -> tuple[Any, Any]:
    """Lock both records for who decides; raises PermissionDenied to who proposed, Conflict where it is decided."""
    _require(row, shape, by)
    if row.by_id == by.pk:
        raise PermissionDenied(_("You proposed this yourself. Another person at the ministry decides."))
    if not row.is_waiting:
        raise Conflict(_("Somebody decided this already. Load the page again."))
    shape.hold([row.survivor_id, row.absorbed_id])
    return seen_pair(shape, row.survivor_id, row.absorbed_id, by)


def _take(row: Merge, shape: Shape, survivor: Any, absorbed: Any) -> None:
    """Write the chosen values into the survivor, and keep what stood there."""
    written: set[str] = set()
    for group in choosable(shape, survivor, absorbed):
        if group.name in row.chosen:
            row.before[group.name] = values_of(survivor, group)
            set_values(survivor, values_of(absorbed, group))
            row.after[group.name] = values_of(survivor, group)
            written |= set(group.fields)
    raise_version(survivor, *written)


def _restore(row: Merge, shape: Shape, survivor: Any, absorbed: Any) -> None:
    """Give back the values that were replaced; the groups that were changed since stay, and are named in `kept`."""
    written: set[str] = set()
    survivor.refresh_from_db()
    for group in shape.groups(survivor, absorbed):
        if group.name not in row.before or group.name in row.kept["fields"]:
            continue
        if values_of(survivor, group) == row.after[group.name]:
            set_values(survivor, row.before[group.name])
            written |= set(group.fields)
        else:
            row.kept["fields"].append(group.name)
    raise_version(survivor, *written)


def raise_version(row: Any, *written: str) -> None:
    """Save fields of a record under its next version, so that an older form meets a conflict."""
    row.version += 1
    row.updated_at = timezone.now()
    row.save(update_fields=[*written, "version", "updated_at"])


def _mark(absorbed: Any, survivor: Any) -> None:
    absorbed.merged_into = survivor
    raise_version(absorbed, "merged_into")


def _save(row: Merge) -> None:
    row.version += 1
    row.updated_at = timezone.now()
    row.save()


def _detail(row: Merge) -> dict[str, Any]:
    return {"survivor": row.survivor_reference, "absorbed": row.absorbed_reference}

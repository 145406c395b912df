"""Plan a rescue operation, name who knows of it, record what came of it."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scope import STRICTNESS
from audit.services import record
from core.exceptions import Conflict
from core.text import clean
from notifications.services import notify
from provinces.models import Site
from victims.guards import named_for
from victims.models import Operation, OperationComplaint, OperationMember
from victims.operation_workflow import OPERATION
from workflow.models import Transition
from workflow.services import begin, edit, lock, perform, story_columns

FARTHEST = datetime.timedelta(days=366)
MAX_PLACE = 300
EDITABLE = frozenset({"planned_for", "site", "place"})


@transaction.atomic
def plan_operation(
    complaints: Sequence[Any],
    *,
    by: Any,
    planned_for: datetime.datetime | None,
    site: Site | None = None,
    place: str = "",
    members: Iterable[User] = (),
    planned_at: datetime.datetime | None = None,
) -> Operation:
    """Plan an operation about complaints that `by` sees; `by` and `members` know of it, nobody else.

    It is recorded under the most strictly handled complaint. Raises PermissionDenied without `operation.plan`,
    ValidationError by field, Conflict on a closed complaint.
    """
    rows = _held(complaints, by)
    values = _checked({"planned_for": planned_for, "site": site, "place": place})
    first = max(rows, key=lambda row: STRICTNESS.index(row.handling))
    made = Operation(found_under=first, province_id=first.province_id, handling=first.handling, lead_id=by.pk, **values)
    made.clean_fields(exclude=["found_under", "province", "site", "lead"])
    made.validate_constraints()
    made.save(force_insert=True)
    OperationComplaint.objects.bulk_create(
        OperationComplaint(operation=made, complaint=row, province_id=row.province_id, handling=row.handling)
        for row in rows
    )
    born = begin(OPERATION, made, by=by, step="plan", at=planned_at)
    for user in {by.pk: by, **{user.pk: user for user in members}}.values():
        _name(made, user, by, born)
    return made


def _held(complaints: Sequence[Any], by: Any) -> list[Any]:
    """Hold the complaints an operation is planned about, in order of their keys; each is open."""
    if not by.may("operation.plan"):
        raise PermissionDenied(_("Your role does not plan operations."))
    rows = [lock(complaint, by) for complaint in sorted(complaints, key=lambda row: row.pk)]
    if not rows:
        raise ValidationError({"complaints": [_("Choose at least one complaint.")]})
    if any(row.status == "closed" for row in rows):
        raise Conflict(_("The complaint is closed. Have it reopened to plan an operation."))
    return rows


def _checked(said: dict[str, Any]) -> dict[str, Any]:
    values, errors = dict(said), {}
    if "place" in values:
        values["place"] = clean(values["place"])
        if len(values["place"]) > MAX_PLACE:
            errors["place"] = [_("This is longer than %(most)s characters.") % {"most": MAX_PLACE}]
    moment = values.get("planned_for")
    if "planned_for" in values and moment is None:
        errors["planned_for"] = [_("Write the day, like 29/9/2022, and the hour.")]
    elif moment is not None and (moment.year < 2000 or moment > timezone.now() + FARTHEST):
        errors["planned_for"] = [_("This lies too far away. Write the year as 20xx.")]
    if "site" in values and not (values.get("site") or values.get("place")):
        errors["place"] = [_("Write where it is, or choose the site.")]
    if errors:
        raise ValidationError(errors)
    return values


@transaction.atomic
def change_operation(operation: Operation, *, by: Any, version: int, changes: dict[str, Any]) -> Operation:
    """Change when and where a planned operation is, under a version; Conflict when stale or no longer planned."""
    row = lock(operation, by)
    named_for(row, by)
    if row.status != "planned":
        raise Conflict(_("Only a planned operation is changed."))
    if unknown := set(changes) - EDITABLE:
        raise ValidationError({name: [_("This cannot be changed here.")] for name in sorted(unknown)})
    return edit(row, by=by, version=version, changes=_checked(changes))


@transaction.atomic
def name_member(operation: Operation, user: User, *, by: Any) -> OperationMember:
    """Let somebody know of an operation, and tell them; who is named may name others."""
    row = lock(operation, by)
    named_for(row, by)
    line = _story(row, "name_member", by)
    return _name(row, user, by, line)


def _name(operation: Operation, user: User, by: Any, line: Transition) -> OperationMember:
    if not user.is_active or not user.may("operation.read"):
        raise ValidationError({"members": [_("Choose somebody whose role reads operations.")]})
    if OperationMember.objects.filter(operation=operation, user=user, until_at=None).exists():
        raise Conflict(_("This person is named already."))
    made = OperationMember.objects.create(operation=operation, user=user, by=by)
    record("operation.name_member", by=by, about=operation, detail={"user": str(user.pk)})
    if user.pk != by.pk:
        notify([user], "operation_named", about=operation, transition=line)
    return made


@transaction.atomic
def end_member(operation: Operation, member: OperationMember, *, by: Any) -> None:
    """Take a naming back; from the next request on a planned operation does not exist for that user.

    Somebody stays named, so that the operation is not lost to everybody.
    """
    row = lock(operation, by)
    named_for(row, by)
    others = row.members.filter(until_at=None).exclude(pk=member.pk)
    if member.operation_id != row.pk:
        raise Http404
    if not others.exists():
        raise Conflict(_("Somebody has to know of the operation. Name another person first."))
    if not row.members.filter(pk=member.pk, until_at=None).update(until_at=timezone.now()):
        raise Conflict(_("This naming has ended already."))
    _story(row, "end_member", by)
    record("operation.end_member", by=by, about=row, detail={"user": str(member.user_id)})


def _story(row: Operation, step: str, by: Any) -> Transition:
    line = Transition(**story_columns(row), field="members", step=step, before=row.status, after=row.status, by=by)
    line.save(force_insert=True)
    return line


@transaction.atomic
def advance_operation(operation: Operation, step: str, *, by: Any, **said: Any) -> Operation:
    """Take one step of an operation; see `workflow.services.perform` for `said` and the errors."""

    def effect(_row: Operation, values: dict[str, Any], moment: datetime.datetime) -> dict[str, Any]:
        done = {"done_at": moment} if step == "record_done" else {}
        return {**values, **done, "status_at": moment}

    return perform(OPERATION, operation, step, by=by, effect=effect, **said)

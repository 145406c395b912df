"""Changes that shrink or move an inquiry, by two people: fewer people reported, less urgent, another province of incident."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.deciding import who_decides
from complaints.models import Complaint, ProposedChange, Urgency, is_more_urgent
from complaints.services.clock import reclock
from complaints.services.facts import require_changeable, revised
from core import display
from core.exceptions import Conflict
from core.text import ascii_digits, clean
from notifications.kinds import Sort
from notifications.kinds import register as register_kind
from notifications.services import notify
from provinces.models import Province
from workflow.approvals import ask, decide, is_outside, reason
from workflow.openings import opened
from workflow.services import edit, lock

Field = ProposedChange.Field
MAX_WHY = 500
DECIDE = "complaint.confirm"
register_kind("change_proposed", gettext_lazy("A change needs a second person: confirm or send back"), sort=Sort.DECIDE)
register_kind("change_confirmed", gettext_lazy("Your change was confirmed"))
register_kind("change_sent_back", gettext_lazy("Your change was sent back"))


@transaction.atomic
def propose_change(complaint: Complaint, *, by: Any, field: str, after: str, why: str) -> ProposedChange:
    """Ask that a fact be lowered or moved; `after` is a number, an urgency, or the code of a province ("" not known).

    Raises PermissionDenied, Conflict where it is closed or the same waits already, ValidationError by field.
    """
    row = lock(complaint, by)
    require_changeable(row, by)
    if field not in CHECKS:
        raise ValidationError({"field": [_("Choose what shall change.")]})
    value, said = CHECKS[field](row, ascii_digits(clean(after))), reason(why, "why", MAX_WHY)
    change = ProposedChange(
        complaint=row,
        province_id=row.province_id,
        handling=row.handling,
        field=field,
        before=present(row, field),
        after=value,
        why=said,
        by=by,
    )
    change.approval = ask(f"complaint.{field}", row, _payload(change), by=by)
    change.save(force_insert=True)
    deciding = who_decides(DECIDE, Complaint.objects.filter(pk=row.pk), provinces=concerned(change), but=by)
    notify(deciding, "change_proposed", about=row, transition=change.pk)
    return change


@transaction.atomic
def confirm_change(change: ProposedChange, *, by: Any) -> ProposedChange:
    """Do what was proposed, as a second person at the ministry, outside the province.

    Raises PermissionDenied, Conflict where it is decided, the complaint is closed or the fact changed meanwhile.
    """
    held = _held(change, by)
    row = held.complaint
    require_changeable(row, by)
    if present(row, held.field) != held.before:
        raise Conflict(_("This changed since it was proposed. Send it back, and have it proposed again."))
    try:
        CHECKS[held.field](row, held.after)
    except ValidationError as error:
        raise Conflict(" ".join(error.messages)) from error
    held.approval = decide(held.approval, _payload(held), by=by, approve=True, about=row)
    before, urgency = row.number_reported, row.urgency
    done = reclock(edit(row, by=by, version=row.version, changes=_values(row, held)), urgency)
    if held.field == Field.NUMBER_REPORTED:
        revised(done, before, held.by, why=held.why, approved_by=by)
    notify([held.by], "change_confirmed", about=done, transition=held.approval_id)
    return held


@transaction.atomic
def send_back_change(change: ProposedChange, *, by: Any, note: str) -> ProposedChange:
    """Refuse what was proposed, saying why."""
    held = _held(change, by)
    held.answer = reason(note, "note", MAX_WHY)
    held.approval = decide(held.approval, _payload(held), by=by, approve=False, about=held.complaint)
    held.save(update_fields=["answer"])
    notify([held.by], "change_sent_back", about=held.complaint, transition=held.approval_id)
    return held


def may_decide_change(change: ProposedChange, complaint: Complaint, by: Any) -> bool:
    """Return whether `by` is the second person of a change that waits."""
    try:
        _second(change, complaint, by)
    except PermissionDenied:
        return False
    return change.is_waiting


def open_change(change: ProposedChange, by: Any) -> None:
    """Note that the second person of a change that waits opened it."""
    if may_decide_change(change, change.complaint, by):
        opened(change.approval_id, change.complaint, by=by)


def present(complaint: Complaint, field: str) -> str:
    """Return the value a proposed change would replace, as text."""
    value = getattr(complaint, COLUMNS[field])
    return "" if value is None else str(value)


COLUMNS: dict[str, str] = {
    Field.NUMBER_REPORTED: "number_reported",
    Field.URGENCY: "urgency",
    Field.PROVINCE_OF_INCIDENT: "province_of_incident_id",
}


def _held(change: ProposedChange, by: Any) -> ProposedChange:
    """Lock the complaint, then look at the change as it is now; 404 out of scope."""
    row = lock(change.complaint, by)
    found = ProposedChange.objects.select_related("approval", "by").filter(pk=change.pk, complaint=row).first()
    if found is None:
        raise Http404
    found.complaint = row
    _second(found, row, by)
    return found


def _second(change: ProposedChange, complaint: Complaint, by: Any) -> None:
    if not by.may(DECIDE):
        raise PermissionDenied(_("Your role does not decide this. Ask your supervisor."))
    if change.by_id == by.pk:
        raise PermissionDenied(_("You proposed this yourself. Another person at the ministry decides."))
    if not is_outside(by, concerned(change)):
        raise PermissionDenied(_("A person at the ministry, outside the province, decides this."))


def concerned(change: ProposedChange) -> set[str]:
    """Return the provinces whose people do not decide a change: the responsible one, and those it is moved between."""
    moved = {change.before, change.after} if change.field == Field.PROVINCE_OF_INCIDENT else set()
    return {change.province_id} | {code for code in moved if code}


def _fewer(row: Complaint, after: str) -> str:
    if not after.isdecimal() or len(after) > 9:
        raise ValidationError({"after": [_("Write a number, like 9.")]})
    number = int(after)
    if row.number_reported is None or number >= row.number_reported:
        raise ValidationError({"after": [_("This is not fewer. More people need no second person: change the facts.")]})
    if number < max(row.n_people, 1):
        message = _("%(number)s people are listed by now. End or merge those who are listed wrongly first.")
        raise ValidationError({"after": [message % {"number": display.number(row.n_people)}]})
    return str(number)


def _less_urgent(row: Complaint, after: str) -> str:
    if after not in Urgency.values:
        raise ValidationError({"after": [_("Choose how urgent it is.")]})
    if not is_more_urgent(row.urgency, after):
        raise ValidationError({"after": [_("This is not less urgent. More urgent needs no second person.")]})
    return after


def _another_province(row: Complaint, after: str) -> str:
    if after and not Province.objects.filter(pk=after).exclude(pk="00").exists():
        raise ValidationError({"after": [_("Choose a province from the list.")]})
    if after == (row.province_of_incident_id or ""):
        raise ValidationError({"after": [_("This is the province of incident already.")]})
    return after


CHECKS: dict[str, Callable[[Complaint, str], str]] = {
    Field.NUMBER_REPORTED: _fewer,
    Field.URGENCY: _less_urgent,
    Field.PROVINCE_OF_INCIDENT: _another_province,
}


def _values(row: Complaint, change: ProposedChange) -> dict[str, Any]:
    if change.field == Field.NUMBER_REPORTED:
        number = int(change.after)
        low = None if row.number_low is None else min(row.number_low, number)
        return {"number_reported": number, "number_low": low}
    if change.field == Field.URGENCY:
        return {"urgency": change.after}
    province = Province.objects.get(pk=change.after) if change.after else None
    return {"province_of_incident": province, "district": None, "commune": None, "site": None}


def _payload(change: ProposedChange) -> dict[str, str]:
    """Return what the approval is bound to."""
    return {
        "complaint": str(change.complaint_id),
        "field": str(change.field),
        "before": change.before,
        "after": change.after,
    }

"""Keep the checklist of a verification, and say what it adds up to; the outcome is a person's to record."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.models import Act, Complaint, Evidence, Means, Purpose, Sign, Status
from core.exceptions import Conflict
from core.text import clean
from workflow.services import edit, lock

MAX_NOTE = 5000
LISTS = {"act": Act, "means": Means, "purpose": Purpose, "signs_yes": Sign, "signs_no": Sign}
FIELDS = (*LISTS, "evidence_note")


def require_evidence(complaint: Complaint, by: Any) -> None:
    """Raise PermissionDenied for a role that does not verify, Conflict where the complaint is closed."""
    if not by.may("complaint.verify"):
        raise PermissionDenied(_("Your role does not change the evidence."))
    if complaint.status == Status.CLOSED:
        raise Conflict(_("The complaint is closed. Have it reopened to change it."))


def evidence_of(complaint: Complaint, by: Any) -> Evidence:
    """Return the checklist, an empty one of version 0 where nothing was kept yet; one query."""
    found = Evidence.objects.visible_to(by).filter(complaint=complaint).first()
    return found or Evidence(
        complaint=complaint, province_id=complaint.province_id, handling=complaint.handling, version=0
    )


@transaction.atomic
def keep_evidence(complaint: Complaint, *, by: Any, version: int, said: dict[str, Any]) -> Evidence:
    """Keep the checklist as it is said, under the version that was read (0: there was none).

    Raises PermissionDenied, Conflict when stale or closed, ValidationError by field.
    """
    row = lock(complaint, by)
    require_evidence(row, by)
    values = _checked(said)
    kept = evidence_of(row, by)
    if kept._state.adding:
        kept.save(force_insert=True)
    return edit(kept, by=by, version=version, changes=values)


def _checked(said: dict[str, Any]) -> dict[str, Any]:
    wrong: dict[str, list[str]] = {name: [_("This cannot be changed here.")] for name in said if name not in FIELDS}
    values: dict[str, Any] = {}
    for name, choices in LISTS.items():
        codes = list(said.get(name) or ())
        if not set(codes) <= set(choices.values):
            wrong[name] = [_("Choose from the answers.")]
        values[name] = [code for code in choices.values if code in codes]
    if set(values["signs_yes"]) & set(values["signs_no"]):
        wrong["signs_no"] = [_("A sign is there or not there, not both.")]
    values["evidence_note"] = clean(said.get("evidence_note") or "")
    if len(values["evidence_note"]) > MAX_NOTE:
        wrong["evidence_note"] = [_("This is longer than %(most)s characters.") % {"most": MAX_NOTE}]
    if wrong:
        raise ValidationError(wrong)
    return values

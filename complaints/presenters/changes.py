"""What a proposed change and a revision of the number say to their reader."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from complaints.models import Complaint, NumberRevision, ProposedChange, Urgency
from complaints.services import may_decide_change
from core import display
from provinces.models import Province
from workflow.models import Approval
from workflow.notes import in_words

Field = ProposedChange.Field
STATES = {
    Approval.State.ASKED: "outcome_proposed",
    Approval.State.APPROVED: "decided",
    Approval.State.REFUSED: "closed",
}
MOST = 100


def provinces_of(changes: Iterable[ProposedChange]) -> dict[str, str]:
    """Return the names of the provinces that changes speak of; no query where there are none."""
    codes = {code for one in changes if one.field == Field.PROVINCE_OF_INCIDENT for code in (one.before, one.after)}
    return {row.code: row.name for row in Province.objects.filter(pk__in=codes - {""})} if codes - {""} else {}


def said(field: str, value: str, provinces: Mapping[str, str]) -> str:
    """Say a value of a change."""
    if field == Field.NUMBER_REPORTED:
        return display.number(int(value)) if value else _("Not known")
    if field == Field.URGENCY:
        return str(dict(Urgency.choices).get(value, value))
    return provinces.get(value, value) or _("Not known")


def change_rows(changes: Iterable[ProposedChange], complaint: Complaint | None, user: Any) -> list[dict[str, Any]]:
    """Return changes as rows: what, from what to what, who and why, and whether the reader decides it."""
    found = list(changes)
    provinces = provinces_of(found)
    return [_row(change, complaint or change.complaint, user, provinces) for change in found]


def _row(change: ProposedChange, complaint: Complaint, user: Any, provinces: Mapping[str, str]) -> dict[str, Any]:
    return {
        "change": change,
        "label": Field(change.field).label,
        "before": said(change.field, change.before, provinces),
        "after": said(change.field, change.after, provinces),
        "state": STATES[Approval.State(change.approval.state)],
        "state_word": Approval.State(change.approval.state).label,
        "decides": may_decide_change(change, complaint, user),
        "own": change.is_waiting and change.by_id == user.pk,
        "reference": complaint.reference,
        "why": change.why if user.may("identity.read") else "",
        "answer": change.answer if user.may("identity.read") else "",
    }


def revision_rows(complaint: Complaint, user: Any) -> list[dict[str, Any]]:
    """Return the revisions of the number, newest first; free words for who reads identities. One query."""
    rows = NumberRevision.objects.visible_to(user).filter(complaint=complaint).select_related("by", "approved_by")
    words = user.may("identity.read")
    return [
        {"row": row, "why": in_words(row.why.split("\n")) if words else ""}
        for row in rows.order_by("-at", "-id")[:MOST]
    ]

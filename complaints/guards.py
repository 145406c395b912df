"""What the steps of a complaint insist on beyond role and state."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from complaints.models import Complaint, Handling
from core.exceptions import Conflict

MINISTRY = "00"


def is_unassigned(complaint: Complaint) -> bool:
    """Return whether a provincial complaint still waits at the ministry for its province."""
    return complaint.province_id == MINISTRY and complaint.handling == Handling.PROVINCIAL


def released(complaint: Complaint, by: Any) -> None:
    """Insist that the complaint has a responsible province, or is led by the ministry."""
    if is_unassigned(complaint):
        raise Conflict(_("No province is responsible yet. Assign the complaint first."))


def unassigned(complaint: Complaint, by: Any) -> None:
    """Insist that no province is responsible yet."""
    if not is_unassigned(complaint):
        raise Conflict(_("A province is responsible already. To move a complaint, transfer it."))


def second_person(complaint: Complaint, by: Any) -> None:
    """Insist on another person than who proposed, at the ministry, outside the province."""
    if complaint.proposed_by_id == by.pk:
        raise PermissionDenied(_("You proposed this yourself. Another person at the ministry decides."))
    if not by.is_ministry or complaint.province_id in by.posted_provinces - {MINISTRY}:
        raise PermissionDenied(_("A person at the ministry, outside the province, decides this."))


def nobody_sought(complaint: Complaint, by: Any) -> None:
    """Refuse closing while somebody is still sought, save for outcomes that leave them on the list of missing people."""
    sought = complaint.ledger["sought"]
    if sought and not complaint.may_leave_people_sought:
        message = _("%(number)s still sought. Record what became of each person first.")
        raise Conflict(message % {"number": sought})


def closable(complaint: Complaint, by: Any) -> None:
    """Insist on a second person and on nobody being sought."""
    second_person(complaint, by)
    nobody_sought(complaint, by)

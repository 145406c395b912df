"""What the steps of a complaint insist on beyond role and state."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from complaints.models import Complaint, Handling
from core.exceptions import Conflict
from workflow.approvals import MINISTRY, is_outside
from workflow.models import Transition


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
    outsider(complaint, by)


def outsider(complaint: Complaint, by: Any) -> None:
    """Insist on a person at the ministry, outside the province."""
    if not is_outside(by, [complaint.province_id]):
        raise PermissionDenied(_("A person at the ministry, outside the province, decides this."))


def provincial(complaint: Complaint, by: Any) -> None:
    """Insist that the province handles it."""
    if complaint.handling != Handling.PROVINCIAL:
        raise Conflict(_("The ministry handles this complaint already."))


def unsealed(complaint: Complaint, by: Any) -> None:
    """Refuse to seal twice."""
    if complaint.handling == Handling.SEALED:
        raise Conflict(_("This complaint is sealed already."))


def may_go_to_province(complaint: Complaint, by: Any) -> None:
    """Insist that nothing keeps it at the ministry, and that another person than who brought it there lets it go."""
    if complaint.handling != Handling.NATIONAL_LED:
        raise Conflict(_("The ministry does not lead this complaint."))
    if complaint.province_id == MINISTRY:
        raise Conflict(_("No province is responsible yet. Assign the complaint first."))
    if complaint.not_local_police:
        raise Conflict(_("The reporter asked that the local police do not know of it."))
    if complaint.site is not None and complaint.site.national_led:
        raise Conflict(_("The ministry leads everything about this site."))
    brought = Transition.objects.of(complaint).filter(step="lead_nationally").values_list("by_id", flat=True).first()
    if by.pk in (brought, None if brought else complaint.logged_by_id):
        raise PermissionDenied(_("You brought it to the ministry yourself. Another person lets it go to the province."))


def by_acceptance(complaint: Complaint, by: Any) -> None:
    """Keep this to the system, which does it when a province accepts a transfer of what provinces handle."""
    provincial(complaint, by)
    if by.role != "system":
        raise Conflict(_("This follows by itself when the other province accepts the transfer."))


def nobody_sought(complaint: Complaint, by: Any) -> None:
    """Refuse closing while somebody is still sought, save for outcomes that leave them on the list of missing people."""
    sought = complaint.ledger["sought"]
    if sought and not complaint.may_leave_people_sought:
        message = _("%(number)s still sought. Record what became of each person first.")
        raise Conflict(message % {"number": sought})


def all_screened(complaint: Complaint, by: Any) -> None:
    """Refuse closing while somebody found is not screened: presumed is enough for every protection, unknown is none."""
    if complaint.n_unscreened:
        message = _("%(number)s found and not yet screened. Decide who each person is first.")
        raise Conflict(message % {"number": complaint.n_unscreened})


Obstacle = Callable[[Complaint], str]
OBSTACLES: list[Obstacle] = []


def when_closing(obstacle: Obstacle) -> None:
    """Let a room above say what still stands in the way of closing a complaint (empty: nothing)."""
    OBSTACLES.append(obstacle)


def may_close(complaint: Complaint, by: Any) -> None:
    """Insist on nobody being sought, everybody found being screened, and nothing else open that hangs on it."""
    nobody_sought(complaint, by)
    all_screened(complaint, by)
    for obstacle in OBSTACLES:
        if why := obstacle(complaint):
            raise Conflict(why)


def closable(complaint: Complaint, by: Any) -> None:
    """Insist on a second person, on nobody being sought and everybody found being screened."""
    second_person(complaint, by)
    may_close(complaint, by)

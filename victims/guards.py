"""What the steps of a person sought insist on beyond role and state."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from victims.models.victim import WERE_FOUND
from workflow.approvals import is_outside

SYSTEM, FOUND = "system", frozenset(WERE_FOUND)
# What helped somebody before the complaint was known may be told afterwards; a wrong year may not.
BEFORE = datetime.timedelta(days=365)


def earliest_day(victim: Any) -> datetime.date:
    """Return the first day on which something may be recorded of somebody found: a year before their complaint came."""
    return timezone.localdate(victim.received_at) - BEFORE


def adult(victim: Any, by: Any) -> None:
    """Refuse "declined" for a child: a child cannot decline."""
    if victim.is_child:
        raise Conflict(_("A child cannot decline. Record where the child is and call social affairs."))


def province_handles(victim: Any, by: Any) -> None:
    """Refuse to tell another province of somebody whose complaint the ministry leads or the integrity unit keeps."""
    if victim.handling != "provincial":
        raise Conflict(_("The ministry handles this complaint. It decides which province is told: write a note."))


def complaint_open(victim: Any, by: Any) -> None:
    """Refuse to take up a search in a closed complaint, where nobody would go on with it."""
    if by.role == SYSTEM:  # a rescue taken back gives every search back, wherever it stood
        return
    complaint = getattr(victim, "complaint", None)  # the API leaves out what a grant for one person does not open
    if complaint is None or complaint.status == "closed":
        raise Conflict(_("The complaint is closed. Have it reopened to change it."))


def by_system(victim: Any, by: Any) -> None:
    """Keep what follows from un-merging two persons to the system."""
    if by.role != SYSTEM:
        raise Conflict(_("This follows by itself when a merge of two persons is taken back."))


def final_open(victim: Any, by: Any) -> None:
    """Refuse to decide again what is final already."""
    if victim.final_by_id is not None:
        raise Conflict(_("This is confirmed already. Use Search again to take up the search."))


def asked_freely(victim: Any, by: Any) -> None:
    """Insist that whoever declined was asked alone and away from the site, before it ends the search."""
    second_person(victim, by)
    if victim.rescue_status == "declined" and not (victim.asked_alone and victim.asked_away):
        raise Conflict(
            _("The person was not asked alone and away from the site. Send it back and have them asked again.")
        )


def second_person(victim: Any, by: Any) -> None:
    """Insist on another person, at the ministry, outside the province that recorded it."""
    final_open(victim, by)
    if victim.recorded_by_id == by.pk:
        raise PermissionDenied(_("You recorded this yourself. Another person at the ministry confirms it."))
    if not is_outside(by, [victim.province_id]):
        raise PermissionDenied(_("A person at the ministry, outside the province, confirms this."))


def found(victim: Any, by: Any) -> None:
    """Insist that somebody met the person before it is decided who they are."""
    if victim.rescue_status not in FOUND and not victim.found_unreported:
        raise Conflict(_("The person was not found yet. Record the rescue first."))


def clearing_proposed(victim: Any, by: Any) -> None:
    """Refuse to propose "not a victim" twice."""
    found(victim, by)
    if victim.cleared_proposed_by_id is not None:
        raise Conflict(_("This is proposed already and waits for a second person."))


def clearing_decided(victim: Any, by: Any) -> None:
    """Insist on a proposal, and on another person at the ministry, outside the province that proposed it."""
    if victim.cleared_proposed_by_id is None:
        raise Conflict(_("Nobody proposed this."))
    if by.role == SYSTEM:  # the same decision in another search for the person
        return
    if victim.cleared_proposed_by_id == by.pk:
        raise PermissionDenied(_("You proposed this yourself. Another person at the ministry confirms it."))
    if not is_outside(by, [victim.province_id]):
        raise PermissionDenied(_("A person at the ministry, outside the province, confirms this."))


def named_for(operation: Any, by: Any) -> None:
    """Insist on somebody named for the operation."""
    if not operation.members.filter(user_id=by.pk, until_at=None).exists():
        raise PermissionDenied(_("Only who is named for the operation records what became of it."))

"""Add people to a complaint and move them along the rescue workflow."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.services import notify
from people.models import Person
from victims.models import Victim
from victims.workflow import RESCUE
from workflow.services import begin, perform, transition_of

ASKS_SUPERVISOR = {"record_declined", "record_not_found"}
CLEARED = {
    "rescued_on": None,
    "left_how": "",
    "asked_by": "",
    "asked_alone": None,
    "asked_away": None,
    "asked_language": "",
    "final_by": None,
    "final_at": None,
}


@transaction.atomic
def add_victim(complaint: Any, person: Person, *, by: Any, found_unreported: bool = False) -> Victim:
    """Put a person into a complaint as sought (or found without having been reported)."""
    victim = Victim(
        complaint=complaint,
        province_id=complaint.province_id,
        handling=complaint.handling,
        person=person,
        found_unreported=found_unreported,
        received_at=complaint.received_at,
        due_at=complaint.due_at,
        recorded_by=by,
    )
    victim.full_clean(exclude=["complaint", "province", "person", "recorded_by"])
    victim.save(force_insert=True)
    begin(RESCUE, victim, by=by, step="add", at=complaint.received_at)
    return victim


@transaction.atomic
def advance(victim: Victim, step: str, *, by: Any, **said: Any) -> Victim:
    """Take one step of the rescue workflow and tell who decides a final status.

    See `workflow.services.perform` for `said` and the errors.
    """

    def effect(row: Victim, values: dict[str, Any], moment: datetime.datetime) -> dict[str, Any]:
        if step == "confirm_final":
            return {"final_by": by, "final_at": timezone.now()}
        day = timezone.localtime(moment).date() if step == "record_rescue" else None
        return {**CLEARED, **values, "rescued_on": day, "status_at": moment, "recorded_by": by}

    done = perform(RESCUE, victim, step, by=by, effect=effect, **said)
    type(done.complaint)._base_manager.filter(pk=done.complaint_id).update(updated_at=timezone.now())
    if step in ASKS_SUPERVISOR:
        _ask_supervisors(done, by)
    return done


def _ask_supervisors(victim: Victim, by: Any) -> None:
    seen = Victim.objects.filter(pk=victim.pk)
    deciding = User.objects.filter(is_active=True, role="supervisor").exclude(pk=by.pk)
    told = [user for user in deciding if seen.visible_to(user).exists()]
    notify(told, "final_proposed", about=victim, transition=transition_of(victim))

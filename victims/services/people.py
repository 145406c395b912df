"""Put people into a complaint."""

from typing import Any

from django.db import transaction

from people.models import Person
from victims.models import Operation, Victim
from victims.workflow import RESCUE
from workflow.services import begin


@transaction.atomic
def add_victim(
    complaint: Any, person: Person, *, by: Any, found_unreported: bool = False, operation: Operation | None = None
) -> Victim:
    """Put a person into a complaint as sought (or found without having been reported, in an operation)."""
    victim = Victim(
        complaint=complaint,
        province_id=complaint.province_id,
        handling=complaint.handling,
        person=person,
        found_unreported=found_unreported,
        operation=operation,
        received_at=complaint.received_at,
        due_at=complaint.due_at,
        recorded_by=by,
    )
    victim.clean_fields(
        exclude=["complaint", "province", "person", "recorded_by", "operation"]
    )  # a new row breaks no constraint
    victim.save(force_insert=True)
    begin(RESCUE, victim, by=by, step="add", at=complaint.received_at)
    return victim

"""Responsibility moves to another province: only when that province accepted, and as what follows from it."""

from typing import Any

from django.db import transaction

from accounts.services import system_user
from complaints.models import Complaint, Status
from complaints.workflow import COMPLAINT
from workflow.services import perform


@transaction.atomic
def take_over(complaint: Complaint, *, province: str, officer: Any, note: str = "") -> Complaint:
    """Make a province responsible, with the officer who accepted; everything that hangs on the complaint goes along.

    The system's act, by the receiver's acceptance of a transfer. Raises Conflict for one that is closed or led by the ministry.
    """

    def effect(row: Complaint, values: dict[str, Any], _moment: Any) -> dict[str, Any]:
        taken = None if row.status == Status.NEW else officer  # a new one is acknowledged there, on its own clock
        return {"province_id": values["province"], "officer": taken}

    return perform(COMPLAINT, complaint, "transfer", by=system_user(), effect=effect, note=note, province=province)

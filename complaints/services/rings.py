"""Ring who is on duty about a complaint until somebody answers; every try stands in its story."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from complaints.contact_workflow import TRIAGE
from complaints.models import Channel, Complaint, Handling, Place, Ring, RingResult, Status, Urgency
from complaints.models.complaint import ComplaintQuerySet
from core.exceptions import Conflict
from notifications.duty import in_line
from workflow.services import lock


@dataclass(frozen=True)
class Turn:
    """Somebody who may be rung, and as what."""

    user: User
    place: Place


def turns_of(complaint: Complaint, by: Any) -> list[Turn]:
    """Return whom somebody rings, in this order: on duty, who leads the province, the supervisors; nobody about a sealed one.

    Nobody rings themselves: who is in line and asks knows of it.
    """
    if complaint.handling == Handling.SEALED or complaint.status == Status.CLOSED:
        return []
    found = in_line(complaint.province_id, complaint.handling, complaint.pk)
    return [Turn(user, Place(place)) for place, user in found if user.pk != by.pk]


def untold(rows: ComplaintQuerySet) -> ComplaintQuerySet:
    """Keep the complaints of the hotline in immediate danger that nobody acknowledged, and of which nobody was told by telephone."""
    answered = Ring.objects.filter(complaint_id=OuterRef("pk"), result=RingResult.ANSWERED)
    urgent = rows.unacknowledged().filter(channel=Channel.HOTLINE, urgency=Urgency.IMMEDIATE)
    return urgent.exclude(handling=Handling.SEALED).filter(~Exists(answered))


@transaction.atomic
def record_ring(complaint: Complaint, *, by: Any, whom: str, result: str) -> Ring:
    """Record that somebody (a user name) was rung just now, and answered or not.

    Raises PermissionDenied, Conflict once it is closed or sealed, ValidationError by field.
    """
    row = lock(complaint, by)
    if not by.may(TRIAGE):
        raise PermissionDenied(_("Your role does not ring the officers on duty."))
    turns = turns_of(row, by)
    if not turns:
        raise Conflict(_("Nobody is rung about this complaint now."))
    wrong: dict[str, list[Any]] = {}
    turn = next((one for one in turns if one.user.username == whom), None)
    if turn is None:
        wrong["whom"] = [_("Choose whom you rang from the list.")]
    if result not in RingResult.values:
        wrong["result"] = [_("Say whether somebody answered.")]
    if wrong or turn is None:
        raise ValidationError(wrong)
    scope = {"complaint": row, "province_id": row.province_id, "handling": row.handling}
    made = Ring.objects.create(
        **scope, whom=turn.user, place=turn.place, result=result, by=by, happened_at=timezone.now()
    )
    record("complaint.ring", by=by, about=row, detail={"place": turn.place, "result": result})
    return made

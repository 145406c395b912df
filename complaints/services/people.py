"""Add people to a complaint; adding beyond the number reported raises it in the same act."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.checks import MAX_PEOPLE, checked_person
from complaints.models import Complaint, NumberRevision, Status
from complaints.said import PersonSaid
from core.exceptions import Conflict
from people.services import make_person
from victims.models import Victim
from victims.services import add_victim
from workflow.services import lock


@transaction.atomic
def add_people(
    complaint: Complaint, people: Sequence[PersonSaid], *, by: Any, found_unreported: bool = False
) -> list[Victim]:
    """Add people, named or not, as sought; returns their rows.

    Raises PermissionDenied without `victim.add`, Conflict on a closed complaint, ValidationError for a bad person.
    """
    if not by.may("victim.add"):
        raise PermissionDenied(_("Your role does not add people."))
    if not 1 <= len(people) <= MAX_PEOPLE:
        raise ValidationError({"people": [_("Add from 1 to %(most)s people at once.") % {"most": MAX_PEOPLE}]})
    checked = [checked_person(person) for person in people]
    row = lock(complaint, by)
    if row.status == Status.CLOSED:
        raise Conflict(_("The complaint is closed. Have it reopened to add people."))
    if not found_unreported:
        _raise_number(row, len(checked), by)
    made = [
        make_person(name=person.name, sex=person.sex, age=person.age, nationality=person.nationality)
        for person in checked
    ]
    return [add_victim(row, person, by=by, found_unreported=found_unreported) for person in made]


def _raise_number(row: Complaint, more: int, by: Any) -> None:
    needed = row.n_people + more
    if row.number_reported is None or needed <= row.number_reported:
        return
    NumberRevision.objects.create(
        complaint=row,
        province_id=row.province_id,
        handling=row.handling,
        before=row.number_reported,
        after=needed,
        why=_("More people were named than reported."),
        by=by,
    )
    row.number_reported = needed
    row.number_high = max(row.number_high, needed) if row.number_high is not None else None
    row.version += 1
    row.updated_at = timezone.now()
    row.save(update_fields=["number_reported", "number_high", "version", "updated_at"])

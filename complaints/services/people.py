"""Add people to a complaint; adding beyond the number reported raises it in the same act."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.checks import MAX_PEOPLE, checked_person
from complaints.models import Complaint, Status
from complaints.said import PersonSaid
from complaints.services.cover import raise_number
from core.exceptions import Conflict
from core.text import clean
from people.facts import Name, facts_of
from people.models import Person
from people.services import change_person, make_person
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
    row = _opened(complaint, len(checked), by, found_unreported)
    made = [
        make_person(name=person.name, sex=person.sex, age=person.age, nationality=person.nationality)
        for person in checked
    ]
    return [add_victim(row, person, by=by, found_unreported=found_unreported) for person in made]


@transaction.atomic
def add_known(complaint: Complaint, known: Any, *, by: Any, name: str = "", found_unreported: bool = False) -> Victim:
    """Add the person of another row (a search or a suspicion `by` may see) as sought here too.

    `name` is how they were called here, kept as one more name. Raises PermissionDenied without `victim.add`, Conflict on a
    closed complaint or where the person stands in it already.
    """
    if not by.may("victim.add") or not by.may("identity.read"):
        raise PermissionDenied(_("Your role does not add people."))
    list(Person.objects.filter(pk=known.person_id).select_for_update(no_key=True).values_list("pk"))
    person = type(known).objects.visible_to(by).select_related("person").get(pk=known.pk).person
    if person.pk != known.person_id:
        raise Conflict(_("Somebody changed this while you were writing. Compare, then save again."))
    row = _opened(complaint, 1, by, found_unreported)
    if Victim.objects.live().filter(complaint=row, person=person).exists():
        raise Conflict(_("This person stands in this complaint already."))
    victim = add_victim(row, person, by=by, found_unreported=found_unreported)
    names = facts_of(person)["names"]
    if (text := clean(name)) and text not in {one.text for one in names}:
        change_person(person, by=by, version=person.version, changes={"names": (*names, Name(text))})
    return victim


def _opened(complaint: Complaint, more: int, by: Any, found_unreported: bool) -> Complaint:
    """Lock the complaint, which takes more people: not a closed one; the number reported follows."""
    row = lock(complaint, by)
    if row.status == Status.CLOSED:
        raise Conflict(_("The complaint is closed. Have it reopened to add people."))
    if not found_unreported:
        _raise_number(row, more, by)
    return row


def _raise_number(row: Complaint, more: int, by: Any) -> None:
    needed = row.n_people + more
    if row.number_reported is None or needed <= row.number_reported:
        return
    raise_number(row, needed, why=_("More people were named than reported."), by=by)

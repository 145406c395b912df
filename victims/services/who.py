"""Change who somebody is, from the page of one search for them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict
from people.facts import written
from people.models import Person
from people.services import change_person
from victims.guards import complaint_open
from victims.models import Decision, RescueStatus, Victim
from victims.services.rescue import hold_person
from workflow.models import Edit
from workflow.services import lock, story_columns

SAID, KNOWN = ("sex", "born_year", "age", "nationality"), "known"
OPEN = (RescueStatus.REPORTED, RescueStatus.LOCATED)


def require_who(victim: Victim, by: Any) -> None:
    """Raise PermissionDenied for who may not change who a person is, Conflict where the complaint is closed."""
    if not (by.may("victim.rescue") or by.may("victim.add")) or not by.may("identity.read"):
        raise PermissionDenied(_("Your role does not change who a person is."))
    complaint_open(victim, by)


def may_change_who(victim: Victim, by: Any) -> bool:
    """Return whether `by` may change who the person is now."""
    try:
        require_who(victim, by)
    except (PermissionDenied, Conflict):
        return False
    return True


@transaction.atomic
def change_who(victim: Victim, *, by: Any, version: int, changes: dict[str, Any]) -> Person:
    """Change who the person is under the version of the person; see `people.services.change_person`."""
    hold_person(victim)  # the person first, as every act does that changes several searches
    row = lock(victim, by)
    require_who(row, by)
    return change_person(row.person, by=by, version=version, changes=changes)


def is_nobody_yet(victim: Victim) -> bool:
    """Return whether a row stands for somebody of whom nothing is known that another person could not have: no name, no number.

    Only then may one press let the row be a person known already; two who are named are merged by two people.
    """
    person: Any = victim.person
    if victim.rescue_status not in OPEN or victim.decision != Decision.NOT_YET_SCREENED or victim.found_unreported:
        return False
    known = any(getattr(person, name).exists() for name in ("names", "documents", "phones", "suspects", "absorbed"))
    return not known and not person.victims.exclude(pk=victim.pk).exists()


@transaction.atomic
def take_person(victim: Victim, known: Any, *, by: Any) -> Victim:
    """Let somebody unnamed be the person of another row (a search or a suspicion that `by` may see).

    Raises Conflict where the row is somebody already, or where the person stands in the complaint.
    """
    keys = [victim.person_id, known.person_id]
    list(Person.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    row = lock(victim, by)
    require_who(row, by)
    person = type(known).objects.visible_to(by).select_related("person").get(pk=known.pk).person
    if row.person_id != keys[0] or person.pk != keys[1] or not is_nobody_yet(row):
        raise Conflict(_("Somebody changed this while you were writing. Compare, then save again."))
    if Victim.objects.live().filter(complaint_id=row.complaint_id, person=person).exists():
        raise Conflict(_("This person stands in this complaint already."))
    nobody, row.person = row.person, person
    row.version, row.updated_at = row.version + 1, timezone.now()
    row.save(update_fields=["person", "version", "updated_at"])
    before = "\t".join(written(name, getattr(nobody, name)) for name in SAID)
    Edit(**story_columns(row), field="person", before=before, after=KNOWN, by=by, version=row.version).save()
    record("edit", by=by, about=row, detail={"fields": ["person"]})
    nobody.delete()  # nothing hangs on it any more: PROTECT would say so
    return row

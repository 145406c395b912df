"""Take back what was entered at once for an operation; rows that somebody has worked on since stay."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import Conflict
from people.models import Person, PersonDocument, PersonName, PersonPhone
from victims.models import Entry, Victim
from victims.services.entries import hold, story
from victims.services.rescue import advance
from workflow.models import Edit, Transition
from workflow.notes import in_source

ENTERED_BY_MISTAKE = gettext_lazy("The entry was taken back.")
Line = dict[str, Any]


@transaction.atomic
def take_back(entry: Entry, *, by: Any) -> tuple[int, list[str]]:
    """Undo an entry line by line, last first; returns how many people, and the references of those that stay.

    A row the entry made goes with its person and story; a row it named is unnamed again; a search it ended is taken up.
    Raises Conflict where it was taken back already or the complaint is closed, PermissionDenied as `hold`.
    """
    operation = hold(entry.operation, by, [line["victim"] for line in entry.lines]).operation
    row = Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    if row.is_undone:
        raise Conflict(_("This entry was taken back already."))
    lines = {line["victim"]: line for line in row.lines}
    seen = Victim.objects.visible_to(by).live().select_related("person").filter(pk__in=lines)
    undone, left = 0, []
    for victim in sorted(seen, key=lambda one: list(lines).index(str(one.pk)), reverse=True):
        line = lines[str(victim.pk)]
        if victim.version == line["version"] and _undo(victim, line, by):
            undone += 1
        else:
            left.append(victim.reference)
    row.undone_at, row.undone_by = timezone.now(), by
    row.save(update_fields=["undone_at", "undone_by"])
    story(operation, "take_back", undone, by)
    return undone, sorted(left)


def _undo(victim: Victim, line: Line, by: Any) -> bool:
    try:
        with transaction.atomic():
            {"made": _unmake, "named": _unname, "rescued": _seek_again}[line["did"]](victim, line["before"], by)
    except (ProtectedError, IntegrityError, Conflict):
        return False
    return True


def _unmake(victim: Victim, _before: Line, _by: Any) -> None:
    """Remove a row made by mistake, and its person where nothing else names them."""
    person = victim.person
    for told in (Transition, Edit):
        told.objects.filter(object_type=victim._meta.label_lower, object_id=victim.pk).delete()
    victim.delete()
    for known in (PersonName, PersonDocument, PersonPhone):
        known.objects.filter(person=person).delete()
    person.delete()


def _unname(victim: Victim, before: Line, _by: Any) -> None:
    """Write again what was known of a person before the list named them."""
    _forget(victim.person, before)
    _as_before(victim.person, before)


def _as_before(person: Person, before: Line) -> None:
    if person.version != before["person_version"]:
        raise Conflict(_("Somebody changed this since."))
    now = {"version": person.version + 1, "updated_at": timezone.now()}
    Person.objects.filter(pk=person.pk).update(**before["facts"], **now)


def _forget(person: Person, before: Line) -> None:
    """Remove the names and the passport that a list had added to a person."""
    PersonName.objects.filter(person=person, text__in=before["names"]).delete()
    PersonDocument.objects.filter(person=person, pk__in=before["documents"]).delete()


def _seek_again(victim: Victim, before: Line, by: Any) -> None:
    """Take up the search that the list had ended, where it stood."""
    note = in_source(ENTERED_BY_MISTAKE)
    again = advance(victim, "resume_search", by=by, note=note)
    if before["status"] == "located":
        advance(again, "locate", by=by, place=before["place"])
    _forget(victim.person, before)
    if "facts" in before:
        _as_before(victim.person, before)

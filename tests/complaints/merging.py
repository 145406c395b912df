"""What tests of merging say again and again."""

from typing import Any

from complaints.services import confirm_merge, propose_merge, undo_merge
from people.models import Person
from suspects.models import Suspect
from victims.models import Victim
from workflow.merging import both, state_of
from workflow.models import Merge
from workflow.shapes import SHAPES

WHY = "Same mother, same scar"


def proposed(survivor: Any, absorbed: Any, by: Any, **said: Any) -> Merge:
    """Propose a merge of two persons, by any of their rows, or of two records that have a reference."""
    one, other = (row.person if isinstance(row, Victim) else row for row in (survivor, absorbed))
    references = (named_by(survivor), named_by(absorbed))
    return propose_merge(one, other, by=by, **{"why": WHY, "references": references, **said})


def named_by(row: Any) -> str:
    """Return the reference a record is named by; a person by one of their rows."""
    if not isinstance(row, Person):
        return str(row.reference)
    rows = [role._base_manager.filter(person=row).order_by("pk").first() for role in (Victim, Suspect)]
    return next((str(one.reference) for one in rows if one is not None), "V-NOBODY")


def seen(merge: Merge) -> str:
    """Return the state of both records as a page would carry it."""
    return state_of(*both(SHAPES[merge.object_type], merge.survivor_id, merge.absorbed_id))


def merged(survivor: Any, absorbed: Any, by: Any, second: Any, **said: Any) -> Merge:
    """Propose and confirm."""
    merge = proposed(survivor, absorbed, by, **said)
    return confirm_merge(merge, by=second, seen=seen(merge))


def parted(merge: Merge, by: Any) -> Merge:
    """Take it back."""
    return undo_merge(merge, by=by, why="Two brothers")

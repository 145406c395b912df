"""What tests of merging say again and again."""

from typing import Any

from complaints.services import confirm_merge, propose_merge, undo_merge
from people.models import Person
from victims.models import Victim
from workflow.merging import both, state_of
from workflow.models import Merge
from workflow.shapes import SHAPES

WHY = "Same mother, same scar"


def proposed(survivor: Any, absorbed: Any, by: Any, **said: Any) -> Merge:
    """Propose a merge of two persons, by any of their rows, or of two records that have a reference."""
    one, other = (row.person if isinstance(row, Victim) else row for row in (survivor, absorbed))
    references = (survivor.reference, absorbed.reference) if not isinstance(survivor, Person) else ("V-A", "V-B")
    return propose_merge(one, other, by=by, **{"why": WHY, "references": references, **said})


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

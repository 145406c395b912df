"""Many people of one operation in one press: the quick count of the night, the list of names, and taking either back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict
from people.models import Sex
from people.services import make_person
from victims.models import Entry, Operation, OperationStatus, Victim
from victims.services.people import add_victim
from victims.services.rescue import advance, hold_people
from workflow.models import Transition
from workflow.services import lock, story_columns

MOST = 300
LOOKS_CHILD = 17  # whole years: the oldest a child can be; marked as estimated until screening knows better


@dataclass(frozen=True)
class Counted:
    """How many men, women and children of one nationality (alpha-2, empty: not known) were met."""

    nationality: str = ""
    men: int = 0
    women: int = 0
    children: int = 0

    @property
    def total(self) -> int:
        """Return all of them."""
        return self.men + self.women + self.children


@dataclass
class Under:
    """The complaint that an entry of an operation is recorded under, held, and how many of its heads have no row."""

    operation: Operation
    complaint: Any
    free: int = field(init=False)

    def __post_init__(self) -> None:
        self.free = free_heads(self.complaint)


def free_heads(complaint: Any) -> int:
    """Return how many people are reported of whom nobody is listed yet."""
    return max(int(complaint.n_reported - complaint.n_people), 0)


def hold(operation: Operation, by: Any, victims: Iterable[Any] = ()) -> Under:
    """Lock the people of `victims`, the complaint an operation is recorded under, and it, or say why nothing is entered."""
    if not by.may("victim.rescue"):
        raise PermissionDenied(_("Your role does not record who was found."))
    complaints: Any = Operation._meta.get_field("found_under").related_model
    if not complaints.objects.visible_to(by).filter(pk=operation.found_under_id).exists():
        raise PermissionDenied(_("You do not see the complaint that this operation is recorded under."))
    hold_people(victims, also=[operation.found_under_id])
    complaint = lock(complaints(pk=operation.found_under_id), by)
    row = lock(operation, by)
    if row.status != OperationStatus.DONE:
        raise Conflict(_("Record first that the operation was carried out."))
    if complaint.status == "closed":
        raise Conflict(_("The complaint is closed. Have it reopened to change it."))
    return Under(row, complaint)


def reported_of(under: Under, total: int, reported: int | None) -> int:
    """Return how many of the rows to make were reported: as said, else as many as are reported and not listed.

    Raises ValidationError where more are said than that.
    """
    most = min(total, under.free)
    if under.complaint.number_reported is None:
        most = total if reported is not None else 0
    if reported is None:
        return most
    if not 0 <= reported <= most:
        message = _("At most %(most)s of them were reported and are not listed yet.") % {"most": most}
        raise ValidationError({"reported": [message]})
    return reported


@transaction.atomic
def count_found(
    operation: Operation,
    counted: Sequence[Counted],
    *,
    by: Any,
    reported: int | None = None,
    came_out: bool = True,
) -> Entry:
    """Make one row without a name for each person counted: rescued in the operation, or (not `came_out`) located there.

    `reported` of them stand in the ledger, the others beside it as found without having been reported. Raises
    ValidationError by field, Conflict before the operation is done, PermissionDenied without `victim.rescue`.
    """
    total = sum(one.total for one in counted)
    if not 1 <= total <= MOST:
        raise ValidationError({"counted": [_("Count from 1 to %(most)s people.") % {"most": MOST}]})
    under = hold(operation, by)
    n = reported_of(under, total, reported)
    heads = [head for one in counted for head in _heads(one)]
    lines = []
    for place, head in enumerate(heads):
        victim = bring_in(under, head, by=by, reported=place < n, came_out=came_out)
        lines.append(line_of("made", victim))
    return keep(under, Entry.Kind.COUNT, lines, by)


def _heads(one: Counted) -> list[dict[str, Any]]:
    child = {"sex": "", "age": LOOKS_CHILD, "estimated": True}
    sexes = [{"sex": Sex.MALE}] * one.men + [{"sex": Sex.FEMALE}] * one.women + [child] * one.children
    return [{**said, "nationality": one.nationality} for said in sexes]


def bring_in(under: Under, said: dict[str, Any], *, by: Any, reported: bool, came_out: bool) -> Victim:
    """Make the row of somebody met in the operation."""
    operation = under.operation
    person = make_person(**said)
    victim = add_victim(under.complaint, person, by=by, found_unreported=not reported, operation=operation)
    step = "record_rescue" if came_out else "locate"
    return advance(victim, step, by=by, happened_at=operation.done_at, place=operation.where[:300])


def line_of(did: str, victim: Victim, **before: Any) -> dict[str, Any]:
    """Return the line an entry keeps of one person."""
    return {"did": did, "victim": str(victim.pk), "version": victim.version, "before": before}


def keep(under: Under, kind: str, lines: list[dict[str, Any]], by: Any) -> Entry:
    """Write down what was entered, and a line in the story of the operation."""
    made = Entry.objects.create(operation=under.operation, kind=kind, lines=lines, n_people=len(lines), by=by)
    story(under.operation, "count" if kind == Entry.Kind.COUNT else "enter", len(lines), by)
    return made


def story(operation: Operation, step: str, n: int, by: Any) -> None:
    """Write a line of the story of an operation, with how many people."""
    columns = story_columns(operation)
    Transition(**columns, field="people", step=step, before=operation.status, after=str(n), by=by).save()
    record(f"operation.{step}", by=by, about=operation, detail={"people": n})

"""Assign several complaints of the ministry's tray to one province: each by its own step, each with its own answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from complaints.guards import unassigned
from complaints.models import Complaint, Status
from complaints.services.steps import advance
from core.exceptions import Conflict
from provinces.choices import province_choices
from workflow.models import Transition

MOST = 200
STEP = "assign"


@dataclass(frozen=True)
class Assigning:
    """What is done, or would be, with one reference: `fits`, or why not; `complaint` None where there is none to see."""

    reference: str
    complaint: Complaint | None
    fits: bool
    why: str = ""
    done: bool = False


def wanted(references: Iterable[str]) -> list[str]:
    """Return references once each, in the order given; raises ValidationError where there are none or too many."""
    found = list(dict.fromkeys(text for reference in references if (text := str(reference).strip().upper()[:40])))
    if not found:
        raise ValidationError({"references": [_("Tick the complaints first.")]})
    if len(found) > MOST:
        raise ValidationError({"references": [_("Assign at most %(most)s complaints at once.") % {"most": MOST}]})
    return found


def preview(references: Iterable[str], *, by: Any, province: str) -> list[Assigning]:
    """Say of each reference whether it would be assigned, and why not; constant queries.

    What `by` may not see is answered like what does not exist. Raises ValidationError by field.
    """
    _require(by, province)
    keys = wanted(references)
    seen = {row.reference: row for row in Complaint.objects.visible_to(by).filter(reference__in=keys).for_list()}
    done = _by_me(seen.values(), by, province)
    return [_would(key, seen.get(key), by, done) for key in keys]


@transaction.atomic
def assign_many(references: Iterable[str], *, by: Any, province: str) -> list[Assigning]:
    """Take the step for each that may be assigned, in order of id; pressed twice, the second time says it was done.

    A row that cannot be assigned holds up no other.
    """
    looked = preview(references, by=by, province=province)
    found: dict[str, Assigning] = {}
    for row in sorted(looked, key=lambda one: str(one.complaint.pk) if one.complaint else ""):
        found[row.reference] = _take(row, by, province) if row.fits else row
    return [found[row.reference] for row in looked]


def _take(row: Assigning, by: Any, province: str) -> Assigning:
    complaint: Any = row.complaint
    try:
        with transaction.atomic():
            advance(complaint, STEP, by=by, province=province)
    except (Conflict, ValidationError, PermissionDenied) as error:
        return Assigning(row.reference, complaint, fits=False, why=_words(error))
    except Http404:
        return Assigning(row.reference, None, fits=False, why=_unseen())
    return Assigning(row.reference, complaint, fits=True, done=True)


def _would(reference: str, complaint: Complaint | None, by: Any, done: set[Any]) -> Assigning:
    if complaint is None:
        return Assigning(reference, None, fits=False, why=_unseen())
    if complaint.pk in done:
        return Assigning(
            reference, complaint, fits=False, why=_("You assigned it to this province already."), done=True
        )
    if complaint.status != Status.NEW:
        return Assigning(
            reference, complaint, fits=False, why=_("It is acknowledged already. To move it, transfer it.")
        )
    try:
        unassigned(complaint, by)
    except Conflict as error:
        return Assigning(reference, complaint, fits=False, why=error.message)
    return Assigning(reference, complaint, fits=True)


def _by_me(rows: Iterable[Complaint], by: Any, province: str) -> set[Any]:
    """Return which of them stand at the province by an assigning of one's own; one query."""
    there = [row.pk for row in rows if row.province_id == province]
    taken = Transition.objects.filter(object_id__in=there, step=STEP, by=by)
    return set(taken.values_list("object_id", flat=True))


def _require(by: Any, province: str) -> None:
    if not by.may("complaint.assign"):
        raise PermissionDenied(_("Your role does not allow this step."))
    if province not in {code for code, _name in province_choices()}:
        raise ValidationError({"province": [_("Choose a province from the list.")]})


def _unseen() -> str:
    return _("There is no complaint of this reference that you may see.")


def _words(error: Any) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(getattr(error, "message", error))

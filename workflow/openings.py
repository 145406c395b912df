"""When the page of a proposal was opened before it was decided: how long a second person looked before saying yes."""

from collections.abc import Iterable
from datetime import timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from audit.services import record
from workflow.models import Opening, Transition
from workflow.table import Step

LAST = 20
SEALED = "sealed"


def proposal_of(obj: models.Model, step: Step) -> UUID | None:
    """Return the proposal a step decides: the newest of the steps that ask for it; None where it decides none."""
    if not step.decides:
        return None
    asked = Transition.objects.of(obj).filter(step__in=step.decides)
    return asked.values_list("pk", flat=True).first()


def opened(proposal: UUID | None, about: Any, *, by: Any) -> None:
    """Note that `by` opened the page of a proposal; the first time counts."""
    if proposal is None or Opening.objects.filter(proposal=proposal, user=by).exists():
        return
    row = Opening(proposal=proposal, user=by, opened_at=timezone.now(), handling=getattr(about, "handling", ""))
    Opening.objects.bulk_create([row], ignore_conflicts=True)  # two pages opened at once: one row
    record("approval.open", by=by, about=about, detail={"proposal": str(proposal)})


def decided(proposal: UUID | None, about: Any, *, by: Any, approve: bool) -> None:
    """Note what `by` decided, beside when they opened it; decided without opening it, there is no moment."""
    if proposal is None:
        return
    said = {"decided_at": timezone.now(), "approved": approve, "handling": getattr(about, "handling", "")}
    if not Opening.objects.filter(proposal=proposal, user=by).update(**said):
        Opening.objects.create(proposal=proposal, user=by, opened_at=None, **said)


def looked(*, sealed: bool) -> list[dict[str, Any]]:
    """Return for each person their last twenty times yes: how many, how many never opened, median and shortest; one query.

    Sealed records are counted apart: of them only the integrity unit learns.
    """
    rows = Opening.objects.filter(approved=True).select_related("user")
    rows = rows.filter(handling=SEALED) if sealed else rows.exclude(handling=SEALED)
    nth = models.Window(
        models.functions.RowNumber(), partition_by=models.F("user"), order_by=[models.F("decided_at").desc(), "id"]
    )
    by_user: dict[Any, list[Opening]] = {}
    for row in rows.annotate(nth=nth).filter(nth__lte=LAST).order_by("user__username", "nth"):
        by_user.setdefault(row.user, []).append(row)
    return [{"user": user, **figures_of(found)} for user, found in by_user.items()]


def figures_of(rows: Iterable[Opening]) -> dict[str, Any]:
    """Return how many times yes, how many of them unopened, and median and shortest time open."""
    found = list(rows)
    open_for: list[timedelta] = [row.open_for for row in found if row.open_for is not None]
    seconds = [length.total_seconds() for length in open_for]
    return {
        "n": len(found),
        "unopened": len(found) - len(open_for),
        "median": timedelta(seconds=median(seconds)) if seconds else None,
        "shortest": min(open_for, default=None),
    }

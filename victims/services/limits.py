"""Change how many days a step of a return may take."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from core.display import number
from victims.models import RepatriationLimit

MOST_DAYS = 365


@transaction.atomic
def change_limits(days: Mapping[str, int | None], *, by: Any) -> dict[str, int]:
    """Write the days of the steps that are named; returns all. Raises PermissionDenied, ValidationError by step."""
    if not by.may("repatriation.correct"):
        raise PermissionDenied(_("Your role does not set the limits. Ask a supervisor."))
    rows = {row.step: row for row in RepatriationLimit.objects.order_by("pk").select_for_update(no_key=True)}
    wrong = {step: [_("There is no limit for this step.")] for step in set(days) - set(rows)}
    for step, n in days.items():
        if step in rows and (n is None or not 1 <= n <= MOST_DAYS):
            wrong[step] = [_("Give days from 1 to %(most)s.") % {"most": number(MOST_DAYS)}]
    if wrong:
        raise ValidationError(wrong)
    changed = {step: n for step, n in days.items() if n and rows[step].days != n}
    for step, n in changed.items():
        RepatriationLimit.objects.filter(step=step).update(days=n)
    if changed:
        record("repatriation.limits", by=by, about=RepatriationLimit, detail=changed)
    return {step: changed.get(step, row.days) for step, row in rows.items()}

"""Change how long an answer may take; what runs keeps the clock it was sent with."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from core.display import number
from referrals.models import ReferralLimit

COLUMNS = ("remind_hours", "hours", "escalate_hours")
MOST_HOURS = 2000


@transaction.atomic
def change_limits(said: Mapping[str, int | None], *, by: Any) -> int:
    """Write the hours, each by `kind-column`; return how many kinds changed. Raises PermissionDenied, ValidationError by field."""
    if not by.may("clock.manage"):
        raise PermissionDenied(_("Your role does not keep the clocks."))
    rows = list(ReferralLimit.objects.order_by("pk").select_for_update(no_key=True))
    wrong = {name: words for row in rows for name, words in _wrong(row.kind, said).items()}
    if wrong:
        raise ValidationError(wrong)
    changed = [row for row in rows if _changed(row, said)]
    ReferralLimit.objects.bulk_update(changed, [*COLUMNS, "version"])
    if changed:
        record("referral.limits", by=by, about=ReferralLimit, detail={"kinds": sorted(row.kind for row in changed)})
    return len(changed)


def _changed(row: ReferralLimit, said: Mapping[str, int | None]) -> bool:
    """Take the hours over into a row; return whether one differs."""
    before = [getattr(row, column) for column in COLUMNS]
    for column in COLUMNS:
        setattr(row, column, said[f"{row.kind}-{column}"])
    differs = before != [getattr(row, column) for column in COLUMNS]
    row.version += differs
    return differs


def _wrong(kind: str, said: Mapping[str, int | None]) -> dict[str, list[str]]:
    names = [f"{kind}-{column}" for column in COLUMNS]
    hours = [said.get(name) for name in names]
    if any(n is None or not 1 <= n <= MOST_HOURS for n in hours):
        words = _("Give hours from 1 to %(most)s.") % {"most": number(MOST_HOURS)}
        return {name: [words] for name, n in zip(names, hours, strict=True) if n is None or not 1 <= n <= MOST_HOURS}
    if sorted(hours) != hours:  # type: ignore[type-var]
        return {names[0]: [_("First the reminder, then the limit, then the supervisors.")]}
    return {}

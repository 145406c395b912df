"""What an administrator keeps of the clocks: hours of each stage, office hours, holidays, who is told when. Nothing that runs moves."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit.services import record
from complaints.models import Deadline, EscalationHours, Holiday, Limit, OfficeHours
from core.exceptions import Conflict
from core.text import clean

LOCK = 7_240_024  # of whoever writes these tables
MOST_HOURS = 2000  # of a stage, and of every other limit
MOST_ESCALATION = 700  # hours over a limit, until a level is told
MINUTES = 24 * 60  # of a day
TABLES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Deadline, ("stage", "urgency", "hours", "office_hours")),
    (OfficeHours, ("weekday", "opens", "closes")),
    (EscalationHours, ("stage", "level", "hours")),
    (Limit, ("name", "number")),
)
Span = tuple[int, datetime.time, datetime.time]


def version() -> str:
    """Return a word for what the tables hold now: another word, other hours."""
    rows = [sorted(map(str, model.objects.values_list(*columns))) for model, columns in TABLES]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:12]


@transaction.atomic
def change_clocks(
    *,
    by: Any,
    seen: str,
    deadlines: Mapping[tuple[str, str], int],
    week: Iterable[Span],
    escalation: Mapping[tuple[str, int], int],
    limits: Mapping[str, int],
) -> bool:
    """Set the hours; `seen` is the version that was read. Clocks that run keep their limit. Returns whether anything changed.

    Raises PermissionDenied, Conflict where somebody changed them meanwhile, ValidationError by field.
    """
    _require(by)
    if version() != seen:
        raise Conflict(_("Somebody changed these hours while you were writing. Read what stands there now."))
    spans = sorted(week)
    _check(spans)
    _write_hours(deadlines, escalation, limits)
    _write_week(spans)
    after = version()
    if after == seen:
        return False
    record("clock.change", by=by, detail={"before": seen, "after": after})
    return True


def _write_hours(
    deadlines: Mapping[tuple[str, str], int], escalation: Mapping[tuple[str, int], int], limits: Mapping[str, int]
) -> None:
    for (stage, urgency), hours in deadlines.items():
        Deadline.objects.filter(stage=stage, urgency=urgency).update(hours=hours)
    for (stage, level), hours in escalation.items():
        EscalationHours.objects.filter(stage=stage, level=level).update(hours=hours)
    for name, number in limits.items():
        Limit.objects.filter(name=name).update(number=number)


def _write_week(spans: list[Span]) -> None:
    """Write the office hours anew where they differ."""
    if list(OfficeHours.objects.values_list("weekday", "opens", "closes")) == spans:
        return
    OfficeHours.objects.all().delete()
    OfficeHours.objects.bulk_create(OfficeHours(weekday=day, opens=opens, closes=ends) for day, opens, ends in spans)


@transaction.atomic
def add_holiday(*, by: Any, on: datetime.date, said: Mapping[str, Any]) -> Holiday:
    """Add a holiday; ValidationError by field."""
    _require(by)
    if Holiday.objects.filter(pk=on).exists():
        raise ValidationError({"on": [_("This day is a holiday already.")]})
    holiday = Holiday(on=on, **_named(said))
    holiday.full_clean()
    holiday.save(force_insert=True)
    record("clock.holiday_add", by=by, detail={"on": on.isoformat()})
    return holiday


@transaction.atomic
def change_holiday(holiday: Holiday, *, by: Any, said: Mapping[str, Any]) -> Holiday:
    """Change the names of a holiday, or that it was checked."""
    _require(by)
    for name, value in _named(said).items():
        setattr(holiday, name, value)
    holiday.full_clean()
    holiday.save(force_update=True)
    record("clock.holiday", by=by, detail={"on": holiday.on.isoformat(), "checked": holiday.is_checked})
    return holiday


@transaction.atomic
def remove_holiday(holiday: Holiday, *, by: Any) -> None:
    """Take a holiday away: offices are open on that day."""
    _require(by)
    Holiday.objects.filter(pk=holiday.pk).delete()
    record("clock.holiday_remove", by=by, detail={"on": holiday.on.isoformat()})


def _require(by: Any) -> None:
    """Insist on the permission, and let one after the other write."""
    if not by.may("clock.manage"):
        raise PermissionDenied(_("Your role does not keep the clocks."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _named(said: Mapping[str, Any]) -> dict[str, Any]:
    names = {name: clean(str(said.get(name, ""))) for name in ("name_km", "name_en")}
    return {**names, "is_checked": bool(said.get("is_checked"))}


def _check(spans: list[Span]) -> None:
    """Insist on a week with open hours, in which no stretch ends before it begins or runs into the next."""
    if not spans:
        raise ValidationError(_("Offices are open at least once a week. Write the hours of a day."))
    for place, (day, opens, closes) in enumerate(spans):
        if opens >= closes:
            raise ValidationError({f"day_{day}": [_("It closes before it opens.")]})
        if place and spans[place - 1][0] == day and spans[place - 1][2] > opens:
            raise ValidationError({f"day_{day}": [_("The second hours begin before the first end.")]})

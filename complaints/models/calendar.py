"""When offices are open: hours of the week and holidays, data an administrator edits; and counting hours in them."""

import csv
import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.display import ZONE

CARRIED = Path(__file__).resolve().parent.parent / "data" / "holidays.csv"
FURTHEST = 3660  # days: beyond, nothing would ever be due
Span = tuple[datetime.time, datetime.time]


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class OfficeHours(models.Model):
    """One stretch of a weekday in which offices are open, in the time of Phnom Penh."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ("weekday", "opens")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["weekday", "opens"], name="office_hours_once"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="office_opens_before_it_closes"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="office_hours_of_a_weekday"),
        ]


class Holiday(models.Model):
    """A public holiday; `is_checked` once somebody compared it with the sub-decree of its year."""

    on = models.DateField(_("Day"), primary_key=True)
    name_km = models.CharField(_("Khmer name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200)
    is_checked = models.BooleanField(_("Checked against the sub-decree of the year"), default=False)

    class Meta:
        ordering = ("on",)

    @property
    def name(self) -> str:
        """Return the name in the language of the page."""
        return self.name_km if (get_language() or "km").startswith("km") else self.name_en


@dataclass(frozen=True)
class Calendar:
    """Open hours by weekday, and the days on which nothing opens."""

    week: Mapping[int, tuple[Span, ...]]
    holidays: frozenset[datetime.date]

    def after(self, since: datetime.datetime, hours: int) -> datetime.datetime:
        """Return the moment at which so many open hours have passed since; without any open hour, of the clock."""
        left, day = datetime.timedelta(hours=hours), since.astimezone(ZONE).date()
        for _day in range(FURTHEST if self.week else 0):
            for opens, closes in () if day in self.holidays else self.week.get(day.weekday(), ()):
                begins = max(datetime.datetime.combine(day, opens, tzinfo=ZONE), since)
                ends = datetime.datetime.combine(day, closes, tzinfo=ZONE)
                if begins >= ends:
                    continue
                if left <= ends - begins:
                    return (begins + left).astimezone(datetime.UTC)
                left -= ends - begins
            day += datetime.timedelta(days=1)
        return since + datetime.timedelta(hours=hours)


def calendar_from(since: datetime.datetime) -> Calendar:
    """Read the hours of the week, and the holidays from a day on; two queries."""
    week: dict[int, tuple[Span, ...]] = {}
    for weekday, opens, closes in OfficeHours.objects.values_list("weekday", "opens", "closes"):
        week[weekday] = (*week.get(weekday, ()), (opens, closes))
    days = Holiday.objects.filter(on__gte=since.astimezone(ZONE).date()).values_list("on", flat=True)
    return Calendar(week, frozenset(days))


# Offices of the state: Monday to Friday, 7:30 to 11:30 and 14:00 to 17:30.
FIRST_HOURS = tuple(
    (weekday, datetime.time(*opens), datetime.time(*closes))
    for weekday in range(5)
    for opens, closes in (((7, 30), (11, 30)), ((14, 0), (17, 30)))
)


def carried_holidays() -> list[dict[str, Any]]:
    """Return the holidays that the project carries (complaints/data)."""
    with CARRIED.open(encoding="utf-8", newline="") as file:
        return [{**row, "is_checked": row["is_checked"] == "yes"} for row in csv.DictReader(file)]

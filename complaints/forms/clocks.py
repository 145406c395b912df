"""The administrator's forms: hours of the clocks, and holidays."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from complaints.models import Deadline, EscalationHours, Late, Level, Limit, OfficeHours, Stage, Urgency, Weekday
from complaints.services.clocks import MOST_ESCALATION, MOST_HOURS, Span
from core.display import told
from core.forms import DayField, read_hour

MOST_TYPED = 200
SPAN = re.compile(r"\s*[-–]\s*")
LIMITS = (Limit.Name.SILENT_HOURS, Limit.Name.ANSWER_DAYS)


class Hours(forms.Field):
    """The open hours of one day: "7:30-11:30, 14:00-17:30"; empty: closed."""

    def to_python(self, value: Any) -> list[tuple[datetime.time, datetime.time]]:
        found = []
        for part in filter(str.strip, str(value or "")[:MOST_TYPED].split(",")):
            ends = SPAN.split(part.strip())
            if len(ends) != 2:
                raise ValidationError(_("Write the hours like 7:30-11:30, 14:00-17:30. Empty: closed."))
            found.append((read_hour(ends[0]), read_hour(ends[1])))
        return found  # type: ignore[return-value]


class Hour(forms.Field):
    """An hour of the day, as the minutes since midnight."""

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        hour = read_hour(str(value or ""))
        return hour.hour * 60 + hour.minute


class ClocksForm(forms.Form):
    """All hours on one page, one field for each row."""

    seen = forms.CharField(label=_("Office hours"), widget=forms.HiddenInput, max_length=12)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for stage in Stage:
            for urgency in Urgency:
                self._number(f"due_{stage}_{urgency}", told(stage.label, urgency.label), 1)
        for day in Weekday:
            self.fields[f"day_{day.value}"] = Hours(label=day.label, required=False)
        for what in Late:
            for level in Level:
                self._number(f"tell_{what}_{level.value}", told(what.label, level.label), 0, MOST_ESCALATION)
        for name in LIMITS:
            self._number(f"limit_{name}", name.label, 1)
        self.fields["digest"] = Hour(label=_("The daily digest goes out at"))

    def _number(self, name: str, label: Any, least: int, most: int = MOST_HOURS) -> None:
        self.fields[name] = forms.IntegerField(label=label, min_value=least, max_value=most)

    def groups(self) -> list[dict[str, Any]]:
        """Return the fields in tables: a row for each stage, a column for each urgency or level."""
        due = [(stage.label, [self[f"due_{stage}_{urgency}"] for urgency in Urgency]) for stage in Stage]
        tell = [(what.label, [self[f"tell_{what}_{level.value}"] for level in Level]) for what in Late]
        return [
            {
                "title": _("Hours a stage is allowed"),
                "hint": _("“Immediate danger” runs day and night, the others in office hours."),
                "heads": [one.label for one in Urgency],
                "rows": due,
            },
            {
                "title": _("Told after hours over the limit"),
                "hint": _("These hours run day and night; 0 is at once."),
                "heads": [one.label for one in Level],
                "rows": tell,
            },
        ]

    def days(self) -> list[Any]:
        """Return the fields of the week."""
        return [self[f"day_{day.value}"] for day in Weekday]

    def others(self) -> list[Any]:
        """Return the fields that stand alone."""
        return [*(self[f"limit_{name}"] for name in LIMITS), self["digest"]]

    def said(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.cleaned_data
        week: list[Span] = [(day.value, *span) for day in Weekday for span in values[f"day_{day.value}"]]
        return {
            "seen": values["seen"],
            "deadlines": {(s, u): values[f"due_{s}_{u}"] for s in Stage for u in Urgency},
            "week": week,
            "escalation": {(what, n.value): values[f"tell_{what}_{n.value}"] for what in Late for n in Level},
            "limits": {
                **{name: values[f"limit_{name}"] for name in LIMITS},
                Limit.Name.DIGEST_MINUTE: values["digest"],
            },
        }


def kept() -> dict[str, Any]:
    """Return what stands in the tables, as the form names it."""
    found: dict[str, Any] = {f"due_{row.stage}_{row.urgency}": row.hours for row in Deadline.objects.all()}
    found |= {f"tell_{row.stage}_{row.level}": row.hours for row in EscalationHours.objects.all()}
    numbers = {row.name: row.number for row in Limit.objects.all()}
    found |= {f"limit_{name}": numbers.get(name) for name in LIMITS}
    minute = numbers.get(Limit.Name.DIGEST_MINUTE, 450)
    found["digest"] = f"{minute // 60}:{minute % 60:02}"
    for row in OfficeHours.objects.all():
        span = f"{_short(row.opens)}-{_short(row.closes)}"
        found[f"day_{row.weekday}"] = ", ".join(filter(None, (found.get(f"day_{row.weekday}"), span)))
    return found


def _short(hour: datetime.time) -> str:
    return f"{hour.hour}:{hour.minute:02}"


class HolidayForm(forms.Form):
    """A holiday; its day is asked once."""

    on = DayField(label=_("Day"))
    name_km = forms.CharField(label=_("Khmer name"), max_length=200)
    name_en = forms.CharField(label=_("English name"), max_length=200)
    is_checked = forms.BooleanField(label=_("Checked against the sub-decree of the year"), required=False)

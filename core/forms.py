"""Widgets and fields in the look of the pages: option rows, chips, days and moments in any digits."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.display import MONTHS_EN, MONTHS_KM, ZONE
from core.text import ascii_digits

OLDEST, FIRST = 1900, 1990  # years: of any day that is typed, of any moment (a birth is older than what we record)
TOO_FAR_BACK = _("This lies too far back. Write the year as 20xx.")
BUDDHIST = 2400
_DAY = re.compile(r"^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2}|\D+?)\s*[/.\-\s]\s*(\d{4})$", re.ASCII)
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$", re.ASCII)
_HOUR = re.compile(r"^(\d{1,2})[:.h\s]?(\d{2})$", re.ASCII)


class Rows(forms.RadioSelect):
    """Radio buttons as full-width rows.

    hints: a second line by value; glyphs: a status glyph by value; reveals: names of fields shown under the
    chosen value; look: "" (rows), "chips" (side by side, filled) or "plain" (tight, for filters).
    """

    def __init__(self, *, look: str = "", **options: Any) -> None:
        self.look = look
        self.hints: dict[str, Any] = options.pop("hints", {})
        self.glyphs: dict[str, str] = options.pop("glyphs", {})
        self.reveals: dict[str, tuple[str, ...]] = options.pop("reveals", {})
        super().__init__(**options)


class Ticks(forms.CheckboxSelectMultiple):
    """Tick boxes as full-width rows; `look` and `hints` as for Rows."""

    def __init__(self, *, look: str = "", hints: dict[str, Any] | None = None, **options: Any) -> None:
        self.look, self.hints = look, hints or {}
        super().__init__(**options)


class DayInput(forms.TextInput):
    """A day as text, shown as 29/9/2022."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else super().format_value(value)


class MomentInput(forms.MultiWidget):
    """A day and an hour, side by side."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        day = DayInput({"aria-label": _("Day"), "placeholder": "29/9/2022"})
        hour = forms.TextInput(
            {"aria-label": _("Hour"), "placeholder": "15:40", "inputmode": "numeric", "autocomplete": "off"}
        )
        super().__init__((day, hour), attrs)

    def decompress(self, value: datetime | None) -> list[Any]:
        if not value:
            return [None, None]
        here = value.astimezone(ZONE) if timezone.is_aware(value) else value
        return [here.date(), f"{here:%H:%M}"]


def _month(text: str) -> int | None:
    """Return the month a number or a name in either language means."""
    if text.isascii() and text.isdecimal():
        return int(text)
    low = text.strip().lower()
    english = [place for place, name in enumerate(MONTHS_EN, 1) if len(low) >= 3 and name.lower().startswith(low)]
    return english[0] if english else (MONTHS_KM.index(low) + 1 if low in MONTHS_KM else None)


def is_too_far_back(value: Any) -> bool:
    """Say whether a moment or a day lies before anything we record: in the year 1 a database keeps what no program can read."""
    if isinstance(value, datetime):
        return value.year < FIRST
    return isinstance(value, date) and value.year < OLDEST


def read_day(text: str) -> date:
    """Read a day as people write it, in Khmer or ASCII digits; raise ValidationError with what to type."""
    text = ascii_digits(" ".join(text.split()))
    iso, plain = _ISO.match(text), _DAY.match(text)
    parts = iso.group(3, 2, 1) if iso else plain.groups() if plain else ()
    if not parts or (month := _month(parts[1])) is None:
        raise ValidationError(_("Write the day like 29/9/2022."), code="invalid")
    if int(parts[2]) >= BUDDHIST:
        raise ValidationError(_("Write the year like 2022, not in the Buddhist era."), code="buddhist")
    try:
        value = date(int(parts[2]), month, int(parts[0]))
    except ValueError:
        raise ValidationError(_("There is no such day. Write it like 29/9/2022."), code="invalid") from None
    if is_too_far_back(value):
        raise ValidationError(TOO_FAR_BACK, code="invalid")
    return value


def read_hour(text: str) -> time:
    """Read an hour on the 24-hour clock, in Khmer or ASCII digits."""
    found = _HOUR.match(ascii_digits(text.strip()))
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValidationError(_("Write the hour like 15:40."), code="invalid")
    return time(int(found[1]), int(found[2]))


class DayField(forms.Field):
    """A calendar day."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        return value if isinstance(value, date) else read_day(str(value))


class HourField(forms.Field):
    """An hour of the day."""

    def to_python(self, value: Any) -> time | None:
        return read_hour(str(value)) if value not in self.empty_values else None


class MomentField(forms.MultiValueField):
    """A day and its hour in Phnom Penh, as an aware datetime; an empty hour means the start of that day."""

    widget = MomentInput

    def __init__(self, **options: Any) -> None:
        parts = (DayField(required=False), HourField(required=False))
        super().__init__(fields=parts, require_all_fields=False, **options)

    def compress(self, data_list: list[Any]) -> datetime | None:
        if not data_list or not data_list[0]:
            if data_list and data_list[1]:
                raise ValidationError(_("Write the day too, like 29/9/2022."), code="invalid")
            return None
        moment = datetime.combine(data_list[0], data_list[1] or time(), tzinfo=ZONE)
        if is_too_far_back(moment):
            raise ValidationError(TOO_FAR_BACK, code="invalid")
        return moment

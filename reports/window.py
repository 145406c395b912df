"""A window of days in Asia/Phnom_Penh, both ends included (counting rule R1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.display import ZONE, today
from core.forms import read_day

FIRST_YEAR = 2000


@dataclass(frozen=True)
class Window:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """Return the first moment that belongs to the window."""
        return datetime.combine(self.first, time(), tzinfo=ZONE)

    @property
    def ends(self) -> datetime:
        """Return the first moment that no longer belongs to it."""
        return datetime.combine(self.last + timedelta(days=1), time(), tzinfo=ZONE)

    @property
    def query(self) -> str:
        """Return the window as it stands in an address."""
        return f"from={self.first.isoformat()}&to={self.last.isoformat()}"

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1

    @property
    def just_before(self) -> "Window":
        """Return the window of the same length that ends the day before."""
        length = timedelta(days=self.days)
        return Window(self.first - length, self.last - length)

    @property
    def a_year_before(self) -> "Window":
        """Return the same days of the year before; 29 February is the 28th there."""
        return Window(a_year_before(self.first), a_year_before(self.last))

    def until(self, day: date) -> "Window":
        """Return the part that is over on a day; the whole where none of it is, or all."""
        return Window(self.first, day) if self.first <= day < self.last else self

    def apart(self, other: "Window") -> int:
        """Return how many days belong to one of two windows and not to the other."""
        shared = (min(self.last, other.last) - max(self.first, other.first)).days + 1
        return self.days + other.days - 2 * max(shared, 0)

    @classmethod
    def said(cls, params: Mapping[str, str]) -> "Window":
        """Read `from` and `to` (2022-09-29 or 29/9/2022, any digits); nothing said is this month so far.

        Raises ValidationError by field.
        """
        now = today()
        first, last = _day(params, "from", now.replace(day=1)), _day(params, "to", now)
        if first > last:
            raise ValidationError({"to": [_("The last day lies before the first.")]})
        return cls(first, last)


def a_year_before(day: date) -> date:
    """Return the same day of the year before."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _day(params: Mapping[str, str], name: str, default: date) -> date:
    raw = (params.get(name) or "").strip()
    if not raw:
        return default
    try:
        value = read_day(raw)
    except ValidationError as error:
        raise ValidationError({name: error.messages}) from error
    if not FIRST_YEAR <= value.year <= today().year + 1:
        raise ValidationError({name: [_("This year cannot be right. Write the year as 20xx.")]})
    return value

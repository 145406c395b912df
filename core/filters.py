"""What the filters of lists share: days in Phnom Penh, several values, the tags of what is on."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.db.models import Q

from core.display import ZONE, told
from core.forms import DayField


def day_begins(value: date) -> datetime:
    """Return the first moment of a day in Phnom Penh."""
    return datetime.combine(value, time(), tzinfo=ZONE)


def tonight(now: datetime) -> datetime:
    """Return the end of the day of a moment in Phnom Penh."""
    return day_begins(now.astimezone(ZONE).date() + timedelta(days=1))


class DayFilter(django_filters.Filter):
    field_class = DayField


class FromDay(DayFilter):
    """Keep what happened on this day or later; `moment` columns hold a time, others a day."""

    def __init__(self, field_name: str, *, moment: bool = True, **options: Any) -> None:
        self.moment = moment
        super().__init__(field_name=field_name, **options)

    def filter(self, qs: Any, value: date | None) -> Any:
        """Narrow the rows, where a day was given."""
        first: Any = day_begins(value) if value and self.moment else value
        return qs.filter(Q(**{f"{self.field_name}__gte": first})) if value else qs


class ToDay(FromDay):
    """Keep what happened on this day or earlier."""

    def filter(self, qs: Any, value: date | None) -> Any:
        """Narrow the rows, where a day was given."""
        after = value + timedelta(days=1) if value else None
        last: Any = day_begins(after) if after and self.moment else after
        return qs.filter(Q(**{f"{self.field_name}__lt": last})) if value else qs


class Several(django_filters.MultipleChoiceFilter):
    """Any of several values of a column of the row itself: nothing to make distinct, which costs most at a million."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"distinct": False, **options})


class TaggedFilterSet(django_filters.FilterSet):
    """A filter that says which of its parts are on, each with the address of the list without it."""

    def on(self) -> list[dict[str, str]]:
        """Return the filters that are on as tags."""
        found = []
        for name, field in self.form.fields.items():
            for value in () if name in self.form.errors else filter(str.strip, self.data.getlist(name)):
                rest = self.data.copy()
                rest.setlist(name, [kept for kept in rest.getlist(name) if kept != value])
                rest.pop("cursor", None)
                words = field.choices if hasattr(field, "choices") else getattr(field.widget, "choices", ())
                word = dict(words).get(value, value)  # not asked whether it is empty: made on demand, it has no length
                found.append({"label": told(field.label, word), "url": f"?{rest.urlencode()}"})
        return found

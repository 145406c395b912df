"""What the columns of exports are made of: moments and lists of codes as text, places in the reader's language."""

from typing import Any, Literal

from django.db.models import CharField, Func, TextField
from django.utils.translation import get_language

Kind = Literal["text", "number", "day", "moment"]


class Moment(Func):
    """A moment as ISO 8601 in Phnom Penh, with its offset; nothing where there is none."""

    template = "(to_char(%(expressions)s AT TIME ZONE 'Asia/Phnom_Penh', 'YYYY-MM-DD\"T\"HH24:MI:SS') || '+07:00')"
    output_field = CharField()


class Joined(Func):
    """A list of codes in one cell."""

    template = "array_to_string(%(expressions)s, ' ')"
    output_field = TextField()


def kind_of(expression: Any) -> Kind:
    """Return what a column holds, where nothing else is said: a moment by its expression, else text."""
    return "moment" if isinstance(expression, Moment) else "text"


def language_column() -> str:
    """Return the column with the names of places in the reader's language."""
    return "name_km" if (get_language() or "km").startswith("km") else "name_en"


class YesNo(Func):
    """A yes or no as a word; nothing where it is not known."""

    template = "(CASE WHEN %(expressions)s THEN 'yes' WHEN NOT %(expressions)s THEN 'no' END)"
    output_field = CharField()

"""The columns of the export of activities; nothing in them is about a person."""

from django.db.models import CharField, F, Func, TextField, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.csv import Column


class Day(Func):
    """A day as year-month-day."""

    template = "to_char(%(expressions)s, 'YYYY-MM-DD')"
    output_field = CharField()


def joined(name: str) -> Func:
    """Return a list of codes in one cell."""
    return Func(F(name), Value(" "), function="array_to_string", output_field=TextField())


def columns() -> list[Column]:
    """Return every column, the province by code and in the reader's language."""
    language = "name_km" if (get_language() or "km").startswith("km") else "name_en"
    return [
        Column("reference", _("Reference"), "reference"),
        Column("kind", _("Kind"), "kind"),
        Column("title", _("Title"), "title", free_text=True),
        Column("held_on", _("Held on"), Day(F("held_on"))),
        Column("until_on", _("Until"), Day(F("until_on"))),
        Column("province_code", _("Province (code)"), "province_id"),
        Column("province", _("Province"), f"province__{language}"),
        Column("place", _("Place"), "place", free_text=True),
        Column("organisers", _("Who organised it"), joined("organisers")),
        Column("audience", _("For whom"), joined("audience")),
        Column("subject", _("Subject of the training"), "subject", free_text=True),
        Column("reached", _("People reached"), "reached"),
        Column("reached_women", _("Women among them"), "reached_women"),
        Column("reach_source", _("Where the number comes from"), "reach_source"),
        Column("note", _("Note"), "note", free_text=True),
    ]

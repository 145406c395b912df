"""The columns of the export of activities; nothing in them is about a person."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core.columns import Joined, language_column
from core.csv import Column


def columns() -> list[Column]:
    """Return every column, the province by code and in the reader's language."""
    return [
        Column("reference", _("Reference"), "reference"),
        Column("kind", _("Kind"), "kind"),
        Column("title", _("Title"), "title", free_text=True),
        Column("held_on", _("Held on"), "held_on", kind="day"),
        Column("until_on", _("Until"), "until_on", kind="day"),
        Column("province_code", _("Province (code)"), "province_id"),
        Column("province", _("Province"), f"province__{language_column()}"),
        Column("place", _("Place"), "place", free_text=True),
        Column("organisers", _("Who organised it"), Joined(F("organisers"))),
        Column("audience", _("For whom"), Joined(F("audience"))),
        Column("subject", _("Subject of the training"), "subject", free_text=True),
        Column("reached", _("People reached"), "reached", kind="number"),
        Column("reached_women", _("Women among them"), "reached_women", kind="number"),
        Column("reach_source", _("Where the number comes from"), "reach_source"),
        Column("note", _("Note"), "note", free_text=True),
    ]

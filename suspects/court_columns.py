"""The columns of exports of case files and of hearings: numbers, days and codes; what was decided in words stays behind."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.columns import complaint_seen, reference_seen
from core.columns import Moment, language_column
from core.csv import Column
from suspects.models import Hearing, Suspect


def file_columns(user: Any, *, shared: bool = False) -> list[Column]:
    """Return every column of a case file; whom it joins stands in the lists of people, as far as its reader may see them."""
    return [
        Column("reference", _("Reference"), "reference"),
        Column("police_number", _("Number of the police"), "police_number", free_text=True),
        Column("court_number", _("Number of the court"), "court_number", free_text=True),
        Column("court", _("Court (code)"), "court_id"),
        Column("unit", _("Unit"), "unit", free_text=True),
        *_place(),
        Column("opened_on", _("Opened on"), "opened_on", kind="day"),
        Column("closed_on", _("Closed on"), "closed_on", kind="day"),
        Column("updated_at", _("Changed at"), Moment(F("updated_at"))),
    ]


def hearing_columns(user: Any, *, shared: bool = False) -> list[Column]:
    """Return every column of a hearing."""
    return [
        Column("reference", _("Reference"), "reference"),
        Column("complaint", _("Complaint (reference)"), complaint_seen(Hearing, user, shared=shared)),
        Column("suspect", _("Suspect (reference)"), reference_seen(Suspect, "suspect_id", user)),
        *_place(),
        Column("court", _("Court (code)"), "court_id"),
        Column("at", _("Day and hour"), Moment(F("at"))),
        Column("kind", _("What for"), "kind"),
        Column("room", _("Room"), "room", free_text=True),
        Column("status", _("Status"), "status"),
        Column("next", _("Next hearing (reference)"), "next__reference"),
    ]


def _place() -> list[Column]:
    return [
        Column("province", _("Responsible province (code)"), "province_id"),
        Column("province_name", _("Responsible province"), f"province__{language_column()}"),
        Column("handling", _("Handling"), "handling"),
    ]

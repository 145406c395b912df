"""The columns of an export of complaints: codes for everybody who may export; words only in a job for who may know identities.

The reporter is in none of them, nor are the narrative and the exact spot. The plain CSV of the list has the coded ones alone:
identities leave in jobs that a second person approves (SECURITY, Exports; decision 0038).
"""

from typing import Any

from django.db.models import CharField, F, Func, IntegerField, TextField, Value
from django.db.models.functions import Coalesce, Left
from django.utils.translation import gettext_lazy as _

from complaints.models.ledger import ENDED, REPORTED
from core.columns import Joined, Moment, language_column
from core.csv import Column

# The headline as lists show it: the first sentence of the first line, here up to 200 characters.
STOPS = ("\n", ". ", "។", "? ", "! ")
OPENING = 200


def first_sentence(name: str) -> Any:
    """Return the words up to the first end of a sentence; splitting is three times as fast as a pattern."""
    words: Any = Left(name, OPENING)
    for stop in STOPS:
        words = Func(words, Value(stop), Value(1), function="split_part", output_field=TextField())
    return Func(words, Value(" ."), function="btrim", output_field=TextField())


def columns() -> list[Column]:
    """Return every column, names of places in the reader's language."""
    language = language_column()
    return [
        Column("reference", _("Reference"), "reference"),
        Column("status", _("Status"), "status"),
        Column("headline", _("What happened"), first_sentence("narrative"), "identity.read", free_text=True),
        Column("urgency", _("Urgency"), "urgency"),
        Column("handling", _("Handling"), "handling"),
        Column("channel", _("Channel"), "channel"),
        Column("forms", _("Forms of exploitation"), Joined(F("forms"))),
        Column("received_at", _("Received at"), Moment(F("received_at"))),
        Column("logged_at", _("Logged at"), Moment(F("logged_at"))),
        Column("due_at", _("Due"), Moment(F("due_at"))),
        Column("updated_at", _("Changed at"), Moment(F("updated_at"))),
        *_places(language),
        Column("officer", _("Officer (user name)"), "officer__username"),
        Column("outcome", _("Outcome"), "outcome"),
        Column("finding", _("Finding"), "finding"),
        Column("outcome_at", _("Decided at"), Moment(F("outcome_at"))),
        *_numbers(),
    ]


def _places(language: str) -> list[Column]:
    return [
        Column("province", _("Responsible province (code)"), "province_id"),
        Column("province_name", _("Responsible province"), f"province__{language}"),
        Column("province_of_report", _("Province of report (code)"), "province_of_report_id"),
        Column("province_of_report_name", _("Province of report"), f"province_of_report__{language}"),
        Column("country_of_report", _("Country of report"), "country_of_report"),
        Column("province_of_incident", _("Province of incident (code)"), "province_of_incident_id"),
        Column("province_of_incident_name", _("Province of incident"), f"province_of_incident__{language}"),
        Column("country_of_incident", _("Country of incident"), "country_of_incident"),
        Column("district", _("District (code)"), "district_id"),
        Column("district_name", _("District"), f"district__{language}"),
        Column("site", _("Site (reference)"), "site__reference"),
        Column("site_name", _("Site"), _named_site(language), free_text=True),
    ]


def _named_site(language: str) -> Any:
    """Return the site's name in the language, else the one there is."""
    other = "name_en" if language == "name_km" else "name_km"
    names = [
        Func(F(f"site__{name}"), Value(""), function="NULLIF", output_field=CharField()) for name in (language, other)
    ]
    return Coalesce(*names)


def _numbers() -> list[Column]:
    return [
        Column("number_low", _("Reported, lowest"), "number_low", kind="number"),
        Column("number_high", _("Reported, highest"), "number_high", kind="number"),
        Column("reported", _("Reported"), Coalesce(REPORTED, 0, output_field=IntegerField()), kind="number"),
        Column("rescued", _("Rescued"), "n_rescued", kind="number"),
        Column("left_on_own", _("Left on own"), "n_left", kind="number"),
        Column("declined", _("Declined"), "n_declined", kind="number"),
        Column("not_found", _("Not found"), "n_not_found", kind="number"),
        Column("deceased", _("Deceased"), "n_deceased", kind="number"),
        Column("sought", _("Still sought"), REPORTED - ENDED, kind="number"),
        Column("found_unreported", _("Found without having been reported"), "n_found_unreported", kind="number"),
    ]

"""The dimensions that several indicators share, with the words of their values."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import DateField, F
from django.db.models.functions import TruncMonth, TruncWeek
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from complaints.models import Channel, ExploitationForm, Outcome, Urgency
from core import display
from people.models import Sex
from provinces.models import Province
from reports.indicators.registry import Split
from victims.models import Decision, RescueStatus


def provinces(values: list[str]) -> Mapping[str, Any]:
    """Return the names of provinces by code."""
    name = "name_km" if (get_language() or "km").startswith("km") else "name_en"
    return dict(Province.objects.filter(pk__in=[value for value in values if value]).values_list("code", name))


def nationalities(values: list[str]) -> Mapping[str, Any]:
    """Return the names of countries by alpha-2 code."""
    return {value: countries.name(value) for value in values if value}


def weeks(values: list[Any]) -> Mapping[Any, Any]:
    """Return the weeks by their Mondays."""
    return {value: _week(value) for value in values if value}


def _week(monday: Any) -> str:
    return display.day(date.fromisoformat(monday) if isinstance(monday, str) else monday, "short")


def chosen(choices: Any) -> Callable[[list[str]], Mapping[str, Any]]:
    """Return the words of a list of choices."""
    return lambda _values: dict(choices.choices)


def forms(_values: list[str]) -> Mapping[str, Any]:
    """Return the words of forms of exploitation, with "several" for what has no main one."""
    return {**dict(ExploitationForm.choices), "mixed": _("Several forms")}


def province_of_incident(path: str = "province_of_incident_id") -> Split:
    """Split by where it happens (PI)."""
    return Split("province_of_incident", _("Province of incident"), F(path), provinces)


def province_of_report() -> Split:
    """Split by where the reporter was (PR)."""
    return Split("province_of_report", _("Province of report"), F("province_of_report_id"), provinces)


SIDES = {"from_only": _("from only"), "about_only": _("about only"), "both": _("both")}


def channel() -> Split:
    """Split by how word reached us (CH)."""
    return Split("channel", _("Channel"), F("channel"), chosen(Channel))


def urgency() -> Split:
    """Split by urgency (UR)."""
    return Split("urgency", _("Urgency"), F("urgency"), chosen(Urgency))


def outcome() -> Split:
    """Split by the outcome of the verification (OC)."""
    return Split("outcome", _("Outcome"), F("outcome"), chosen(Outcome))


def main_form(path: str = "main_form") -> Split:
    """Split by the one main form of exploitation (FO, R9)."""
    return Split("main_form", _("Main form of exploitation"), F(path), forms)


def nationality() -> Split:
    """Split by the one nationality that counts (NA, R8)."""
    return Split("nationality", _("Nationality"), F("person__nationality"), nationalities)


def sex() -> Split:
    """Split by sex (SX)."""
    return Split("sex", _("Sex"), F("person__sex"), chosen(Sex))


def decision() -> Split:
    """Split by the identification decision (ID)."""
    return Split("decision", _("Identification"), F("decision"), chosen(Decision))


def rescue_status() -> Split:
    """Split by how the search ended."""
    return Split("status", _("Rescue status"), F("rescue_status"), chosen(RescueStatus))


def found_in() -> Split:
    """Split by the province where people were brought out (R10)."""
    return Split("rescued_in", _("Province where found"), F("rescued_in_id"), provinces)


def arrested_in() -> Split:
    """Split by the province of the arrest (R10)."""
    return Split("arrested_in", _("Province of the arrest"), F("arrested_in_id"), provinces)


def week(path: str, *, moment: bool = True) -> Split:
    """Split by week, named by its Monday (T); a moment falls on its day in Phnom Penh."""
    zone = {"tzinfo": display.ZONE} if moment else {}
    return Split("week", _("Week from"), TruncWeek(path, output_field=DateField(), **zone), weeks)


def month(path: str, *, moment: bool = True) -> Split:
    """Split by month, named by its first day (T); a moment falls on its day in Phnom Penh."""
    zone = {"tzinfo": display.ZONE} if moment else {}
    return Split("month", _("Month from"), TruncMonth(path, output_field=DateField(), **zone), weeks)

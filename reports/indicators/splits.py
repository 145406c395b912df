"""The dimensions that several indicators share, with the words of their values."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from complaints.models import Channel, ExploitationForm
from provinces.models import Province
from reports.indicators.registry import Split


def provinces(values: list[str]) -> Mapping[str, Any]:
    """Return the names of provinces by code."""
    name = "name_km" if (get_language() or "km").startswith("km") else "name_en"
    return dict(Province.objects.filter(pk__in=[value for value in values if value]).values_list("code", name))


def nationalities(values: list[str]) -> Mapping[str, Any]:
    """Return the names of countries by alpha-2 code."""
    return {value: countries.name(value) for value in values if value}


def chosen(choices: Any) -> Callable[[list[str]], Mapping[str, Any]]:
    """Return the words of a list of choices."""
    return lambda _values: dict(choices.choices)


def province_of_incident(path: str = "province_of_incident_id") -> Split:
    """Split by where it happens (PI)."""
    return Split("province_of_incident", _("Province of incident"), F(path), provinces)


def channel(path: str = "channel") -> Split:
    """Split by how word reached us (CH)."""
    return Split("channel", _("Channel"), F(path), chosen(Channel))


def main_form(path: str = "main_form") -> Split:
    """Split by the one main form of exploitation (FO, R9)."""
    return Split("main_form", _("Main form of exploitation"), F(path), chosen(ExploitationForm))


def nationality(path: str = "person__nationality") -> Split:
    """Split by the one nationality that counts (NA, R8)."""
    return Split("nationality", _("Nationality"), F(path), nationalities)

"""The gazetteer of Cambodia, other spellings of its places, and the sites complaints speak of."""

from provinces.models.gazetteer import (
    MINISTRY,
    Commune,
    District,
    Gazetteer,
    Place,
    PlaceAlias,
    Province,
    Village,
)
from provinces.models.measure import Company, Measure, Sector
from provinces.models.site import Site, SiteAlias

__all__ = [
    "MINISTRY",
    "Commune",
    "Company",
    "District",
    "Gazetteer",
    "Measure",
    "Place",
    "PlaceAlias",
    "Province",
    "Sector",
    "Site",
    "SiteAlias",
    "Village",
]

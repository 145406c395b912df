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
from provinces.models.site import Site, SiteAlias

__all__ = [
    "MINISTRY",
    "Commune",
    "District",
    "Gazetteer",
    "Place",
    "PlaceAlias",
    "Province",
    "Site",
    "SiteAlias",
    "Village",
]

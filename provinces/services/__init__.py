"""What can be done with places and sites."""

from provinces.services.aliases import add_alias, remove_alias
from provinces.services.keys import reindex
from provinces.services.loading import CARRIED, is_known, is_loaded, load_places
from provinces.services.resolving import resolve_places
from provinces.services.search import find_places, find_province, places_of
from provinces.services.sites import add_site, edit_site, find_sites, resolve_site, site_of

__all__ = [
    "CARRIED",
    "add_alias",
    "add_site",
    "edit_site",
    "find_places",
    "find_province",
    "find_sites",
    "is_known",
    "is_loaded",
    "load_places",
    "places_of",
    "reindex",
    "remove_alias",
    "resolve_places",
    "resolve_site",
    "site_of",
]

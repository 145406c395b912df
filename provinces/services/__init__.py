"""What can be done with places and sites."""

from provinces.services.loading import CARRIED, is_known, is_loaded, load_places
from provinces.services.search import find_places, find_province

__all__ = ["CARRIED", "find_places", "find_province", "is_known", "is_loaded", "load_places"]

"""What the choosers of places offer, and which site a typed name means."""

import re
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.text import ascii_digits, clean
from provinces.models import Commune, District, Place, Province, Site
from provinces.services import site_of

ABROAD = "abroad"
_REFERENCE = re.compile(r"\bST-[0-9A-Z]{4,12}\b", re.IGNORECASE)
Options = list[tuple[str, Any]]


def label(place: Place) -> str:
    """Name a place in the reader's script, then in the other."""
    return f"{place.name} {place.other_name}".strip()


def in_order(places: list[Any]) -> list[Any]:
    """Sort places by their name in the language of the page."""
    khmer = (get_language() or "").startswith("km")
    return sorted(places, key=lambda place: place.sort_km if khmer else place.name_en)


def provinces() -> dict[str, Province]:
    """Return the provinces by code, in the order of the page's language."""
    return {place.code: place for place in in_order(list(Province.objects.choosable()))}


def province_options(first: Any, known: dict[str, Province]) -> Options:
    """Offer "not known", the provinces, and abroad."""
    return [("", first), *((code, label(place)) for code, place in known.items()), (ABROAD, _("Abroad"))]


def district_options(province: str, chosen: str) -> Options:
    """Offer the districts of a province; what was chosen stays to be seen, also when it lies elsewhere."""
    return _options(District, District.objects.current().filter(province_id=ascii_digits(province)), chosen)


def commune_options(district: str, chosen: str) -> Options:
    """Offer the communes of a district; what was chosen stays to be seen, also when it lies elsewhere."""
    return _options(Commune, Commune.objects.current().filter(district_id=ascii_digits(district)), chosen)


def _options(model: Any, inside: Any, chosen: str) -> Options:
    options = [("", _("Not known")), *((place.code, label(place)) for place in in_order(list(inside)))]
    if not chosen or chosen in dict(options):
        return options
    elsewhere = model.objects.filter(pk=chosen).first()
    return [*options, (chosen, label(elsewhere) if elsewhere else chosen[:20])]


class FoundSite(NamedTuple):
    """What a typed site means: a reference (known or not), none, or several of one name."""

    reference: str = ""
    site: Site | None = None
    is_several: bool = False


def find_site(typed: str, province: str) -> FoundSite:
    """Find the site that was chosen from the list, or whose name was typed, inside the province where one is chosen."""
    text = clean(typed)
    if not text:
        return FoundSite()
    sites = Site.objects.live().select_related("province", "commune")
    if chosen := _REFERENCE.search(text):
        reference = chosen[0].upper()
        return FoundSite(reference, site_of(reference))
    named = sites.named(text)
    if province and province != ABROAD:
        named = named.filter(province_id=ascii_digits(province))
    found = list(named[:2])
    if len(found) == 1:
        return FoundSite(found[0].reference, found[0])
    return FoundSite(is_several=len(found) > 1)

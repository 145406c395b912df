"""How names of places are compared: one key for all the ways to write, space and join the same name."""

import re

from core.text import KHMER, key_km, key_lat

_KIND_KM = re.compile("^(ខេត្ត|រាជធានី|ក្រុង|ស្រុក|ខណ្ឌ|ឃុំ|សង្កាត់)")
_KIND_LAT = re.compile(
    r"^(province|khett?|khaet|capital|krong|city|srok|district|khan|khum|commune|sangkat) "
    r"| (province|capital|city|municipality|district|commune|sangkat)$"
)


def place_key(text: str) -> str:
    """Give the key a place is found by: of the Khmer if there is any, else of the Latin; no spaces."""
    key = key_km(text) if KHMER.search(text) else key_lat(text)
    return key.replace(" ", "")


def without_kind(text: str) -> str:
    """Drop "province", "krong", "ខេត្ត" and the like from around a name; the text itself when nothing is left."""
    rest = _KIND_KM.sub("", key_km(text)) if KHMER.search(text) else _KIND_LAT.sub("", key_lat(text))
    return rest.strip() or text


def site_keys(text: str) -> tuple[str, str]:
    """Give the two keys a site is found by, as it is written and as it nearly sounds; no spaces."""
    return key_km(text).replace(" ", ""), key_lat(text).replace(" ", "")


def is_findable(text: str) -> bool:
    """Tell whether a name has a letter or digit that a search can hold on to."""
    return bool(key_lat(text))

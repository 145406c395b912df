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


_MARK = re.compile("[\u17b6-\u17d3]")  # what is written on the letter before it


def names_it(name: str, text: str) -> bool:
    """Tell whether a text names a site by this name: in whole words where words are spaced, so that "Block 9" is no "Block 91"."""
    (km, lat), said = site_keys(name), key_km(text)
    if KHMER.search(name):
        joined = said.replace(" ", "")
        return any(_is_whole(joined, found.span()) for found in re.finditer(re.escape(km), joined))
    return _in_words(lat, key_lat(text)) or _in_words(km, " ".join(re.findall(r"[^\W_]+", said)))


def _is_whole(said: str, span: tuple[int, int]) -> bool:
    """Tell whether what stands around goes on neither a letter nor a number."""
    before, first = said[: span[0]][-1:], said[span[0]]
    last, after = said[span[1] - 1], said[span[1] :][:1]
    if _MARK.match(after):
        return False
    return not (_goes_on(last, after) or _goes_on(before, first))


def _goes_on(one: str, next_: str) -> bool:
    return (one.isdigit() and next_.isdigit()) or (
        one.isascii() and one.isalpha() and next_.isascii() and next_.isalpha()
    )


def _in_words(key: str, text: str) -> bool:
    """Tell whether whole words of a text, one after the other, are written like a key without spaces."""
    if not key:
        return False
    starts, place = set(), 0
    for word in text.split():
        starts.add(place)
        place += len(word)
    ends, joined = starts - {0} | {place}, text.replace(" ", "")
    return any(found in starts and found + len(key) in ends for found in _all_places(key, joined))


def _all_places(key: str, joined: str) -> list[int]:
    return [place for place in range(len(joined) - len(key) + 1) if joined.startswith(key, place)]

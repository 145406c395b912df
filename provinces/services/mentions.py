"""Which provinces a text speaks of, however their names are written; it proposes, and decides nothing.

A text is read to its end, whole: the time that takes grows with it, no faster, and no name is cut by two parts.
"""

from django.db.models import F, Q, Value
from django.db.models.functions import Length

from core.text import KHMER, key_km, key_lat
from provinces.models import PlaceAlias, Province, SiteAlias

WORDS = 4  # of a name, at most
SHORTEST_PROVINCE, SHORTEST = 3, 5  # characters of a name; short names of districts and sites are other words too
DISTRICT = 4  # digits of its code


def provinces_in(text: str) -> list[Province]:
    """Return the provinces a text names, or where the districts and sites it names lie; three queries."""
    written, words = key_km(text).replace(" ", ""), key_lat(text).split()
    sounded = {"".join(words[at : at + n]) for at in range(len(words)) for n in range(1, WORDS + 1)}
    codes = _places(written, sounded)
    named = {code for code in codes if len(code) < DISTRICT} or {code[:2] for code in codes}
    if not named:
        named = _of_sites(written, sounded)
    return list(Province.objects.choosable().filter(pk__in=named)) if named else []


def _places(written: str, sounded: set[str]) -> set[str]:
    """Return the codes of provinces and districts that are named; a Latin name as whole words, a Khmer one anywhere."""
    rows = PlaceAlias.objects.annotate(size=Length("key"), level=Length("code"), said=Value(written))
    long = Q(level__lt=DISTRICT, size__gte=SHORTEST_PROVINCE) | Q(level=DISTRICT, size__gte=SHORTEST)
    there = Q(key__in=sounded)
    if KHMER.search(written):
        there |= Q(key__regex="[\u1780-\u17ff]", said__contains=F("key"))
    return set(rows.filter(long & there).values_list("code", flat=True))


def _of_sites(written: str, sounded: set[str]) -> set[str]:
    rows = SiteAlias.objects.annotate(said=Value(written), size_km=Length("key_km"))
    there = Q(key_lat__in={key for key in sounded if len(key) >= SHORTEST})
    if KHMER.search(written):
        there |= Q(key_km__regex="[\u1780-\u17ff]", size_km__gte=SHORTEST, said__contains=F("key_km"))
    return set(rows.filter(there).values_list("site__province_id", flat=True))

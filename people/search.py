"""Find persons by a part of a name, in Khmer in any order of the same letters, or as it sounds in Latin letters."""

from typing import Any

from django.db.models import Q

from core.text import key_km, key_lat
from people.models import PersonName

SHORTEST = 2


def name_holds(text: str) -> Q | None:
    """Return what a name is asked for that holds the text; None where it is too short: a single letter finds nobody."""
    km, lat = key_km(text), key_lat(text)
    wanted = Q(key_km__contains=km) if len(km) >= SHORTEST or (km and len(lat) >= SHORTEST) else None
    if len(lat) >= SHORTEST:
        wanted = Q(key_lat__contains=lat) if wanted is None else wanted | Q(key_lat__contains=lat)
    return wanted


def persons_named(text: str) -> Any:
    """Return the keys of the persons whose name holds the text."""
    wanted = name_holds(text)
    return (PersonName.objects.none() if wanted is None else PersonName.objects.filter(wanted)).values("person_id")

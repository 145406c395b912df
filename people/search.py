"""Find persons by a part of a name, in Khmer in any order of the same letters, or as it sounds in Latin letters."""

from typing import Any

from django.db.models import Q

from core.text import key_km, key_lat
from people.models import PersonName

SHORTEST = 2


def persons_named(text: str) -> Any:
    """Return the keys of the persons whose name holds the text; a single letter finds nobody."""
    km, lat = key_km(text), key_lat(text)
    if len(km) < SHORTEST and len(lat) < SHORTEST:
        return PersonName.objects.none().values("person_id")
    wanted = Q(key_km__contains=km) if km else Q(pk__in=())
    if len(lat) >= SHORTEST:
        wanted |= Q(key_lat__contains=lat)
    return PersonName.objects.filter(wanted).values("person_id")

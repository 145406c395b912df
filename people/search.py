"""Find persons by a part of a name, in Khmer in any order of the same letters, or as it sounds in Latin letters."""

from typing import Any

from django.db.models import Q

from core.text import key_km, key_lat
from people.models import PersonName

SHORTEST = 2


def name_holds(text: str) -> Q | None:
    """Return what a name is asked for that holds the text; None where it is too short: a single letter finds nobody.

    The Latin key is written of the Khmer key letter by letter, so whatever holds the one holds the other: the Khmer one is
    asked only where the text has no Latin letters to speak of.
    """
    km, lat = key_km(text), key_lat(text)
    if len(lat) >= SHORTEST:
        return Q(key_lat__contains=lat)
    return Q(key_km__contains=km) if len(km) >= SHORTEST else None


def persons_named(text: str) -> Any:
    """Return the keys of the persons whose name holds the text."""
    wanted = name_holds(text)
    return (PersonName.objects.none() if wanted is None else PersonName.objects.filter(wanted)).values("person_id")

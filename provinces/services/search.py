"""Find places by any of their names, in Khmer or Latin script."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Length

from core.text import ascii_digits, clean
from provinces.models import Commune, District, Place, PlaceAlias, Province
from provinces.names import place_key, without_kind

LEVELS: dict[int, type[Province] | type[District] | type[Commune]] = {2: Province, 4: District, 6: Commune}
SHORTEST = 2


def find_province(text: str) -> Province | None:
    """Give the province that has exactly this name or code, in any spelling known; None if there is none."""
    text = ascii_digits(clean(text))
    choosable = Province.objects.choosable()
    if text.isascii() and text.isdecimal():
        return choosable.filter(code=text.zfill(2)).first()
    for attempt in (text, without_kind(text)):
        codes = PlaceAlias.objects.filter(key=place_key(attempt)).values("code")
        if found := list(choosable.filter(code__in=codes)[:2]):
            return found[0] if len(found) == 1 else None
    return None


def find_places(text: str, province: Province | None = None, *, limit: int = 20) -> list[Place]:
    """Give provinces, districts and communes by name: the exact ones first, then beginnings, then parts."""
    key = place_key(without_kind(clean(text)))
    if len(key) < SHORTEST:
        return []
    names = PlaceAlias.objects.filter(Q(key__contains=key))
    if province:
        names = names.filter(code__startswith=province.code)
    rank = Case(
        When(key=key, then=Value(0)),
        When(key__startswith=key, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ordered = names.annotate(rank=rank, digits=Length("code")).order_by("rank", "digits", "code")
    codes = list(dict.fromkeys(ordered.values_list("code", flat=True)[: limit * 3]))[:limit]
    places = places_of(codes)
    return [places[code] for code in codes if code in places]


def places_of(codes: Iterable[str]) -> dict[str, Place]:
    """Give current places by their codes, one query a level."""
    wanted, places = set(codes), dict[str, Place]()
    for digits, model in LEVELS.items():
        level = [code for code in wanted if len(code) == digits]
        if level:
            places |= {place.code: place for place in model.objects.current().filter(code__in=level)}
    return places

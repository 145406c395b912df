"""Turn the names or codes typed for district and commune into rows inside their province."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import ascii_digits, clean
from provinces.models import Commune, District, Place, PlaceAlias, Province
from provinces.names import place_key, without_kind

P = TypeVar("P", District, Commune)


class Resolved(NamedTuple):
    """A place as deep as it is known."""

    province: Province | None
    district: District | None
    commune: Commune | None


def resolve_places(*, province: Province | None, district: str = "", commune: str = "") -> Resolved:
    """Find district and commune by name or code and fill in what lies above them.

    Raises ValidationError by field: unknown, ambiguous, or outside what was chosen above it.
    """
    inner: District | None = None
    if district := clean(district):
        inner = _one("district", _called(District, district), district, within=province)
        province = province or inner.province
    if not (commune := clean(commune)):
        return Resolved(province, inner, None)
    innermost = _one("commune", _called(Commune, commune), commune, within=inner or province)
    inner = innermost.district
    return Resolved(province or inner.province, inner, innermost)


def _called(model: type[P], text: str) -> list[P]:
    """Give the current places of this level with that code or name."""
    above = "province" if model is District else "district__province"
    places = model.objects.current().select_related(above)
    if (code := ascii_digits(text)).isascii() and code.isdecimal():
        return list(places.filter(code=code))
    keys = {place_key(text), place_key(without_kind(text))}
    return list(places.filter(code__in=PlaceAlias.objects.filter(key__in=keys).values("code")))


def _one(field: str, found: list[P], text: str, *, within: Place | None) -> P:
    inside = [place for place in found if within is None or place.code.startswith(within.code)]
    if len(inside) == 1:
        return inside[0]
    raise ValidationError({field: [_problem(found, inside, text, within)]})


def _problem(found: list[P], inside: list[P], text: str, within: Place | None) -> str:
    """Say why a name is not one place, and what to do."""
    if inside:
        said = {"text": text, "where": _listed(inside)}
        return _("“%(text)s” is in several places: %(where)s. Choose what lies above it, or write the code.") % said
    if found:
        said = {"text": text, "where": _listed(found), "chosen": str(within)}
        return _("“%(text)s” is not in %(chosen)s. It is in %(where)s. Change one of the two.") % said
    said = {"text": text}
    return _("No place called “%(text)s” is known here. Choose one of the list, or leave this empty.") % said


def _listed(places: list[P]) -> str:
    """Name at most four places by what lies above them, with their codes."""
    words = [f"{_above(place)} ({place.code})" for place in places[:4]]
    return ", ".join(words) + (" …" if len(places) > 4 else "")


def _above(place: Place) -> str:
    return str(place.province) if isinstance(place, District) else str(getattr(place, "district", ""))

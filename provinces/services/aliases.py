"""Other names of places that administrators add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from core.text import KEY_VERSION, clean
from provinces.models import Place, PlaceAlias
from provinces.names import is_findable, place_key

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def add_alias(place: Place, text: str, *, by: User) -> PlaceAlias:
    """Let a place be found by one more name; ValidationError when it cannot be found by it, or already is."""
    text = " ".join(clean(text).split())
    if not is_findable(text):
        raise ValidationError({"text": [_("Write a name with letters or digits.")]})
    alias = PlaceAlias(code=place.code, text=text, key=place_key(text), source=PlaceAlias.Source.ADMIN)
    alias.key_version = KEY_VERSION
    alias.full_clean()
    alias.save(force_insert=True)
    record("place.alias_add", by=by, about=place, detail={"alias": alias.pk})
    return alias


@transaction.atomic
def remove_alias(alias: PlaceAlias, *, by: User) -> None:
    """Take away a name that was added here; those of the gazetteer and of our file stay."""
    if alias.source != PlaceAlias.Source.ADMIN:
        raise ValidationError(_("This name comes with the gazetteer and cannot be removed."))
    record("place.alias_remove", by=by, about=alias, detail={"place": alias.code})
    alias.delete()

"""Make persons and write their names; the search keys are computed here and nowhere else."""

import datetime
import unicodedata
from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.text import KEY_VERSION, clean, key_km, key_lat
from people.models import Person, PersonName, Sex
from people.sounds import key_sound

MAX_NAME = 200


def script_of(text: str) -> str:
    """Return the script most letters of a name are written in: khmer, latin or other."""
    names = [unicodedata.name(char, "") for char in text if char.isalpha() or unicodedata.category(char) == "Mn"]
    if any(name.startswith("KHMER") for name in names):
        return PersonName.Script.KHMER
    if all(name.startswith(("LATIN", "COMBINING")) for name in names):
        return PersonName.Script.LATIN
    return PersonName.Script.OTHER


def name_row(person: Person, text: str, kind: str = PersonName.Kind.STATED) -> PersonName:
    """Build one unsaved name with its keys."""
    return PersonName(
        person=person,
        text=text,
        script=script_of(text),
        kind=kind,
        key_km=key_km(text)[:300],
        key_lat=key_lat(text)[:300],
        key_sound=key_sound(text),
        key_version=KEY_VERSION,
    )


def set_names(person: Person, texts: Sequence[str]) -> None:
    """Add the names a person does not have yet; raises ValidationError for one that is too long."""
    _add_names(person, texts, set(person.names.values_list("text", flat=True)))


def _add_names(person: Person, texts: Sequence[str], kept: Collection[str] = ()) -> None:
    for text in dict.fromkeys(clean(text) for text in texts):
        if len(text) > MAX_NAME:
            raise ValidationError({"name": [_("A name has at most %(most)s characters.") % {"most": MAX_NAME}]})
        if text and text not in kept:
            name_row(person, text).save(force_insert=True)


@transaction.atomic
def make_person(
    *,
    name: str = "",
    sex: str = "",
    age: int | None = None,
    nationality: str = "",
    today: Any = None,
    estimated: bool = False,
) -> Person:
    """Make a person from what somebody said of them; every part may be missing."""
    day: datetime.date | None = (today or timezone.localdate()) if age is not None else None
    known = {"age": age, "age_on": day, "estimated": estimated and age is not None}
    person = Person(sex=sex or Sex.UNKNOWN, nationality=nationality.upper(), **known)
    person.clean_fields()
    person.save(force_insert=True)
    _add_names(person, [name])
    return person

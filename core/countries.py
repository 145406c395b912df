"""Countries as people write them: names in either language, nationalities, codes."""

import csv
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_countries import countries

from core.text import clean, key_km, key_lat

FILE = Path(__file__).with_name("nationalities.csv")


@cache
def _other_names() -> dict[str, list[str]]:
    """Return further spellings by code, the nationalities met most often first."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: f"{row['km']}|{row['other']}".split("|") for row in csv.DictReader(file)}


@cache
def _names(language: str) -> dict[str, str]:
    """Return the name of each country by code, the usual ones first."""
    with override(language):
        names = {code: str(name) for code, name in countries}
    usual = [code for code in _other_names() if code in names]
    if language.startswith("km"):
        names |= {code: _other_names()[code][0] for code in usual}
    return {code: names[code] for code in [*usual, *(code for code in names if code not in usual)]}


@cache
def _codes() -> dict[str, str]:
    """Return the code by every key a country is known under."""
    found: dict[str, str] = {}
    spellings = [_names("en"), _names("km")]
    for code in spellings[0]:
        for text in [code, *(names[code] for names in spellings), *_other_names().get(code, [])]:
            found.setdefault(key_km(text), code)
            found.setdefault(key_lat(text), code)
    return found


def country_choices(_about: object = None) -> list[tuple[str, str]]:
    """Return the countries but Cambodia as (code, name), in the language of the page, the usual ones first."""
    return [(code, name) for code, name in _names(get_language() or "km").items() if code != "KH"]


def country_names() -> list[str]:
    """Return the names a field offers, in the language of the page."""
    return list(_names(get_language() or "km").values())


def country_name(code: str) -> str:
    """Return the name of a country in the language of the page; what is no code stays what it is."""
    return _names(get_language() or "km").get(code.upper(), code)


def country_code(text: str) -> str:
    """Return the alpha-2 code of what was typed, empty for nothing.

    Raises ValidationError where it is no country known here.
    """
    text = clean(text)
    if not text:
        return ""
    codes = _codes()
    code = codes.get(key_km(text)) or codes.get(key_lat(text))
    if code is None:
        raise ValidationError(_("Write the country as in the list, or leave it empty."), code="invalid")
    return code

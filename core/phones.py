"""Phone numbers as they are compared."""

import re
from collections.abc import Iterable
from typing import cast

import phonenumbers

from core.text import ascii_digits

KEY_VERSION = 1  # of what `e164` makes of a number: raised where one comes out otherwise than before
MOST = 50  # numbers taken from one text
# "00855 …" and "0084 …": the plus sign of who dials. The library takes 008 for a Cambodian operator's prefix.
_ZEROS = re.compile(r"(?<![\d+])(?<!\d[ .\-])00[ .\-]?(?=[1-9](?:[ .()\-]{0,2}\d){8,13}(?!\d))", re.ASCII)
_HOUR = r"(?:[ T,]+\d{1,2}[:.h]\d{2}.*)?"
_SLASHED = re.compile(r"(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{4}/\d{1,2}/\d{1,2})" + _HOUR, re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[.\-\s]\s*(\d{1,2})\s*[.\-\s]\s*(?:\d{4}|\d{2})" + _HOUR, re.ASCII)
_YEAR_FIRST = re.compile(r"[12]\d{3}\s*[.\-\s]\s*\d{1,2}\s*[.\-\s]\s*\d{1,2}" + _HOUR, re.ASCII)


def e164(phone: str, region: str = "KH", *, takes_codes: bool = False) -> str:
    """Return a phone number as +855…; empty where it is not one, or is written like a date. Khmer digits are read.

    `takes_codes`: only a number that is in use somewhere, not one that merely has a possible length.
    """
    text = _ZEROS.sub("+", ascii_digits(phone).strip())
    if _is_like_a_day(text):
        return ""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    fits = phonenumbers.is_valid_number if takes_codes else phonenumbers.is_possible_number
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if fits(number) else ""


def _is_like_a_day(text: str) -> bool:
    """Say whether a text is written as a day is, also one that does not exist; a number may be grouped 12 34 5678."""
    if _SLASHED.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return True
    found = _YEAR_LAST.fullmatch(text)
    return found is not None and max(int(found[1]), int(found[2])) <= 31


def numbers_in(text: str, region: str = "KH") -> list[str]:
    """Return the telephone numbers that stand in a text, as +855…, each once, in their order."""
    numbers = (
        phonenumbers.format_number(one.number, phonenumbers.PhoneNumberFormat.E164) for one in _matches(text, region)
    )
    return list(dict.fromkeys(numbers))[:MOST]


def places_of_numbers(text: str, region: str = "KH") -> list[tuple[int, int]]:
    """Return where telephone numbers stand in a text, as it is written: first sign, and the one after the last."""
    zeros = {found.end() - 1: found.start() for found in _ZEROS.finditer(ascii_digits(text))}
    found = [(zeros.get(one.start, one.start), one.end) for one in _matches(text, region)]
    return found[:MOST]


def _matches(text: str, region: str) -> Iterable[phonenumbers.PhoneNumberMatch]:
    """Find numbers; what is read in place of what was typed is as long, so that places are those of the text."""
    read = _ZEROS.sub(lambda zeros: f"{'+':>{len(zeros[0])}}", ascii_digits(text))
    found = phonenumbers.PhoneNumberMatcher(read, region, leniency=phonenumbers.Leniency.VALID, max_tries=1000)
    return cast(Iterable[phonenumbers.PhoneNumberMatch], found)

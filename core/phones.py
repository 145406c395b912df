"""Phone numbers as they are compared."""

import phonenumbers

from core.text import ascii_digits

MOST = 50  # numbers taken from one text


def e164(phone: str, region: str = "KH") -> str:
    """Return a phone number as +855…; empty where it is not one. Khmer digits are read."""
    try:
        number = phonenumbers.parse(ascii_digits(phone), region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def numbers_in(text: str, region: str = "KH") -> list[str]:
    """Return the telephone numbers that stand in a text, as +855…, each once, in their order."""
    found = phonenumbers.PhoneNumberMatcher(
        ascii_digits(text), region, leniency=phonenumbers.Leniency.VALID, max_tries=1000
    )
    numbers = (phonenumbers.format_number(one.number, phonenumbers.PhoneNumberFormat.E164) for one in found)
    return list(dict.fromkeys(numbers))[:MOST]

"""Phone numbers as they are compared."""

import phonenumbers

from core.text import ascii_digits


def e164(phone: str, region: str = "KH") -> str:
    """Return a phone number as +855…; empty where it is not one. Khmer digits are read."""
    try:
        number = phonenumbers.parse(ascii_digits(phone), region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

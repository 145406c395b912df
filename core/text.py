"""Text as people type it: cleaning, digits, and the search keys of names in Khmer and Latin script."""

import re
import unicodedata

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.khmer import normal

KEY_VERSION = 1
_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
# Zero-width space, non-joiner, joiner, word joiner, byte order mark: harmless in text, fatal in keys.
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
# Bidirectional overrides and isolates can make a name read as another one.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOT_WORD = re.compile(r"[^0-9a-z]+")


KHMER = re.compile("[\u1780-\u17ff]")  # a letter or sign of Khmer


def ascii_digits(text: str) -> str:
    """Return the text with Khmer digits as ASCII digits."""
    return text.translate(_DIGITS)


def khmer_digits(text: str) -> str:
    """Return the text with ASCII digits as Khmer digits."""
    return text.translate(_KHMER_DIGITS)


def refuse_broken(text: str) -> None:
    """Raise ValidationError for NUL bytes and lone surrogates, which no database column can hold."""
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValidationError(_("This holds characters that cannot be stored. Type it again."), code="broken")


def clean(text: str) -> str:
    """Return the text as it is stored: NFC, without control and direction characters, trimmed."""
    refuse_broken(text)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return _CONTROL.sub("", _BIDI.sub("", text)).strip(" \t\n\r\u200b\u200c\u200d\u2060\ufeff\u00a0")


def without_width(text: str) -> str:
    """Return the text without characters that take no room."""
    return _ZERO_WIDTH.sub("", text)


def key_km(text: str) -> str:
    """Return the Khmer search key: one order of letters, no zero-width characters, ASCII digits, lower case."""
    text = without_width(unicodedata.normalize("NFC", text))
    return " ".join(ascii_digits(normal(text)).lower().split())


def key_lat(text: str) -> str:
    """Return the Latin search key: nearly as it sounds, lower case, letters and digits and single spaces."""
    return " ".join(_NOT_WORD.sub(" ", anyascii(key_km(text)).lower()).split())


def key_number(text: str) -> str:
    """Return a number of a document as it is compared: upper case, ASCII digits, letters and digits only."""
    return "".join(char for char in ascii_digits(unicodedata.normalize("NFKC", text)).upper() if char.isalnum())


def sort_km(text: str) -> str:
    """Return the key names are sorted by; Khmer code points follow the alphabet closely enough."""
    return key_km(text)

"""The code to come back with: 20 digits that nobody guesses (66 bits), and a check digit in each of five groups.

Read over a telephone, a digit misheard or two that changed places are found, and in which group.
"""

import hmac
import unicodedata
from hashlib import sha256

from django.utils.translation import gettext as _

from core.display import number
from core.sealed import key_for, keyed_hash

GROUPS, DATA = 5, 4  # groups, and digits in each before its check digit
LENGTH = GROUPS * (DATA + 1)
PURPOSE = "receipt"
# A quasigroup of order ten, totally anti-symmetric (H. M. Damm, 2004).
DAMM = (
    *("0317598642", "7092154863", "4206871359", "1750983426", "6123045978"),
    *("3674209581", "5869720134", "8945362017", "9438617205", "2581436790"),
)


def receipt_for(form: str, words: str) -> str:
    """Return the code of what was sent: the same form with the same words has the same code, and no other has it.

    It follows from a key of ours, so that it needs to be stored nowhere; a page that was passed on from one person to
    another gives each their own.
    """
    told = f"{len(form)}|{form}|{words}".encode("utf-8", "replace")
    number = int.from_bytes(hmac.new(key_for(PURPOSE), b"code|" + told, sha256).digest()) % 10 ** (GROUPS * DATA)
    digits = f"{number:0{GROUPS * DATA}d}"
    parts = [digits[place : place + DATA] for place in range(0, len(digits), DATA)]
    return "".join(part + check_digit(part, place) for place, part in enumerate(parts))


def check_digit(digits: str, place: int) -> str:
    """Return the check digit of a group (Damm), begun anew by its place.

    Every single wrong digit, every two neighbours changed and every group in another's place are found.
    """
    kept = place
    for digit in digits:
        kept = int(DAMM[kept][int(digit)])
    return str(kept)


def digits_of(typed: str) -> str:
    """Return the digits of what was typed, in whatever script; everything between them is left out."""
    found = (unicodedata.decimal(char, None) for char in typed[:400])
    return "".join(str(digit) for digit in found if digit is not None)


def groups_of(receipt: str) -> list[str]:
    """Return the code as it is read aloud."""
    return [receipt[place : place + DATA + 1] for place in range(0, len(receipt), DATA + 1)]


def wrong_groups(digits: str) -> list[int]:
    """Return which groups were misheard or mistyped, counted from one."""
    return [
        number
        for number, group in enumerate(groups_of(digits), 1)
        if len(group) != DATA + 1 or check_digit(group[:DATA], number - 1) != group[DATA]
    ]


def misread(digits: str) -> str:
    """Say what is wrong with the digits of a code, and where; empty where nothing is. It tells nothing of what is stored."""
    if len(digits) != LENGTH:
        return _("The code has %(length)s digits; this has %(typed)s.") % {
            "length": number(LENGTH),
            "typed": number(len(digits)),
        }
    if wrong := wrong_groups(digits):
        numbers = ", ".join(map(number, wrong))
        return _("A digit is not right. Look at group %(numbers)s.") % {"numbers": numbers}
    return ""


def hash_of(receipt: str) -> bytes:
    """Return what is stored of a code."""
    return keyed_hash(PURPOSE, receipt)

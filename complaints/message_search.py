"""Find messages that are no complaint: by reference, by words, by a telephone number that stands in them or that they came from.

What became a complaint is found there (`complaints.search`). Words are asked of an index (contact_words); a number in the
words of the same rows, however it is written; whose number it is that called by keyed hash, and only for who may open reporters.
"""

import re
from typing import Any

from django.db.models import Q

from complaints.contact_workflow import OPENS
from complaints.models import Contact
from complaints.search import number_like
from core.phones import numbers_in
from core.sealed import keyed_hash
from core.text import ascii_digits, clean, khmer_digits

BETWEEN = r"[ .()\-]{0,3}"
MOST, NUMBERS = 5, 5  # messages shown beside one, and numbers of it that are asked
COUNTRY = "+855"
_REFERENCE = re.compile(r"C-[0-9A-Z]{1,12}")


def message_reference(text: str) -> str:
    """Return the beginning of a message's reference that a text means ("c-7rk3", Khmer digits), empty where it means none."""
    upper = "".join(ascii_digits(text).upper().split())
    return upper if _REFERENCE.fullmatch(upper) else ""


def messages_matching(rows: Any, text: str, user: Any) -> Any:
    """Keep the messages a search means; of their words and numbers nothing for who reads no identities."""
    text = clean(text)
    if beginning := message_reference(text):
        return rows.filter(reference__startswith=beginning)
    words = text.split()
    if not words or not user.may("identity.read"):
        return rows.none()
    if number := number_like(text):
        return rows.filter(_of_number(number, user), complaint=None)
    for word in words:
        rows = rows.filter(narrative__icontains=word)
    return rows.filter(complaint=None)


def waiting_beside(row: Contact, phone: str, user: Any) -> list[Contact]:
    """Return other messages that wait and share a telephone number with one, the newest first; one query, none without a number.

    `phone`: of who told it, opened for nobody but to be compared; empty for who may not.
    """
    numbers = list(dict.fromkeys([*numbers_in(phone), *numbers_in(row.narrative)]))[:NUMBERS]
    if not numbers or not user.may("identity.read"):
        return []
    shared = Q(pk__in=())
    for number in numbers:
        shared |= _of_number(number, user)
    others = Contact.objects.visible_to(user).waiting().filter(shared, complaint=None).exclude(pk=row.pk)
    return list(others.for_list().order_by("-received_at", "-pk")[:MOST])


def _of_number(number: str, user: Any) -> Q:
    found = Q(narrative__regex=_however_written(number))
    if user.may(OPENS):
        found |= Q(reporter__phone_hash=keyed_hash("phone", number))
    return found


def _however_written(number: str) -> str:
    """Return the pattern of a number in Khmer or ASCII digits with blanks, points and dashes in it, with its country or without."""
    digits = number.removeprefix(COUNTRY).removeprefix("+")
    signs = [f"[{digit}{khmer_digits(digit)}]" for digit in digits]
    return BETWEEN.join(signs) + "(?![0-9០-៩])"

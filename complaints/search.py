"""The one search box of complaints: by reference, and by the names of the people in them where the reader may know them."""

import re
from typing import Any

from complaints.models.complaint import ComplaintQuerySet
from core.text import ascii_digits, clean
from people.search import persons_named
from victims.models import Victim

WITHOUT_PREFIX = re.compile(r"^20\d\d-[0-9A-Z]{1,6}$")


def matching(rows: ComplaintQuerySet, text: str, user: Any) -> ComplaintQuerySet:
    """Keep the complaints a search means: those of a reference, else those of people so named."""
    text = clean(text)
    if beginning := reference_like(text):
        return rows.filter(reference__startswith=beginning)
    if not user.may("identity.read"):
        return rows.none()
    people = Victim.objects.visible_to(user).live().filter(person_id__in=persons_named(text))
    return rows.filter(pk__in=people.values("complaint_id"))


def reference_like(text: str) -> str:
    """Return the beginning of a reference that a text means ("kh-2022-7q", "2022-7Q"), empty where it means none."""
    upper = "".join(ascii_digits(text).upper().split())
    if upper.startswith("KH-") and len(upper) <= 20:
        return upper
    return f"KH-{upper}" if WITHOUT_PREFIX.match(upper) else ""

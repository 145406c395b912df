"""The one search box of complaints: by reference, and by the names of the people in them where the reader may know them."""

import re
from typing import Any

from django.db.models import QuerySet

from complaints.models.complaint import ComplaintQuerySet
from core.text import ascii_digits, clean
from people.search import persons_named
from victims.models import Victim

WITHOUT_PREFIX = re.compile(r"^20\d\d-[0-9A-Z]{1,6}$")


def matching(rows: ComplaintQuerySet, text: str, user: Any) -> ComplaintQuerySet:
    """Keep the complaints a search means; each arm is scoped by itself and has its own index."""
    text = clean(text)
    arms: list[QuerySet[Any, Any]] = []
    if beginning := reference_like(text):
        arms.append(rows.order_by().filter(reference__startswith=beginning).values("pk"))
    if user.may("identity.read"):
        people = Victim.objects.visible_to(user).live().filter(person_id__in=persons_named(text))
        arms.append(people.values("complaint_id"))
    if not arms:
        return rows.none()
    return rows.filter(pk__in=arms[0].union(arms[1]) if len(arms) > 1 else arms[0])


def reference_like(text: str) -> str:
    """Return the beginning of a reference that a text means ("kh-2022-7q", "2022-7Q"), empty where it means none."""
    upper = "".join(ascii_digits(text).upper().split())
    if upper.startswith("KH-") and len(upper) <= 20:
        return upper
    return f"KH-{upper}" if WITHOUT_PREFIX.match(upper) else ""

"""The one search box of complaints: reference, names, telephone numbers, sites, and what is said, where the reader may know it.

Each arm asks one table with an index of its own, and keeps to what the reader may see; a list is `id = ANY` of their union.
"""

import re
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F

from accounts.scope import Among
from complaints.models import Contact, SearchRow
from complaints.models.complaint import ComplaintQuerySet
from core.phones import e164
from core.sealed import keyed_hash
from core.text import ascii_digits, clean, key_km
from core.words import words_of
from people.search import persons_named
from provinces.models import Site
from victims.models import Victim

WITHOUT_PREFIX = re.compile(r"^20\d\d-[0-9A-Z]{1,6}$")
NUMBER = re.compile(r"[+0-9 ().\-]{8,24}")
SHORTEST = 3  # characters that make a trigram


def matching(rows: ComplaintQuerySet, text: str, user: Any) -> ComplaintQuerySet:
    """Keep the complaints a search means: those of a reference, else by telephone numbers, names, sites and words.

    What a merged complaint says is found by the one it was merged into (`services.index`).
    """
    text = clean(text)
    if beginning := reference_like(text):
        return rows.filter(reference__startswith=beginning)
    if not user.may("identity.read"):
        return _among(rows, _at_site(text, user))
    numbers = _by_number(number, user) if (number := number_like(text)) else []
    first, *others = [*_by_words(text, user), *numbers]
    return _among(rows, first.union(*others))


def _among(rows: ComplaintQuerySet, keys: Any) -> ComplaintQuerySet:
    """Keep rows by keys that are found first: a list joins so much that the planner would else read the whole table before."""
    return rows.filter(Among(F("pk"), ArraySubquery(keys)))


def _by_words(text: str, user: Any) -> list[Any]:
    arms = [_of_people(persons_named(text), user), _at_site(text, user)]
    rows, key = SearchRow.objects.visible_to(user), key_km(text)
    if words := words_of(text):
        arms.append(rows.filter(words__contains=words).values("complaint_id"))
    if len(key) >= SHORTEST:
        arms.append(rows.filter(text__contains=key).values("complaint_id"))
    return arms


def _by_number(number: str, user: Any) -> list[Any]:
    """Find a telephone number: of people sought, in what is said, and of who called for who may open their identity."""
    arms = [
        Victim.objects.visible_to(user).live().filter(person__phones__e164=number).values("complaint_id"),
        SearchRow.objects.visible_to(user).filter(numbers__contains=[number]).values("complaint_id"),
    ]
    if user.may("reporter.reveal"):
        calls = Contact.objects.visible_to(user).filter(reporter__phone_hash=keyed_hash("phone", number))
        arms.append(calls.exclude(complaint=None).values("complaint_id"))
    return arms


def _of_people(persons: Any, user: Any) -> Any:
    return Victim.objects.visible_to(user).live().filter(person_id__in=persons).values("complaint_id")


def _at_site(text: str, user: Any) -> Any:
    sites = Site.objects.visible_to(user).named(text).values("pk")
    return SearchRow.objects.visible_to(user).filter(complaint__site__in=sites).values("complaint_id")


def number_like(text: str) -> str:
    """Return the telephone number a text is, as +855…; empty where it is none."""
    return e164(text) if NUMBER.fullmatch(ascii_digits(text)) else ""


def reference_like(text: str) -> str:
    """Return the beginning of a reference that a text means ("kh-2022-7q", "2022-7Q"), empty where it means none."""
    upper = "".join(ascii_digits(text).upper().split())
    if upper.startswith("KH-") and len(upper) <= 20:
        return upper
    return f"KH-{upper}" if WITHOUT_PREFIX.match(upper) else ""

"""The one search box of complaints: reference, names, telephone numbers, sites, and what is said, where the reader may know it.

Each arm asks one table with an index of its own, and keeps to what the reader may see; a list is those of their union.
What every tenth complaint holds is asked of each row instead, as the list goes along its order: no index helps there.
"""

import math
import re
import time
from collections import Counter
from functools import lru_cache, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, Subquery, Value

from accounts.scope import Among
from complaints.models import Contact, SearchRow
from complaints.models.complaint import ComplaintQuerySet
from core.phones import e164
from core.sealed import keyed_hash
from core.text import ascii_digits, clean, key_km
from core.words import words_of
from people.models import PersonName
from people.search import name_holds
from provinces.models import Site
from victims.models import Victim

WITHOUT_PREFIX = re.compile(r"^20\d\d-[0-9A-Z]{1,6}$")
NUMBER = re.compile(r"[+0-9 ().\-]{8,24}")
SHORTEST = 3  # characters that make a trigram
NO_KEY = UUID(int=0)
FEW = 500  # keys that are written into a query
SAMPLE = 400  # rows that are tried
OFTEN, SELDOM = 40, 8  # of them, that hold what many hold; at a million complaints the less
EVEN = 1250  # in so many complaints both ways take as long where every one holds it: the keys, and going along
ROWS = "SELECT reltuples FROM pg_class WHERE oid = 'complaints_searchrow'::regclass"
FRESH = 600  # seconds that the number of rows is kept


def matching(rows: ComplaintQuerySet, text: str, user: Any) -> ComplaintQuerySet:
    """Keep the complaints a search means: those of a reference, else by telephone numbers, names, sites and words.

    What a merged complaint says is found by the one it was merged into (`services.index`).
    """
    text = clean(text)
    if beginning := reference_like(text):
        return rows.filter(reference__startswith=beginning)
    arms = [_at_site(text, user)]
    if user.may("identity.read"):
        number, name, said = number_like(text), name_holds(text), _said(text)
        arms = [*_in_words(said, user), *_of_people(name, user), *arms, *_by_number(number, user)]
        newest = rows.order_by("-received_at", "-pk")
        if not number and _is_common(name, said) and _many((newest, held := _held(arms))):
            return rows.filter(held)
    first, *others = (arm.values_list("complaint_id", flat=True) for arm in arms)
    return _among(rows, first.union(*others))


def _among(rows: ComplaintQuerySet, keys: Any) -> ComplaintQuerySet:
    """Keep rows by keys that are found first: a list joins so much that the planner would else read the whole table before.

    A list asks for its rows and for its totals: few keys are found once for both. None stays a question of SQL, as an export asks it.
    """
    found = list(keys[: FEW + 1])
    return (
        rows.filter(pk__in=found or [NO_KEY]) if len(found) <= FEW else rows.filter(Among(F("pk"), ArraySubquery(keys)))
    )


def _held(arms: list[Any]) -> Q:
    """Say of one complaint whether an arm finds it; a subquery for a value, which the planner leaves where it stands."""
    held = Q()
    for arm in arms:
        found = arm.filter(complaint=OuterRef("pk")).values(held=Value(True))[:1]
        held |= Q(Subquery(found, output_field=BooleanField()))
    return held


def _is_common(name: Q | None, said: Q | None) -> bool:
    """Say whether many names or complaints hold a text: of a few of them, taken anywhere, for their keys are random.

    As the database's own statistics are, these are of all rows; they say how to search, and nothing of what is found.
    """
    asked = [
        (rows.order_by("pk"), held) for rows, held in ((SearchRow.objects, said), (PersonName.objects, name)) if held
    ]
    return bool(asked) and _many(*asked)


def _many(*asked: tuple[Any, Q]) -> bool:
    """Say whether enough of the first rows of one of them hold what is asked of it; one query."""
    some = [
        rows.annotate(held=ExpressionWrapper(held, BooleanField())).values_list(Value(place), "held")[:SAMPLE]
        for place, (rows, held) in enumerate(asked)
    ]
    tried = some[0].union(*some[1:], all=True) if some[1:] else some[0]
    n = max(Counter(place for place, held in tried if held).values(), default=0)
    return n >= SELDOM and n >= _often(int(time.time() // FRESH))


@lru_cache(maxsize=1)
def _often(_ten_minutes: int) -> int:
    """Return how many of a sample are many: keys cost by how many there are, going along by how far apart they stand."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        share = math.sqrt(EVEN / max(cursor.fetchone()[0], 1))
    return max(SELDOM, min(OFTEN, round(SAMPLE * share)))


def _said(text: str) -> Q | None:
    """Return what a complaint's words are asked for: all the words, in any order, or the text as it is, also a part of words."""
    words, key = words_of(text), key_km(text)
    asked = [Q(words__contains=words)] if words else []
    if len(key) >= SHORTEST:
        asked.append(Q(text__contains=key))
    return reduce(or_, asked) if asked else None


def _in_words(said: Q | None, user: Any) -> list[Any]:
    return [] if said is None else [SearchRow.objects.visible_to(user).filter(said)]


def _by_number(number: str, user: Any) -> list[Any]:
    """Find a telephone number: of people sought, in what is said, and of who called for who may open their identity."""
    if not number:
        return []
    arms: list[Any] = [
        Victim.objects.visible_to(user).live().filter(person__phones__e164=number),
        SearchRow.objects.visible_to(user).filter(numbers__contains=[number]),
    ]
    if user.may("reporter.reveal"):
        calls = Contact.objects.visible_to(user).filter(reporter__phone_hash=keyed_hash("phone", number))
        arms.append(calls.exclude(complaint=None))
    return arms


def _of_people(name: Q | None, user: Any) -> list[Any]:
    if name is None:
        return []
    persons = PersonName.objects.filter(name).values("person_id")
    return [Victim.objects.visible_to(user).live().filter(person_id__in=persons)]


def _at_site(text: str, user: Any) -> Any:
    sites = Site.objects.visible_to(user).named(text).values("pk")
    return SearchRow.objects.visible_to(user).filter(Among(F("complaint__site_id"), ArraySubquery(sites)))


def number_like(text: str) -> str:
    """Return the telephone number a text is, as +855…; empty where it is none."""
    return e164(text) if NUMBER.fullmatch(ascii_digits(text)) else ""


def reference_like(text: str) -> str:
    """Return the beginning of a reference that a text means ("kh-2022-7q", "2022-7Q"), empty where it means none."""
    upper = "".join(ascii_digits(text).upper().split())
    if upper.startswith("KH-") and len(upper) <= 20:
        return upper
    return f"KH-{upper}" if WITHOUT_PREFIX.match(upper) else ""

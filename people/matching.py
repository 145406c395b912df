"""Find persons who may be the one that somebody speaks of: names however written, dates, documents, phones.

Candidates come from SQL, by the sound of a name (trigrams), a document's number or a phone, all asked at once; the score is
Python's. `LEAST` is the lowest score worth showing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.phones import e164
from core.text import key_lat, key_number
from people.alike import alike, key_of
from people.models import Person
from people.sounds import key_sound

LEAST = 58
SHORTEST_NUMBER = 4
NAMES_ASKED = 5  # of one person
SIMILAR = 0.45  # of two sounds, for a candidate
CANDIDATES = 60
NEAREST = 3000  # of a name, before the scope is asked
# The nearest are asked for the scope one by one, the best first, until there are enough: a name that half the country has
# does not ask it for everybody.
BY_NAME = """
SELECT asked.i, hit.person_id FROM unnest(%s::int[], %s::text[], %s::text[]) AS asked (i, sound, lat)
CROSS JOIN LATERAL (
    SELECT near.person_id FROM (
        SELECT n.person_id, similarity(n.key_sound, asked.sound) + similarity(n.key_lat, asked.lat) AS alike
        FROM people_personname n WHERE n.key_sound %% asked.sound ORDER BY alike DESC LIMIT {nearest}) near
    WHERE near.person_id IN ({scope}) ORDER BY near.alike DESC LIMIT {most}) hit
"""
BY_DOCUMENT = """
SELECT asked.i, d.person_id FROM unnest(%s::int[], %s::text[]) AS asked (i, number)
JOIN people_persondocument d ON d.number_norm = asked.number WHERE d.person_id IN ({scope})
"""
BY_PHONE = """
SELECT asked.i, p.person_id FROM unnest(%s::int[], %s::text[]) AS asked (i, number)
JOIN people_personphone p ON p.e164 = asked.number AND p.e164 <> '' WHERE p.person_id IN ({scope})
"""


@dataclass(frozen=True)
class Known:
    """What is said of somebody; every part may be missing. `age` in whole years on `age_on`, today unless said."""

    names: tuple[str, ...] = ()
    sex: str = ""
    age: int | None = None
    age_on: date | None = None
    born_on: date | None = None
    born_year: int | None = None
    nationality: str = ""
    documents: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


# Why somebody may be the same, or not: kept as codes, read in the reader's language.
WHY: dict[str, Any] = {
    "same_document": gettext_lazy("same document number"),
    "same_phone": gettext_lazy("same phone number"),
    "same_name": gettext_lazy("same name"),
    "name_sounds_alike": gettext_lazy("name sounds alike"),
    "part_of_name": gettext_lazy("part of the name is alike"),
    "same_year": gettext_lazy("same year of birth"),
    "year_apart": gettext_lazy("year of birth one apart"),
    "about_same_age": gettext_lazy("about the same age"),
    "ages_apart": gettext_lazy("ages far apart"),
    "same_birthday": gettext_lazy("same date of birth"),
    "birthday_swapped": gettext_lazy("day and month of birth swapped"),
    "birthdays_differ": gettext_lazy("dates of birth differ"),
    "sex_differs": gettext_lazy("the sex differs"),
    "same_nationality": gettext_lazy("same nationality"),
    "other_nationality": gettext_lazy("another nationality"),
}


@dataclass(frozen=True)
class Match:
    """A person who may be the same: 0–100, and why, as codes of `WHY`."""

    person: Person
    score: int
    codes: list[str]

    @property
    def reasons(self) -> list[str]:
        """Say why, in the reader's language."""
        return [str(WHY[code]) for code in self.codes]


def likely(
    known: Sequence[Known], persons: QuerySet[Person], most: int = 5, candidates: int = CANDIDATES
) -> list[list[Match]]:
    """Return who may be meant, for each in the same order, best first; `persons` is scoped by the caller,
    `candidates` how many of each name are scored.

    Asks the same number of queries however many are known.
    """
    found = _candidates(known, persons.filter(merged_into=None), candidates)
    ids = {person for people in found.values() for person in people}
    rows = (
        Person.objects.filter(pk__in=ids).prefetch_related(*_compared(known)) if ids else ()
    )  # of the scope, just asked
    people = {person.pk: person for person in rows}
    matches = []
    for number, one in enumerate(known):
        scored = [match_of(one, people[pk]) for pk in found[number] if pk in people]
        good = [match for match in scored if match.score >= LEAST]
        matches.append(sorted(good, key=lambda match: (-match.score, match.person.pk))[:most])
    return matches


def _compared(known: Sequence[Known]) -> list[str]:
    """Name the lists of a person that are compared: papers and telephones only where some are known."""
    asked = {"documents": any(one.documents for one in known), "phones": any(one.phones for one in known)}
    return ["names", *(name for name, is_asked in asked.items() if is_asked)]


def known_of(person: Person, *, documents: bool = True, phones: bool = True) -> Known:
    """Return what is known of a person, to look for others who may be the same; what is not compared may stay out."""
    return Known(
        names=tuple(name.text for name in person.names.all()),
        sex="" if person.sex == "unknown" else person.sex,
        age=person.age,
        age_on=person.age_on,
        born_on=person.born_on,
        born_year=person.born_year,
        nationality=person.nationality,
        documents=tuple(row.number for row in person.documents.all()) if documents else (),
        phones=tuple(row.text for row in person.phones.all()) if phones else (),
    )


def _candidates(known: Sequence[Known], persons: QuerySet[Person], most: int) -> dict[int, set[Any]]:
    names = [(i, text) for i, one in enumerate(known) for text in one.names[:NAMES_ASKED] if key_sound(text)]
    numbers = [(i, number) for i, one in enumerate(known) for number in _numbers(one.documents)]
    phones = [(i, number) for i, one in enumerate(known) for number in _phones(one.phones)]
    found: dict[int, set[Any]] = defaultdict(set)
    if not (names or numbers or phones):
        return found
    try:
        scope, inside = persons.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return found
    by_name = [
        [i for i, _text in names],
        [key_sound(text) for _i, text in names],
        [key_lat(text) for _i, text in names],
    ]
    sql = " UNION ".join(
        f"({part.format(scope=scope, most=most, nearest=NEAREST)})" for part in (BY_NAME, BY_DOCUMENT, BY_PHONE)
    )
    params = [*by_name, *inside, *_columns(numbers), *inside, *_columns(phones), *inside]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(SIMILAR)])
        cursor.execute(sql, params)
        for i, person in cursor.fetchall():
            found[i].add(person)
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', '0.3', true)")
    return found


def _columns(pairs: list[tuple[int, str]]) -> list[list[Any]]:
    return [[i for i, _text in pairs], [text for _i, text in pairs]]


def _numbers(texts: Iterable[str]) -> set[str]:
    return {number for text in texts if len(number := key_number(text)) >= SHORTEST_NUMBER}


def _phones(texts: Iterable[str]) -> set[str]:
    return {number for text in texts if (number := e164(text))}


def match_of(one: Known, person: Person) -> Match:
    """Score one person against what is known, and say why."""
    other = known_of(person, documents=bool(one.documents), phones=bool(one.phones))
    points, codes = 0.0, []
    sure = bool(_numbers(one.documents) & _numbers(other.documents))
    for judge in JUDGES:
        more, why = judge(one, other)
        points += more / 2 if more < 0 and sure else more
        codes += [why] if why else []
    points = max(points, LEAST) if sure else points  # a number speaks, whatever contradicts it
    return Match(person, max(0, min(100, round(points))), codes)


Judged = tuple[float, str]


def _by_document(one: Known, other: Known) -> Judged:
    return (75, "same_document") if _numbers(one.documents) & _numbers(other.documents) else (0, "")


def _by_phone(one: Known, other: Known) -> Judged:
    return (40, "same_phone") if _phones(one.phones) & _phones(other.phones) else (0, "")


def _by_name(one: Known, other: Known) -> Judged:
    best = max((alike(mine, theirs) for mine in one.names for theirs in other.names), default=0.0)
    if best < 0.5:
        return (-15 if one.names and other.names else 0), ""
    if {key_of(text) for text in one.names} & {key_of(text) for text in other.names}:
        return 70, "same_name"
    return 70 * best, "name_sounds_alike" if best >= 0.75 else "part_of_name"


def _by_birth(one: Known, other: Known) -> Judged:
    if one.born_on and other.born_on:
        return _by_days(one.born_on, other.born_on)
    exact = (one.born_on or one.born_year) and (other.born_on or other.born_year)
    mine, theirs = _year(one), _year(other)
    if mine is None or theirs is None:
        return 0, ""
    apart = abs(mine - theirs)
    if exact and apart <= 1:
        return (10, "same_year") if apart == 0 else (4, "year_apart")
    if apart <= 2:
        return 6, "about_same_age"
    return (-30 if apart > 10 else -20 if apart > 5 else -8 if exact else 0), "ages_apart" if apart > 5 else ""


def _by_days(mine: date, theirs: date) -> Judged:
    if mine == theirs:
        return 22, "same_birthday"
    same_day = (mine.month, mine.day) == (theirs.month, theirs.day)
    if mine.year == theirs.year:
        swapped = (mine.month, mine.day) == (theirs.day, theirs.month)
        return (15, "birthday_swapped") if swapped else (5, "same_year")
    apart = abs(mine.year - theirs.year)
    if apart == 1:
        return (12, "year_apart") if same_day else (0, "")
    return (-30 if apart > 10 else -20 if apart > 5 else -12), "birthdays_differ"


def _year(known: Known) -> int | None:
    """Return the year somebody was born in, about."""
    if known.born_on:
        return known.born_on.year
    if known.born_year:
        return known.born_year
    return None if known.age is None else (known.age_on or timezone.localdate()).year - known.age


def _by_sex(one: Known, other: Known) -> Judged:
    if {one.sex, other.sex} & {"", "unknown"}:
        return 0, ""
    return (3, "") if one.sex == other.sex else (-25, "sex_differs")


def _by_nationality(one: Known, other: Known) -> Judged:
    if not one.nationality or not other.nationality:
        return 0, ""
    same = one.nationality.upper() == other.nationality.upper()
    return (3, "same_nationality") if same else (-8, "other_nationality")


JUDGES: tuple[Callable[[Known, Known], Judged], ...] = (
    _by_document,
    _by_phone,
    _by_name,
    _by_birth,
    _by_sex,
    _by_nationality,
)

"""Complaints that may be about the same people, place or call: shown while somebody types, and to programs. They propose, and
decide nothing.

Each arm asks one table with an index of its own, inside what somebody sees (`complaints.sight`); the points are added up
here. The number of queries is the same however much is typed. Reporters are compared by the keyed hash of their telephone,
and only for who may open their identity: an officer could else try numbers until one answers.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.models import Complaint, Contact, SearchRow
from complaints.sight import Reader, Sight
from core.phones import e164, numbers_in
from core.sealed import keyed_hash
from core.text import KHMER, clean, key_km, key_lat
from core.words import words_of
from people.matching import WHY as PERSONS
from people.matching import Known, likely
from provinces.models import Site, SiteAlias
from provinces.names import names_it, site_keys
from victims.models import Victim

MOST = 5
FETCHED = 4  # times as many, of the best: some were merged, and of equals the newest come first
LEAST = 25  # points worth showing
CANDIDATES = 40  # of an arm
TYPED = 10  # persons of a name, of twice as many that sound alike
SHORTEST = 3  # characters of a name that is looked for in the words of others
RARE_WORDS = 12  # of a text
STORY = 8  # rare words that are a story: of fewer, sharing all says less
LONGEST = 4000  # characters of a text that is compared while somebody types
SAME_REPORTER, SAME_NUMBER, NAMED_IN_WORDS = 60, 50, 35
SAME_SITE, SAME_SPOT, SAME_WORDS = 20, 35, 55
PERSON = 0.8  # of the score two persons have
OTHER_PERSON = 0.25  # of that, for each person more
SPOT_ALIKE = 0.75
PERSON_CODE = "person."  # before a code of why two persons may be one
WHY: dict[str, Any] = {
    "number_written": gettext_lazy("the same telephone number is written there"),
    "number_sought": gettext_lazy("somebody sought there has this telephone number"),
    "number_called": gettext_lazy("the same number called before"),
    "name_written": gettext_lazy("the name stands in what is said"),
    "same_site": gettext_lazy("the same site"),
    "same_spot": gettext_lazy("the same spot"),
    "near_spot": gettext_lazy("nearly the same spot"),
    "same_words": gettext_lazy("many of the same words"),
    **{PERSON_CODE + code: words for code, words in PERSONS.items()},
}
# Words that many complaints hold say nothing, and asking for them is dear; the database keeps how many hold a word.
COMMON = """
SELECT held.word FROM pg_stats s
CROSS JOIN LATERAL unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS held (word, share)
WHERE s.tablename = 'complaints_searchrow' AND s.attname = 'words' AND held.word = ANY(%s)
    AND (held.share > 0.1 OR held.share * (SELECT reltuples FROM pg_class WHERE relname = s.tablename) > 200)
"""


@dataclass(frozen=True)
class Told:
    """What was typed so far; every part may be missing. `site` is a reference."""

    people: tuple[Known, ...] = ()
    phones: tuple[str, ...] = ()
    site: str = ""
    spot: str = ""
    text: str = ""


@dataclass(frozen=True)
class Reason:
    """One reason: codes of `WHY`, several where a person is alike in more than one thing; `name` is that person's."""

    codes: tuple[str, ...]
    name: str = ""

    @property
    def is_person(self) -> bool:
        """Return whether two persons may be one."""
        return self.codes[0].startswith(PERSON_CODE)

    def __str__(self) -> str:
        """Say it in the reader's language."""
        why = ", ".join(str(WHY[code]) for code in self.codes)
        return _("%(name)s: %(why)s") % {"name": self.name, "why": why} if self.name else why


@dataclass(frozen=True)
class Likeness:
    """A complaint that may be the same: 0–100, and why, what weighs most first."""

    complaint: Complaint
    score: int
    why: tuple[Reason, ...]

    @property
    def reasons(self) -> list[str]:
        """Say why, in the reader's language."""
        return [str(reason) for reason in self.why]

    @property
    def codes(self) -> list[str]:
        """Return why as codes, without anybody's name."""
        return list(dict.fromkeys(code for reason in self.why for code in reason.codes))


Found = dict[Any, dict[Reason, float]]  # complaint → reason → points


def similar(told: Told, user: Any, *, most: int = MOST) -> list[Likeness]:
    """Return complaints of those the reader may see that may be the same, the likeliest first."""
    return alike_in(Reader(user), told, most=most)


def alike_in(sight: Sight, told: Told, *, most: int = MOST) -> list[Likeness]:
    """Return complaints inside a sight that may be the same, the likeliest first: the one definition of "may be the same"."""
    found: Found = defaultdict(dict)
    for arm in (_by_people, _by_phone, _by_name_in_words, _by_place, _by_words):
        for complaint, reason, points in arm(told, sight):
            found[complaint][reason] = max(points, found[complaint].get(reason, 0))
    sums = {key: total for key, reasons in found.items() if (total := _points(reasons)) >= LEAST}
    best = sorted(sums, key=lambda key: -sums[key])[: most * FETCHED]
    if not best:
        return []
    rows = sight.of(Complaint.objects.all(), "pk").for_list().filter(pk__in=best)
    scored = [_likeness(row, found[row.pk]) for row in rows]
    return sorted(scored, key=lambda one: (-one.score, -one.complaint.received_at.timestamp()))[:most]


def _points(reasons: dict[Reason, float]) -> float:
    """Add up; of several people who may be the same the first counts whole, the others a little: of many some are alike by chance."""
    people = sorted((points for reason, points in reasons.items() if reason.is_person), reverse=True)
    others = sum(points for reason, points in reasons.items() if not reason.is_person)
    return others + sum(people[:1]) + OTHER_PERSON * sum(people[1:])


def _likeness(complaint: Complaint, reasons: dict[Reason, float]) -> Likeness:
    ordered = sorted(reasons, key=lambda reason: -reasons[reason])
    return Likeness(complaint, min(100, round(_points(reasons))), tuple(ordered))


Arm = Iterable[tuple[Any, Reason, float]]


def _why(code: str) -> Reason:
    return Reason((code,))


def _by_people(told: Told, sight: Sight) -> Arm:
    """Compare who is sought: names however written, ages, documents, telephones."""
    asked = [one for one in told.people if one.names or one.phones or one.documents]
    if not asked:
        return
    matches = [match for found in likely(asked, sight.persons(), TYPED, TYPED * 2) for match in found]
    people = {match.person.pk: match for match in sorted(matches, key=lambda match: match.score)}
    rows = sight.of(Victim.objects.all()).live().filter(person_id__in=people)
    for complaint, person in rows.values_list("complaint_id", "person_id"):
        match = people[person]
        codes = tuple(PERSON_CODE + code for code in match.codes[:2])
        yield complaint, Reason(codes, match.person.names_for()[0]), match.score * PERSON


def _by_phone(told: Told, sight: Sight) -> Arm:
    """Compare telephone numbers: of the people sought, of the text, and by their hash of who called."""
    numbers = {number for text in told.phones if (number := e164(text))} | set(numbers_in(told.text[:LONGEST]))
    if not numbers:
        return
    rows = sight.of(SearchRow.objects.all())
    for (complaint,) in rows.filter(numbers__overlap=sorted(numbers)).values_list("pk")[:CANDIDATES]:
        yield complaint, _why("number_written"), SAME_NUMBER
    people = sight.of(Victim.objects.all()).live().filter(person__phones__e164__in=numbers)
    for (complaint,) in people.values_list("complaint_id")[:CANDIDATES]:
        yield complaint, _why("number_sought"), SAME_NUMBER
    if not sight.reveals:
        return
    hashes = [keyed_hash("phone", number) for number in numbers]
    calls = sight.of(Contact.objects.all()).filter(reporter__phone_hash__in=hashes).exclude(complaint=None)
    for (complaint,) in calls.order_by("-received_at").values_list("complaint_id")[:CANDIDATES]:
        yield complaint, _why("number_called"), SAME_REPORTER


def _by_name_in_words(told: Told, sight: Sight) -> Arm:
    """Look for the names of who is sought in the words of other complaints, where nobody was listed yet."""
    names = {key for one in told.people for name in one.names if len(key := key_km(name)) >= SHORTEST}
    for name in sorted(names, key=len)[-3:]:
        rows = sight.of(SearchRow.objects.all())
        if KHMER.search(name):
            rows = rows.filter(text__contains=name)
        elif rare_words(words := words_of(key_lat(name))):
            rows = rows.filter(words__contains=words)  # whole words: "Lan" is no floor plan
        else:
            continue
        for (complaint,) in rows.values_list("pk")[:CANDIDATES]:
            yield complaint, _why("name_written"), NAMED_IN_WORDS


def _by_place(told: Told, sight: Sight) -> Arm:
    """Compare the site, as chosen or by any of its names in the text, and the exact spot."""
    rows = sight.of(SearchRow.objects.all())
    if sites := _sites(told):
        at = rows.filter(complaint__site__in=sites).order_by("-complaint__received_at")
        for (complaint,) in at.values_list("pk")[:CANDIDATES]:
            yield complaint, _why("same_site"), SAME_SITE
    spot = " ".join(rare_words([word for word in words_of(told.spot[:300]) if len(word) >= SHORTEST]))
    if not (spot := key_lat(spot)):
        return
    _threshold(SPOT_ALIKE)
    near = rows.filter(spot__trigram_word_similar=spot).annotate(alike=TrigramWordSimilarity(spot, "spot"))
    for complaint, alike in near.order_by("-alike").values_list("pk", "alike")[:CANDIDATES]:
        yield complaint, _why("same_spot" if alike > 0.99 else "near_spot"), SAME_SPOT * alike
    _threshold(0.6)


def _threshold(alike: float) -> None:
    """Say how alike the words of a spot must be for the index to give them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(alike)])


def _sites(told: Told) -> set[Any]:
    if told.site:
        return set(Site.objects.filter(reference=told.site).values_list("pk", flat=True))
    km, lat = site_keys(told.text[:LONGEST])
    if len(lat) < SHORTEST:
        return set()
    long = SiteAlias.objects.annotate(size=Length("key_km")).filter(size__gt=SHORTEST)
    there = long.annotate(text_km=Value(km), text_lat=Value(lat))
    named = there.filter(Q(text_km__contains=F("key_km")) | Q(text_lat__contains=F("key_lat")))
    found = named.values_list("site_id", "text")
    return {site for site, name in found if names_it(name, told.text[:LONGEST])}


def _by_words(told: Told, sight: Sight) -> Arm:
    """Compare the rare words of what is said: the same story told by a second caller, or a message sent on."""
    words = words_of(f"{told.text[:LONGEST]}\n{told.spot}")
    if len(words) < SHORTEST:
        return
    rare = rare_words(words)[:RARE_WORDS]
    if len(rare) < 2:
        return
    shared = Func(F("words"), Value(rare), function="words_shared", output_field=IntegerField())
    rows = sight.of(SearchRow.objects.all()).filter(words__overlap=rare).annotate(shared=shared)
    for complaint, n in rows.filter(shared__gt=1).order_by("-shared").values_list("pk", "shared")[:CANDIDATES]:
        yield complaint, _why("same_words"), SAME_WORDS * n / max(len(rare), STORY)


def rare_words(words: list[str]) -> list[str]:
    """Return the words that few complaints hold, the longest first: those say most."""
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(COMMON, [words])
        common = {word for (word,) in cursor.fetchall()}
    return sorted((word for word in words if word not in common), key=len, reverse=True)


def told_of(text: str = "", names: Iterable[str] = (), phones: Iterable[str] = ()) -> Told:
    """Return what a program asks about, cleaned; raises ValidationError for characters no column holds."""
    people = tuple(Known(names=(cleaned,)) for name in names if (cleaned := clean(name)))
    return Told(people=people, phones=tuple(clean(phone) for phone in phones if phone), text=clean(text))

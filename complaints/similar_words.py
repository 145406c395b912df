"""What the words of complaints share with what is told: telephones, names, the site, the spot, the story.

All of it is asked of the search rows in one statement. Words that many complaints hold say nothing, and asking for them is
dear: the database keeps how many hold a word.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import Length

from complaints.arms import Question, answers
from complaints.likeness import LONGEST, SHORTEST, Arm, Reason, Told
from complaints.models import SearchRow
from complaints.sight import Sight
from core.text import KHMER, key_km, key_lat
from core.words import words_of
from provinces.models import Site, SiteAlias
from provinces.names import names_it, site_keys

CANDIDATES = 40  # of a question
RARE_WORDS = 12  # of a text
STORY = 8  # rare words that are a story: of fewer, sharing all says less
MOST_NAMES = 3  # that are looked for in words, the longest
LONGEST_SPOT = 300
SPOT_ALIKE, SAME = 0.75, 0.99  # of the words of two spots
SAME_NUMBER, NAMED_IN_WORDS, SAME_SITE, SAME_SPOT, SAME_WORDS = 50, 35, 20, 35, 55
COLUMNS = ("complaint_id", "text", "words", "spot", "numbers")
COMMON = """
SELECT held.word FROM pg_stats s
CROSS JOIN LATERAL unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS held (word, share)
WHERE s.tablename = 'complaints_searchrow' AND s.attname = 'words' AND held.word = ANY(%s)
    AND (held.share > 0.1 OR held.share * (SELECT reltuples FROM pg_class WHERE relname = s.tablename) > 200)
"""
WRITTEN = "SELECT 'number_written', complaint_id, 1.0 FROM seen WHERE numbers && %s::varchar[] LIMIT %s"
NAMED_KM = "SELECT 'name_written', complaint_id, 1.0 FROM seen WHERE text LIKE %s LIMIT %s"
NAMED_LAT = "SELECT 'name_written', complaint_id, 1.0 FROM seen WHERE words @> %s::text[] LIMIT %s"
AT_SITE = """
SELECT 'same_site', s.complaint_id, 1.0 FROM seen s JOIN complaints_complaint c ON c.id = s.complaint_id
WHERE c.site_id = ANY(%s::uuid[]) ORDER BY c.received_at DESC LIMIT %s
"""
AT_SPOT = """
SELECT 'spot', complaint_id, word_similarity(%s, spot) AS alike FROM seen WHERE %s <%% spot ORDER BY alike DESC LIMIT %s
"""
SHARED = """
SELECT 'same_words', complaint_id, shared FROM (
    SELECT complaint_id, words_shared(words, %s::text[]) AS shared FROM seen WHERE words && %s::text[]) alike
WHERE shared > 1 ORDER BY shared DESC LIMIT %s
"""


def by_words(told: Told, sight: Sight) -> Arm:
    """Compare what is said, and where: the search rows answer all of it at once."""
    story = words_of(f"{told.text[:LONGEST]}\n{told.spot}")
    names = _names(told)
    spot = [word for word in words_of(told.spot[:LONGEST_SPOT]) if len(word) >= SHORTEST]
    common = common_among({*story, *spot, *(word for words in names.values() for word in words)})
    rare = by_length(story, common)[:RARE_WORDS] if len(story) >= SHORTEST else []
    questions = [
        *_numbers(told),
        *_named(names, common),
        *_at_site(told),
        *_at_spot(key_lat(" ".join(by_length(spot, common)))),
        *([Question(SHARED, (rare, rare, CANDIDATES))] if len(rare) > 1 else []),
    ]
    for code, complaint, n in answers(sight.of(SearchRow.objects.all()), COLUMNS, questions):
        yield complaint, *_judged(code, float(n), len(rare))


def _judged(code: str, n: float, rare: int) -> tuple[Reason, float]:
    """Return why, and the points, of one answer."""
    if code == "spot":
        return Reason(("same_spot" if n > SAME else "near_spot",)), SAME_SPOT * n
    points = {
        "number_written": SAME_NUMBER,
        "name_written": NAMED_IN_WORDS,
        "same_site": SAME_SITE,
        "same_words": SAME_WORDS * n / max(rare, STORY),
    }
    return Reason((code,)), points[code]


def _numbers(told: Told) -> Iterator[Question]:
    if told.numbers:
        yield Question(WRITTEN, (told.numbers, CANDIDATES))


def _names(told: Told) -> dict[str, list[str]]:
    """Return the names of who is sought that are looked for in the words of others, each with its words where it is Latin."""
    keys = {key for one in told.people for name in one.names if len(key := key_km(name)) >= SHORTEST}
    longest = sorted(keys, key=len)[-MOST_NAMES:]
    return {key: [] if KHMER.search(key) else words_of(key_lat(key)) for key in longest}


def _named(names: dict[str, list[str]], common: set[str]) -> Iterator[Question]:
    """Look for names where nobody was listed yet; Latin ones as whole words: "Lan" is no floor plan."""
    for name, words in names.items():
        if KHMER.search(name):
            yield Question(NAMED_KM, (f"%{_plain(name)}%", CANDIDATES))
        elif rare := by_length(words, common):
            yield Question(NAMED_LAT, (rare, CANDIDATES))


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _at_site(told: Told) -> Iterator[Question]:
    """Compare the site, as chosen or by any of its names in the text."""
    if sites := _sites(told):
        yield Question(AT_SITE, (list(sites), CANDIDATES))


def _at_spot(spot: str) -> Iterator[Question]:
    if spot:
        with connection.cursor() as cursor:  # how alike the words of a spot must be for the index to give them
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(SPOT_ALIKE)])
        yield Question(AT_SPOT, (spot, spot, CANDIDATES))


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


def common_among(words: set[str]) -> set[str]:
    """Return which of the words many complaints hold."""
    if not words:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(COMMON, [sorted(words)])
        return {word for (word,) in cursor.fetchall()}


def by_length(words: list[str], common: set[str]) -> list[str]:
    """Return the words that few complaints hold, the longest first: those say most."""
    return sorted((word for word in words if word not in common), key=len, reverse=True)

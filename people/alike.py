"""How alike two names are, from 0 to 1: the same person written by two people, or two people nearly called alike."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations

from rapidfuzz import fuzz

from core.text import key_km
from people.sounds import HARD, Sound, Word, hard, words_of

FILLERS = frozenset(words_of("thi van"))  # in the middle of a name, said or left out
CONSONANT, VOWEL = 0.6, 0.4
NO_VOWEL = 1.5  # Sok, Sokha
FAR_VOWEL = 2.0  # Thou and Thy are two names; o and u are one vowel in two spellings
NEAR = {
    frozenset(pair): cost
    for pair, cost in {
        "rl": 0.6,
        "cs": 0.5,
        "vp": 0.7,
        "ct": 0.7,
        "kc": 0.8,
        "yc": 0.7,
        "hk": 0.7,
        "gy": 0.8,
        "sh": 0.8,
    }.items()
}
NEAR_VOWELS = {
    frozenset(pair): cost
    for pair, cost in {
        "ou": 0.15,
        "oa": 0.45,
        "ei": 0.25,
        "xi": 0.4,
        "xu": 0.4,
        "xo": 0.4,
        "xe": 0.4,
        "ea": 0.9,
        "eo": 0.5,
        "yi": 0.5,
        "ya": 0.6,
        "ye": 0.5,
    }.items()
}
UNMATCHED = 0.6  # the weight of a word that only one of the two names has
FEW = 3


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    """Return the key of a name, kept: every comparison asks for it."""
    return key_km(name)


def alike(one: str, other: str) -> float:
    """Return how alike two names sound, 1 for the same name."""
    if key_of(one) == key_of(other):
        return 1.0
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return 0.0
    return round(max(_by_words(first, second), _by_letters(first, second)), 4)


def _by_words(first: Sequence[Word], second: Sequence[Word]) -> float:
    """Pair the words in any order, the best pair first; a word without a partner weighs less."""
    rows = sorted(((same(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)), reverse=True)
    left, right, paired = set(range(len(first))), set(range(len(second))), []
    for value, i, j in rows:
        if i in left and j in right and value > 0:
            left.discard(i)
            right.discard(j)
            paired.append(value)
    if not paired:
        return 0.0
    alone = UNMATCHED * (_told(first, left) + _told(second, right))
    mean = sum(paired) / (len(paired) + alone)
    return 0.3 * mean + 0.7 * min(mean, *paired)


def _told(words: Sequence[Word], places: set[int]) -> int:
    """Count the words that tell one person from another."""
    return sum(not (0 < place < len(words) - 1 and words[place] in FILLERS) for place in places)


def _by_letters(first: Sequence[Word], second: Sequence[Word]) -> float:
    """Compare the names written without spaces, the words of the shorter one in every order."""
    if len(first) == len(second):
        return 0.0
    few, many = sorted((first, second), key=len)
    if len(few) > FEW or abs(len(_flat(few)) - len(_flat(many))) > 1:
        return 0.0
    best = max(same(_flat(order), _flat(many)) for order in permutations(few))
    return 1 - 1.3 * (1 - best) if best else 0.0


def _flat(words: Sequence[Word]) -> Word:
    return tuple(sound for word in words for sound in word)


@lru_cache(maxsize=50_000)
def same(one: Word, other: Word) -> float:
    """Return how alike two words sound: a weighted distance of their sounds."""
    if one == other:
        return 1.0
    if fuzz.ratio(hard(one), hard(other)) < 50:
        return 0.0
    row = [0.0]
    for sound in other:
        row.append(row[-1] + _gone(sound))
    for mine in one:
        before, row = row, [row[0] + _gone(mine)]
        for place, theirs in enumerate(other):
            row.append(
                min(before[place] + _swap(mine, theirs), before[place + 1] + _gone(mine), row[-1] + _gone(theirs))
            )
    return max(0.0, 1 - row[-1] / max(_weight(one), _weight(other)))


def _weight(word: Word) -> float:
    return sum(_gone(sound) for sound in word)


def _gone(sound: Sound) -> float:
    if sound.weak:
        return 0.15
    return VOWEL if not sound.letter else (1.0 if sound.vowel else 0.8)


def _swap(one: Sound, other: Sound) -> float:
    return CONSONANT * _consonants(one.letter, other.letter) + VOWEL * _vowels(one.vowel, other.vowel)


def _consonants(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one.translate(HARD) == other.translate(HARD):
        return 0.2
    return NEAR.get(frozenset((one, other)), 1.0)


def _vowels(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if "?" in (one, other):
        return 0.1
    if not one or not other:
        return NO_VOWEL
    return NEAR_VOWELS.get(frozenset((one, other)), FAR_VOWEL)

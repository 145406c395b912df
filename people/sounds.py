"""How a name sounds, roughly: the consonants that every way to write it shares, and a class for each vowel.

Khmer names are romanised in many ways (Sokha, Sokkha, Sokhar; Pov, Peou), and Khmer script writes letters nobody says. A sound is
a consonant with the vowel after it; the key a name is found by keeps the consonants alone, so that the vowels may differ.
Consonants: k c t d p b n g(=ng) m r l s h v y, none before a first vowel. Vowels: a e i o u, x (eu), y (ai), ? (not written).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from core.text import key_km

HARD = str.maketrans("dbg", "tpn")
LONGEST_KEY = 200
# What stands before a name and is none of it.
TITLES = frozenset(["mr", "mrs", "ms", "miss", "lok", "neang", "bong", "ta", "yeay", "loksrey"])
TITLES_KM = re.compile(r"^(?:លោកស្រី|អ្នកស្រី|លោក|កញ្ញា|នាង|បង)\s+")
KILLED = "\u17cd"
_HAN = re.compile(r"([\u3400-\u9fff])")
_THAI = re.compile(r"([\u0e40-\u0e44])([\u0e01-\u0e2e])")  # vowels written before the consonant they follow
_THAI_WORD = re.compile(r"[\u0e01-\u0e3a]")
_KHMER = re.compile(r"[\u1780-\u17d3]")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_PART = re.compile(
    r"(?P<c>^ngh|ng|nh|gn(?=[aeiou])|ny(?=[aeiou])|chh|tch|ch|kh|gh|ph|th|dh|sh|zh|dj|bh|y(?=[aeiou])|[b-df-hj-np-tv-xz])"
    r"|(?P<v>(?:[aeiou]|y(?![aeiou]))+)"
)
LETTERS = {
    "kh": "k",
    "gh": "k",
    "g": "k",
    "c": "k",
    "q": "k",
    "chh": "c",
    "tch": "c",
    "ch": "c",
    "dj": "c",
    "j": "c",
    "zh": "c",
    "z": "c",
    "th": "t",
    "dh": "d",
    "ph": "p",
    "f": "p",
    "bh": "b",
    "sh": "s",
    "x": "s",
    "w": "v",
    "ngh": "g",
    "ng": "g",
    "nh": "n",
    "gn": "n",
    "ny": "n",
}
SILENT = frozenset("rhv")  # after a vowel, before nothing that is said: Chhoeurn, Sokhah, Pov
VOWELS = (
    (re.compile(r"^o$|^eou|^ao|^au|^oa"), "o"),
    (re.compile(r"^eo$"), "e"),
    (re.compile(r"eu|^oe|^ue|^uo?e"), "x"),
    (re.compile(r"^u|^ou|^oo"), "u"),
    (re.compile(r"^ai|^ay"), "y"),
    (re.compile(r"^ea|^a(?!e)"), "a"),
    (re.compile(r"^i|^y|^ey|^ei|^ee"), "i"),
    (re.compile(r"^e|^ae"), "e"),
)
_LETTER_KM = dict(zip("កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវឝឞសហឡអ", "kkkkgccccndtdtnttttnbpppmyrlvsssHl'", strict=True))
_FIRST = frozenset("កខចឆដឋណតថបផសហឡអ")  # the consonants of the first series
_CLUSTER = re.compile(
    r"([\u1780-\u17a2\u17a5-\u17b3])((?:\u17d2[\u1780-\u17a2])*)([\u17c9\u17ca\u17cc\u17ce\u17cf\u17d1]*)([\u17b6-\u17c8\u17cb\u17d0\u17cd]*)"
)
_VOWEL_KM = {
    "ា": "aa",
    "ិ": "ei",
    "ី": "ii",
    "ឹ": "xx",
    "ឺ": "xx",
    "ុ": "ou",
    "ូ": "ou",
    "ួ": "uu",
    "ើ": "xx",
    "ឿ": "xx",
    "ៀ": "ii",
    "េ": "ee",
    "ែ": "ee",
    "ៃ": "yi",
    "ោ": "oo",
    "ៅ": "oo",
    "័": "aa",
}
_ALONE_KM = {"ឥ": "i", "ឦ": "i", "ឧ": "o", "ឩ": "u", "ឪ": "u", "ឯ": "e", "ឰ": "y", "ឱ": "o", "ឲ": "o", "ឳ": "o"}
_MUSICAL = {"ឫ": ("r", "x"), "ឬ": ("r", "x"), "ឭ": ("l", "x"), "ឮ": ("l", "x")}


class Sound(NamedTuple):
    """A consonant and the vowel after it; `weak`: written, and seldom said."""

    letter: str
    vowel: str
    weak: bool = False


Word = tuple[Sound, ...]


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a name as sounds, without titles."""
    text = TITLES_KM.sub("", key_km(text))
    found: list[Word] = []
    for word in _HAN.sub(r" \1 ", text).split():
        if _KHMER.search(word):
            found.append(_khmer(word))
        else:
            latin = anyascii(_THAI.sub(r"\2\1", word)).lower()
            unsaid = "" if not _THAI_WORD.search(word) else "?"
            parts = _NOT_WORD.sub(" ", latin).split()
            found += [_latin(part, unsaid) for part in parts if found or part not in TITLES]
    return tuple(word for word in found if word)


def hard(word: Word) -> str:
    """Return the consonants of a word alone, the ones mixed up most made one; "a" where there are none."""
    return "".join(sound.letter for sound in word if not sound.weak).translate(HARD) or "a"


def key_sound(text: str) -> str:
    """Return the key a name is found by however it is written."""
    words = [hard(word) for word in words_of(text)]
    return " ".join([*words, "".join(words)] if len(words) > 1 else words)[:LONGEST_KEY]


def _joined(sounds: list[Sound]) -> Word:
    """Say a doubled consonant once."""
    found: list[Sound] = []
    for sound in sounds:
        last = found[-1] if found else None
        if (
            last
            and last.vowel in ("", "?")
            and last.letter
            and last.letter.translate(HARD) == sound.letter.translate(HARD)
        ):
            found[-1] = sound._replace(weak=False) if not last.weak else sound
        else:
            found.append(sound)
    return tuple(found)


def _latin(word: str, unsaid: str = "") -> Word:
    parts = [(match["c"] or "", match["v"] or "") for match in _PART.finditer(word)]
    found: list[Sound] = []
    for place, (letters, vowels) in enumerate(parts):
        if vowels:
            if place == 0:
                found.append(Sound("", _vowel(vowels)))
            continue
        after = parts[place + 1][1] if place + 1 < len(parts) else ""
        letter = _letter(letters, after)
        if letter in SILENT and not after and place and parts[place - 1][1]:
            continue
        found.append(Sound(letter, _vowel(after) or unsaid))
    return _joined(found)


def _letter(letters: str, after: str) -> str:
    if letters == "q" and not re.match(r"u[aeoiy]", after):  # pinyin, not Quang
        return "c"
    return LETTERS.get(letters, letters)


def _vowel(letters: str) -> str:
    return next((name for pattern, name in VOWELS if pattern.search(letters)), "o" if letters else "")


def _khmer(word: str) -> Word:
    clusters = [_Cluster(*match.groups()) for match in _CLUSTER.finditer(word)]
    found: list[Sound] = []
    for place, cluster in enumerate(clusters):
        after = clusters[place + 1] if place + 1 < len(clusters) else None
        found += cluster.said(after, is_first=place == 0)
    return _joined(found)


class _Cluster:
    """A written syllable: a base, what stands under it, its marks and its vowel."""

    def __init__(self, base: str, under: str, marks: str, vowels: str) -> None:
        self.base, self.under, self.vowels = base, under[1::2], vowels
        self.is_killed = KILLED in marks + vowels  # written, not said: ច័ន្ទ៍
        self.marks, self.ends = marks, "\u17cb" in vowels
        self.vowel = "" if self.is_killed else _vowel_km(base, marks, vowels)
        self.tail = [Sound("m", "")] if "\u17c6" in vowels else []
        if "\u17c8" in vowels:  # វិរៈ: Vira or Virak
            self.tail = [Sound("k", "", weak=True)]

    @property
    def is_bare(self) -> bool:
        """Return whether no vowel is written."""
        return self.vowel == "?" and not self.tail

    @property
    def is_short(self) -> bool:
        """Return whether the vowel is one that is mostly not said at the end: សិទ្ធិ, ភក្តិ."""
        return bool(self.under) and self.vowels in ("ិ", "ុ")

    def said(self, after: "_Cluster | None", *, is_first: bool) -> list[Sound]:
        """Return the sounds of the cluster; `after` is the next one."""
        if self.base in _ALONE_KM:
            return [Sound("", _ALONE_KM[self.base]), *self.tail]
        if self.base in _MUSICAL:
            return [Sound(*_MUSICAL[self.base]), *self.tail]
        if self.is_killed:
            return [Sound(letter, "") for letter in _letters(self.base, "", self.marks, is_final=True)][
                : len(self.under)
            ]
        if self.is_bare and not is_first:
            return self.closing(after)
        letters = _letters(self.base, self.under, self.marks, is_final=False)
        vowel = "" if self.is_bare and (after is None or self.ends) else self.vowel
        if vowel == "a" and after is not None and (after.base, after.is_bare) == ("យ", True):  # ជ័យ, ឆាយ
            vowel = "y"
        if after is None and not is_first and self.vowels in ("ិ", "ុ"):  # ជាតិ, ឫទ្ធិ
            vowel = "?"
        if (self.base, self.under) == ("ង", "វ"):  # ង្វៀង
            letters, self.tail = ["g", "y"], []
        return [*(Sound(letter, "") for letter in letters[:-1]), Sound(letters[-1], vowel), *self.tail]

    def closing(self, after: "_Cluster | None") -> list[Sound]:
        """Return the sounds of a cluster that mostly ends a syllable."""
        opens = (
            after is not None and (after.is_bare or after.is_killed or after.is_short) and not self.ends
        )  # សុវណ្ណ: the second syllable opens with វ
        vowel = "?" if after is not None and not self.ends else ""
        letters = _letters(self.base, self.under, self.marks, is_final=not opens)
        return [
            Sound(letter, vowel, weak=bool(number))
            for number, letter in enumerate(letters)
            if letter not in "rhvy" or opens or (number and after is not None)
        ]


def _letters(base: str, under: str, marks: str, *, is_final: bool) -> list[str]:
    if base == "ហ" and under:  # ហ្វ, ហ្គ: a sign for f, g …
        return [{"វ": "p"}.get(under[0], _LETTER_KM[under[0]])]
    letters = [_LETTER_KM[char].lower() for char in base + under]
    if base == "ប" and ("\u17c9" in marks or is_final or under):
        letters[0] = "p"
    if base == "ដ" and is_final:
        letters[0] = "t"
    return [letter.strip("'") for number, letter in enumerate(letters) if letter != "'" or not number]


def _vowel_km(base: str, marks: str, vowels: str) -> str:
    second = (base not in _FIRST and "\u17c9" not in marks) or "\u17ca" in marks
    found = next((_VOWEL_KM[char][second] for char in vowels if char in _VOWEL_KM), "?")
    if found == "?" and ("\u17c7" in vowels or "\u17c8" in vowels):
        return "a"
    return found

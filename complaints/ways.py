"""Ways to reach somebody that stand in words: telephone numbers, e-mail addresses, names in an app or on a social page.

A province reads the words of a complaint, and never who told it. Whose a number is (the reporter's, or that of the person
sought, or of the captors) nobody but a reader can say: so it is asked before the words go there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.phones import places_of_numbers

PHONE, OTHER = "phone", "other"
GONE = "[…]"  # what stands in the words in place of what was moved
MOST = 20
_EMAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}")
_PAGE = re.compile(
    r"(?:https?://)?(?:\w{1,10}\.)?(?:facebook\.com|fb\.com|fb\.me|m\.me|t\.me|wa\.me|line\.me|zalo\.me|instagram\.com"
    r"|tiktok\.com|x\.com|twitter\.com)/[^\s<>\"]{2,100}",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z][A-Za-z0-9_.]{3,40}\b")
_NAMED = re.compile(
    r"(?:telegram|facebook|messenger|whatsapp|zalo|wechat|weixin|微信|line|viber|skype|instagram|tiktok)(?: ?id)? ?[:：=] ?"
    r"([^\s,;.]{3,60})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Way:
    """A way to reach somebody, as it is written, and where."""

    kind: str
    text: str
    start: int
    end: int


def ways_in(words: str) -> list[Way]:
    """Return the ways to reach somebody that stand in words, in their order; of two that overlap the first."""
    found = [Way(PHONE, words[start:end], start, end) for start, end in places_of_numbers(words)]
    for pattern, group in ((_EMAIL, 0), (_PAGE, 0), (_HANDLE, 0), (_NAMED, 1)):
        found += [Way(OTHER, one[group], one.start(group), one.end(group)) for one in pattern.finditer(words)]
    kept: list[Way] = []
    for way in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or way.start >= kept[-1].end:
            kept.append(way)
    return kept[:MOST]


def without(words: str, ways: Iterable[Way]) -> str:
    """Return words without these ways; a mark stands in the place of each."""
    for way in sorted(ways, key=lambda one: -one.start):
        words = words[: way.start] + GONE + words[way.end :]
    return words

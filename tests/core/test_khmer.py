"""One order of letters at a small cost: the same as the library that says it gives, of whatever stands there."""

import random

import pytest
from khmerspell import khnormal

from core.khmer import normal

LETTERS = [chr(code) for code in range(0x1780, 0x17EA)]
JOINS = ["\u17d2"] * 12 + ["\u200c", "\u200d", " ", "a", "\u17bb", "\u17c1", "\u17b6", "\u178a", "\u179a"]


@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_the_library_gives(seed: int) -> None:
    drawn = random.Random(seed)
    for _time in range(2_000):
        text = "".join(drawn.choice(LETTERS + JOINS) for _letter in range(drawn.randint(1, 14)))
        assert normal(text) == khnormal(text), text.encode("unicode_escape")


def test_a_syllable_without_end_is_ordered_too() -> None:
    text = "ក" + "\u17b6\u17d2" * 40
    assert normal(text) == khnormal(text)

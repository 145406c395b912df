"""The words of a text, also of Khmer, which puts no spaces between them; what a full text search holds on to."""

import re
import unicodedata
from collections.abc import Iterator

from anyascii import anyascii
from khmercut import tokenize

from core.text import key_km

LONGEST = 8_000  # characters that are cut into words: about a fifth of a second; the rest is found as written
LEAST = 2  # characters of a word
_RUN = re.compile("[\u1780-\u17ff]+|[^\\s\u1780-\u17ff]+")


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared, each once, in their order: Khmer cut by a model, others as
    they are and, where they carry marks, without them too ("nguyễn", "nguyen")."""
    letters = "".join(char if _is_written(char) else " " for char in key_km(text)[:LONGEST])
    return list(dict.fromkeys(word for word in _all(letters) if len(word) >= LEAST))


def _is_written(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"}


def _all(letters: str) -> Iterator[str]:
    for run in _RUN.findall(letters):
        if "\u1780" <= run[0] <= "\u17ff":
            yield from tokenize(run)
            continue
        yield run
        plain = anyascii(run).lower() if not run.isascii() else ""
        if plain.isalnum() and plain != run:
            yield plain

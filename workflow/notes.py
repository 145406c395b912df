"""What the system notes of its own steps: kept in the words of the code, so that every reader has it in their language."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext, override

# How a note that is kept as codes is written for its reader, by the model and the step; filled by the rooms.
WRITERS: dict[str, Callable[[str], str]] = {}


def in_source(*lines: Any) -> str:
    """Return lazily translated lines as the code has them, one under the other."""
    with override("en"):
        return "\n".join(map(str, lines))


def in_words(lines: Iterable[str]) -> str:
    """Return such lines in the reader's language; what the code does not say stays as it is."""
    return "\n".join(gettext(line) if line else "" for line in lines)

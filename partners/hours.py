"""Whether a partner is open at a moment, read from hours as they are said aloud; where they say it otherwise, nobody guesses."""

import re
from datetime import datetime, time

from core.display import here
from core.text import ascii_digits

ALWAYS = ("day and night", "24 hours", "24/7", "ទាំងយប់ទាំងថ្ងៃ", "ទាំងថ្ងៃទាំងយប់", "24 ម៉ោង", "24ម៉ោង")
DAYS = (
    ("monday", "ចន្ទ", "ច័ន្ទ"),
    ("tuesday", "អង្គារ"),
    ("wednesday", "ពុធ"),
    ("thursday", "ព្រហស្បតិ៍"),
    ("friday", "សុក្រ"),
    ("saturday", "សៅរ៍"),
    ("sunday", "អាទិត្យ"),
)
NUMBERS = {name: n for n, names in enumerate(DAYS) for name in names}
_DAY = "|".join(NUMBERS)
_BETWEEN = r"\s*(?:–|-|to|until|ដល់)\s*"
_HOUR = r"(?:ម៉ោង\s*)?(\d{1,2})(?::(\d{2}))?"
_RANGE = re.compile(_HOUR + _BETWEEN + _HOUR)
_SAID = re.compile(
    rf"(?:(?:every day|រាល់ថ្ងៃ|(?:ថ្ងៃ)?(?P<first>{_DAY})(?:{_BETWEEN}(?:ថ្ងៃ)?(?P<last>{_DAY}))?)[\s,]*)?"
    rf"(?P<hours>{_RANGE.pattern}(?:\s*,\s*{_RANGE.pattern})*)"
)


def is_open(hours: str, at: datetime) -> bool | None:
    """Say whether `hours` mean open at a moment in Phnom Penh; None where they cannot be read without guessing."""
    if is_always_open(hours):
        return True
    found = _SAID.fullmatch(_plain(hours))
    if found is None:
        return None
    now = here(at)
    first = found["first"]
    last = found["last"] or first
    if first and now.weekday() not in _days(NUMBERS[first], NUMBERS[last]):
        return False
    try:
        spans = [(time(int(a), int(b or 0)), _end(c, d)) for a, b, c, d in _RANGE.findall(found["hours"])]
    except ValueError:
        return None
    return any(start <= now.time() < end for start, end in spans)


def is_always_open(hours: str) -> bool:
    """Say whether somebody is there day and night, holidays too."""
    return _plain(hours) in ALWAYS


def _plain(hours: str) -> str:
    return " ".join(ascii_digits(hours).lower().split())


def _days(first: int, last: int) -> set[int]:
    return {(first + n) % 7 for n in range((last - first) % 7 + 1)}


def _end(hour: str, minute: str) -> time:
    return time.max if int(hour) == 24 and not int(minute or 0) else time(int(hour), int(minute or 0))

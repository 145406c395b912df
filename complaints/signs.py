"""Rules of urgency, read on a text: they propose how urgent a message is and say why; a person decides.

A Khmer word counts where it begins or ends with a word of the text: a model cuts them, and joins compounds that no list
foresees; a Latin one counts as whole words, Chinese and Thai phrases as they stand. What an exception covers does not
count: 打 speaks of violence, 打电话 does not.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from khmercut import tokenize
from khmerspell import khnormal

from complaints.ages import Span, ages_in
from complaints.models import Urgency, UrgencyRule
from core.text import without_width

LONGEST = 4000  # characters that are read at a time
OVERLAP = 100  # of two parts of a longer text, so that no word is cut by both
_KHMER = "\u1780-\u17ff"
_CLOSE = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # written without spaces, and not cut into words here
_RUN = re.compile(f"[{_KHMER}]+|[{_CLOSE}]+|[^\\W_{_KHMER}{_CLOSE}]+")
_SUBSCRIPT = "\u17d2"  # the next letter is written under the one before
_GAP = r"[^\w]{1,3}"
_BLANKS = re.compile(r"\s{2,}")


class ProposedUrgency(NamedTuple):
    """How urgent it looks, and why; no reasons where nothing speaks for haste."""

    urgency: Urgency
    reasons: list[str]
    found: "list[Found]"


@dataclass(frozen=True)
class Found:
    """A rule that speaks, and where."""

    rule: UrgencyRule
    spans: list[Span]


class Text:
    """A text made ready to be read: `shown` as it stands, `low` to be compared, `ends` where a word may begin or end.

    Several blanks stand as one, so that they neither slow the reading nor push words out of what is read.
    """

    def __init__(self, text: str) -> None:
        folded = _folded(text)
        self.shown = khnormal(unicodedata.normalize("NFC", folded[:LONGEST]))
        self.low = lowered(self.shown)
        self.ends = frozenset(_ends(self.low))

    def places(self, word: str) -> Iterable[Span]:
        """Give where a word stands."""
        return (span for one in pattern_of(word).finditer(self.low) if self._is_word(*(span := one.span())))

    def is_whole(self, start: int, end: int) -> bool:
        """Return whether a place ends with its words, or is inside one; an exception that cuts a word hides nothing."""
        return {start, end} <= self.ends or self.ends.isdisjoint(range(start + 1, end))

    def _is_word(self, start: int, end: int) -> bool:
        found = (start in self.ends) + (end in self.ends)
        return found == 2 or (found == 1 and _is_khmer_between(self.low, start, end))


def parts_of(text: str) -> list[str]:
    """Return a text in parts that are read one by one: what matters may stand at its end."""
    return [text[at : at + LONGEST] for at in range(0, max(len(text) - OVERLAP, 1), LONGEST - OVERLAP)]


def _is_khmer_between(low: str, start: int, end: int) -> bool:
    """Return whether a Khmer word breaks no syllable apart: ស្វាយ has no វាយ, nor has វាយោ."""
    broken = low[start - 1 : start] == _SUBSCRIPT or unicodedata.category(low[end : end + 1] or " ").startswith("M")
    return "\u1780" <= low[start] <= "\u17ff" and not broken


def _folded(text: str) -> str:
    """Return a text without widthless letters, one blank where there were several; a line that ended there ends."""
    return _BLANKS.sub(lambda run: "\n" if "\n" in run[0] else " ", without_width(text))


def lowered(text: str) -> str:
    """Return a text with small letters and plain digits, of the same length."""
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    low = str(digit) if digit is not None else char.lower()
    return low if len(low) == 1 else char


def _ends(low: str) -> Iterable[int]:
    for run in _RUN.finditer(low):
        start, end = run.span()
        yield from (start, end)
        if "\u1780" <= low[start] <= "\u17ff":
            for token in tokenize(run[0]):
                start += len(token)
                yield start
        elif unicodedata.east_asian_width(low[start]) == "W" or "\u0e00" <= low[start] <= "\u0eff":
            yield from (at for at in range(start, end) if unicodedata.category(low[at]) != "Mn")


@lru_cache(maxsize=4096)
def pattern_of(word: str) -> re.Pattern[str]:
    """Return how a word is looked for: spaces inside it may be any gap, between Khmer words there may be one."""
    said = lowered(khnormal(without_width(unicodedata.normalize("NFC", word))))
    parts = [_loose(run[0]) for run in _RUN.finditer(said)]
    return re.compile(_GAP.join(parts) if parts else r"(?!)")


def _loose(run: str) -> str:
    if "\u1780" <= run[0] <= "\u17ff":
        return r"\s?".join(map(re.escape, tokenize(run)))
    return re.escape(run)


def proposed_urgency(text: str, rules: Iterable[UrgencyRule] | None = None) -> ProposedUrgency:
    """Propose how urgent a message is: the strongest rule counts, every rule that speaks is a reason. One query.

    Where a rule speaks is said of the first part in which it does: a text to be marked has but one.
    """
    reads = [Text(part) for part in parts_of(text)]
    spoken = [
        Found(rule, spans)
        for rule in (UrgencyRule.objects.spoken() if rules is None else rules)
        if (spans := next(filter(None, (spans_of(rule, read) for read in reads)), []))
    ]
    strongest = min(
        (Urgency(one.rule.urgency) for one in spoken), key=lambda urgency: urgency.rank, default=Urgency.NORMAL
    )
    return ProposedUrgency(strongest, [one.rule.reason for one in spoken], spoken)


def spans_of(rule: UrgencyRule, read: Text) -> list[Span]:
    """Return where a rule speaks in a text, what an exception covers left out."""
    places = {span for word in rule.words for span in read.places(word)}
    if rule.reads_ages:
        places.update(ages_in(read.low))
    if not places:
        return []
    kept = [span for word in rule.exceptions for span in read.places(word) if read.is_whole(*span)]
    return sorted(span for span in places if not any(start <= span[0] and span[1] <= end for start, end in kept))


def marked(read: Text, found: Iterable[Found]) -> list[dict[str, Any]]:
    """Return a text in pieces {text, is_marked}, in their order: what spoke is marked."""
    spans = sorted(span for one in found for span in one.spans)
    pieces, at = [], 0
    for start, end in spans:
        start = max(start, at)
        if end <= start:
            continue
        pieces += [
            {"text": read.shown[at:start], "is_marked": False},
            {"text": read.shown[start:end], "is_marked": True},
        ]
        at = end
    pieces.append({"text": read.shown[at:], "is_marked": False})
    return [piece for piece in pieces if piece["text"]]

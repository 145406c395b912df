"""Rules of urgency, read on a text: they propose how urgent a message is and say why; a person decides.

A Khmer word counts where it begins or ends with a word of the text: a model cuts them, and joins compounds that no list
foresees; a Latin one counts as whole words, Chinese and Thai phrases as they stand. What an exception covers does not
count: 打 speaks of violence, 打电话 does not.
"""

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from khmercut import tokenize

from complaints.ages import Span, ages_in
from complaints.models import Urgency, UrgencyRule
from core.khmer import normal
from core.text import without_width

LONGEST = 4000  # characters that are read at a time
OVERLAP = 100  # of two parts of a longer text, so that no word is cut by both
MOST = 13  # parts that are read: of a longer text its beginning and its end
WHOLE = MOST * (LONGEST - OVERLAP) + OVERLAP  # characters that are read to their end: more than any narrative has
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
    """A text made ready to be read: `shown` as it stands, `low` to be compared.

    Several blanks stand as one, so that they neither slow the reading nor push words out of what is read. Khmer is cut into
    words by the model only where a word is looked for that may stand there: that costs more than all else.
    """

    def __init__(self, text: str) -> None:
        folded = _folded(text)
        self.shown = normal(unicodedata.normalize("NFC", folded[:LONGEST]))
        self.low = lowered(self.shown)
        self._ends = set(_ends(self.low))
        self._runs = [run.span() for run in _RUN.finditer(self.low) if _is_khmer(run[0][0])]
        self._lasts, self._cut_runs = [end for _start, end in self._runs], set[int]()

    def places(self, word: str) -> Iterator[Span]:
        """Give where a word stands."""
        pattern, begins = pattern_of(word)
        if begins in self.low:
            yield from (span for one in pattern.finditer(self.low) if self._is_word(*(span := one.span())))

    def is_whole(self, start: int, end: int) -> bool:
        """Return whether a place ends with its words, or is inside one; an exception that cuts a word hides nothing."""
        self._cut(start, end)
        return {start, end} <= self._ends or self._ends.isdisjoint(range(start + 1, end))

    def _is_word(self, start: int, end: int) -> bool:
        """Return whether words of the text begin and end there; for Khmer one of the two is enough, where no syllable breaks."""
        is_khmer = _is_khmer(self.low[start])
        if is_khmer and _breaks(self.low, start, end):
            return False  # no word begins, or none ends, inside a syllable
        enough = 1 if is_khmer else 2
        if self._found(start, end) < enough:
            self._cut(start, end)
        return self._found(start, end) >= enough

    def _found(self, start: int, end: int) -> int:
        return (start in self._ends) + (end in self._ends)

    def _cut(self, start: int, end: int) -> None:
        """Cut the Khmer that a place lies in into words, each run once."""
        at = bisect_right(self._lasts, start)
        while at < len(self._runs) and self._runs[at][0] < end:
            if at not in self._cut_runs:
                self._cut_runs.add(at)
                self._ends.update(_cuts(self.low, *self._runs[at]))
            at += 1


class Parts:
    """A text of any length in parts that are read one by one, each made ready once: what matters may stand at its end."""

    def __init__(self, text: str) -> None:
        self._parts = parts_of(text)
        self._ready: list[Text] = []
        self.is_whole = len(text) <= WHOLE

    def __iter__(self) -> Iterator[Text]:
        for place, part in enumerate(self._parts):
            if place == len(self._ready):
                self._ready.append(Text(part))
            yield self._ready[place]


def parts_of(text: str) -> list[str]:
    """Return the parts of a text that are read."""
    text = shortened(text)
    return [text[at : at + LONGEST] for at in range(0, max(len(text) - OVERLAP, 1), LONGEST - OVERLAP)]


def shortened(text: str) -> str:
    """Return what is read of a text: of one that is too long to be read whole its beginning and its end."""
    return text if len(text) <= WHOLE else f"{text[: WHOLE - LONGEST]}\n{text[1 - LONGEST :]}"


def _is_khmer(char: str) -> bool:
    return "\u1780" <= char <= "\u17ff"


def _breaks(low: str, start: int, end: int) -> bool:
    """Return whether a Khmer word would break a syllable apart: ស្វាយ has no វាយ, nor has វាយោ."""
    after = low[end : end + 1]
    is_sign = bool(after) and _is_khmer(after) and unicodedata.category(after).startswith("M")
    return is_sign or low[start - 1 : start] == _SUBSCRIPT


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


def _ends(low: str) -> Iterator[int]:
    """Give where words may begin or end without asking the model."""
    for run in _RUN.finditer(low):
        start, end = run.span()
        yield from (start, end)
        if unicodedata.east_asian_width(low[start]) == "W" or "\u0e00" <= low[start] <= "\u0eff":
            yield from (at for at in range(start, end) if unicodedata.category(low[at]) != "Mn")


def _cuts(low: str, start: int, end: int) -> Iterator[int]:
    for token in tokenize(low[start:end]):
        start += len(token)
        yield start


@lru_cache(maxsize=4096)
def pattern_of(word: str) -> tuple[re.Pattern[str], str]:
    """Return how a word is looked for, and how it begins: spaces inside it may be any gap, between Khmer words there may be one."""
    said = lowered(normal(without_width(unicodedata.normalize("NFC", word))))
    parts = [_words(run[0]) for run in _RUN.finditer(said)]
    if not parts:
        return re.compile(r"(?!)"), ""
    return re.compile(_GAP.join(r"\s?".join(map(re.escape, words)) for words in parts)), parts[0][0]


def _words(run: str) -> list[str]:
    return tokenize(run) if _is_khmer(run[0]) else [run]


def proposed_urgency(
    text: str | Parts, rules: Iterable[UrgencyRule] | None = None, *, everywhere: bool = False
) -> ProposedUrgency:
    """Propose how urgent a message is: the strongest rule counts, every rule that speaks is a reason. One query.

    A rule that has spoken is not looked for further, unless `everywhere` it speaks is to be marked; that is said of the
    first part in which it does: a text to be marked has but one.
    """
    left = list(UrgencyRule.objects.spoken() if rules is None else rules)
    order, spoken = {id(rule): place for place, rule in enumerate(left)}, []
    for read in Parts(text) if isinstance(text, str) else text:
        for rule in tuple(left):
            if spans := list(_speaks(rule, read, everywhere=everywhere)):
                spoken.append(Found(rule, spans))
                left.remove(rule)
        if not left:
            break
    return proposed_by(sorted(spoken, key=lambda one: order[id(one.rule)]))


def proposed_by(spoken: list[Found]) -> ProposedUrgency:
    """Return what rules that speak propose."""
    ranked = (Urgency(one.rule.urgency) for one in spoken)
    strongest = min(ranked, key=lambda urgency: urgency.rank, default=Urgency.NORMAL)
    return ProposedUrgency(strongest, [one.rule.reason for one in spoken], spoken)


def _speaks(rule: UrgencyRule, read: Text, *, everywhere: bool) -> Iterator[Span]:
    """Give where a rule speaks in a text, what an exception covers left out: the first place that is found, or all in order."""
    places = itertools.chain.from_iterable(read.places(word) for word in rule.words)
    ages = ages_in(read.low) if rule.reads_ages else ()
    found = itertools.chain(places, ages)
    if (first := next(found, None)) is None:
        return
    kept = (span for word in rule.exceptions for span in read.places(word) if read.is_whole(*span))
    speaks = _outside(kept)
    spans = filter(speaks, itertools.chain((first,), found))
    yield from sorted(set(spans)) if everywhere else itertools.islice(spans, 1)


def _outside(kept: Iterable[Span]) -> Callable[[Span], bool]:
    """Return how to tell whether a place lies in none of those kept; many of both take no longer than they are many."""
    spans = sorted(kept)
    starts, reach = [start for start, _end in spans], list(itertools.accumulate((end for _start, end in spans), max))

    def outside(place: Span) -> bool:
        before = bisect_right(starts, place[0])
        return not before or reach[before - 1] < place[1]

    return outside


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

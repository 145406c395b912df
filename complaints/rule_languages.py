"""In which languages a rule of urgency has words: by their script, and by what the project carries for each language.

Khmer, Thai, Chinese and Vietnamese are known by how they are written; of English and Indonesian only what is carried is
known. So of a rule that is carried it is said which languages none of its words is known to be of; of one of the
administrator's own that has other Latin words nothing is said of languages written so.
"""

import unicodedata
from functools import cache

from complaints.models import UrgencyRule
from complaints.models.rule import carried_by_language

LANGUAGES = ("km", "en", "vi", "zh", "th", "id")  # that reports are written in
LATIN = frozenset(("en", "vi", "id"))
SCRIPTS = (("km", "\u1780", "\u17ff"), ("th", "\u0e00", "\u0e7f"), ("zh", "\u3400", "\u9fff"))


def lacks(rule: UrgencyRule) -> list[str]:
    """Return the languages a rule has no words for."""
    known = [_languages_of(word) for word in rule.words]
    has = frozenset().union(*known)
    if rule.code not in _carried() and not all(known):
        has |= LATIN
    return [code for code in LANGUAGES if code not in has]


def carried_in(rule: UrgencyRule, language: str) -> tuple[list[str], list[str]]:
    """Return the words and exceptions that are carried for a rule in a language and that it does not have."""
    carried = _carried().get(rule.code, {}).get(language, ([], []))
    return (
        [word for word in carried[0] if word not in rule.words],
        [word for word in carried[1] if word not in rule.exceptions],
    )


def _languages_of(word: str) -> frozenset[str]:
    for code, first, last in SCRIPTS:
        if any(first <= char <= last for char in word):
            return frozenset((code,))
    if "đ" in word or any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", word)):
        return frozenset(("vi",))
    return _told().get(word.casefold(), frozenset())


@cache
def _carried() -> dict[str, dict[str, tuple[list[str], list[str]]]]:
    return {
        row["code"]: {code: (row["words"].get(code, []), row["exceptions"].get(code, [])) for code in LANGUAGES}
        for row in carried_by_language()
    }


@cache
def _told() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for languages in _carried().values():
        for code, (words, _exceptions) in languages.items():
            for word in words:
                found[word.casefold()] = found.get(word.casefold(), frozenset()) | {code}
    return found

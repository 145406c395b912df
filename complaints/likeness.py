"""What is told of a complaint while it is compared, and why another one may be the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.models import Complaint
from core.phones import e164, numbers_in
from core.text import clean
from people.matching import WHY as PERSONS
from people.matching import Known

LONGEST = 4000  # characters of a text that is compared while somebody types
SHORTEST = 3  # characters of a name that is looked for in the words of others
PERSON_CODE = "person."  # before a code of why two persons may be one
WHY: dict[str, Any] = {
    "number_written": gettext_lazy("the same telephone number is written there"),
    "number_sought": gettext_lazy("somebody sought there has this telephone number"),
    "number_called": gettext_lazy("the same number called before"),
    "name_written": gettext_lazy("the name stands in what is said"),
    "same_site": gettext_lazy("the same site"),
    "same_spot": gettext_lazy("the same spot"),
    "near_spot": gettext_lazy("nearly the same spot"),
    "same_words": gettext_lazy("many of the same words"),
    **{PERSON_CODE + code: words for code, words in PERSONS.items()},
}


@dataclass(frozen=True)
class Told:
    """What was typed so far; every part may be missing. `site` is a reference."""

    people: tuple[Known, ...] = ()
    phones: tuple[str, ...] = ()
    site: str = ""
    spot: str = ""
    text: str = ""

    @cached_property
    def numbers(self) -> list[str]:
        """Return the telephone numbers, +855…, of the fields and of the text."""
        typed = {number for text in self.phones if (number := e164(text))}
        return sorted(typed | set(numbers_in(self.text[:LONGEST])))


def told_of(text: str = "", names: Iterable[str] = (), phones: Iterable[str] = ()) -> Told:
    """Return what a program asks about, cleaned; raises ValidationError for characters no column holds."""
    people = tuple(Known(names=(cleaned,)) for name in names if (cleaned := clean(name)))
    return Told(people=people, phones=tuple(clean(phone) for phone in phones if phone), text=clean(text))


@dataclass(frozen=True)
class Reason:
    """One reason: codes of `WHY`, several where a person is alike in more than one thing; `name` is that person's."""

    codes: tuple[str, ...]
    name: str = ""

    @property
    def is_person(self) -> bool:
        """Return whether two persons may be one."""
        return self.codes[0].startswith(PERSON_CODE)

    def __str__(self) -> str:
        """Say it in the reader's language."""
        why = ", ".join(str(WHY[code]) for code in self.codes)
        return _("%(name)s: %(why)s") % {"name": self.name, "why": why} if self.name else why


@dataclass(frozen=True)
class Likeness:
    """A complaint that may be the same: 0–100, and why, what weighs most first."""

    complaint: Complaint
    score: int
    why: tuple[Reason, ...]

    @property
    def reasons(self) -> list[str]:
        """Say why, in the reader's language."""
        return [str(reason) for reason in self.why]

    @property
    def codes(self) -> list[str]:
        """Return why as codes, without anybody's name."""
        return list(dict.fromkeys(code for reason in self.why for code in reason.codes))


Arm = Iterable[tuple[Any, Reason, float]]  # complaint, why, points

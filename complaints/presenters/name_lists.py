"""What pages show of lists of names to who sent them: each list with how many names have which of the four words, and each name."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from complaints.models import NameList, NameState
from complaints.names import states_of
from people.presenters import lang_of

# What each word says and, above all, what it does not.
MEANINGS = (
    (NameState.RECEIVED, _("The ministry has the name. Nobody has taken it up yet.")),
    (NameState.SOUGHT, _("The person is being looked for, or nothing may be told of them.")),
    (NameState.SAFE, _("The person was found and agreed that their embassy is told.")),
    (NameState.CLOSED, _("Nothing more is done. It does not tell whether the person was found.")),
)


@dataclass(frozen=True)
class ListRow:
    """A list, and how many of its names have which word, in the order of the words."""

    made: NameList
    url: str
    n: int
    words: Sequence[tuple[Any, int]]


def list_rows(found: Iterable[NameList]) -> list[ListRow]:
    """Return lists, fetched with their names, as rows; what is said of all names is asked at once."""
    rows = list(found)
    states = states_of(name for made in rows for name in made.names.all())
    return [_row(made, states) for made in rows]


def _row(made: NameList, states: dict[Any, NameState]) -> ListRow:
    names = made.names.all()
    counts = Counter(states[name.pk] for name in names)
    words = [(state.label, counts[state]) for state in NameState if counts[state]]
    return ListRow(made, reverse("name_lists:detail", args=[made.reference]), len(names), words)


def name_rows(made: NameList) -> list[dict[str, Any]]:
    """Return the names of a list, fetched with it, in their order, each with its word and nothing else."""
    names = made.names.all()
    states = states_of(names)
    return [
        {"line": name.line, "name": name.name, "lang": lang_of(name.name), "state": states[name.pk].label}
        for name in names
    ]

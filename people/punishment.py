"""Whether somebody found may be punished: told on the page of a victim by the room that holds the reviews.

The rooms of victims and suspects stand side by side and import nothing of each other; `suspects` registers who tells.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.models import Person


class ReviewState(TextChoices):
    """How the non-punishment review of one suspicion stands."""

    OPEN = "open", _("Non-punishment review needed")
    AGAIN = "again", _("Non-punishment review needed again")
    PASSED = "may_proceed", _("May go to court")
    MUST_NOT = "must_not", _("Must not be punished")
    OVERRIDDEN = "overridden", _("Sent on without a review")
    NEVER = "never", _("Sent to court before anybody asked for a review")


@dataclass(frozen=True)
class Standing:
    """One suspicion against somebody found: the reference of the suspect, its page, and how the review stands.

    `title` and `text` say it to a reader; `by` and `at` are empty where nobody has reviewed.
    """

    reference: str
    url: str
    state: str
    title: str
    text: str
    by: str = ""
    at: datetime | None = None


Teller = Callable[[Person, Any], list[Standing]]
TELLERS: list[Teller] = []


def register(teller: Teller) -> None:
    """Let a room tell how the reviews of a person stand, of the rows the reader may see."""
    if teller not in TELLERS:
        TELLERS.append(teller)


def standings(person: Person, user: Any) -> list[Standing]:
    """Return how the reviews of a person stand, of what the reader may know; empty for who is no suspect."""
    return [standing for tell in TELLERS for standing in tell(person, user)]

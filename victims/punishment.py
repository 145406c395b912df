"""What the page of a person found says of punishing them, where the same person is a suspect."""

from typing import Any

from django.utils.translation import gettext as _

from people.punishment import ReviewState, standings
from victims.models import Decision, Victim

ASKS = (ReviewState.OPEN, ReviewState.AGAIN, ReviewState.NEVER, ReviewState.OVERRIDDEN)


def punishment_of(victim: Victim, user: Any) -> dict[str, Any]:
    """Return how each suspicion stands that the reader may know of, whether one asks for a review, and what counts."""
    found = standings(victim.person, user)
    return {
        "standings": found,
        "needs_review": any(standing.state in ASKS for standing in found),
        "counts": counts_words(victim) if found else "",
    }


def counts_words(victim: Victim) -> str:
    """Say that being presumed a victim, or not screened yet, protects as much as a decision."""
    if victim.decision == Decision.NOT_YET_SCREENED:
        return _(
            "Not screened yet counts: until that is decided, this person is protected like an identified victim of trafficking."
        )
    if victim.decision == Decision.PRESUMED:
        return _("Presumed counts: this person is protected like an identified victim of trafficking.")
    return ""

"""The table of steps of two complaints that may be the same: told of each other, merged, or not the same."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import is_stricter
from complaints.models import Pair, PairState
from workflow.table import Ask, Step, Workflow

S = PairState
DECIDE, FIND = "match.decide", "match.find"


def sides_told(pair: Pair) -> list[tuple[str, Any]]:
    """Return the sides whose people may be told that there is another one: never those of the less strict one."""
    sides = [("other", pair.other, pair.other_handling, pair.one_handling)]
    if pair.one is not None:
        sides.insert(0, ("one", pair.one, pair.one_handling, pair.other_handling))
    return [(name, row.reference) for name, row, own, theirs in sides if not is_stricter(theirs, own)]


PAIR = Workflow(
    name="pair",
    model="complaints.Pair",
    field="state",
    states=S.values,
    initial=(S.OPEN,),
    steps=(
        Step(
            "link",
            (S.OPEN,),
            S.LINKED,
            DECIDE,
            _("Tell who handles them"),
            asks=(
                Ask(
                    "tell",
                    "several",
                    required=True,
                    label=_("Whose officers are told?"),
                    hint=_(
                        "They read that others work on this too and that you will ring, and nothing of the other one."
                    ),
                    choices=sides_told,
                ),
            ),
            done=pgettext_lazy("timeline", "Who handles them was told"),
        ),
        Step(
            "dismiss",
            (S.OPEN, S.LINKED),
            S.DISMISSED,
            DECIDE,
            _("Not the same"),
            note_required=True,
            done=pgettext_lazy("timeline", "Not the same"),
            aside=True,
        ),
        Step(
            "take_up",
            (S.DISMISSED,),
            S.OPEN,
            DECIDE,
            _("Look at it again"),
            done=pgettext_lazy("timeline", "Taken up again"),
            aside=True,
        ),
        Step(
            "fade",
            (S.OPEN,),
            S.APART,
            FIND,
            _("No longer alike"),
            done=pgettext_lazy("timeline", "No longer alike: what is said has changed"),
            aside=True,
        ),
        Step(
            "find_again",
            (S.DISMISSED, S.APART),
            S.OPEN,
            FIND,
            _("Found again"),
            done=pgettext_lazy("timeline", "Found again: what is said has changed"),
            aside=True,
        ),
        Step(
            "join",
            (S.OPEN, S.LINKED, S.DISMISSED, S.APART),
            S.JOINED,
            FIND,
            _("Merged"),
            done=pgettext_lazy("timeline", "Merged"),
            aside=True,
        ),
        Step(
            "part",
            (S.JOINED,),
            S.OPEN,
            FIND,
            _("A merge was taken back."),
            done=pgettext_lazy("timeline", "The merge was taken back"),
            aside=True,
        ),
    ),
)

"""Letting a partner rest: not while something runs there, unless it can no longer be trusted. Rooms above say what runs."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from core.display import number
from core.exceptions import Conflict
from partners.models import Partner

Runs = Callable[[Partner, Any], tuple[int, list[str]]]
Follower = Callable[[Partner, Any], None]
RUNS: list[Runs] = []
FOLLOWERS: list[Follower] = []


def when_resting(runs: Runs, follower: Follower) -> None:
    """Let a room above say how much runs at a partner, with the references `by` may see, and do what follows its rest."""
    RUNS.append(runs)
    FOLLOWERS.append(follower)


def require_nothing_runs(partner: Partner, by: Any, *, compromised: bool) -> None:
    """Raise Conflict with the list while something runs there; who refers people may rest a partner that is not safe."""
    found = [runs(partner, by) for runs in RUNS]
    n, references = sum(n for n, _seen in found), [one for _n, seen in found for one in seen]
    if not n or (compromised and by.may("referral.send")):
        return
    words = {"n": number(n), "list": ", ".join(references) or "—"}
    if compromised:
        raise Conflict(
            _("%(n)s referral(s) run there: a supervisor closes it at once and their senders are told.") % words
        )
    raise Conflict(_("%(n)s referral(s) still run there: %(list)s. They are completed or recalled first.") % words)


def rested(partner: Partner, by: Any) -> None:
    """Let what follows follow."""
    for follower in FOLLOWERS:
        follower(partner, by)

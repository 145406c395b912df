"""Letting a partner rest: not while something runs there, unless it can no longer be trusted. Rooms above say what runs."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from core.exceptions import Conflict
from partners.models import Partner

Runs = Callable[[Partner, Any], tuple[list[str], bool]]
Follower = Callable[[Partner, Any], None]
RUNS: list[Runs] = []
FOLLOWERS: list[Follower] = []


def when_resting(runs: Runs, follower: Follower) -> None:
    """Let a room above say what runs at a partner that `by` may see, and whether more does; and do what follows its rest."""
    RUNS.append(runs)
    FOLLOWERS.append(follower)


def require_nothing_runs(partner: Partner, by: Any, *, compromised: bool) -> None:
    """Raise Conflict while something runs there; who refers people may rest a partner that is not safe.

    It names what `by` may see and counts nothing: a number would tell of what is sealed.
    """
    found = [runs(partner, by) for runs in RUNS]
    seen, more = [one for known, _more in found for one in known], any(more for _known, more in found)
    if not (seen or more) or (compromised and by.may("referral.send")):
        return
    if compromised:
        raise Conflict(_("Something runs there: a supervisor closes it at once and the senders are told."))
    words = _("These referrals still run there: %(list)s. They are completed or recalled first.")
    said = [words % {"list": ", ".join(seen)}] if seen else []
    said += [_("Something runs there that you may not see. Its senders end it first.")] if more else []
    raise Conflict(" ".join(said))


def rested(partner: Partner, by: Any) -> None:
    """Let what follows follow."""
    for follower in FOLLOWERS:
        follower(partner, by)

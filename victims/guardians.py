"""Who stands by a child, and the rule that nothing is asked or decided of a child without."""

from django.utils.translation import gettext as _

from core.exceptions import Conflict
from victims.models import Guardian, Victim


def guardian_of(victim: Victim) -> Guardian | None:
    """Return who stands by the child now."""
    found: Guardian | None = (
        Guardian.objects.filter(victim=victim).select_related("by").order_by("-recorded_at", "-id").first()
    )
    return found


def is_unguarded(victim: Victim) -> bool:
    """Say that this is a child nobody stands by; `_guarded` on the row was learned before, for a list."""
    if not victim.is_child:
        return False
    known: bool | None = getattr(victim, "_guarded", None)
    return guardian_of(victim) is None if known is None else not known


def require_guardian(victim: Victim) -> None:
    """Raise Conflict for a child nobody stands by: no interview, consent or return without a guardian and the child's view."""
    if is_unguarded(victim):
        raise Conflict(
            _(
                "This is a child. Name the guardian and write down the child's own view first, on the page of the person."
            )
        )

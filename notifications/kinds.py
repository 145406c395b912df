"""What a notice can be about: name, words, and the model and page its reference belongs to.

A room above adds its own with `register` where it defines its steps. Words never name a person or a place.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Target:
    """A model whose manager has `visible_to`, and the route that opens a record by its reference."""

    model: str
    route: str


@dataclass(frozen=True)
class Kind:
    """One sort of notice."""

    name: str
    label: "StrPromise"
    about: Target


COMPLAINT = Target("complaints.complaint", "complaints:detail")
VICTIM = Target("victims.victim", "victims:detail")
SUSPECT = Target("suspects.suspect", "suspects:detail")
REVIEW = Target("suspects.review", "suspects:override")
KINDS: dict[str, Kind] = {}


def register(name: str, label: "StrPromise", about: Target = COMPLAINT) -> Kind:
    """Add a kind; a name taken by another kind is a mistake found at import."""
    kind = Kind(name, label, about)
    if KINDS.setdefault(name, kind) != kind:
        raise ValueError(f"two kinds of notice are called {name!r}")
    return kind


def targets() -> dict[str, Target]:
    """List what notices are about, by model."""
    return {kind.about.model: kind.about for kind in KINDS.values()}


register("complaint_new", _("New complaint"))
register("complaint_assigned", _("Complaint assigned to your province"))
register("complaint_led", _("The ministry leads a complaint: name who handles it"))
register("complaint_sealed", _("A complaint was sealed: name who handles it"))
register("complaint_acknowledged", _("Complaint acknowledged"))
register("information_needed", _("Information needed"))
register("information_received", _("Information received"))
register("outcome_proposed", _("Outcome proposed: confirm or send back"))
register("outcome_recorded", _("Outcome recorded"))
register("closing_proposed", _("Closing proposed: close or send back"))
register("sent_back", _("Sent back"))
register("closed", _("Complaint closed"))
register("reopened", _("Complaint reopened"))
register("named_handler", _("You are named to handle it"))
register("person_added", _("Person added"), VICTIM)
register("rescue_recorded", _("Rescue recorded"), VICTIM)
register("clearing_proposed", _("“Not a victim” is proposed: confirm or send back"), VICTIM)
register("final_proposed", _("A final status is proposed: confirm or send back"), VICTIM)
register("custody_ending", _("Custody ends soon"), SUSPECT)
register("custody_over", _("Custody is over its limit"), SUSPECT)
register("review_overridden", _("Sent to court without a non-punishment review"), REVIEW)

"""What a notice can be about: name, words, and the model and page its reference belongs to.

A room above adds its own with `register` where it defines its steps. Words never name a person or a place.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Target:
    """A model whose manager has `visible_to`, and the route that opens a record by its reference."""

    model: str
    route: str


class Sort(TextChoices):
    """What somebody chooses channels by: a few sorts, not every kind."""

    WORK = "work", _("New work for you")
    DECIDE = "decide", _("Something waits for your decision")
    TIME = "time", _("Deadlines and custody")
    NEWS = "news", _("What changed")


@dataclass(frozen=True)
class Kind:
    """One kind of notice; an urgent one is sent in quiet hours too."""

    name: str
    label: "StrPromise"
    about: Target
    sort: Sort = Sort.NEWS
    urgent: bool = False


COMPLAINT = Target("complaints.complaint", "complaints:detail")
CONTACT = Target("complaints.contact", "contacts:detail")
VICTIM = Target("victims.victim", "victims:detail")
SUSPECT = Target("suspects.suspect", "suspects:detail")
OPERATION = Target("victims.operation", "operations:detail")
DIGEST = Target("complaints.digest", "complaints:digest")
REVIEW = Target("suspects.review", "suspects:override")
DEPORTATION = Target("victims.deportation", "deportations:detail")
DEPORTATION_REVIEW = Target("victims.deportationreview", "deportations:override")
KINDS: dict[str, Kind] = {}


def register(
    name: str, label: "StrPromise", about: Target = COMPLAINT, *, sort: Sort = Sort.NEWS, urgent: bool = False
) -> Kind:
    """Add a kind; a name taken by another kind is a mistake found at import."""
    kind = Kind(name, label, about, sort, urgent)
    if KINDS.setdefault(name, kind) != kind:
        raise ValueError(f"two kinds of notice are called {name!r}")
    return kind


def targets() -> dict[str, Target]:
    """List what notices are about, by model."""
    return {kind.about.model: kind.about for kind in KINDS.values()}


register("complaint_new", _("New complaint"), sort=Sort.WORK)
register("complaint_assigned", _("Complaint assigned to your province"), sort=Sort.WORK)
register("complaint_led", _("The ministry leads a complaint: name who handles it"), sort=Sort.WORK)
register("complaint_sealed", _("A complaint was sealed: name who handles it"), sort=Sort.WORK)
register("complaint_acknowledged", _("Complaint acknowledged"))
register("information_needed", _("Information needed"), sort=Sort.WORK)
register("information_received", _("Information received"))
register("outcome_proposed", _("Outcome proposed: confirm or send back"), sort=Sort.DECIDE)
register("outcome_recorded", _("Outcome recorded"))
register("closing_proposed", _("Closing proposed: close or send back"), sort=Sort.DECIDE)
register("sent_back", _("Sent back"))
register("closed", _("Complaint closed"))
register("reopened", _("Complaint reopened"))
register("named_handler", _("You are named to handle it"), sort=Sort.WORK)
register("person_added", _("Person added"), VICTIM)
register("person_moved", _("A person was moved or sold on to your province"), VICTIM, sort=Sort.WORK, urgent=True)
register("rescue_recorded", _("Rescue recorded"), VICTIM)
register("clearing_proposed", _("“Not a victim” is proposed: confirm or send back"), VICTIM, sort=Sort.DECIDE)
register("final_proposed", _("A final status is proposed: confirm or send back"), VICTIM, sort=Sort.DECIDE)
register("operation_named", _("You are named for an operation"), OPERATION, sort=Sort.WORK)
register("custody_ending", _("Custody ends soon"), SUSPECT, sort=Sort.TIME)
register("custody_over", _("Custody is over its limit"), SUSPECT, sort=Sort.TIME, urgent=True)
register("hearing_soon", _("A hearing within three days"), SUSPECT, sort=Sort.TIME)
register("hearing_tomorrow", _("A hearing within a day"), SUSPECT, sort=Sort.TIME)
register("order_ending", _("An order of the court ends within a week, or is over"), SUSPECT, sort=Sort.TIME)
register("review_overridden", _("Sent to court without a non-punishment review"), REVIEW, sort=Sort.DECIDE)
register(
    "deportation_ordered",
    _("Somebody found is to be deported: review it"),
    DEPORTATION,
    sort=Sort.DECIDE,
    urgent=True,  # deported before the morning, nobody can be brought back
)
register("deportation_overridden", _("Deported without a non-punishment review"), DEPORTATION_REVIEW, sort=Sort.DECIDE)

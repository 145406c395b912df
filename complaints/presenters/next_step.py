"""Which step a complaint wants next, and how it is taken: by one press, or on a page that asks."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.models import Complaint, Status
from complaints.workflow import COMPLAINT
from workflow.services import available_steps, usual_step
from workflow.table import Step

# Deciding what another person proposed opens a page that says what is decided.
DECIDES = {"complaint.confirm", "complaint.close", "victim.confirm"}


@dataclass(frozen=True, slots=True)
class Next:
    """A button: `post` takes the step at once, else it opens the page at `url`."""

    name: str
    label: str
    url: str
    post: bool
    two_people: bool = False


def asks(step: Step) -> bool:
    """Return whether a step opens a page before it is taken."""
    return bool(step.asks or step.note_required or step.two_people or step.permission in DECIDES)


def as_button(complaint: Complaint, step: Step) -> Next:
    """Return the button of a step."""
    url = reverse("complaints:step", args=[complaint.reference, step.name])
    return Next(step.name, str(step.label), url, not asks(step), step.two_people)


def buttons(complaint: Complaint, user: Any) -> tuple[Next | None, list[Next]]:
    """Return the step wanted next and the others, of those the reader may take now."""
    steps = available_steps(COMPLAINT, complaint, user)
    found = [as_button(complaint, step) for step in steps]
    if rescue := _record_rescue(complaint, user):
        if complaint.status == Status.DECIDED:
            return rescue, found
        found.append(rescue)
    return (found[0], found[1:]) if steps and not steps[0].aside else (None, found)


def next_step(complaint: Complaint, user: Any) -> Next | None:
    """Return the step wanted next, if the reader may take it; what stands aside is not asked, so a row costs no query."""
    if complaint.status == Status.DECIDED and (rescue := _record_rescue(complaint, user)):
        return rescue
    step = usual_step(COMPLAINT, complaint, user)
    return as_button(complaint, step) if step else None


def _record_rescue(complaint: Complaint, user: Any) -> Next | None:
    """Finding people is the work between the outcome and the closing; it is recorded at each person."""
    if complaint.status in {Status.NEW, Status.CLOSED} or not complaint.ledger["sought"]:
        return None
    if not user.may("victim.rescue"):
        return None
    url = reverse("complaints:detail", args=[complaint.reference]) + "#people"
    return Next("record_rescue", _("Record rescue"), url, post=False)

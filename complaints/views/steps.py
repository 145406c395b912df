"""The page of one step of a complaint."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from complaints.models import Complaint, Status
from complaints.presenters.approval import basis_of
from complaints.presenters.next_step import DECIDES
from complaints.presenters.page import proposal, taken_steps
from complaints.services import advance
from complaints.views.base import RELATED, frame_of
from complaints.workflow import COMPLAINT
from workflow.pages import StepPage
from workflow.table import Step

PROPOSED = {Status.OUTCOME_PROPOSED, Status.CLOSING_PROPOSED}


class ComplaintStep(StepPage):
    """One step: asked on a page, or taken by one press."""

    permission = "complaint.read"
    model = Complaint
    workflow = COMPLAINT
    service = staticmethod(advance)
    template = "complaints/step.html"
    route = "complaints:detail"

    def seen(self) -> Any:
        """Return the complaints the reader may see, with what the bar shows."""
        return super().seen().select_related(*RELATED)

    def finished(self, obj: Complaint, name: str, *, made: bool) -> HttpResponse:
        """Go back, or to the list where the step took the complaint out of the reader's sight."""
        answer = super().finished(obj, name, made=made)
        return answer if self._again(obj.reference) else redirect("complaints:list")

    def besides(self, obj: Complaint, step: Step | None) -> dict[str, Any]:
        """Return the bar, and what is being decided."""
        user: Any = self.request.user
        found = {**frame_of(obj, user, ""), "proposed": decided_words(obj, step, user) if step else ""}
        if step and step.permission in DECIDES and obj.status in PROPOSED:
            found["basis"] = basis_of(obj, user)
        return found


def decided_words(complaint: Complaint, step: Step, user: Any) -> str:
    """Say what another person proposed and why, on the page that decides it."""
    if step.permission not in DECIDES:
        return ""
    return proposal(complaint, taken_steps(complaint), user)

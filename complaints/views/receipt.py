"""Where the form of a new complaint ends."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from complaints.guards import MINISTRY
from complaints.models import Complaint, Handling
from complaints.services.register import ROUTE
from core.views import Page
from notifications.services import duty_recipients
from workflow.models import Submission


class Receipt(Page):
    """The receipt belongs to who sent the form, also when the complaint itself is not theirs to see."""

    permission = "complaint.create"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        mine = Submission.objects.filter(user=request.user, route=ROUTE)
        sent = mine.filter(reference=reference.upper()).first()
        if sent is None:
            raise Http404
        seen = Complaint.objects.visible_to(request.user).select_related("province")
        complaint = seen.filter(reference=sent.reference).first()
        if complaint is not None:
            self.audit("read", complaint)
        answer = self.render(
            "complaints/intake/receipt.html", {"sent": sent, "complaint": complaint, **told(complaint)}
        )
        add_never_cache_headers(answer)
        return answer


def told(complaint: Complaint | None) -> dict[str, Any]:
    """Say who has it now and who was told, of a complaint that its sender may see."""
    if complaint is None:
        return {}
    people = duty_recipients(complaint.province_id, complaint.handling, complaint.pk, at=complaint.logged_at)
    provincial = complaint.handling == Handling.PROVINCIAL
    return {
        "people": people,
        "province": complaint.province if provincial and complaint.province_id != MINISTRY else None,
        "is_national": not provincial,
    }

"""The operations of one complaint: those carried out, and those the reader is named for."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from complaints.models import Status
from complaints.presenters.operations import titled
from complaints.views.base import RecordPage
from victims.models import Operation, OperationStatus

MOST = 50


class ComplaintOperations(RecordPage):
    """What a complaint's operations came to; a planned one is a look of its own."""

    permission = "operation.read"
    part = "operations"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint, user = self.fetch(reference), request.user
        seen = Operation.objects.visible_to(user).filter(complaints=complaint)  # type: ignore[arg-type]
        rows = list(seen.for_list().order_by("-planned_for", "pk")[:MOST])
        for row in rows:
            titled(row, user)
            if row.status != OperationStatus.DONE:
                self.audit("read", row, detail={"page": "complaint"})
        may_plan = user.may("operation.plan") and complaint.status != Status.CLOSED  # type: ignore[union-attr]
        data: dict[str, Any] = {"operations": rows, "may_plan": may_plan}
        return self.render("complaints/operations.html", {**self.frame(complaint, "operations"), **data})

"""Whom to ring about a complaint, and what came of it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from complaints.contact_workflow import TRIAGE
from complaints.models import Complaint, Ring, RingResult
from complaints.services.rings import record_ring, turns_of
from complaints.views.base import RecordPage
from core import display
from core.exceptions import Conflict, Unprocessable
from workflow.services import submit_once

MOST = 100


class Rings(RecordPage):
    """Who is on duty, with a telephone, and next in line; a press for each records that they were rung."""

    permission = TRIAGE
    part = "rings"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        try:
            ring = self.record(complaint)
        except ValidationError as error:
            return self.show(complaint, status=400, notice=" ".join(error.messages))
        except (Conflict, Unprocessable) as error:
            return self.show(self.fetch(reference), status=409, notice=error.message)
        messages.info(request, said_of(ring) if ring else _("This was recorded already."))
        return redirect("complaints:rings", complaint.reference)

    def record(self, complaint: Complaint) -> Ring | None:
        """Record it once for the key the press carries; None where that was done before."""
        user, found = self.request.user, []
        said = {name: self.request.POST.get(name, "") for name in ("whom", "result")}

        def make() -> Complaint:
            found.append(record_ring(complaint, by=user, **said))
            return complaint

        submit_once(
            self.request.POST.get("idempotency_key", "").strip() or uuid4().hex,
            by=user,
            route=f"complaint.ring:{complaint.reference}",
            body=said,
            make=make,
            find=lambda _reference: complaint,
        )
        return found[0] if found else None

    def show(self, complaint: Complaint, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render who is in line, the next one first to be rung, and every ring so far."""
        user: Any = self.request.user
        seen = Ring.objects.visible_to(user).filter(complaint=complaint).select_related("whom", "by")
        rings = list(seen.order_by("-happened_at", "-pk")[:MOST])
        rung, turns = {ring.whom_id for ring in rings}, turns_of(complaint, user)
        first = next((turn for turn in turns if turn.user.pk not in rung), turns[0] if turns else None)
        answered = next((ring for ring in rings if ring.result == RingResult.ANSWERED), None)
        data = {
            **self.frame(complaint, ""),
            "turns": turns,
            "first": first.user.pk if first and not answered else None,
            "rings": [{"row": ring, "words": said_of(ring)} for ring in rings],
            "answered": said_of(answered) if answered else "",
            "results": RingResult,
            "is_sealed": complaint.handling == "sealed",
            **more,
        }
        return self.render("complaints/rings.html", data, status=status)


SAID = {
    RingResult.ANSWERED: lambda: _("I rang %(who)s: answered at %(time)s."),
    RingResult.NO_ANSWER: lambda: _("I rang %(who)s at %(time)s: no answer."),
    RingResult.NUMBER_WRONG: lambda: _("I rang %(who)s at %(time)s: the number is wrong."),
}


def said_of(ring: Ring) -> str:
    """Write a ring as whoever rang says it."""
    return SAID[RingResult(ring.result)]() % {"who": ring.whom.display_name, "time": display.ago(ring.happened_at)}

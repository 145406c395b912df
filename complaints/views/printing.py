"""The whole record of a complaint on paper: the same words and walls as its pages, and that it was printed is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from complaints.models import Complaint
from complaints.presenters import attempts
from complaints.presenters import evidence as checklist
from complaints.presenters import page as words
from complaints.presenters.story import newest_whole
from complaints.services.evidence import evidence_of
from complaints.views.base import RecordPage, suspects_of
from complaints.views.detail import others_at_site, people_of
from suspects.presenters.suspects import row_of as suspect_row
from victims.presenters import in_ledger_order, marks_of, row_of

MOST_PEOPLE, MOST_SUSPECTS, MOST_LINES = 500, 200, 150


class PrintComplaint(RecordPage):
    """Everything of one complaint on one page, for A4; what is left out of a very long one is said."""

    part = "print"

    def looked(self, complaint: Complaint) -> None:
        """Record that it was taken to be printed."""
        self.audit("print", complaint)

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint, user = self.fetch(reference), self.request.user
        people = list(people_of(complaint, user)[: MOST_PEOPLE + 1])
        suspects = list(suspects_of(complaint, user)[: MOST_SUSPECTS + 1]) if user.may("suspect.read") else []  # type: ignore[union-attr]
        lines, older = newest_whole(complaint, user, people, suspects, MOST_LINES)
        ordered, kept = in_ledger_order(people[:MOST_PEOPLE]), evidence_of(complaint, user)
        data: dict[str, Any] = {
            **self.frame(complaint, "", len(suspects)),
            "facts": words.facts(complaint, user, others_at_site(complaint, user)),  # type: ignore[arg-type]
            "marks": marks_of(ordered, user),
            "people": [row_of(victim, user) for victim in ordered],
            "more_people": len(people) > MOST_PEOPLE,
            "suspects": [suspect_row(suspect, user) for suspect in suspects[:MOST_SUSPECTS]],
            "more_suspects": len(suspects) > MOST_SUSPECTS,
            "reads_suspects": user.may("suspect.read"),  # type: ignore[union-attr]
            "adds_up": checklist.adds_up(kept, any(victim.is_child for victim in people)),
            "evidence": checklist.lines(kept, user) if kept.version else [],
            "missing": attempts.missing_words(complaint),
            "tried": attempts.tried_words(complaint),
            "lines": lines,
            "older": older,
        }
        return self.render("complaints/print.html", data)

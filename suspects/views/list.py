"""The list of suspects: one branch at a time, filtered, 50 a page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from accounts.lists import ScopedList
from core.paging import Sort, page_of
from core.views import Page
from suspects.filters import SuspectFilter
from suspects.kept_list import KEPT
from suspects.models import Review, Suspect
from suspects.presenters.suspects import row_of

NEWEST = {"newest": Sort("at", True, "")}


class SuspectList(ScopedList):
    """Who is suspected, held, sent to court."""

    permission = "suspect.read"
    model = Suspect
    filterset = SuspectFilter
    template = "suspects/list.html"
    export = "suspects"
    views_of = KEPT
    folded = ("sex", "nationality", "case_file", "complaint", "restraint", "order_ends", "verdict_from", "verdict_to")

    def rows(self, found: list[Suspect], user: Any) -> list[Any]:
        """Prepare the rows; a suspect is only ever seen with their complaint."""
        return [row_of(suspect, user, complaint=True) for suspect in found]


class Overrides(Page):
    """Who was sent to court without the non-punishment review, by whom and why: for the integrity unit."""

    permission = "override.read"

    def get(self, request: HttpRequest, reference: str = "") -> HttpResponse:
        rows = Review.objects.overrides_for(request.user).select_related("by", "suspect", "province")
        if reference:
            rows = rows.filter(suspect__reference=reference.upper())
        page = page_of(rows, request.GET, NEWEST)
        if reference and not page.rows:
            raise Http404
        self.audit("list", Review, detail={"rows": len(page.rows)})
        return self.render("suspects/overrides.html", {"page": page, "rows": page.rows, "one": bool(reference)})

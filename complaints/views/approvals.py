"""The queue of a second person: everything others proposed and the reader may decide, oldest first."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Deputy
from accounts.roles import Branch
from complaints.presenters.waiting import waiting_rows
from complaints.waiting import LONGEST_FIRST, arms_of
from core.paging import page_of_several
from core.views import Page
from workflow.openings import looked


class Approvals(Page):
    """What waits for the reader's decision, or with `?own=1` what the reader proposed; constant queries."""

    permission = "approval.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        own = request.GET.get("own") == "1"
        page = page_of_several(arms_of(request.user, own=own), request.GET, LONGEST_FIRST)
        self.audit("list", None, detail={"page": "approvals", "own": own, "rows": len(page.rows)})
        url = reverse("approvals:list")
        tabs = [
            {"label": _("For you to decide"), "url": url, "current": not own},
            {"label": _("Proposed by you, waiting for another"), "url": f"{url}?own=1", "current": own},
        ]
        sealed = request.user.table.branch == Branch.SEALED  # type: ignore[union-attr]
        looks = [] if own or request.GET.get("cursor") else looked(sealed=sealed)
        away = [] if own else list(Deputy.objects.standing_in(request.user))
        data = {
            "away": away,
            "looks": looks,
            "page": page,
            "rows": waiting_rows(page.rows, away),
            "tabs": tabs,
            "own": own,
        }
        return self.render("approvals/list.html", data)

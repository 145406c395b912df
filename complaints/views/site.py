"""What happened at a site, of what the reader may see: provinces, the lowest room, may not know of it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.models import Complaint
from complaints.models.complaint import OPEN
from complaints.models.ledger import STILL
from complaints.presenters.operations import titled
from complaints.presenters.rows import for_rows, rows_of
from core import display
from core.paging import Sort, page_of
from core.views import Page, require
from provinces.models import Site
from provinces.views.sites import what_stands
from suspects.models import Suspect
from suspects.presenters.suspects import row_of as suspect_row
from victims.models import Operation, OperationStatus, Victim

LATELY = timedelta(days=30)
DUE = {"due": Sort("due_at", False, "")}
FEW_SUSPECTS = 10
FEW_OPERATIONS = 10


class SiteCases(Page):
    """Open complaints with their clocks, what came in lately, people and suspects; constant queries."""

    permission = "site.read"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        user: Any = request.user
        site = get_object_or_404(Site.objects.visible_to(user).for_page(), reference=reference.upper())
        require(user, "complaint.read")
        if site.merged_into:
            return redirect("site_cases", site.merged_into.reference)
        here = Complaint.objects.visible_to(user).live().filter(site=site)
        page = page_of(for_rows(here.filter(status__in=OPEN)), request.GET, DUE)
        self.audit("list", Complaint, detail={"page": "site", "site": site.reference, "rows": len(page.rows)})
        stands = what_stands(site, user)
        for part in stands["parts"]:
            part["current"] = part["url"] == request.path
        data = {
            **stands,
            "site": site,
            "shows_lead": user.is_ministry,
            "counts": self.counts(site, here, user),
            "rows": rows_of(page.rows, user, timezone.now()),
            "page": page,
            "all_url": listed(site),
            **self.suspects(site, user),
            "operations": self.operations(site, user),
        }
        return self.render("complaints/site.html", data)

    def counts(self, site: Site, here: Any, user: Any) -> list[dict[str, Any]]:
        """Return the figures of the head: complaints by their rows, people by the ledgers, Rescues each once."""
        since = timezone.localdate() - LATELY
        opened = Q(status__in=OPEN)
        found = here.aggregate(
            open=Count("pk", filter=opened),
            lately=Count("pk", filter=Q(received_at__date__gte=since)),
            sought=Coalesce(Sum(STILL, filter=opened), 0),
        )
        people = Victim.objects.visible_to(user).live().filter(complaint__site=site, rescued_on__isnull=False)
        rescued = people.values("person_id", "rescued_on").distinct().count()
        typed = f"{since.day}/{since.month}/{since.year}"
        return [
            {
                "n": found["open"],
                "title": _("Open complaints"),
                "url": listed(site, *(("status", name) for name in OPEN)),
            },
            {"n": found["lately"], "title": _("Received in 30 days"), "url": listed(site, ("received_from", typed))},
            {"n": found["sought"], "title": _("Still sought"), "url": listed(site), "note": _("by open complaints")},
            {"n": rescued, "title": _("Rescued"), "url": listed(site), "note": _("each person once a day")},
        ]

    def operations(self, site: Site, user: Any) -> list[Operation]:
        """Return the latest operations at the site: carried out in the reader's scope, or the reader is named for them."""
        if not user.may("operation.read"):
            return []
        found = Operation.objects.visible_to(user).filter(site=site).for_list().order_by("-planned_for", "pk")
        rows = [titled(row, user) for row in found[:FEW_OPERATIONS]]
        for row in rows:
            if row.status != OperationStatus.DONE:
                self.audit("read", row, detail={"page": "site"})
        return rows

    def suspects(self, site: Site, user: Any) -> dict[str, Any]:
        """Return the first suspects of complaints about the site, and how many there are."""
        if not user.may("suspect.read"):
            return {"reads_suspects": False}
        found = Suspect.objects.visible_to(user).for_list().filter(complaint__site=site)
        rows = list(found.order_by("-received_at", "-id")[:FEW_SUSPECTS])
        n = found.order_by().count()
        return {
            "reads_suspects": True,
            "suspects": [suspect_row(row, user) for row in rows],
            "n_suspects": n,
            "more_suspects": display.number(n - len(rows)) if n > len(rows) else "",
        }


def listed(site: Site, *more: tuple[str, str]) -> str:
    """Return the list of complaints about a site, narrowed further."""
    query = urlencode([("site", site.reference), *more])
    return f"{reverse('complaints:list')}?{query}"

"""The list of complaints: one branch at a time, filtered, 50 a page."""

from typing import Any, NamedTuple

from django.db.models import Count, Func, IntegerField, Min, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from accounts.kept_lists import with_views
from accounts.lists import export_url
from accounts.roles import Branch
from complaints.columns import ENDED, REPORTED
from complaints.kept_list import KEPT
from complaints.message_search import message_reference
from complaints.models import Complaint, Contact
from complaints.presenters.panel import Panel
from complaints.presenters.rows import for_rows, rows_of
from complaints.views.assigning import AssignForm
from core import display
from core.paging import COUNT_CAP, page_of
from core.views import Page

MOST_TYPED = 40  # of what may be a reference
OWN = {
    Branch.PROVINCES: gettext_lazy("Our province"),
    Branch.NATIONAL: gettext_lazy("All provinces"),
    Branch.SEALED: gettext_lazy("Sealed complaints"),
}


class Totals(NamedTuple):
    """What was found: complaints, people reported, people still sought, the first day received."""

    n: int
    reported: int
    sought: int
    first: Any


class ComplaintList(Page):
    """Find, compare, take along; constant queries at any number of rows."""

    permission = "complaint.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if address := self.of_message(user):
            return HttpResponseClientRedirect(address) if request.htmx else redirect(address)  # type: ignore[attr-defined]
        branch = self.branch(user)
        panel = Panel(request, branch, self.sort)
        page = page_of(for_rows(panel.rows), request.GET, Complaint.SORTS)
        rows = rows_of(page.rows, user, timezone.now())
        verb = "search" if "q" in panel.names else "list"
        self.audit(verb, Complaint, detail={"filters": panel.names, "rows": len(rows)})
        data = {
            "page": page,
            "rows": rows,
            "found": totals(panel.rows) if panel.is_valid else None,
            "panel": panel,
            "tags": panel.tags,
            **with_views(KEPT, request, self.tabs(user)),
            "sorts": self.sorts(page.sort),
            "sort_word": Complaint.SORTS[page.sort].label,
            "shared": self.shared,
            **self.ways_out(user, rows, panel.tags),
        }
        if data["may_assign"]:
            data["assign"] = AssignForm()
        status = 200 if panel.is_valid or request.htmx else 400  # type: ignore[attr-defined]
        return self.render("complaints/list.html", data, status=status)

    def of_message(self, user: Any) -> str:
        """Return the address of the message whose reference was typed into the search box, where the reader may see it."""
        reference = message_reference(self.request.GET.get("q", "")[:MOST_TYPED])
        if not reference or not user.may("contact.read"):
            return ""
        seen = Contact.objects.visible_to(user).filter(reference=reference)
        return reverse("contacts:detail", args=[reference]) if seen.exists() else ""

    @property
    def sort(self) -> str:
        """Return the order asked for; an unknown one is refused by the paginator."""
        return self.request.GET.get("sort") or "received"

    @property
    def shared(self) -> bool:
        """Return whether the second branch is shown."""
        return self.request.GET.get("shared") == "1"

    def branch(self, user: Any) -> Any:
        """Return the rows of the branch shown."""
        seen = Complaint.objects.all()
        return seen.shared_with(user) if self.shared else seen.of_own_provinces(user)

    def tabs(self, user: Any) -> list[dict[str, Any]]:
        """Return the two branches as tabs."""
        own = OWN.get(user.table.branch, _("All provinces"))
        if user.table.branch == Branch.PROVINCES and len(user.posted_provinces) > 1:
            own = _("Our provinces")
        return [
            {"label": own, "url": "?", "current": not self.shared},
            {"label": _("Shared with us"), "url": "?shared=1", "current": self.shared},
        ]

    def sorts(self, current: str) -> list[dict[str, Any]]:
        """Return the orders the list may have."""
        return [
            {"name": name, "label": sort.label, "url": self.with_value("sort", name), "current": name == current}
            for name, sort in Complaint.SORTS.items()
        ]

    def with_value(self, name: str, value: str) -> str:
        """Return the address of the first page with one value changed."""
        params = self.request.GET.copy()
        params.pop("cursor", None)
        params[name] = value
        return f"?{params.urlencode()}"

    def ways_out(self, user: Any, rows: list[Any], tags: list[dict[str, str]]) -> dict[str, Any]:
        """Return the button of the export, and for an empty list the filter to take away."""
        found = {
            "export_url": export_url("complaints", self.request),
            "may_create": user.may("complaint.create"),
            "may_assign": user.may("complaint.assign") and any(row.waits for row in rows),
        }
        empty = {} if rows else self.empty(tags)
        return {**found, "clear_url": "?shared=1" if self.shared else "?", **empty}

    def empty(self, tags: list[dict[str, str]]) -> dict[str, Any]:
        """Name the last filter, and where the list goes without it."""
        if not tags:
            return {}
        words = _("Remove “%(filter)s” to see more.") % {"filter": tags[-1]["label"].strip("“”")}
        return {"empty_words": words, "empty_url": tags[-1]["url"], "empty_link": _("Remove that filter")}


class Greatest0(Func):
    """Not less than nothing."""

    function = "GREATEST"
    template = "GREATEST(%(expressions)s, 0)"
    output_field = IntegerField()


def totals(found: QuerySet[Complaint]) -> Totals:
    """Count up to 1,001 complaints and the people in them; one query that costs the same at any size."""
    some = found.order_by().annotate(reported=REPORTED, sought=Greatest0(REPORTED - ENDED))[:COUNT_CAP]
    sums = some.aggregate(n=Count("pk"), people=Sum("reported"), open=Sum("sought"), first=Min("received_at"))
    return Totals(sums["n"], sums["people"] or 0, sums["open"] or 0, display.day(sums["first"], "short"))

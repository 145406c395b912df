"""The list of people sought and found: one branch at a time, filtered, 50 a page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.roles import Branch
from core.paging import capped_count, page_of
from core.views import Page
from victims.filters import VictimFilter
from victims.models import Victim
from victims.presenters import row_of


class VictimList(Page):
    """Who is sought, who was found; constant queries at any number of rows."""

    permission = "victim.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        branch = self.branch(user)
        filters = VictimFilter(request.GET, branch, request=request)  # type: ignore[no-untyped-call]
        valid = filters.is_valid()
        found = filters.qs if valid else branch.none()
        page = page_of(found.for_list(), request.GET, Victim.SORTS)
        tags = filters.on()
        verb = "search" if request.GET.get("q") else "list"
        self.audit(
            verb, Victim, detail={"filters": sorted(set(request.GET) & set(filters.filters)), "rows": len(page.rows)}
        )
        data = {
            "page": page,
            "rows": self.rows(page.rows, user),
            "count": capped_count(found.live()) if valid else 0,
            "filter": filters.form,
            "tags": tags,
            "tabs": self.tabs(user),
            "sort": page.sort,
            "sorts": [
                {"label": s.label, "url": self.sorted_by(n), "current": n == page.sort} for n, s in Victim.SORTS.items()
            ],
            "sort_word": Victim.SORTS[page.sort].label,
            "clear_url": "?shared=1" if self.shared else "?",
            "identity": user.may("identity.read"),
        }
        return self.render("victims/list.html", data, status=200 if valid or request.htmx else 400)  # type: ignore[attr-defined]

    @property
    def shared(self) -> bool:
        """Return whether the second branch is shown."""
        return self.request.GET.get("shared") == "1"

    def branch(self, user: Any) -> Any:
        """Return the people of the branch shown."""
        seen = Victim.objects.live()
        return seen.shared_with(user) if self.shared else seen.of_own_provinces(user)

    def rows(self, victims: list[Victim], user: Any) -> list[Any]:
        """Prepare the rows; a person shared alone does not tell of their complaint."""
        known = {victim.complaint_id for victim in victims}
        if self.shared and victims:
            complaints = type(victims[0].complaint).objects.visible_to(user)
            known = set(complaints.filter(pk__in=known).values_list("pk", flat=True))
        return [row_of(victim, user, complaint=victim.complaint_id in known) for victim in victims]

    def tabs(self, user: Any) -> list[dict[str, Any]]:
        """Return the two branches as tabs."""
        own = {Branch.PROVINCES: _("Our province"), Branch.SEALED: _("Sealed complaints")}
        label = own.get(user.table.branch, _("All provinces"))
        return [
            {"label": label, "url": "?", "current": not self.shared},
            {"label": _("Shared with us"), "url": "?shared=1", "current": self.shared},
        ]

    def sorted_by(self, name: str) -> str:
        """Return the address of the first page in another order."""
        params = self.request.GET.copy()
        params.pop("cursor", None)
        params["sort"] = name
        return f"?{params.urlencode()}"

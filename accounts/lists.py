"""The base of a list of scoped rows: one branch at a time, filtered, sorted, 50 a page."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.kept_lists import KeptList, with_views
from accounts.roles import Branch
from core.paging import capped_count, page_of
from core.templatetags.sangkroh import safe_url
from core.views import Page


class ScopedList(Page):
    """A list page; a room names `model` (with `live`, `for_list`, `SORTS`), `filterset`, `template`, and writes `rows`.

    Constant queries at any number of rows.
    """

    model: ClassVar[Any]
    filterset: ClassVar[Any]
    template: ClassVar[str]
    views_of: ClassVar[KeptList | None] = None  # where its filters can be kept by name
    export: ClassVar[str] = ""  # its name among the lists that can be taken along (reports.exports.lists)
    folded: ClassVar[tuple[str, ...]] = ()  # filters under "More filters", open where one of them is on

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        branch = self.branch(user)
        filters = self.filterset(request.GET, branch, request=request)
        valid = filters.is_valid()
        found = filters.qs if valid else branch.none()
        page = page_of(found.for_list(), request.GET, self.model.SORTS)
        tags = filters.on()
        said = sorted(set(request.GET) & set(filters.filters))
        verb = "search" if request.GET.get("q") else "list"
        self.audit(verb, self.model, detail={"filters": said, "rows": len(page.rows)})
        data = {
            "page": page,
            "rows": self.rows(page.rows, user),
            "count": capped_count(found) if valid else 0,
            "filter": filters.form,
            "tags": tags,
            **with_views(self.views_of, request, self.tabs(user)),
            **self.sorting(page.sort),
            "shared": self.shared,
            "clear_url": "?shared=1" if self.shared else "?",
            "folded_open": any(request.GET.get(name, "").strip() for name in self.folded),
            "identity": user.may("identity.read"),
            "export_url": export_url(self.export, request) if page.rows else "",
            **self.besides(user),
        }
        return self.render(self.template, data, status=200 if valid or request.htmx else 400)  # type: ignore[attr-defined]

    @property
    def shared(self) -> bool:
        """Return whether the second branch is shown."""
        return self.request.GET.get("shared") == "1"

    def branch(self, user: Any) -> Any:
        """Return the rows of the branch shown."""
        seen = self.model.objects.live()
        return seen.shared_with(user) if self.shared else seen.of_own_provinces(user)

    def rows(self, found: list[Any], user: Any) -> list[Any]:
        """Prepare the rows for the template."""
        raise NotImplementedError

    def besides(self, user: Any) -> dict[str, Any]:
        """Return what the room's template shows besides."""
        return {}

    def tabs(self, user: Any) -> list[dict[str, Any]]:
        """Return the two branches as tabs."""
        own = {Branch.PROVINCES: _("Our province"), Branch.SEALED: _("Sealed complaints")}
        label = own.get(user.table.branch, _("All provinces"))
        return [
            {"label": label, "url": "?", "current": not self.shared},
            {"label": _("Shared with us"), "url": "?shared=1", "current": self.shared},
        ]

    def sorting(self, sort: str) -> dict[str, Any]:
        """Return the orders the list offers, and the one it is in."""
        sorts = [
            {"label": s.label, "url": self.sorted_by(n), "current": n == sort} for n, s in self.model.SORTS.items()
        ]
        return {"sort": sort, "sorts": sorts, "sort_word": self.model.SORTS[sort].label}

    def sorted_by(self, name: str) -> str:
        """Return the address of the first page in another order."""
        params = self.request.GET.copy()
        params.pop("cursor", None)
        params["sort"] = name
        return f"?{params.urlencode()}"


def export_url(key: str, request: HttpRequest) -> str:
    """Return where a list as it is filtered is taken along; empty for who takes none."""
    address = safe_url("exports:new", key) if key and request.user.may("complaint.export") else ""  # type: ignore[union-attr]
    params = request.GET.copy()
    for name in ("cursor", "page_size"):
        params.pop(name, None)
    return f"{address}?{params.urlencode()}" if address else ""

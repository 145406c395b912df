"""The lists whose filters can be kept by name; a room registers its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.models import SavedView, User
from core.paging import COUNT_CAP, counted

# Never kept: what was searched for may name a person, and where a page begins is no filter.
NEVER = frozenset({"q", "cursor", "page_size", "shared"})
NAMING = frozenset({"complaint", "person", "operation"})  # for oneself alone: these name a record


@dataclass(frozen=True)
class KeptList:
    """A list: its key, who may open it, its route, its scoped model with its orders, and its filter.

    `allowed` says which values of a filter may be kept (all, where it is not named).
    """

    key: str
    label: Any
    permission: str
    route: str
    model: Any
    filterset: Any
    allowed: tuple[tuple[str, Callable[[str], bool]], ...] = ()

    def known(self, params: QueryDict) -> str:
        """Return what of an address this list's filter knows, in one order: what a view keeps and is recognised by."""
        names = sorted(set(self.filterset.base_filters) - NEVER)
        pairs = [(name, value.strip()) for name in names for value in params.getlist(name)]
        kept = [(name, value) for name, value in pairs if value and self.keeps(name, value)]
        if kept and params.get("sort") in self.model.SORTS:
            kept.append(("sort", str(params["sort"])))
        return urlencode(kept)

    def keeps(self, name: str, value: str) -> bool:
        """Say whether a value may be kept."""
        return all(test(value) for filtered, test in self.allowed if filtered == name)

    @staticmethod
    def names_record(query: str) -> bool:
        """Say whether a kept filter names a record, which whoever else reads the view may not know of."""
        return not NAMING.isdisjoint(QueryDict(query))

    def rows(self, query: str, request: HttpRequest) -> Any:
        """Return the reader's own branch narrowed by a kept filter; None where it cannot be read, or is not the reader's to use."""
        branch = self.model.objects.live().of_own_provinces(request.user)
        filters = self.filterset(QueryDict(query), branch, request=request)
        try:
            return filters.qs if filters.is_valid() else None
        except PermissionDenied:
            return None


LISTS: dict[str, KeptList] = {}


def register(kept: KeptList) -> KeptList:
    """Let the filters of a list be kept."""
    LISTS[kept.key] = kept
    return kept


def tabs_of(kept: KeptList, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the reader's views of a list as tabs, each with its count (at most 1,001); two queries, however many."""
    views = list(SavedView.objects.visible_to(request.user).filter(list_key=kept.key).in_order())
    found = [(view, rows) for view in views if (rows := kept.rows(view.query, request)) is not None]
    counts = counts_of([rows for _view, rows in found], request.user)
    now = "" if request.GET.get("shared") == "1" or request.GET.get("q", "").strip() else kept.known(request.GET)
    return [
        {
            "label": view.name,
            "url": f"?{view.query}",
            "count": n,
            "current": view.query == now,
            "reference": view.reference,
        }
        for (view, _rows), n in zip(found, counts, strict=True)
    ]


def counts_of(arms: Iterable[Any], user: Any) -> list[int]:
    """Count several narrowed lists in one query, each at most 1,001."""
    found = {f"n{place}": counted(rows, COUNT_CAP) for place, rows in enumerate(arms)}
    if not found:
        return []
    return list(User.objects.filter(pk=user.pk).values_list(*found.values()).get())


def with_views(kept: KeptList | None, request: HttpRequest, branches: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the tabs of a list, its branches and then the reader's views, and where they are kept."""
    user: Any = request.user
    if kept is None or not user.may("view.keep"):
        return {"tabs": branches}
    views = tabs_of(kept, request)
    if any(view["current"] for view in views):
        branches = [{**branch, "current": False} for branch in branches]
    query = "" if request.GET.get("shared") == "1" else kept.known(request.GET)
    known = any(view["current"] for view in views)
    return {
        "tabs": [*branches, *views],
        "keep_url": f"{reverse('views:new', args=[kept.key])}?{query}" if query and not known else "",
        "views_url": reverse("views:list", args=[kept.key]) if views else "",
    }

"""The board of returns by embassy, the list of them, and the limits of the steps."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.lists import ScopedList
from core.countries import country_name
from core.display import told
from core.paging import capped_count, page_of
from core.views import Page
from victims.board import TABS, Board, count, outward
from victims.kept_list import RETURNS
from victims.models import Deportation, DeportationStatus, Repatriation, RepatriationLimit, ReturnStatus, Stay
from victims.repatriation_filter import RepatriationFilter, limits
from victims.repatriation_forms import LimitsForm
from victims.returns import row_of
from victims.services.limits import change_limits


def with_place(rows: Any) -> Any:
    """Bring along what a row shows, with the kind of place where the person is now."""
    now = Stay.objects.now().filter(victim=OuterRef("victim_id"))
    return rows.for_list().annotate(place=Subquery(now.values("kind")[:1]))


class ReturnBoard(Page):
    """Who waits for whom and how long, by country and step; the address says which cell is open below."""

    permission = "repatriation.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        seen = Repatriation.objects.visible_to(user)
        filters = RepatriationFilter(request.GET, seen, request=request)  # type: ignore[no-untyped-call]
        valid = filters.is_valid()
        view = request.GET.get("view", "") if valid else ""
        country, steps = request.GET.get("country", ""), request.GET.getlist("status")
        counted = count(outward(seen))
        board = Board(counted, view, country if valid else "", steps if valid else [])
        opened = bool(valid and (country or steps or view in ("waiting", "unwilling", "coming")))
        page = page_of(with_place(filters.qs), request.GET, Repatriation.SORTS) if opened else None
        found = page.rows if page else []
        self.audit(
            "list",
            Repatriation,
            detail={"filters": sorted(set(request.GET) & set(filters.filters)), "rows": len(found)},
        )
        data = {
            "board": board,
            "tabs": [*board.tabs(), deportations_tab(user)],
            "matrix": view in TABS[:3] or view == "waiting",
            "waiting": board.totals().waiting.n if not view else counted.n("n", board_steps()),
            "handed": counted.n("n", ["handed_over"]),
            "page": page,
            "rows": [row_of(row, user, counted.limits) for row in found],
            "opened": opened,
            "title": heading(view, country, steps),
            "form": filters.form,
        }
        return self.render("repatriations/board.html", data, status=200 if valid else 400)


def deportations_tab(user: Any) -> dict[str, Any]:
    """Return the way to the orders to deport that stand, which are no returns, with how many they are."""
    standing = Deportation.objects.of_own_provinces(user).filter(status=DeportationStatus.ORDERED)
    url = f"{reverse('deportations:list')}?status={DeportationStatus.ORDERED.value}"
    return {"label": _("Deportations"), "url": url, "current": False, "count": capped_count(standing)}


def board_steps() -> tuple[str, ...]:
    """Return the steps of the matrix."""
    return tuple(ReturnStatus.values[:6])


def heading(view: str, country: str, steps: list[str]) -> str:
    """Say whose people are open below the board: "India: embassy notified"."""
    words = {"unwilling": _("Does not want to return"), "coming": _("Coming to Cambodia")}
    step = str(ReturnStatus(steps[0]).label) if len(steps) == 1 and steps[0] in ReturnStatus.values else ""
    what = words.get(view) or step or _("Waiting")
    return told(country_name(country) if country else _("All embassies"), what)


class ReturnList(ScopedList):
    """Returns as a list: filtered, sorted, 50 a page."""

    permission = "repatriation.read"
    model = Repatriation
    filterset = RepatriationFilter
    template = "repatriations/list.html"
    export = "returns"
    views_of = RETURNS

    def branch(self, user: Any) -> Any:
        """Return the rows of the branch shown, with where each person is now."""
        now = Stay.objects.now().filter(victim=OuterRef("victim_id"))
        return super().branch(user).annotate(place=Subquery(now.values("kind")[:1]))

    def rows(self, found: list[Repatriation], user: Any) -> list[Any]:
        """Prepare the rows."""
        known = limits()
        return [row_of(row, user, known) for row in found]


class Limits(Page):
    """The days each step may take, as a form."""

    permission = "repatriation.correct"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(LimitsForm(self.steps()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LimitsForm(self.steps(), request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        try:
            change_limits(form.taken(), by=request.user)
        except ValidationError as error:
            form.take(error.message_dict)
            return self.show(form, status=400)
        messages.info(request, _("The limits are saved."))
        return redirect("repatriations:board")

    def steps(self) -> list[RepatriationLimit]:
        """Return the limits in the order of the steps."""
        order = ReturnStatus.values
        return sorted(RepatriationLimit.objects.all(), key=lambda row: order.index(row.step))

    def show(self, form: LimitsForm, *, status: int = 200) -> HttpResponse:
        """Render the form."""
        return self.render("repatriations/limits.html", {"form": form}, status=status)

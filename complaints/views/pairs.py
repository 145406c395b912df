"""Likely the same, beyond a province: what the worker found, for supervisors, and what touches a seal, for the integrity unit."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from complaints.models import Pair, PairState
from complaints.models.pair import READ
from complaints.pair_workflow import PAIR
from complaints.presenters import pairs as words
from complaints.services.pairs import advance_pair
from core.paging import page_of
from core.views import Page
from workflow.models import Transition
from workflow.pages import StepPage
from workflow.story import as_items, line_of
from workflow.table import Step


class PairList(Page):
    """Pairs by what became of them, those nobody decided on first; constant queries."""

    permission = READ

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        state = request.GET.get("state", PairState.OPEN)
        if state not in PairState.values:
            raise ValidationError(_("Choose one of the groups above."))
        rows = Pair.objects.of_own_provinces(user).filter(state=state)
        if state in (PairState.OPEN, PairState.LINKED):
            rows = rows.live()
        page = page_of(rows.with_sight(user).for_list(), request.GET, Pair.SORTS)
        self.audit("list", Pair, detail={"state": state, "rows": len(page.rows)})
        tabs = [{"label": one.label, "url": f"?state={one.value}", "current": one.value == state} for one in PairState]
        data = {"rows": [words.row_of(row, user) for row in page.rows], "page": page, "tabs": tabs, "state": state}
        return self.render("pairs/list.html", data)


def frame_of(pair: Pair, user: Any) -> dict[str, Any]:
    """Return what every page of a pair shows above: its sides and why."""
    row = words.row_of(pair, user)
    return {"pair": pair, "row": row, "sides": row.sides}


def fetch(reference: str, user: Any) -> Pair:
    """Return a pair through the scope, or 404."""
    return get_object_or_404(Pair.objects.visible_to(user).with_sight(user).for_list(), reference=reference.upper())


class PairDetail(Page):
    """Both side by side, why they may be the same, and what may be done."""

    permission = READ

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        user: Any = request.user
        pair = fetch(reference, user)
        frame = frame_of(pair, user)
        self.audit("read", pair)
        for side in frame["sides"]:
            if side.complaint is not None:
                self.audit("read", side.complaint, detail={"part": "pair"})
        steps = Transition.objects.of(pair).select_related("by")
        data = {
            **frame,
            "lines": words.lines_of(frame["sides"], user),
            "acts": words.acts_of(pair, user),
            "join_url": words.join_url(frame["sides"], user, pair),
            "timeline": as_items(line_of(step, notes=user.may("identity.read"), people={}) for step in steps),
        }
        return self.render("pairs/detail.html", data)


class PairStep(StepPage):
    """One step of a pair: by one press, or asked on a page."""

    permission = READ
    model = Pair
    workflow = PAIR
    service = staticmethod(advance_pair)
    template = "pairs/step.html"
    route = "pairs:detail"

    def seen(self) -> Any:
        """Return the pairs the reader sees, with both sides."""
        user: Any = self.request.user
        return Pair.objects.visible_to(user).with_sight(user).for_list()

    def besides(self, obj: Pair, step: Step | None) -> dict[str, Any]:
        """Return the bar."""
        return frame_of(self.seen().get(pk=obj.pk), self.request.user)

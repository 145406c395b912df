"""The pages of a deportation: recorded on the person's page, its steps and reviews, the list of orders and that of overrides."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.lists import ScopedList
from core.exceptions import Conflict
from core.paging import Sort, page_of
from core.views import Page
from victims.deportation_filter import DeportationFilter
from victims.deportation_workflow import DEPORTATION
from victims.deportations import frame, loud_words, reviews_of, row_of
from victims.models import Deportation, DeportationReview, Victim
from victims.repatriation_forms import DeportationForm
from victims.returns import story_of
from victims.services.deportation import advance_deportation, asks_why, protects, record_deportation
from victims.views.consent import CarePage
from workflow.models import Transition
from workflow.pages import StepPage
from workflow.table import Step

RELATED = ("victim__person", "complaint", "recorded_by")
NEWEST = {"newest": Sort("at", True, "")}


class RecordDeportation(CarePage):
    """Record an order to deport somebody found."""

    permission = "deportation.record"
    template = "deportations/record_new.html"
    part = "deportation"
    form = DeportationForm

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Record what was typed, and go to the deportation."""
        victim, form = self.fetch(reference), self.form(request.POST)
        if not form.is_valid():
            return self.draw(victim, form, status=400)
        try:
            made = record_deportation(victim, by=request.user, **form.taken())
        except ValidationError as error:
            form.take(error.message_dict)
            return self.draw(victim, form, status=400)
        except Conflict as error:
            return self.draw(self.fetch(reference), form, status=409, why=error.message)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": made.reference})
        return redirect("deportations:detail", made.reference)

    def draw(self, victim: Victim, form: Any, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render the form, and whether the person is protected."""
        return self.show(victim, form, status=status, why=why, protected=protects(victim.person_id))


class DeportationList(ScopedList):
    """Orders to deport as a list: filtered, sorted, 50 a page; loud where the person is protected."""

    permission = "repatriation.read"
    model = Deportation
    filterset = DeportationFilter
    template = "deportations/list.html"
    export = "deportations"

    def branch(self, user: Any) -> Any:
        """Return the rows of the branch shown, with whether each person is protected."""
        return super().branch(user).with_protection()

    def rows(self, found: list[Deportation], user: Any) -> list[Any]:
        """Prepare the rows."""
        return [row_of(row, user) for row in found]


class DeportationDetail(Page):
    """One deportation: the order, what was reviewed, the story; loud where the person is protected."""

    permission = "repatriation.read"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        user = request.user
        seen = Deportation.objects.visible_to(user).select_related(*RELATED)  # type: ignore[arg-type]
        row = get_object_or_404(seen.prefetch_related("victim__person__names"), reference=reference.upper())
        self.audit("read", row)
        steps = list(Transition.objects.of(row).select_related("by"))
        data = {**frame(row, user), "loud": loud_words(row), "reviews": reviews_of(row, user)}
        return self.render("deportations/detail.html", {**data, "timeline": story_of(row, user, steps)})


class DeportationStep(StepPage):
    """One step of one deportation, asked on a page."""

    permission = "repatriation.read"
    model = Deportation
    workflow = DEPORTATION
    service = staticmethod(advance_deportation)
    template = "deportations/step.html"
    route = "deportations:detail"

    def seen(self) -> Any:
        """Return the deportations the reader may know of, with what the bar shows."""
        return super().seen().select_related(*RELATED).prefetch_related("victim__person__names")

    def leaving(self, obj: Deportation, name: str) -> list[Step]:
        """Return the step; nobody is asked for the reason of an override where there is nothing to override."""
        steps = super().leaving(obj, name)
        if name != "carry_out" or asks_why(obj):
            return steps
        return [replace(step, asks=()) for step in steps]

    def besides(self, obj: Deportation, step: Step | None) -> dict[str, Any]:
        """Return the bar, and how loudly the person is protected."""
        return {**frame(obj, self.request.user), "loud": loud_words(obj)}


class DeportationOverrides(Page):
    """Who was deported without the non-punishment review, by whom and why: for the integrity unit."""

    permission = "override.read"

    def get(self, request: HttpRequest, reference: str = "") -> HttpResponse:
        rows = DeportationReview.objects.overrides_for(request.user).select_related("by", "deportation", "province")
        if reference:
            rows = rows.filter(deportation__reference=reference.upper())
        page = page_of(rows, request.GET, NEWEST)
        if reference and not page.rows:
            raise Http404
        self.audit("list", DeportationReview, detail={"rows": len(page.rows)})
        return self.render("deportations/overrides.html", {"page": page, "rows": page.rows, "one": bool(reference)})

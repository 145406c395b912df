"""The pages of one return: where it stands, its steps, what the embassy is told; and its beginning on the person's page."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.views import Page
from people.presenters import about, lang_of, names_of
from victims.models import Repatriation, Victim
from victims.repatriation_forms import AnnounceForm, BeginForm, NeedsForm, UnwillingForm
from victims.repatriation_workflow import REPATRIATION
from victims.returns import BEGIN, buttons, facts_of, line_of_steps, needs_of, story_of
from victims.services.repatriation import (
    advance_return,
    announce_return,
    begin_return,
    change_needs,
    record_unwilling,
)
from victims.views.consent import CarePage
from workflow.models import Transition
from workflow.pages import StepPage
from workflow.table import Step

RELATED = ("victim__person", "complaint", "embassy")


class BeginReturn(CarePage):
    """Begin a return, record that somebody does not want to, or that somebody comes from abroad."""

    permission = "repatriation.write"
    template = "repatriations/begin.html"
    part = "return"
    WAYS: ClassVar[dict[str, tuple[Any, Callable[..., Repatriation]]]] = {
        "begin": (BeginForm, begin_return),
        "unwilling": (UnwillingForm, record_unwilling),
        "announce": (AnnounceForm, announce_return),
    }

    def get(self, request: HttpRequest, reference: str, what: str = "") -> HttpResponse:
        """Show the form of one way."""
        form_class, _service = self.way(what)
        return self.draw(self.fetch(reference), form_class())

    def post(self, request: HttpRequest, reference: str, what: str = "") -> HttpResponse:
        """Record what was typed, and go to the return."""
        form_class, service = self.way(what)
        victim, form = self.fetch(reference), form_class(request.POST)
        if not form.is_valid():
            return self.draw(victim, form, status=400)
        try:
            made = service(victim, by=request.user, **form.taken())
        except ValidationError as error:
            form.take(error.message_dict)
            return self.draw(victim, form, status=400)
        except Conflict as error:
            return self.draw(self.fetch(reference), form, status=409, why=error.message)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": made.reference})
        return redirect("repatriations:detail", made.reference)

    def way(self, what: str) -> tuple[Any, Callable[..., Repatriation]]:
        """Return the form and the service of a way; 404 for another word."""
        if what not in self.WAYS:
            raise Http404
        return self.WAYS[what]

    def draw(self, victim: Victim, form: Any, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render the form."""
        return self.show(victim, form, status=status, why=why, what=BEGIN[self.kwargs["what"]])


class ReturnPage(Page):
    """A page of one return."""

    permission = "repatriation.read"

    def fetch(self, reference: str) -> Repatriation:
        """Return it through the scope, or 404."""
        seen = Repatriation.objects.visible_to(self.request.user).select_related(*RELATED)  # type: ignore[arg-type]
        return get_object_or_404(seen.prefetch_related("victim__person__names"), reference=reference.upper())


class ReturnDetail(ReturnPage):
    """Where a return stands: step line, what is next, what the steps wrote, what the embassy is told, the story."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        row, user = self.fetch(reference), request.user
        self.audit("read", row)
        steps = list(Transition.objects.of(row).select_related("by"))
        reached = {step.after: step.happened_at for step in reversed(steps) if step.step != "take_back"}
        data = {
            **frame(row, user),
            "line": line_of_steps(row, reached),
            "facts": facts_of(row, user),
            "needs": needs_of(row, user),
            "timeline": story_of(row, user, steps),
        }
        return self.render("repatriations/detail.html", data)


class ReturnStep(StepPage):
    """One step of one return, asked on a page."""

    permission = "repatriation.read"
    model = Repatriation
    workflow = REPATRIATION
    service = staticmethod(advance_return)
    template = "repatriations/step.html"
    route = "repatriations:detail"

    def seen(self) -> Any:
        """Return the returns the reader may know of, with what the bar shows."""
        return super().seen().select_related(*RELATED).prefetch_related("victim__person__names")

    def besides(self, obj: Repatriation, step: Step | None) -> dict[str, Any]:
        """Return the bar."""
        return frame(obj, self.request.user)


class ReturnNeeds(ReturnPage):
    """What the embassy is told of health and papers, as a form under a version."""

    permission = "repatriation.write"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        row = self.fetch(reference)
        kept = {name: getattr(row, name) for name in ("version", "health_needed", "papers_needed")}
        return self.show(row, NeedsForm(initial=kept))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        row, form = self.fetch(reference), NeedsForm(request.POST)
        if not form.is_valid():
            return self.show(row, form, status=400)
        try:
            change_needs(row, by=request.user, **form.taken())
        except ValidationError as error:
            form.take(error.message_dict)
            return self.show(row, form, status=400)
        except Conflict as error:
            return self.conflict(self.fetch(reference), form, error)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": row.reference})
        return redirect("repatriations:detail", row.reference)

    def conflict(self, now: Repatriation, form: NeedsForm, error: Conflict) -> HttpResponse:
        """Show what somebody else saved; saving again then saves mine."""
        theirs = [{"key": form.fields[name].label, "value": text or "—"} for name, text in error.theirs.items()]
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = str(now.version)  # type: ignore[index]
        return self.show(now, form, status=409, why=error.message, theirs=theirs)

    def show(self, row: Repatriation, form: NeedsForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        self.audit("read", row, detail={"part": "needs"})
        return self.render(
            "repatriations/needs.html", {**frame(row, self.request.user), "form": form, **more}, status=status
        )


def frame(row: Repatriation, user: Any) -> dict[str, Any]:
    """Return what the bar above every page of the return shows."""
    name, other = names_of(row.victim.person, user)
    seen = type(row.complaint).objects.visible_to(user).filter(pk=row.complaint_id)
    return {
        "row": row,
        "name": name or (_("Name not known") if user.may("identity.read") else row.victim.reference),
        "name_lang": lang_of(name),
        "other": other,
        "about": about(row.victim.person),
        "complaint": row.complaint if seen.exists() else None,
        **buttons(row, user),
    }

"""The page of one step, for every room: it asks what the table asks, takes the step once, and says who was faster."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core.display import ago
from core.exceptions import Conflict, Unprocessable
from core.views import Page
from workflow.answers import clean_answers
from workflow.forms import StepForm
from workflow.models import Transition
from workflow.openings import opened, proposal_of
from workflow.services import submit_once
from workflow.table import Step, Workflow


class StepPage(Page):
    """One step of one record: GET asks, POST takes it. A second press of the same person is told it was done.

    `model` has `objects.visible_to` and `reference`; `route` opens it; `service(obj, step, *, by, **said)` takes the step.
    """

    model: ClassVar[Any]
    workflow: ClassVar[Workflow]
    service: ClassVar[Callable[..., Any]]
    template: ClassVar[str]
    route: ClassVar[str]

    def get(self, request: HttpRequest, reference: str, step: str) -> HttpResponse:
        obj = self.fetch(reference)
        self.audit("read", obj, detail={"step": step})
        try:
            chosen = self.chosen(obj, step)
            opened(proposal_of(obj, chosen), obj, by=request.user)
        except Conflict as error:
            return self.show(obj, None, None, status=409, **self.refusal(obj, step, error))
        return self.show(obj, chosen, StepForm([chosen], obj, initial=self.filled(obj, chosen)))

    def post(self, request: HttpRequest, reference: str, step: str) -> HttpResponse:
        obj = self.fetch(reference)
        form = StepForm(self.leaving(obj, step), obj, request.POST)
        return self.take(obj, step, form)

    def fetch(self, reference: str) -> Any:
        """Return the record through the scope, or 404."""
        return get_object_or_404(self.seen(), reference=reference.upper())

    def seen(self) -> Any:
        """Return the records the reader may know of."""
        return self.model.objects.visible_to(self.request.user)

    def leaving(self, obj: Any, name: str) -> list[Step]:
        """Return the step of a name that leaves the present state; 404 for a name the table does not have."""
        steps = self.workflow.named(name)
        if not steps:
            raise Http404
        user: Any = self.request.user
        if not any(user.may(step.permission) for step in steps):
            raise PermissionDenied(_("Your role does not allow this step."))
        return [step for step in steps if getattr(obj, self.workflow.field) in step.sources]

    def chosen(self, obj: Any, name: str) -> Step:
        """Return the step as it may be taken now; raises Conflict or PermissionDenied with words."""
        found = self.leaving(obj, name)
        if not found:
            raise Conflict(_("This step is not possible now."))
        if found[0].guard:
            found[0].guard(obj, self.request.user)
        return found[0]

    def take(self, obj: Any, name: str, form: StepForm) -> HttpResponse:
        """Take the step, or show the form again with what was typed."""
        steps = self.leaving(obj, name)
        if form.is_valid():
            try:
                done, made = self.once(obj, name, form, form.said(steps[0]) if steps else {})
            except (Conflict, Unprocessable) as error:
                return self.conflict(obj, name, form, error)
            except ValidationError as error:
                form.take_errors(error)
            else:
                return self.finished(done, name, made=made)
        elif steps:
            self.judge(obj, steps[0], form)
        return self.show(obj, steps[0] if steps else None, form, status=400)

    def judge(self, obj: Any, step: Step, form: StepForm) -> None:
        """Add what the questions lack to what the form says already, so that all is said at once."""
        try:
            clean_answers(step, obj, form.answers(step))
        except ValidationError as error:
            form.take_errors(error)

    def once(self, obj: Any, name: str, form: StepForm, said: dict[str, Any]) -> tuple[Any, bool]:
        """Take the step once for the key the form carries; returns the record and whether this call did it."""
        user, key = self.request.user, form.cleaned_data.get("idempotency_key")
        service = type(self).service

        def make() -> Any:
            return service(obj, name, by=user, **said)

        if not key:
            return make(), True
        route, body = f"{self.workflow.name}.{name}", {"reference": obj.reference, **said}
        return submit_once(key, by=user, route=route, body=body, make=make, find=self._again)

    def _again(self, reference: str) -> Any:
        return self.seen().filter(reference=reference).first()

    def conflict(self, obj: Any, name: str, form: StepForm, error: Conflict | Unprocessable) -> HttpResponse:
        """Say who was faster and keep what was typed; what the same person did already is no error."""
        now = self.fetch(obj.reference)
        last = self.last(now)
        steps = self.leaving(now, name)
        if not steps and last and last.by_id == self.request.user.pk and last.step == name:
            return self.finished(now, name, made=False)
        form.say("idempotency_key", "")
        shown = steps[0] if steps else None
        return self.show(now, shown, form, status=409, **self.refusal(now, name, error))

    def refusal(self, obj: Any, name: str, error: Conflict | Unprocessable) -> dict[str, Any]:
        """Return why a step is refused, and who moved the record meanwhile where that is the reason."""
        last = None if self.leaving(obj, name) else self.last(obj)
        if last is None:
            return {"why": error.message}
        words = {"who": last.by.display_name, "what": self.word(last), "when": ago(last.recorded_at)}
        return {"why": _("%(who)s was faster: “%(what)s”, %(when)s.") % words, "typed": _typed(self.request)}

    def last(self, obj: Any) -> Transition | None:
        """Return the newest step of a record."""
        return Transition.objects.of(obj).filter(field=self.workflow.field).select_related("by").first()

    def word(self, transition: Transition) -> str:
        """Return how the timeline calls a step."""
        steps = self.workflow.named(transition.step)
        return str((steps[0].done or steps[0].label) if steps else transition.step)

    def finished(self, obj: Any, name: str, *, made: bool) -> HttpResponse:
        """Say what was done and go back to where the press came from."""
        steps = self.workflow.named(name)
        words = {"step": steps[0].done or steps[0].label, "reference": obj.reference}
        text = _("%(step)s: %(reference)s.") if made else _("%(step)s: %(reference)s. It was done already.")
        messages.info(self.request, text % words)
        return redirect(self.back() or reverse(self.route, args=[obj.reference]))

    def back(self) -> str:
        """Return the page the button stood on, if it is one of ours."""
        target = self.request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(target, allowed_hosts={self.request.get_host()})
        return target if target and safe else ""

    def show(
        self, obj: Any, step: Step | None, form: StepForm | None, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Render the page of the step; a form come back shows the record again, which is a look."""
        if self.request.method == "POST":
            self.audit("read", obj, detail={"step": step.name} if step else None)
        data = {"object": obj, "step": step, "form": form, "back": self.back(), **self.besides(obj, step), **more}
        data["note_optional"] = step is not None and not step.note_required
        return self.render(self.template, data, status=status)

    def filled(self, obj: Any, step: Step) -> dict[str, Any]:
        """Return what stands in the form before anything is typed."""
        return {}

    def besides(self, obj: Any, step: Step | None) -> dict[str, Any]:
        """Return what the room's template shows besides."""
        return {}


def _typed(request: HttpRequest) -> str:
    return request.POST.get("note", "") if request.method == "POST" else ""

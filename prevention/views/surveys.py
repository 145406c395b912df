"""The list of surveys, one survey with its results, the form of a draft, and its steps."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.paging import capped_count, page_of
from core.templatetags.sangkroh import safe_url
from core.views import Page
from prevention import presenters
from prevention.filters import SurveyFilter
from prevention.forms import SurveyForm, put
from prevention.models import Respondent, Survey
from prevention.results import results
from prevention.services import add_survey, advance_survey, change_survey
from prevention.workflow import SURVEY
from workflow.models import Edit, Transition
from workflow.pages import StepPage
from workflow.services import available_steps, submit_once
from workflow.story import as_items, line_of


class SurveyList(Page):
    """The surveys, newest first."""

    permission = "survey.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Survey.objects.visible_to(request.user)
        filters = SurveyFilter(request.GET, rows, request=request)
        found = filters.qs if filters.is_valid() else rows.none()
        page = page_of(found, request.GET, Survey.SORTS)
        said = sorted(filters.filters.keys() & request.GET)
        self.audit("list", Survey, detail={"filters": said, "rows": len(page.rows)})
        shown = presenters.list_rows(page.rows, request.user)
        data = {"page": page, "rows": shown, "count": capped_count(found), "filter": filters, "tags": filters.on()}
        return self.render("prevention/surveys.html", data)


class SurveyPage(Page):
    """A page of one survey."""

    permission = "survey.read"

    def fetch(self, reference: str) -> Survey:
        """Return the survey, or 404."""
        return get_object_or_404(Survey.objects.visible_to(self.request.user), reference=reference.upper())

    def frame(self, survey: Survey, here: str) -> dict[str, Any]:
        """Return what the frame of a survey's pages shows."""
        return frame(survey, self.request.user, here)


def frame(survey: Survey, user: Any, here: str = "") -> dict[str, Any]:
    """Return the survey, its parts, and the steps that may be taken now."""
    parts = [("detail", _("Results") if user.may("survey.results") else _("Survey"))]
    if survey.is_open and user.may("survey.enter"):
        parts.append(("enter", _("Enter answers")))
    if user.may("survey.manage") and survey.status != "draft":
        parts.append(("import", _("Sheets")))
    if user.may("survey.correct") and survey.status != "draft":
        parts.append(("answers", _("Corrections")))
    steps = [
        {"label": step.label, "url": reverse("surveys:step", args=[survey.reference, step.name])}
        for step in available_steps(SURVEY, survey, user)
    ]
    return {
        "survey": survey,
        "steps": steps,
        "may_edit": survey.status == "draft" and user.may("survey.manage"),
        "may_enter": survey.is_open and user.may("survey.enter"),
        "parts": [
            {"label": label, "url": reverse(f"surveys:{name}", args=[survey.reference]), "current": name == here}
            for name, label in parts
        ],
    }


class SurveyDetail(SurveyPage):
    """Facts and results; who only enters answers reads how many stand there of the own provinces."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        survey, user = self.fetch(reference), request.user
        self.audit("read", survey)
        data = {**self.frame(survey, "detail"), "facts": presenters.facts_of(survey), "causes": survey.causes.all()}
        if user.may("survey.results"):  # type: ignore[union-attr]
            data |= self.counted(survey)
        else:
            data |= {"mine": Respondent.objects.visible_to(user).filter(survey=survey).count()}
        return self.render("prevention/survey.html", data)

    def counted(self, survey: Survey) -> dict[str, Any]:
        """Return the results, and what was done with the survey."""
        found = results(survey)
        lines = Transition.objects.of(survey).select_related("by")
        return {
            "results": found,
            "bars": presenters.bars_of(found) if found.base.n else [],
            "tables": presenters.tables_of(found) if found.base.n else [],
            "hotline": presenters.hotline_of(found),
            "notes": presenters.notes_of(found),
            "story": as_items([line_of(line, notes=True, people={}) for line in lines]),
            "beside_url": safe_url("reports:causes", survey.reference),
        }


class SurveyWrite(SurveyPage):
    """Write a survey, or change a draft."""

    permission = "survey.manage"

    def get(self, request: HttpRequest, reference: str = "") -> HttpResponse:
        survey = self.fetch(reference) if reference else None
        if survey and survey.status != "draft":
            return redirect("surveys:detail", survey.reference)
        form = SurveyForm.of(survey) if survey else SurveyForm(initial={"idempotency_key": uuid4().hex})
        return self.show(form, survey)

    def post(self, request: HttpRequest, reference: str = "") -> HttpResponse:
        survey, form = self.fetch(reference) if reference else None, SurveyForm(request.POST)
        if not form.is_valid():
            return self.show(form, survey, 400)
        try:
            done = self.keep(survey, form)
        except forms.ValidationError as error:
            put(form, error)
            return self.show(form, survey, 400)
        except Conflict as error:
            return self.conflict(form, survey, error)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": done.reference})
        return redirect("surveys:detail", done.reference)

    def keep(self, survey: Survey | None, form: SurveyForm) -> Survey:
        """Write it once for the key, or change the draft."""
        by, said = self.request.user, form.values()
        if survey is not None:
            return change_survey(survey, by=by, version=form.cleaned_data["version"] or 0, **said)
        return submit_once(
            form.cleaned_data["idempotency_key"] or uuid4().hex,
            by=by,
            route="surveys:new",
            body={name: str(value) for name, value in said.items()},
            make=lambda: add_survey(by=by, **said),
            find=lambda reference: Survey.objects.visible_to(by).filter(reference=reference).first(),
        )[0]

    def conflict(self, form: SurveyForm, survey: Survey | None, error: Conflict) -> HttpResponse:
        """Show theirs beside mine; the next press saves mine."""
        data = form.data.copy()
        if survey is not None:
            data["version"] = str(Survey.objects.get(pk=survey.pk).version)
        rows = [
            {"label": form.fields[name].label, "theirs": theirs, "mine": ", ".join(form.data.getlist(name))}
            for name, theirs in error.theirs.items()
            if name in form.fields
        ]
        last = Edit.objects.of(survey).select_related("by").first() if survey else None
        return self.show(SurveyForm(data), survey, 409, why=error.message, differences=rows if last else [], last=last)

    def show(self, form: SurveyForm, survey: Survey | None, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        return self.render("prevention/survey_form.html", {"form": form, "survey": survey, **more}, status=status)


class SurveyStep(StepPage):
    """Open, close, reopen."""

    permission = "survey.read"
    model = Survey
    workflow = SURVEY
    service = staticmethod(advance_survey)
    template = "prevention/survey_step.html"
    route = "surveys:detail"

    def besides(self, obj: Survey, step: Any) -> dict[str, Any]:
        """Return the frame of the survey."""
        return frame(obj, self.request.user)

"""Sheets of answers: the template, a sheet sent, what is wrong in it row by row, how far it is, and out again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from prevention.forms import SheetForm
from prevention.models import ImportState, SheetImport, Survey
from prevention.presenters import preview_of
from prevention.services.sheets import begin_import, cancel_import, read_sheet
from prevention.template import template_of
from prevention.views.surveys import SurveyPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Sheets(SurveyPage):
    """Send a sheet; the sheets sent before."""

    permission = "survey.manage"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        survey = self.fetch(reference)
        self.audit("read", survey)
        return self.show(survey, SheetForm())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        survey, form = self.fetch(reference), SheetForm(request.POST, request.FILES)
        self.audit("read", survey)
        if not form.is_valid():
            return self.show(survey, form, 400)
        try:
            made = read_sheet(survey, form.cleaned_data["sheet"], by=request.user)
        except ValidationError as error:
            form.add_error("sheet", error)
            return self.show(survey, form, 400)
        except Conflict as error:
            return self.show(survey, form, 409, why=error.message)
        return redirect("surveys:sheet", survey.reference, made.reference)

    def show(self, survey: Survey, form: SheetForm, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form with the sheets so far."""
        sheets = survey.imports.select_related("made_by").defer("rows", "problems")[:50]
        data = {**self.frame(survey, "import"), "form": form, "sheets": sheets, **more}
        return self.render("prevention/sheets.html", data, status=status)


class SheetTemplate(SurveyPage):
    """The sheet to fill in: a column for each cause, the words to choose from on a second sheet."""

    permission = "survey.manage"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        survey = self.fetch(reference)
        self.audit("export", survey, detail={"what": "template"})
        answer = HttpResponse(template_of(survey), content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="{survey.reference}.xlsx"'
        return answer


class SheetPage(SurveyPage):
    """One sheet: its first rows and what is wrong, or how far it is. htmx asks for the same page again and swaps a part."""

    permission = "survey.manage"

    def get(self, request: HttpRequest, reference: str, entry: str) -> HttpResponse:
        survey = self.fetch(reference)
        return self.show(survey, self.sheet(survey, entry))

    def sheet(self, survey: Survey, entry: str) -> SheetImport:
        """Return the sheet of this survey, or 404."""
        rows = (
            SheetImport.objects.visible_to(self.request.user).filter(survey=survey).select_related("made_by", "survey")
        )
        return get_object_or_404(rows, reference=entry.upper())

    def show(self, survey: Survey, job: SheetImport, status: int = 200, **more: Any) -> HttpResponse:
        """Render the page of a sheet."""
        self.audit("read", survey, detail={"import": job.reference})
        waits = job.state == ImportState.READ
        data = {
            **self.frame(survey, "import"),
            "job": job,
            "waits": waits,
            "preview": preview_of(job) if waits else [],
            "may_begin": waits and survey.is_open and not job.wrong and job.total > 0,
            "may_cancel": job.state != ImportState.CANCELLED and survey.is_open,
            **more,
        }
        answer = self.render("prevention/sheet.html", data, status=status)
        add_never_cache_headers(answer)
        return answer


class SheetBegin(SheetPage):
    """Have the worker take it in."""

    def get(self, request: HttpRequest, reference: str, entry: str) -> HttpResponse:
        survey = self.fetch(reference)
        return redirect("surveys:sheet", survey.reference, self.sheet(survey, entry).reference)

    def post(self, request: HttpRequest, reference: str, entry: str) -> HttpResponse:
        survey = self.fetch(reference)
        job = self.sheet(survey, entry)
        try:
            self.act(job)
        except Conflict as error:
            return self.show(self.fetch(reference), self.sheet(survey, entry), 409, why=error.message)
        return redirect("surveys:sheet", survey.reference, job.reference)

    def act(self, job: SheetImport) -> None:
        """Begin."""
        begin_import(job, by=self.request.user)


class SheetCancel(SheetBegin):
    """Stop it, or take it out again."""

    def act(self, job: SheetImport) -> None:
        """Take it out."""
        cancel_import(job, by=self.request.user)
        messages.info(self.request, _("Nothing of this sheet is in the survey."))

"""Correct one sheet of answers: found by its reference or its line, shown to who may correct it and to nobody else."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.text import ascii_digits
from prevention.corrections import Words, corrections_of, differences, history_of
from prevention.forms import CorrectionForm, FindForm
from prevention.models import Respondent, Survey
from prevention.services import correct_respondent
from prevention.services.correcting import said_of
from prevention.services.respondents import columns_of
from prevention.views.surveys import SurveyPage
from workflow.models import Edit

LINE = re.compile(r"(SI-[A-Z0-9]{8})[\s,;:/]+([0-9]{1,6})")


class Corrections(SurveyPage):
    """Find a sheet of answers to correct; the corrections so far."""

    permission = "survey.correct"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        survey, form = self.fetch(reference), FindForm(request.GET if "q" in request.GET else None)
        self.audit("read", survey)
        if form.is_bound and form.is_valid():
            found = self.found(survey, form.cleaned_data["q"])
            if found is not None:
                return redirect("surveys:correct", survey.reference, found.reference)
            form.add_error("q", _("No sheet of answers with this reference is open to you here."))
        data = {**self.frame(survey, "answers"), "form": form, "lines": corrections_of(survey, request.user)}
        return self.render("prevention/answers.html", data)

    def found(self, survey: Survey, typed: str) -> Respondent | None:
        """Return the sheet of a reference ("SR-…"), or of a line of a sheet that was taken in ("SI-… 14")."""
        said = ascii_digits(typed).strip().upper()
        rows = Respondent.objects.correctable_by(self.request.user).filter(survey=survey)
        if line := LINE.fullmatch(said):
            return rows.filter(taken_in__reference=line[1], row=int(line[2])).first()
        return rows.filter(reference=said if said.startswith("SR-") else f"SR-{said}"[:20]).first()


class CorrectAnswers(SurveyPage):
    """One sheet of answers, filled in as it stands; to correct it with the reason, and what was corrected before."""

    permission = "survey.correct"

    def row(self, survey: Survey, entry: str) -> Respondent:
        """Return the sheet, or 404 where the reader may not correct it."""
        rows = Respondent.objects.correctable_by(self.request.user).filter(survey=survey)
        return get_object_or_404(rows, reference=entry.upper())

    def get(self, request: HttpRequest, reference: str, entry: str) -> HttpResponse:
        survey = self.fetch(reference)
        row = self.row(survey, entry)
        self.audit("read", row)
        form = CorrectionForm(survey, request.user, initial=CorrectionForm.first(survey, said_of(row), row.version))
        return self.show(survey, row, form)

    def post(self, request: HttpRequest, reference: str, entry: str) -> HttpResponse:
        survey = self.fetch(reference)
        row = self.row(survey, entry)
        self.audit("read", row)
        form = CorrectionForm(survey, request.user, request.POST)
        if not form.is_valid():
            return self.show(survey, row, form, 400)
        version = form.cleaned_data["version"] or 0
        try:
            done = correct_respondent(row, by=request.user, version=version, **form.values())
        except ValidationError as error:
            form.take(error)
            return self.show(survey, row, form, 400)
        except Conflict as error:
            return self.conflict(survey, row, form, error)
        said = _("Corrected: %(reference)s.") if done.version != row.version else _("%(reference)s: nothing differs.")
        messages.info(request, said % {"reference": row.reference})
        return redirect("surveys:answers", survey.reference)

    def conflict(self, survey: Survey, row: Respondent, form: CorrectionForm, error: Conflict) -> HttpResponse:
        """Show theirs beside mine; the next press saves mine."""
        data = form.data.copy()
        data["version"] = str(row.version)
        theirs, mine = columns_of(said_of(row)), columns_of(form.values())
        more: dict[str, Any] = {"why": error.message, "last": Edit.objects.of(row).select_related("by").first()}
        if survey.is_open and more["last"]:
            more["differences"] = differences(theirs, mine, Words(survey))
        return self.show(survey, row, CorrectionForm(survey, self.request.user, data), 409, **more)

    def show(
        self, survey: Survey, row: Respondent, form: CorrectionForm, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Render the form with what was corrected before."""
        past = history_of(row, Words(survey))
        data = {**self.frame(survey, "answers"), "form": form, "row": row, "past": past, **more}
        return self.render("prevention/correct.html", data, status=status)

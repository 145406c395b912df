"""Enter what respondents said: one sheet of paper after the other."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.display import number
from core.exceptions import Conflict, Unprocessable
from prevention.forms import RespondentForm
from prevention.models import Respondent, Survey
from prevention.services import enter_respondent
from prevention.views.surveys import SurveyPage
from workflow.services import submit_once


class EnterAnswers(SurveyPage):
    """The form of one respondent; after saving it comes back empty, with the province of the one before."""

    permission = "survey.enter"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        survey = self.fetch(reference)
        self.audit("read", survey)
        if not survey.is_open:
            return redirect("surveys:detail", survey.reference)
        first = {"province": request.GET.get("province", ""), "idempotency_key": uuid4().hex}
        return self.show(survey, RespondentForm(survey, request.user, initial=first))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        survey = self.fetch(reference)
        self.audit("read", survey)
        form = RespondentForm(survey, request.user, request.POST)
        if not form.is_valid():
            return self.show(survey, form, 400)
        try:
            made = self.once(survey, form)
        except ValidationError as error:
            form.take(error)
            return self.show(survey, form, 400)
        except (Conflict, Unprocessable) as error:
            return self.show(self.fetch(reference), form, 409, why=error.message)
        n = Respondent.objects.visible_to(request.user).filter(survey=survey, entered_by=request.user).count()
        said = {"n": number(n), "reference": made.reference}
        messages.info(
            request,
            _("Saved. You entered %(n)s so far. Write %(reference)s on the paper: by it a mistake is corrected.")
            % said,
        )
        return redirect(f"{reverse('surveys:enter', args=[survey.reference])}?province={made.province_id}")

    def once(self, survey: Survey, form: RespondentForm) -> Respondent:
        """Enter it once for the key the form carries."""
        by, said = self.request.user, form.values()
        return submit_once(
            form.cleaned_data["idempotency_key"] or uuid4().hex,
            by=by,
            route=f"surveys:enter:{survey.reference}",
            body={name: str(value) for name, value in said.items()},
            make=lambda: enter_respondent(survey, by=by, **said),
            find=lambda found: Respondent.objects.visible_to(by).filter(reference=found).first(),
        )[0]

    def show(self, survey: Survey, form: RespondentForm, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        data = {**self.frame(survey, "enter"), "form": form, **more}
        return self.render("prevention/enter.html", data, status=status)

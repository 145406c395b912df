"""Causes beside complaints: what people say where, and what is reported about there."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from prevention.models import Survey
from reports import figures
from reports.causes import causes_beside
from reports.forms import WindowForm, plain
from reports.views.indicators import FigurePage


class CausesPage(FigurePage):
    """One survey by province, beside the complaints about each; the days are the survey's unless told."""

    permission = "survey.results"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        survey = get_object_or_404(Survey.objects.visible_to(request.user), reference=reference.upper())
        self.audit("read", survey, detail={"page": "causes"})
        params = {"from": plain(survey.from_on), "to": plain(survey.until_on)}
        params |= {name: request.GET[name] for name in params if request.GET.get(name)}
        form = WindowForm(params)
        try:
            look = figures.look_of(params, request.user)
        except ValidationError as error:
            form.refuse(error)
            return self.render("reports/causes.html", self.frame(None, form, survey=survey), status=400)
        data = self.frame(look, form, survey=survey, rows=causes_beside(survey, look))
        return self.render("reports/causes.html", data)

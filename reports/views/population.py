"""The population by province, sex and age, which an administrator keeps."""

from itertools import product
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.display import number, today
from core.sheets import sent_text
from core.typed import Whole, Words
from core.views import Page
from reports.models import Population
from reports.services import keep_population
from reports.services.population import read_lines
from reports.window import FIRST_YEAR

COLUMNS = list(product(Population.Sex, Population.Age))


class PopulationForm(forms.Form):
    """A year, where the numbers are from, and the sheet: as a file, or pasted."""

    year = Whole(label=gettext_lazy("Year"))
    source = Words(
        label=gettext_lazy("Where it is from"), help_text=gettext_lazy("The office, the publication, its date.")
    )
    sheet = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX, or CSV in UTF-8"),
        required=False,
        allow_empty_file=True,
    )
    text = Words(
        label=gettext_lazy("Or paste the sheet"),
        help_text=gettext_lazy(
            "A line each: province (code or name), male or female, <18 or 18+, number. One line corrects one number; what the sheet "
            "does not name stays."
        ),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the file into the text, then the text into lines."""
        values = super().clean() or self.cleaned_data
        if "year" in values and not FIRST_YEAR <= (values["year"] or 0) <= today().year:
            self.add_error("year", _("Write a year like 2022."))
        if not str(values.get("source") or "").strip():
            self.add_error("source", _("Write where it is from: an office, a letter, its date."))
        try:
            values["text"] = sent_text(values.get("text", ""), values.get("sheet"))
            values["lines"] = read_lines(values["text"])
        except ValidationError as error:
            self.add_error("sheet" if values.get("sheet") else "text", error.messages)
        return values


class PopulationPage(Page):
    """The numbers of a year, and the form to enter them."""

    permission = "population.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(PopulationForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PopulationForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=400)
        said = form.cleaned_data
        try:
            n = keep_population(said["lines"], by=request.user, year=said["year"], source=said["source"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form, status=400)
        words = ngettext("%(n)s number changed.", "%(n)s numbers changed.", n) % {"n": number(n)}
        messages.info(request, words)
        return redirect(f"{reverse('reports:population')}?year={said['year']}")

    def show(self, form: PopulationForm, *, status: int = 200) -> HttpResponse:
        """Render the numbers of the year that is asked for, the last one unless told."""
        kept = Population.objects.visible_to(self.request.user)
        years = list(kept.order_by("-year").values_list("year", flat=True).distinct())
        raw = self.request.GET.get("year", "")
        year = int(raw) if raw.isdecimal() and len(raw) == 4 else (years[0] if years else today().year)
        found: dict[Any, dict[tuple[str, str], int]] = {}
        sources: dict[str, None] = {}
        for row in kept.filter(year=year).select_related("province").order_by("province__code"):
            found.setdefault(row.province, {})[row.sex, row.age] = row.number
            sources[row.source] = None
        rows = [
            {"province": place.name, "numbers": [said.get(key) for key in COLUMNS]} for place, said in found.items()
        ]
        data = {
            "form": form,
            "year": year,
            "years": years,
            "rows": rows,
            "source": "; ".join(sources),
            "columns": [f"{sex.label}, {age.label}" for sex, age in COLUMNS],
            "totals": [sum(said.get(key, 0) for said in found.values()) for key in COLUMNS],
        }
        return self.render("reports/population/list.html", data, status=status)

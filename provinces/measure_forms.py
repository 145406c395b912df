"""What is typed about companies and measures at a site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DayField, Rows
from provinces.forms import CleanCharField
from provinces.models import Company, Measure, Sector, Site


class CompanyForm(forms.Form):
    """Names and number of a company."""

    name_km = CleanCharField(label=_("Khmer name"), required=False, max_length=200)
    name_en = CleanCharField(label=_("Name in Latin letters"), required=False, max_length=200)
    registration = CleanCharField(
        label=_("Registration number"),
        help_text=_("A company of the same number at another site is the same company."),
        required=False,
        max_length=40,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    idempotency_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {name: self.cleaned_data[name] for name in ("name_km", "name_en", "registration")}


class MeasureForm(forms.Form):
    """One measure; the companies are those of its site."""

    kind = forms.ChoiceField(label=_("Measure"), choices=Measure.Kind.choices, widget=Rows(), required=False)
    authority = CleanCharField(label=_("By which authority"), required=False, max_length=200)
    company = forms.ModelChoiceField(Company.objects.none(), label=_("Against which company"), required=False)
    sector = forms.ChoiceField(
        label=_("Line of business"), choices=[("", _("Not said")), *Sector.choices], required=False
    )
    since_on = DayField(label=pgettext_lazy("measure", "Since"), required=False)
    until_on = DayField(label=_("Until"), help_text=_("Leave it empty while it runs."), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=5_000, widget=forms.Textarea({"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    idempotency_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, site: Site, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        company: Any = self.fields["company"]
        company.queryset, company.empty_label = Company.objects.filter(sites=site), _("The whole site")

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        names = ("kind", "authority", "company", "sector", "since_on", "until_on", "note")
        return {name: self.cleaned_data.get(name) for name in names}

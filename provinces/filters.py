"""The one filter of sites, for the page and the API."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from core.display import told
from core.text import clean
from provinces.models import Province, Site
from provinces.models.site import SiteQuerySet


class SiteFilter(django_filters.FilterSet):
    """Search by any name or reference, by province, and for the ministry by who leads."""

    q = django_filters.CharFilter(label=_("Name or reference"), method="search", max_length=200)
    province = django_filters.ModelChoiceFilter(
        label=_("Province"), queryset=Province.objects.choosable(), empty_label=_("All provinces")
    )
    national_led = django_filters.ChoiceFilter(
        label=_("Handling"),
        choices=[("true", _("National-led")), ("false", _("Provincial"))],
        empty_label=_("All"),
        method="led",
    )

    class Meta:
        model = Site
        fields = ("q", "province", "national_led")

    @property
    def form(self) -> forms.Form:
        """Leave out who leads where the reader may not know it."""
        form: forms.Form = super().form
        if not self.request.user.is_ministry:
            form.fields.pop("national_led", None)
        return form

    def on(self) -> list[dict[str, Any]]:
        """Give the filters that are on, each with the address of the list without it."""
        found = []
        for name, field in self.form.fields.items():
            if value := self.data.get(name):
                rest = self.data.copy()
                del rest[name]
                shown = self.form[name].field.choices if hasattr(field, "choices") else []
                word = next((str(label) for key, label in shown if str(key) == value), value)
                found.append({"label": told(field.label, word), "url": f"?{rest.urlencode()}"})
        return found

    def search(self, sites: SiteQuerySet, name: str, value: str) -> SiteQuerySet:
        """Keep what the words mean; words without a letter or digit mean nothing."""
        return sites.matching(clean(value))

    def led(self, sites: SiteQuerySet, name: str, value: str) -> SiteQuerySet:
        """Keep national-led sites, or the others."""
        return sites.filter(national_led=value == "true")

    def filter_queryset(self, queryset: Any) -> Any:
        """Refuse to sort out national-led sites for those who may not know which they are."""
        if self.data.get("national_led") and not self.request.user.is_ministry:
            raise PermissionDenied(_("Your role does not allow this filter."))
        return super().filter_queryset(queryset)

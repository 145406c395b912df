"""Fields for places that other rooms' forms use too, and the form of a site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import clean, refuse_broken
from provinces.models import PlaceAlias, Province, Site
from provinces.services import resolve_places
from provinces.services.sites import LONGEST_NAME
from provinces.widgets import Suggested


class ProvinceField(forms.ModelChoiceField[Province]):
    """Choose one of the provinces; never the ministry's row."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Province"))
        kwargs.setdefault("empty_label", _("Not known"))
        super().__init__(Province.objects.choosable(), **kwargs)


class CleanCharField(forms.CharField):
    """A line of text as it is stored: NFC, without control and direction characters."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        refuse_broken(text)
        return " ".join(clean(text).split())


class PlaceFields(forms.Form):
    """District and commune typed as names (any script) or codes, checked against the province above them.

    `province_field` names that province's field; cleaned_data holds rows, and the province when it was left empty.
    """

    province_field = "province"

    district = CleanCharField(label=_("District"), required=False, max_length=120)
    commune = CleanCharField(label=_("Commune"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, route, above in (
            ("district", "places:districts", (self.province_field,)),
            ("commune", "places:communes", (self.province_field, "district")),
        ):
            self.fields[name].widget = Suggested(route, above, {"maxlength": 120})

    def clean(self) -> dict[str, Any]:
        """Resolve what was typed; a district outside its province is an error at the district."""
        data = super().clean() or self.cleaned_data
        if {self.province_field, "district", "commune"} <= data.keys():
            try:
                found = resolve_places(
                    province=data[self.province_field], district=data["district"], commune=data["commune"]
                )
            except forms.ValidationError as error:
                self.add_error(None, error)
            else:
                data |= {self.province_field: found.province, "district": found.district, "commune": found.commune}
        return data


class SiteForm(PlaceFields):
    """Names and place of a site; the same for adding and editing."""

    name_km = CleanCharField(label=_("Khmer name"), required=False, max_length=LONGEST_NAME)
    name_en = CleanCharField(label=_("Name in Latin letters"), required=False, max_length=LONGEST_NAME)
    aliases = forms.CharField(
        label=_("Other names"),
        help_text=_("One a line: signs on the building, earlier names, names in Chinese or Vietnamese, nicknames."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 4}),
    )
    province = ProvinceField(empty_label=_("Choose"))
    national_led = forms.BooleanField(
        label=_("National-led"),
        help_text=_(
            "Every complaint about this site, also those there are, goes to the ministry's team and leaves the province."
        ),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    idempotency_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    field_order = ("name_en", "name_km", "aliases", "province", "district", "commune", "national_led")

    @classmethod
    def of(cls, site: Site) -> SiteForm:
        """Fill the form with what is saved."""
        return cls(
            initial={
                **{name: getattr(site, name) for name in ("name_km", "name_en", "national_led", "version")},
                "province": site.province_id,
                "district": site.district,
                "commune": site.commune,
                "aliases": "\n".join(site.other_names),
            }
        )

    def clean_aliases(self) -> list[str]:
        """Give the lines that hold a name."""
        refuse_broken(self.cleaned_data["aliases"])
        return [line for line in self.cleaned_data["aliases"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        """Ask for one name at least."""
        data = super().clean()
        if not data.get("name_km") and not data.get("name_en") and not {"name_km", "name_en"} & self.errors.keys():
            self.add_error("name_en", _("Write the name in Latin letters or in Khmer."))
        return data

    def values(self) -> dict[str, Any]:
        """Give the fields that the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "idempotency_key")}


class AliasForm(forms.Form):
    """One more name of a place."""

    text = CleanCharField(label=_("Other name"), max_length=PlaceAlias._meta.get_field("text").max_length)

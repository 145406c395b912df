"""What is typed of a partner and of its telephones."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.countries import country_choices, country_code, country_name
from core.forms import Rows, Ticks
from core.typed import Choice, Several, Whole, Words
from partners.models import Partner, PartnerKind, Service, Takes
from provinces.choices import province_choices
from provinces.forms import CleanCharField

TEXTS = ("name_en", "name_km", "languages", "hours", "email", "note")
LISTS = ("nationalities", "services", "takes")


class Countries(Words):
    """Several countries, typed in either language or as codes; cleaned to alpha-2, and shown by their names."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [country_code(name) for name in re.split(r"[,;\n]", super().to_python(value)) if name.strip()]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(country_name, value)) if isinstance(value, list) else value


class PartnerForm(forms.Form):
    """A partner; the same for adding and changing."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PartnerKind.choices, widget=Rows(look="chips"))
    name_en = CleanCharField(label=_("Name in Latin letters"), required=False, max_length=200)
    name_km = CleanCharField(label=_("Khmer name"), required=False, max_length=200)
    province = Choice(label=_("Province"), help_text=_("Leave it empty for a partner abroad."))
    country = Choice(label=_("Embassy of"), help_text=_("Only for an embassy."))
    seated_in = Choice(label=_("Seated in"), help_text=_("Leave it empty for Cambodia."))
    nationalities = Countries(
        label=_("Nationalities it serves"),
        help_text=_("Countries with commas between them, as in the list: Laos, Viet Nam."),
        widget=forms.Textarea({"rows": 2}),
    )
    services = Several(Service.choices, label=_("What it offers"), widget=Ticks(look="plain"))
    takes = Several(Takes.choices, label=_("Whom it takes in"), widget=Ticks(look="plain"))
    languages = CleanCharField(label=_("Languages"), required=False, max_length=200)
    hours = CleanCharField(
        label=_("Hours"),
        help_text=_("As said aloud: day and night; Monday to Friday 8–12."),
        required=False,
        max_length=200,
    )
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    address = Words(
        label=_("Address"),
        help_text=_("Protected: kept sealed, on no list and no map. Left empty it stays as it is."),
        widget=forms.Textarea({"rows": 2}),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=5_000, widget=forms.Textarea({"rows": 3}))
    is_active = forms.BooleanField(label=_("In use: something may be sent there"), required=False, initial=True)
    compromised = forms.BooleanField(
        label=_("It is not safe any more: close it at once"),
        help_text=_("Also while referrals run there: who sent them is told to find another place."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    idempotency_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        countries = country_choices()
        self.fields["province"].widget.choices = [("", _("Abroad")), *province_choices()]
        self.fields["country"].widget.choices = [("", _("No embassy")), *countries]
        self.fields["seated_in"].widget.choices = [("", _("Cambodia")), *countries]

    @classmethod
    def of(cls, partner: Partner) -> PartnerForm:
        """Fill the form with what is saved."""
        names = (*TEXTS, *LISTS, "kind", "country", "is_active", "version")
        first = {name: getattr(partner, name) for name in names} | {"province": partner.province_id or ""}
        return cls(initial=first | {"seated_in": "" if partner.seated_in == "KH" else partner.seated_in})

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        data = self.cleaned_data
        known = {name: data.get(name) or "" for name in (*TEXTS, "kind", "country", "address")}
        return {
            **known,
            **{name: list(data.get(name) or ()) for name in LISTS},
            "province_id": data.get("province") or None,
            "seated_in": data.get("seated_in") or "KH",
            "is_active": data["is_active"],
        }


class PhoneForm(forms.Form):
    """One more telephone."""

    phone = Words(label=_("Telephone"), widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}))
    label = CleanCharField(label=_("Whose telephone"), required=False, max_length=80)
    takes_codes = forms.BooleanField(
        label=_("One-time codes go here"),
        help_text=_("A second person rings the number and confirms it first."),
        required=False,
    )


class BedsForm(forms.Form):
    """How many beds are free."""

    beds = Whole(label=_("Beds free now"))

    def clean_beds(self) -> int:
        """Ask for a number."""
        if self.cleaned_data["beds"] is None:
            raise forms.ValidationError(_("Write a number, like 9."))
        return int(self.cleaned_data["beds"])


class ReasonForm(forms.Form):
    """Why somebody needs to see the address."""

    reason = Words(
        label=_("Why do you need to see it?"),
        help_text=_("Your name, the time and that you asked are recorded; the integrity unit sees it."),
        widget=forms.Textarea({"rows": 3}),
    )

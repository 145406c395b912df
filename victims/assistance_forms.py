"""What is typed of the services a person gets."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from core.typed import Choice, Typed, Words
from partners.choices import partner_choices
from partners.models import Service

WORDS = ("service", "provider", "provider_name", "note")


class ServiceForm(Typed):
    """One service: what, by whom, from when until when."""

    service = Choice([("", _("Choose")), *Service.choices], label=_("Service"))
    provider = Choice(label=_("Partner that gives it"))
    provider_name = Words(label=_("Given by"), help_text=_("Only if it is nobody of the directory"))
    from_on = DayField(label=_("From"), help_text=_("Leave it empty for today."), required=False)
    until_on = DayField(label=_("Until"), help_text=_("Leave it empty while it goes on."), required=False)
    note = Words(label=_("Note"), widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        nobody = ("", _("Nobody of the directory"))
        self.fields["provider"].widget.choices = [nobody, *partner_choices()]  # type: ignore[attr-defined]

    def taken(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.cleaned_data
        days = {name: values.get(name) for name in ("from_on", "until_on")}
        return {**{name: values.get(name) or "" for name in WORDS}, **days}

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            self.add_error(name if name in self.fields else None, ValidationError(texts))


class ServiceBackForm(Typed):
    """Why a service is taken back."""

    why = Words(label=_("Why is it taken back?"), widget=forms.Textarea({"rows": 3}))

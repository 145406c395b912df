"""The window of a report as it is typed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.display import today


def plain(day: date) -> str:
    """Write a day as it is typed."""
    return f"{day.day}/{day.month}/{day.year}"


class WindowForm(forms.Form):
    """Two days, `from` and `to`; `reports.indicators.Window` reads them and says what is wrong."""

    def __init__(self, params: Any) -> None:
        now = today()
        first, last = params.get("from") or plain(now.replace(day=1)), params.get("to") or plain(now)
        super().__init__({"from": first, "to": last})
        for name, label in (("from", _("From")), ("to", _("To, included"))):
            widget = forms.TextInput({"autocomplete": "off", "placeholder": "29/9/2022"})
            self.fields[name] = forms.CharField(label=label, max_length=40, required=False, widget=widget)
        self.full_clean()

    def refuse(self, error: ValidationError) -> None:
        """Put the window's messages at their fields."""
        for name, messages in error.message_dict.items():
            self.add_error(name if name in self.fields else None, messages)

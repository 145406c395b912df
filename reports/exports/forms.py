"""What is asked before a file is made."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from complaints.views.export import PURPOSES
from core.forms import Rows, Ticks
from reports.exports.lists import Listing
from reports.exports.models import Format
from reports.exports.services import MOST_RECIPIENT, MOST_WORDS

HINTS = {
    Format.CSV: _("Plain text for any program; any number of rows."),
    Format.XLSX: _("Opens in Excel and LibreOffice; days are days, telephone numbers stay whole."),
    Format.PDF: _("A paper with a watermark on each page; of a list the first ten columns kept, at most 3,000 rows."),
    Format.JSON: _("People in the shape of the standard of the IOM, for programs."),
}


class ExportForm(forms.Form):
    """The format, the columns, what the file is for and who gets it."""

    format = forms.ChoiceField(label=_("Format"), widget=Rows(hints=HINTS))
    purpose = forms.ChoiceField(label=_("What is the file for?"), choices=PURPOSES, widget=Rows())
    recipient = forms.CharField(
        label=_("Who gets the file?"),
        help_text=_("A person and their office. It stands on each page of the file."),
        max_length=MOST_RECIPIENT,
    )
    identities = forms.BooleanField(
        label=_("With names, dates of birth and telephone numbers"),
        help_text=_("A second person at the ministry looks at it first."),
        required=False,
    )
    columns = forms.MultipleChoiceField(label=_("Columns"), required=False, widget=Ticks(look="plain"))
    idempotency_key = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, listing: Listing, params: QueryDict, user: Any, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        allowed = [(one.value, one.label) for one in listing.formats]
        self.fields["format"].choices = allowed  # type: ignore[attr-defined]
        self.initial.setdefault("format", allowed[0][0])
        names = listing.has_identities(user)
        found = listing.columns_of(user, params, identities=names)
        self.fields["columns"].choices = [(column.name, column.label) for column in found]  # type: ignore[attr-defined]
        self.initial.setdefault("columns", [column.name for column in found])
        if not found:
            del self.fields["columns"]
        if not names:
            del self.fields["identities"]

    def said(self) -> dict[str, Any]:
        """Return what the service takes; names that were ticked come along only where identities were asked for."""
        values = self.cleaned_data
        said = {name: values[name] for name in ("format", "purpose", "recipient")}
        return {**said, "identities": values.get("identities", False), "columns": values.get("columns", [])}

    def take_errors(self, error: Any) -> None:
        """Put the service's messages at their fields."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        for name, found in by_field.items():
            self.add_error(name if name in self.fields else None, found)


class DecideForm(forms.Form):
    """Why an export with names is refused."""

    note = forms.CharField(
        label=_("Why not, where you refuse it"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 3}),
    )

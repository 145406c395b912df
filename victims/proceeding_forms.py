"""What is typed of a person's part in proceedings."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, Rows
from core.typed import Choice, Typed, Words
from victims.models import ProceedingKind, Victim
from victims.services.proceedings import courts, files_for
from workflow.answers import read_amount


class Riel(Words):
    """An amount in whole riel, however its thousands are set apart."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value).strip()
        return read_amount(text) if text else None


class ProceedingForm(Typed):
    """What happened, when, before whom, in which case file, how much."""

    kind = Choice(ProceedingKind.choices, label=_("What happened"), widget=Rows())
    happened_on = DayField(label=_("On which day"), required=False)
    court = Choice(label=_("Court"))
    authority = Words(label=_("Or which other authority"))
    case_file = Choice(label=_("Case file"))
    amount_riel = Riel(label=_("Amount, in riel"), widget=forms.TextInput({"inputmode": "numeric"}))
    note = Words(label=_("Note"), widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Any = None, *, victim: Victim, user: Any, **options: Any) -> None:
        super().__init__(data, **options)
        nothing = ("", _("Choose"))
        named = [(row.pk, row.name) for row in courts().order_by("pk")]
        files = [(row.reference, row.police_number or row.court_number) for row in files_for(victim, user)]
        self.fields["court"].widget.choices = [nothing, *named]  # type: ignore[attr-defined]
        self.fields["case_file"].widget.choices = [nothing, *files]  # type: ignore[attr-defined]
        self.has_files = bool(files)

    def taken(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.cleaned_data
        words = {name: values.get(name) or "" for name in ("kind", "court", "authority", "case_file", "note")}
        return {"happened_on": values.get("happened_on"), "amount_riel": values.get("amount_riel"), **words}

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            self.add_error(name if name in self.fields else None, ValidationError(texts))


class TakeBackForm(Typed):
    """Why an act is taken back."""

    note = Words(label=_("Why is it taken back?"), widget=forms.Textarea({"rows": 3}))

"""The administrator's forms for the hotline."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.models import CallScript, Interpreter
from core.text import clean


class CleanForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form whose texts are cleaned as everywhere, and whose lists begin with a word."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField) and (choices := list(field.choices)) and not choices[0][0]:
                field.choices = [("", _("Choose")), *choices[1:]]

    def clean(self) -> dict[str, Any]:
        """Clean every text; what no column can hold is said at its field."""
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str):
                try:
                    self.cleaned_data[name] = clean(value)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return self.cleaned_data


class NewScriptForm(CleanForm):
    """Kind, language, the words, and who of their speakers read them."""

    class Meta:
        model = CallScript
        fields = ("kind", "language", "words", "reader")
        widgets = {"words": forms.Textarea({"rows": 8})}


class ScriptForm(CleanForm):
    """The words, and who of their speakers read them."""

    class Meta:
        model = CallScript
        fields = ("words", "reader")
        widgets = {"words": forms.Textarea({"rows": 8})}


class InterpreterForm(CleanForm):
    """Who interprets which language, by which number, and when."""

    class Meta:
        model = Interpreter
        fields = ("language", "name", "phone", "hours", "is_active")

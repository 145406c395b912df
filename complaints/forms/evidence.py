"""The checklist as a form: ticks for act, means and purpose, yes or no for each sign of forced labour."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from complaints.forms.fields import Choice, Several, Typed, Whole, Words
from complaints.models import Act, Evidence, Means, Purpose, Sign
from core.forms import Rows, Ticks

ANSWERS = [
    ("yes", pgettext_lazy("sign", "Yes")),
    ("no", pgettext_lazy("sign", "No")),
    ("", pgettext_lazy("sign", "Not known")),
]


class EvidenceForm(Typed):
    """Act, means, purpose, the eleven signs, and what it rests on, under a version."""

    act = Several(Act.choices, label=gettext_lazy("Act: what was done?"), widget=Ticks(look="plain"))
    means = Several(
        Means.choices,
        label=gettext_lazy("Means: how?"),
        help_text=gettext_lazy("For a child no means are needed."),
        widget=Ticks(look="plain"),
    )
    purpose = Several(Purpose.choices, label=gettext_lazy("Purpose: what for?"), widget=Ticks(look="plain"))
    evidence_note = Words(
        label=gettext_lazy("What does it rest on?"),
        help_text=gettext_lazy("Who saw or said it, which paper or picture."),
        widget=forms.Textarea({"rows": 4}),
    )
    version = Whole(widget=forms.HiddenInput)

    def __init__(self, kept: Evidence, data: Any = None) -> None:
        super().__init__(data, initial=_shown(kept))
        for code, label in Sign.choices:
            self.fields[f"sign_{code}"] = Choice(ANSWERS, label=label, widget=Rows(look="chips"))

    @property
    def signs(self) -> list[Any]:
        """Return the bound fields of the signs."""
        return [self[f"sign_{code}"] for code in Sign.values]

    def said(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.cleaned_data
        answers = {code: values.get(f"sign_{code}", "") for code in Sign.values}
        return {
            **{name: list(values.get(name) or ()) for name in ("act", "means", "purpose")},
            "signs_yes": [code for code, answer in answers.items() if answer == "yes"],
            "signs_no": [code for code, answer in answers.items() if answer == "no"],
            "evidence_note": values.get("evidence_note") or "",
        }

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            self.add_error(name if name in self.fields else None, texts)


def _shown(kept: Evidence) -> dict[str, Any]:
    """Return the checklist as the form shows it."""
    signs = {code: "yes" if code in kept.signs_yes else ("no" if code in kept.signs_no else "") for code in Sign.values}
    return {
        **{name: getattr(kept, name) for name in ("act", "means", "purpose", "evidence_note", "version")},
        **{f"sign_{code}": answer for code, answer in signs.items()},
    }

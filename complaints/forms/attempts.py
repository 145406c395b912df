"""What is typed of one attempt to learn what is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from complaints.forms.fields import Choice, Words
from complaints.models import AttemptResult, AttemptWay, AttemptWhom
from core.forms import DayField, Rows
from workflow.forms import StepForm


class AttemptForm(StepForm):
    """How, whom, with what result, when, and when next; the moment is asked as every step asks it."""

    way = Choice(AttemptWay.choices, label=gettext_lazy("How was it tried?"), widget=Rows(look="chips"))
    whom = Choice(AttemptWhom.choices, label=gettext_lazy("Who was to be reached?"), widget=Rows(look="chips"))
    result = Choice(AttemptResult.choices, label=gettext_lazy("Result"), widget=Rows(look="chips"))
    next_attempt_on = DayField(
        label=gettext_lazy("Next attempt on"),
        help_text=gettext_lazy("Empty if none is planned."),
        required=False,
    )
    note = Words(  # type: ignore[assignment]  # a step's note may be longer
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("What was learnt. No telephone number: it stands with the reporter."),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__((), None, data, **options)
        del self.fields["late_why"]
        self.fields["when"].widget.reveals = {"other": ("happened_at",)}  # type: ignore[attr-defined]

    def attempt(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.cleaned_data
        other = values.get("when") == "other"
        moment = values.get("happened_at") if other else (self.offered_at() if self.data.get("seen_at") else None)
        said = {name: values.get(name) or "" for name in ("way", "whom", "result", "note")}
        return {**said, "happened_at": moment, "next_attempt_on": values.get("next_attempt_on")}

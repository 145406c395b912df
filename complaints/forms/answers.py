"""What is typed of one word to the reporter."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from complaints.forms.fields import Choice, Words
from complaints.models import AttemptWay, Told
from core.forms import Rows
from workflow.forms import StepForm


class AnswerForm(StepForm):
    """What was told, how, and when; `safe` are the people of whom it may be said that they are safe."""

    told = Choice(Told.choices, label=gettext_lazy("What was told?"), widget=Rows())
    victim = Choice([], label=gettext_lazy("Who is safe?"), required=False, widget=Rows())
    way = Choice(
        AttemptWay.choices, label=pgettext_lazy("told the reporter", "How was it told?"), widget=Rows(look="chips")
    )
    note = Words(  # type: ignore[assignment]  # a step's note may be longer
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("What was asked and answered. No name and no number: they stand with the reporter."),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, safe: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__((), None, data, **options)
        del self.fields["late_why"]
        self.fields["when"].widget.reveals = {"other": ("happened_at",)}  # type: ignore[attr-defined]
        people, told, victim = list(safe), self.fields["told"], self.fields["victim"]
        victim.widget.choices = people  # type: ignore[attr-defined]
        told.widget.reveals = {Told.PERSON_SAFE.value: ("victim",)} if people else {}  # type: ignore[attr-defined]
        told.widget.hints = {} if people else {Told.PERSON_SAFE.value: NOBODY}  # type: ignore[attr-defined]

    def answer(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.cleaned_data
        other = values.get("when") == "other"
        moment = values.get("happened_at") if other else (self.offered_at() if self.data.get("seen_at") else None)
        said = {name: values.get(name) or "" for name in ("told", "way", "victim", "note")}
        return {**said, "happened_at": moment}


NOBODY = gettext_lazy("Only of somebody who was found and agreed that the family is told. Nobody did so far.")

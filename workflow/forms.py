"""The form of a step, built from the questions the table asks; rules stay in `workflow.answers` and `perform`."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.display import hour
from core.forms import DayField, MomentField, Rows, Ticks
from core.typed import Several
from workflow.answers import MAX_TEXT, choices_of
from workflow.table import Ask, Step

FEW = 9
OPEN_FOR = timedelta(hours=12)
YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


def field_for(ask: Ask, options: list[tuple[str, Any]]) -> forms.Field:
    """Return the field of a question with its options; whether an answer is needed is the service's to say."""
    words = {"label": ask.label or ask.name, "help_text": ask.hint, "required": False}
    match ask.kind:
        case "choice":
            if len(options) <= FEW:
                return forms.ChoiceField(choices=options, widget=Rows(), **words)
            return forms.ChoiceField(choices=[("", _("Choose")), *options], **words)
        case "several":
            return Several(options, widget=Ticks(look="plain"), **words)
        case "yes_no":
            return forms.ChoiceField(choices=YES_NO, widget=Rows(look="chips"), **words)
        case "number" | "amount":
            return forms.CharField(widget=forms.TextInput({"inputmode": "numeric"}), max_length=24, **words)
        case "date":
            return DayField(**words)
        case "moment":
            return MomentField(**words)
    lines = forms.Textarea({"rows": 8}) if ask.kind == "words" else None
    return forms.CharField(max_length=MAX_TEXT, widget=lines, **words)


class StepForm(forms.Form):
    """When it happened, why so late, a note, and the questions of one or several steps.

    `seen_at` is the moment the page offered as "Today 15:40": what is saved is what stood there.
    """

    seen_at = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    idempotency_key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=80)
    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        required=False,
        choices=(),
        widget=Rows(look="chips", reveals={"other": ("happened_at", "late_why")}),
    )
    happened_at = MomentField(label=gettext_lazy("Day and hour"), required=False)
    late_why = forms.CharField(
        label=gettext_lazy("If it was more than 24 hours ago: why is it recorded only now?"),
        help_text=gettext_lazy("Left empty it is kept as “not said”."),
        required=False,
        max_length=500,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, steps: Iterable[Step], obj: Any, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.steps = {step.name: step for step in steps}
        for step in self.steps.values():
            for ask in step.asks:
                if ask.name in self.fields:
                    continue
                offered = choices_of(ask, obj) if ask.kind in {"choice", "several"} else []
                if offered or ask.required or not callable(ask.choices):  # a record may have nothing to choose from
                    self.fields[ask.name] = field_for(ask, offered)
        self._reveal()
        now = self.offered_at()
        label = _("Today %(time)s") % {"time": hour(now)}
        self.fields["when"].choices = [("today", label), ("other", _("Other time"))]  # type: ignore[attr-defined]
        self.initial.setdefault("when", "today")
        self.initial.setdefault("seen_at", now.isoformat(timespec="minutes"))

    def _reveal(self) -> None:
        """Draw a question that only one choice asks under that choice; under a list to choose from it stands below."""
        self.revealed: set[str] = set()
        for ask in (ask for step in self.steps.values() for ask in step.asks if ask.under[0]):
            widget = getattr(self.fields.get(ask.under[0]), "widget", None)
            if isinstance(widget, Rows) and ask.name in self.fields:
                shown = widget.reveals.setdefault(ask.under[1], ())
                widget.reveals[ask.under[1]] = (*shown, *({ask.name} - set(shown)))
                self.revealed.add(ask.name)

    def offered_at(self) -> datetime:
        """Return the moment offered as today's: kept over an error, never in the future, never of another day."""
        now, typed = timezone.now(), str(self.data.get("seen_at", "")) if self.is_bound else ""
        try:
            seen = parse_datetime(typed)
        except ValueError:
            seen = None
        if seen is None or timezone.is_naive(seen) or not now - OPEN_FOR <= seen <= now:
            return now
        return seen

    def clean(self) -> dict[str, Any]:
        """Ask for the other time where it was chosen."""
        values = super().clean() or self.cleaned_data
        if values.get("when") == "other" and not values.get("happened_at") and "happened_at" not in self.errors:
            self.add_error("happened_at", _("Write the day, like 29/9/2022, and the hour."))
        return values

    def said(self, step: Step) -> dict[str, Any]:
        """Return what `perform` takes for a step: its answers, the note, when it happened."""
        values, other = self.cleaned_data, self.cleaned_data.get("when") == "other"
        offered = self.offered_at() if self.data.get("seen_at") else None
        moment = values.get("happened_at") if other else offered
        return {
            **self.answers(step),
            "note": values["note"],
            "happened_at": moment,
            "late_why": values["late_why"] * other,
        }

    def answers(self, step: Step) -> dict[str, Any]:
        """Return the answers to the questions of a step; those left empty are left out."""
        found = {ask.name: self.cleaned_data.get(ask.name) for ask in step.asks}
        return {name: value for name, value in found.items() if value not in (None, "", ())}

    def take_errors(self, error: ValidationError) -> None:
        """Put the service's messages at their fields; what has no field here stands above the form."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        for name, found in by_field.items():
            self.add_error(name if name in self.fields else None, found)
        if self.errors.keys() & {"happened_at", "late_why"}:
            self.say("when", "other")

    def say(self, name: str, value: str) -> None:
        """Show another value of a field than was sent; several answers to one question stay several."""
        data: Any = self.data.copy()
        data[name] = value
        self.data = data

    @property
    def questions(self) -> list[Any]:
        """Return the bound fields of the questions, in the table's order."""
        asks = [ask for step in self.steps.values() for ask in step.asks]
        names = dict.fromkeys(ask.name for ask in asks if ask.name not in self.revealed)
        return [self[name] for name in names if name in self.fields]

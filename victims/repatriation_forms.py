"""What is typed of returns and deportations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.countries import country_choices
from core.forms import DayField, MomentField, Rows
from core.typed import Choice, Typed, Whole, Words
from victims.models import DeclinedWhy, DeportationReason


class ReturnForm(Typed):
    """What every beginning of a return may say: when it was, and a note."""

    happened_at = MomentField(
        label=gettext_lazy("Day and hour"), help_text=gettext_lazy("Leave it empty for now."), required=False
    )
    note = Words(label=gettext_lazy("Note"), widget=forms.Textarea({"rows": 3}))

    asked: tuple[str, ...] = ()

    def taken(self) -> dict[str, Any]:
        """Return what the service takes."""
        words = {name: self.cleaned_data.get(name) or "" for name in ("note", *self.asked)}
        return {**words, "happened_at": self.cleaned_data.get("happened_at")}

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            self.add_error(name if name in self.fields else None, texts)


class BeginForm(ReturnForm):
    """Begin: the person, asked alone, wishes to go home."""


class UnwillingForm(ReturnForm):
    """Why somebody does not want to return."""

    declined_why = Choice(DeclinedWhy.choices, label=gettext_lazy("Why?"), widget=Rows())
    field_order = ("declined_why", "happened_at", "note")

    def taken(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {**super().taken(), "why": self.cleaned_data.get("declined_why") or ""}


class AnnounceForm(ReturnForm):
    """Who told of whom, from where."""

    country = Choice(label=gettext_lazy("From which country?"))
    told_by = Words(label=gettext_lazy("Who told us?"), help_text=gettext_lazy("Name and office"))
    asked = ("country", "told_by")
    field_order = ("country", "told_by", "happened_at", "note")

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["country"].widget.choices = [("", gettext_lazy("Choose")), *country_choices()]


class NeedsForm(Typed):
    """What the embassy is told of health and papers."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    health_needed = Words(
        label=gettext_lazy("Health needed for travel"),
        help_text=gettext_lazy(
            "Only what the journey needs: a wheelchair, medicine, somebody beside. No diagnosis, no story."
        ),
        widget=forms.Textarea({"rows": 3}),
    )
    papers_needed = Words(
        label=gettext_lazy("Papers needed"),
        help_text=gettext_lazy("What the embassy has to issue or to send."),
        widget=forms.Textarea({"rows": 3}),
    )

    def taken(self) -> dict[str, Any]:
        """Return what the service takes."""
        words = {name: self.cleaned_data.get(name) or "" for name in ("health_needed", "papers_needed")}
        return {**words, "version": self.cleaned_data.get("version") or 0}

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            self.add_error(name if name in self.fields else None, texts)


class DeportationForm(Typed):
    """An order to deport somebody."""

    authority = Words(label=gettext_lazy("Which authority ordered it?"))
    order_number = Words(label=gettext_lazy("Number of the order"))
    ordered_on = DayField(label=gettext_lazy("Day of the order"), required=False)
    reason = Choice(DeportationReason.choices, label=gettext_lazy("Reason"), widget=Rows())
    note = Words(label=gettext_lazy("Note"), widget=forms.Textarea({"rows": 3}))

    def taken(self) -> dict[str, Any]:
        """Return what the service takes."""
        words = {name: self.cleaned_data.get(name) or "" for name in ("authority", "order_number", "reason", "note")}
        return {**words, "ordered_on": self.cleaned_data.get("ordered_on")}

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            self.add_error(name if name in self.fields else None, texts)


class LimitsForm(Typed):
    """The days each step may take."""

    def __init__(self, rows: Any, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for row in rows:
            self.fields[row.step] = Whole(label=row.get_step_display(), initial=row.days)

    def taken(self) -> dict[str, int | None]:
        """Return the days by step."""
        return {name: self.cleaned_data.get(name) for name in self.fields}

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        for name, texts in errors.items():
            self.add_error(name if name in self.fields else None, texts)

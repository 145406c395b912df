"""What is typed of an awareness activity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayField, Rows, Ticks
from core.typed import Choice, Several, Whole
from prevention.forms import hidden
from prevention.models import Activity, ActivityKind, Audience, Organiser, ReachSource
from provinces.choices import province_choices
from provinces.forms import CleanCharField

NAMES = (
    "kind",
    "title",
    "held_on",
    "until_on",
    "province_id",
    "place",
    "organisers",
    "audience",
    "subject",
    "reached",
    "reached_women",
    "reach_source",
    "note",
)


class ActivityForm(forms.Form):
    """An activity; the same for a new one and a correction. The provinces are those the writer records for."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=ActivityKind.choices,
        widget=Rows(look="chips", reveals={ActivityKind.TRAINING.value: ("subject",)}),
    )
    subject = CleanCharField(label=gettext_lazy("Subject of the training"), required=False, max_length=300)
    title = CleanCharField(label=gettext_lazy("Title"), required=False, max_length=200)
    held_on = DayField(label=gettext_lazy("Held on"), required=False)
    until_on = DayField(
        label=gettext_lazy("Until"), help_text=gettext_lazy("Only where it took several days."), required=False
    )
    province_id = Choice(label=gettext_lazy("Province"))
    place = CleanCharField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("Pagoda, school, hall, village: where it was held."),
        required=False,
        max_length=200,
    )
    organisers = Several(Organiser.choices, label=gettext_lazy("Who organised it"), widget=Ticks(look="plain"))
    audience = Several(Audience.choices, label=gettext_lazy("For whom"), widget=Ticks(look="plain"))
    reached = Whole(
        label=gettext_lazy("People reached"), help_text=gettext_lazy("Leave it empty where nobody said a number.")
    )
    reached_women = Whole(label=gettext_lazy("Women among them"))
    reach_source = forms.ChoiceField(
        label=gettext_lazy("Where the number comes from"),
        required=False,
        choices=ReachSource.choices,
        widget=Rows(look="plain"),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=5_000, widget=forms.Textarea({"rows": 3})
    )
    version = hidden()
    idempotency_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, user: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = [row for row in province_choices() if user.is_ministry or row[0] in user.posted_provinces]
        field: Any = self.fields["province_id"]
        field.widget.choices = mine if len(mine) == 1 else [("", _("Choose")), *mine]

    @classmethod
    def of(cls, activity: Activity, user: Any) -> ActivityForm:
        """Fill the form with what is saved."""
        return cls(user, initial={name: getattr(activity, name) for name in (*NAMES, "version")})

    def values(self) -> dict[str, Any]:
        """Return what the service takes; the subject only of a training."""
        data = {name: self.cleaned_data.get(name) for name in NAMES}
        if data["kind"] != ActivityKind.TRAINING:
            data["subject"] = ""
        return data

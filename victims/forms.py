"""What happened to one person: the choices the table allows now, each with the questions it asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayField, Rows
from core.typed import Choice, Words
from victims.models import PlaceKind, RescueStatus, Victim
from workflow.forms import StepForm
from workflow.table import Step

HINTS = {
    "record_rescue": gettext_lazy("brought out with us"),
    "locate": gettext_lazy("we know where, not out yet"),
    "record_left": gettext_lazy("before we came"),
    "record_moved": gettext_lazy("still sought; the other province is told and sees this person"),
    "record_declined": gettext_lazy("spoken to alone, chose to stay; a second person confirms"),
    "record_not_found": gettext_lazy("searched, not there; a second person confirms"),
    "record_deceased": gettext_lazy("write down how it is known"),
}
SHARED = "place"
WORDS = {"record_moved": gettext_lazy("Moved or sold on")}  # the status stays: still sought


class Offered(forms.ChoiceField):
    """One of the choices shown; what was shown and is no longer possible is for the service to refuse with words."""

    def valid_value(self, value: Any) -> bool:
        """Accept every step this page knows."""
        return value in HINTS


class ChoiceForm(StepForm):
    """The large choices of the page of a person; a question asked by one choice only stands under it."""

    step = Offered(label=gettext_lazy("What happened?"), choices=(), required=False)

    def __init__(self, steps: list[Step], victim: Victim, data: Any = None, **options: Any) -> None:
        super().__init__(steps, victim, data, **options)
        labels = [(step.name, WORDS.get(step.name) or RescueStatus(str(step.target)).label) for step in steps]
        reveals = {
            step.name: tuple(ask.name for ask in step.asks if ask.name not in {SHARED} | self.revealed)
            for step in steps
        }
        glyphs = {step.name: str(step.target) for step in steps}
        self.fields["step"].widget = Rows(hints=HINTS, glyphs=glyphs, reveals=reveals)
        self.fields["step"].choices = labels  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a choice."""
        values = super().clean()
        if not values.get("step") and "step" not in self.errors:
            self.add_error("step", _("Choose what happened."))
        return values


class PlaceForm(forms.Form):
    """Where somebody is now; days and lengths are the service's to refuse."""

    kind = Choice(PlaceKind.choices, label=gettext_lazy("Where is the person now?"), widget=Rows(look="chips"))
    since = DayField(label=gettext_lazy("Since"), help_text=gettext_lazy("Leave it empty for today."), required=False)
    detail = Words(
        label=gettext_lazy("Address or room"),
        help_text=gettext_lazy("Protected: kept sealed, shown only to who gives a reason."),
        widget=forms.Textarea({"rows": 3}),
    )


class PlaceReason(forms.Form):
    """Why somebody needs to see the address."""

    reason = Words(
        label=gettext_lazy("Why do you need to see it?"),
        help_text=gettext_lazy("Your name, the time and that you asked are recorded; the integrity unit sees it."),
        widget=forms.Textarea({"rows": 3}),
    )

"""What is typed to propose fewer people, less urgency or another province of incident, and to send that back."""

from collections.abc import Container, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.forms.fields import Choice, Typed, Words
from complaints.models import Complaint, ProposedChange, Urgency, is_more_urgent
from core.forms import Rows
from provinces.choices import province_choices

Field = ProposedChange.Field


class ProposeChange(Typed):
    """What shall change, to what, and why; only what fits the complaint is offered."""

    field = Choice(label=gettext_lazy("What shall change"))
    number = Words(
        label=gettext_lazy("People reported, from now on"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    urgency = Choice(label=gettext_lazy("Urgency, from now on"), widget=Rows(look="chips"))
    province = Choice(
        label=gettext_lazy("Province of incident, from now on"),
        help_text=gettext_lazy("District, commune and site are emptied. Who is responsible stays as it is."),
    )
    why = Words(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("What a second person can check: who said so, what was seen."),
        widget=forms.Textarea({"rows": 3}),
    )
    PARTS = {Field.NUMBER_REPORTED: "number", Field.URGENCY: "urgency", Field.PROVINCE_OF_INCIDENT: "province"}

    def __init__(self, complaint: Complaint, data: Any = None, *, offered: list[str], **options: Any) -> None:
        super().__init__(data, **options)
        reveals = {str(name): (part,) for name, part in self.PARTS.items()}
        self.fields["field"].widget = Rows(reveals=reveals)
        self._choose_from(offered)
        lower = [str(one) for one in Urgency if is_more_urgent(complaint.urgency, one)]
        self.fields["urgency"].widget.choices = [one for one in Urgency.choices if one[0] in lower]  # type: ignore[attr-defined]
        here = complaint.province_of_incident_id
        provinces = [one for one in province_choices(complaint) if one[0] != here]
        self.fields["province"].widget.choices = [("", _("Not known")), *provinces]  # type: ignore[attr-defined]

    def offer(self, names: Iterable[str]) -> None:
        """Offer these changes, and the one that was chosen already."""
        self._choose_from({*names, self["field"].value()})

    def _choose_from(self, names: Container[str]) -> None:
        fields = [(name, label) for name, label in Field.choices if name in names]
        self.fields["field"].widget.choices = fields  # type: ignore[attr-defined]

    def after(self) -> str:
        """Return the new value of what was chosen."""
        return str(self.cleaned_data.get(self.PARTS.get(self.cleaned_data["field"], ""), ""))  # type: ignore[call-overload]

    def take(self, errors: dict[str, list[str]]) -> None:
        """Put the service's messages at their fields."""
        part = self.PARTS.get(self.cleaned_data["field"])  # type: ignore[call-overload]
        for name, texts in errors.items():
            field = part if name == "after" else name
            self.add_error(field if field in self.fields else None, texts)


def fitting(complaint: Complaint, waiting: Iterable[str]) -> list[str]:
    """Return the changes that this complaint has something to lower or move for, but for those that wait already."""
    found = []
    if (complaint.number_reported or 0) > max(complaint.n_people, 1):
        found.append(Field.NUMBER_REPORTED)
    if complaint.urgency != Urgency.NORMAL:
        found.append(Field.URGENCY)
    if complaint.province_of_incident_id:
        found.append(Field.PROVINCE_OF_INCIDENT)
    return [str(one) for one in found if str(one) not in set(waiting)]


class SendBack(forms.Form):
    """Why a change is sent back."""

    note = Words(label=gettext_lazy("Why is it sent back?"), widget=forms.Textarea({"rows": 2}))

"""What is typed to name a suspect in a complaint."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from complaints.checks import checked_person
from complaints.forms.fields import Choice, Country, Whole, Words
from complaints.said import PersonSaid
from core.forms import Ticks
from people.models import Sex
from suspects.forms import said_of
from suspects.models import ProcessRole
from victims.models import Victim


class AddSuspect(forms.Form):
    """A suspect: somebody listed in the complaint, or somebody new; their role; whom they harmed."""

    same_as = forms.ChoiceField(label=_("Is it somebody listed in this complaint?"), required=False)
    name = Words(label=_("Name, in any script"), help_text=_("Leave it empty if it is not known."))
    sex = Choice([("", _("Not said")), *Sex.choices], label=_("Sex"))
    age = Whole(label=_("Age"))
    nationality = Country(label=_("Nationality"))
    roles = forms.MultipleChoiceField(
        label=_("Role in the process"), choices=ProcessRole.choices, required=False, widget=Ticks(look="plain")
    )
    harmed = forms.MultipleChoiceField(label=_("Whom did they harm?"), required=False, widget=Ticks(look="plain"))
    public_official = Words(
        label=_("Is the suspect an official? Function and unit"),
        help_text=_("Naming one seals the complaint: then only the integrity unit and whom it names can see it."),
    )
    idempotency_key = Words(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, people: Sequence[Victim], user: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.people = {victim.reference: victim for victim in people}
        words = [(victim.reference, said_of(victim, user)) for victim in people]
        self.fields["same_as"].choices = [("", _("No, somebody new")), *words]  # type: ignore[attr-defined]
        self.fields["harmed"].choices = words  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Hold a new person against the one rule; somebody listed keeps what is known of them."""
        values = super().clean() or self.cleaned_data
        if values.get("same_as") and any(values.get(name) for name in ("name", "sex", "age", "nationality")):
            self.add_error("same_as", _("Choose somebody listed, or describe somebody new, not both."))
        if not self.errors:
            try:
                checked_person(self.person())
            except ValidationError as error:
                self.add_error(None, error)
        return values

    def person(self) -> PersonSaid:
        """Return what is said of a new person."""
        said = {name: self.cleaned_data.get(name) or "" for name in ("name", "sex", "nationality")}
        return PersonSaid(age=self.cleaned_data.get("age"), **said)

    def said(self) -> dict[str, Any]:
        """Return what the service takes besides."""
        values = self.cleaned_data
        return {
            "roles": values["roles"],
            "same_as": self.people.get(values["same_as"]),
            "harmed": [self.people[reference] for reference in values["harmed"]],
            "public_official": values["public_official"],
        }

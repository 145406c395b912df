"""What is typed on the pages of one complaint: people, facts, why a reporter is shown, who handles it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from complaints.checks import MAX_PEOPLE, checked_person
from complaints.forms.fields import Choice, Country, Several, Typed, Whole, Words
from complaints.forms.places import commune_options, district_options, find_site
from complaints.models import Complaint, ExploitationForm, Urgency
from complaints.said import PersonSaid
from complaints.services.handlers import HANDLERS
from core.forms import Rows, Ticks
from people.models import Sex
from provinces.models import Commune, District
from provinces.widgets import Suggested


class AddPeople(forms.Form):
    """One person, named or not, or several at once of whom only the same is known."""

    name = Words(
        label=gettext_lazy("Name, in any script"), help_text=gettext_lazy("Leave it empty if it is not known.")
    )
    sex = Choice([("", gettext_lazy("Not said")), *Sex.choices], label=gettext_lazy("Sex"))
    age = Whole(label=gettext_lazy("Age"))
    nationality = Country(label=gettext_lazy("Nationality"))
    how_many = Whole(
        label=gettext_lazy("How many"),
        help_text=gettext_lazy("Several people without names, of whom the same is known: 3 women, Vietnamese."),
        initial=1,
    )
    found_unreported = forms.BooleanField(
        label=gettext_lazy("Found without having been reported"),
        help_text=gettext_lazy("They are counted beside the ledger, never in it."),
        required=False,
    )
    idempotency_key = Words(widget=forms.HiddenInput)
    same_as = Words(widget=forms.HiddenInput)
    not_these = Words(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Hold the person against the one rule; a name is one person's."""
        values = super().clean() or self.cleaned_data
        n = values.get("how_many") or 1
        if not 1 <= n <= MAX_PEOPLE:
            self.add_error("how_many", _("Add from 1 to %(most)s people at once.") % {"most": MAX_PEOPLE})
        if n > 1 and values.get("name", "").strip():
            self.add_error("how_many", _("A name is one person's. Add the others without a name."))
        if not self.errors:
            try:
                checked_person(self.person())
            except ValidationError as error:
                self.add_error(None, error)
        return values

    def person(self) -> PersonSaid:
        """Return what is said of the person."""
        said = {name: self.cleaned_data.get(name) or "" for name in ("name", "sex", "nationality")}
        return PersonSaid(age=self.cleaned_data.get("age"), **said)

    def people(self) -> tuple[PersonSaid, ...]:
        """Return everybody to be added."""
        return (self.person(),) * (self.cleaned_data.get("how_many") or 1)


class FactsForm(Typed):
    """The facts an officer may change; the page keeps what it first showed, so that only what was touched is sent."""

    urgency = Choice(Urgency.choices, label=gettext_lazy("Urgency"), widget=Rows(look="chips"))
    number_reported = Whole(
        label=gettext_lazy("People reported"),
        help_text=gettext_lazy("The likely number. Lowering it needs a second person."),
    )
    site = Words(label=gettext_lazy("Site"), widget=Suggested("sites:names", ("province",)))
    district = Choice(label=gettext_lazy("District"))
    commune = Choice(label=gettext_lazy("Commune"))
    exact_spot = Words(label=gettext_lazy("Exact spot"))
    version = Whole(widget=forms.HiddenInput)
    forms = Several(ExploitationForm.choices, label=gettext_lazy("Forms of exploitation"), widget=Ticks(look="plain"))

    NAMES = ("urgency", "number_reported", "site", "district", "commune", "exact_spot", "forms")

    def __init__(self, complaint: Complaint, data: Any = None, **options: Any) -> None:
        super().__init__(data, initial=shown(complaint) if data is None else None, **options)
        self.complaint = complaint
        district = str(self["district"].value() or "")
        options_of = district_options(complaint.province_of_incident_id or "", district)
        self.fields["district"].widget.choices = options_of  # type: ignore[attr-defined]
        self.fields["commune"].widget.choices = commune_options(district, str(self["commune"].value() or ""))  # type: ignore[attr-defined]

    @property
    def snapshot(self) -> SafeString:
        """Return hidden fields with what the page showed first."""
        hidden = forms.HiddenInput()
        first = self.first()
        return mark_safe("".join(hidden.render(f"first-{name}", first[name]) for name in self.NAMES))  # noqa: S308

    def first(self) -> dict[str, str]:
        """Return what the page showed first, field by field, as text."""
        if self.is_bound:
            return {name: str(self.data.get(f"first-{name}", "")) for name in self.NAMES}
        return {name: flat(shown(self.complaint).get(name)) for name in self.NAMES}

    def touched(self) -> list[str]:
        """Return the fields that differ from what the page showed first."""
        first = self.first()
        return [name for name in self.NAMES if flat(self._typed(name)) != first[name]]

    def _typed(self, name: str) -> Any:
        return self[name].value() if name != "forms" else sorted(self[name].value() or [])

    def changes(self) -> dict[str, Any]:
        """Return the values the service takes, of the fields that were touched; raises ValidationError by field."""
        values = {name: self.cleaned_data.get(name) for name in self.touched()}
        found: dict[str, Any] = dict(values)
        if "site" in values:
            found["site"] = self._site(values["site"] or "")
        for name, model in (("district", District), ("commune", Commune)):
            if name in values:
                found[name] = model.objects.filter(pk=values[name]).first() if values[name] else None
        if "forms" in values:
            found["forms"] = list(values["forms"] or ())
        return found

    def _site(self, text: str) -> Any:
        site = find_site(text, self.complaint.province_of_incident_id or "")
        if text.strip() and site.site is None:
            message = (
                _("Several sites have this name. Choose one from the list.")
                if site.is_several
                else _("This site is not known. Choose one from the list or leave it empty.")
            )
            raise ValidationError({"site": [message]})
        return site.site


def shown(complaint: Complaint) -> dict[str, Any]:
    """Return the facts as the form shows them."""
    return {
        "urgency": complaint.urgency,
        "number_reported": complaint.number_reported,
        "site": f"{complaint.site} ({complaint.site.reference})" if complaint.site else "",
        "district": complaint.district_id or "",
        "commune": complaint.commune_id or "",
        "exact_spot": complaint.exact_spot,
        "forms": sorted(complaint.forms),
        "version": complaint.version,
    }


def flat(value: Any) -> str:
    """Return a value as one text, to compare."""
    if isinstance(value, list | tuple):
        return ",".join(str(item) for item in value)
    return "" if value is None else str(value)


class Reason(forms.Form):
    """Why somebody needs to see the reporter; what is too short is the service's to refuse."""

    reason = Words(
        label=gettext_lazy("Why do you need to see it?"),
        help_text=gettext_lazy("Your name, the time and that you asked are recorded; the integrity unit sees it."),
        widget=forms.Textarea({"rows": 3}),
    )


class HandlerField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """Say the name and the role."""
        return f"{obj.display_name}, {obj.table.label}"


class NameHandler(forms.Form):
    """Somebody who shall see and handle the complaint."""

    user = HandlerField(
        User.objects.active().filter(role__in=HANDLERS).order_by("name", "username"),
        label=gettext_lazy("Who handles it"),
        empty_label=gettext_lazy("Choose"),
    )

"""What is typed about operations: the plan, who is named, the quick count."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from complaints.forms.fields import Choice, Country, Typed, Whole, Words
from complaints.forms.places import find_site
from complaints.models import Complaint
from core.forms import MomentField, Rows, Ticks
from provinces.models import Site
from provinces.widgets import Suggested
from victims.services.entries import Counted

MOST_COMPLAINTS = 20
ROWS = 6


class WhenAndWhere(forms.Form):
    """When and where an operation is planned; what is judged is judged by the service."""

    planned_for = MomentField(label=gettext_lazy("Day and hour"), required=False)
    site = Words(label=gettext_lazy("Site"), widget=Suggested("sites:names", ("province",)))
    place = Words(label=gettext_lazy("Place"), help_text=gettext_lazy("Building, floor, entrance"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def clean_site(self) -> Site | None:
        """Find the site that is meant."""
        text = self.cleaned_data["site"]
        found = find_site(text, "")
        if text.strip() and found.site is None:
            if found.is_several:
                raise ValidationError(_("Several sites have this name. Choose one from the list."))
            raise ValidationError(_("This site is not known. Choose one from the list or leave it empty."))
        return found.site

    def changes(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.cleaned_data
        return {
            "planned_for": values.get("planned_for"),
            "site": values.get("site"),
            "place": values.get("place", ""),
        }

    def take_errors(self, error: ValidationError) -> None:
        """Put the service's messages at their fields."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        for name, found in by_field.items():
            self.add_error(name if name in self.fields else None, found)


class PlanForm(WhenAndWhere):
    """When and where, about which complaints, and who is named."""

    complaints = Words(
        label=gettext_lazy("Complaints"),
        help_text=gettext_lazy("References of complaints that you see, one after the other."),
    )
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Who else is to know of it"),
        help_text=gettext_lazy("Until it is carried out, nobody else sees that it is planned. Every look is recorded."),
        required=False,
        widget=Ticks(look="plain"),
    )
    idempotency_key = Words(widget=forms.HiddenInput)

    def __init__(self, user: Any, people: Sequence[User], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.user = user
        self.people = {str(person.pk): person for person in people}
        words = [(key, said_of(person)) for key, person in self.people.items()]
        self.fields["members"].choices = words  # type: ignore[attr-defined]

    def clean_complaints(self) -> list[Complaint]:
        """Read the references; each must be of a complaint the writer sees."""
        text = self.cleaned_data["complaints"].upper().replace(",", " ")
        wanted = list(dict.fromkeys(text.split()))
        if len(wanted) > MOST_COMPLAINTS:
            raise ValidationError(_("At most %(most)s complaints.") % {"most": MOST_COMPLAINTS})
        seen = Complaint.objects.visible_to(self.user).live().filter(reference__in=wanted)
        found = {row.reference: row for row in seen}
        if missing := [reference for reference in wanted if reference not in found]:
            raise ValidationError(_("No complaint %(reference)s is open to you.") % {"reference": missing[0][:20]})
        return [found[reference] for reference in wanted]

    def said(self) -> dict[str, Any]:
        """Return what the service takes besides the complaints."""
        return {**self.changes(), "members": [self.people[key] for key in self.cleaned_data.get("members", ())]}


def said_of(person: User) -> str:
    """Say a person who may be named: name and role."""
    return f"{person.display_name}, {person.table.label}"


class NameMember(forms.Form):
    """Somebody more who is to know of an operation."""

    user = Choice(label=gettext_lazy("Who is to know of it"))

    def __init__(self, people: Sequence[User], data: Any = None) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        words = [("", _("Choose")), *((key, said_of(person)) for key, person in self.people.items())]
        self.fields["user"].widget.choices = words  # type: ignore[attr-defined]

    def clean_user(self) -> User:
        """Return the person chosen."""
        person = self.people.get(self.cleaned_data["user"])
        if person is None:
            raise ValidationError(_("Choose somebody from the list."))
        return person


class CountRow(Typed):
    """One nationality of the quick count."""

    nationality = Country(label=gettext_lazy("Nationality"))
    men = Whole(label=gettext_lazy("Men"))
    women = Whole(label=gettext_lazy("Women"))
    children = Whole(label=gettext_lazy("Children"))

    def counted(self) -> Counted:
        """Return what is counted."""
        numbers = {name: self.said(name, 0) for name in ("men", "women", "children")}
        return Counted(nationality=self.said("nationality"), **numbers)


class CountForm(forms.Form):
    """The quick count: rows of a nationality, whether they came out, and how many had been reported."""

    came_out = forms.ChoiceField(
        label=gettext_lazy("What became of them?"),
        choices=[("out", pgettext_lazy("people met", "Brought out")), ("stayed", gettext_lazy("Stayed there"))],
        initial="out",
        widget=Rows(look="chips"),
    )
    reported = Whole(
        label=gettext_lazy("How many of them had been reported?"),
        help_text=gettext_lazy(
            "Left empty: as many as are reported and not listed yet. The others are counted beside."
        ),
    )
    idempotency_key = Words(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, usual: Sequence[str] = ()) -> None:
        super().__init__(data)
        starts = [*usual[: ROWS - 1], *("" for _place in range(ROWS))][:ROWS]
        self.rows = [
            CountRow(data, prefix=f"row-{place}", initial={"nationality": code}) for place, code in enumerate(starts)
        ]

    def is_valid(self) -> bool:
        """Say whether the form and every row could be read."""
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    def counted(self) -> list[Counted]:
        """Return the rows that count anybody."""
        return [one for row in self.rows if (one := row.counted()).total]

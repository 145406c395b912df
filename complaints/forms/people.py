"""People named: any number of rows, each part of which may be missing."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.checks import MAX_PEOPLE, checked_person
from complaints.forms.fields import Choice, Country, Typed, Whole, Words
from complaints.said import PersonSaid
from people.models import Sex

_NAME = re.compile(r"people-([0-9]{1,4})-(?:name|sex|age|nationality)")
BLANK = "__n__"


class PersonRow(Typed):
    """One person: name in any script, sex, age in years, nationality."""

    name = Words(label=_("Name, in any script"))
    sex = Choice([("", _("Not said")), *Sex.choices], label=_("Sex"))
    age = Whole(label=_("Age"))
    nationality = Country(label=_("Nationality"))

    @property
    def number(self) -> str:
        """Return the number of the row, which its buttons send."""
        return str(self.prefix).removeprefix("people-")

    def person(self) -> PersonSaid:
        """Return what is said of this person."""
        return PersonSaid(
            name=self.said("name"),
            sex=self.said("sex"),
            age=self.said("age", None),
            nationality=self.said("nationality"),
        )

    def clean(self) -> dict[str, Any]:
        """Hold each row against the one rule, so that its words stand at this row."""
        try:
            checked_person(self.person())
        except forms.ValidationError as error:
            self.add_error(None, error)
        return self.cleaned_data


def row_numbers(data: Mapping[str, Any] | None) -> list[int]:
    """Return the numbers of the rows of people that stand in a form, in their order."""
    return sorted({int(found[1]) for name in data or () if (found := _NAME.fullmatch(name))})


class PeopleRows:
    """The rows of a page; behaves like a formset for the summary of errors."""

    def __init__(self, data: Mapping[str, Any] | None, *, judge: bool = True) -> None:
        self.forms = [PersonRow(data, judge=judge, prefix=f"people-{number}") for number in row_numbers(data)]
        if not self.forms:
            self.forms = [PersonRow(None, judge=judge, prefix="people-0")]
        self.general: list[Any] = []
        self.most = MAX_PEOPLE

    def non_form_errors(self) -> list[Any]:
        """Return what is wrong with the rows together."""
        return self.general

    @property
    def blank(self) -> PersonRow:
        """Return the row that the page copies for one more person."""
        return PersonRow(None, judge=False, prefix=f"people-{BLANK}")

    @property
    def next_number(self) -> int:
        """Return the number of the row that would come next."""
        return int(self.forms[-1].number) + 1

    def is_valid(self) -> bool:
        """Say whether every row could be read."""
        return all(row.is_valid() for row in self.forms if row.is_bound)

    def said(self) -> tuple[PersonSaid, ...]:
        """Return the people of the rows in which something is said."""
        people = (row.person() for row in self.forms if row.is_bound and row.is_valid())
        return tuple(person for person in people if person != PersonSaid())

    @property
    def n_said(self) -> int:
        """Return how many rows hold something."""
        return sum(any(str(row[name].value() or "").strip() for name in row.fields) for row in self.forms)

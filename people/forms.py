"""Who somebody is, as a form: rows of names, documents and phones, and one way to say the age."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.forms import DayField, Rows
from core.typed import Choice, Country, Typed, Whole, Words
from people.facts import BORN, LABELS, SETS, Document, Name, Phone, facts_of, said, written
from people.models import Person, PersonDocument, PersonName, Sex

WAYS = (
    ("born_on", gettext_lazy("The date of birth")),
    ("born_year", gettext_lazy("The year of birth")),
    ("age", gettext_lazy("The age")),
    ("", pgettext_lazy("age", "Nothing")),
)


class NameRow(Typed):
    """A name in any script; an empty one is none."""

    FILLED = ("text",)

    text = Words(label=gettext_lazy("Name, in any script"))
    kind = Choice(PersonName.Kind.choices, label=gettext_lazy("Kind of name"))

    def row(self) -> Name | None:
        """Return what is said, None for an empty row."""
        text = self.said("text").strip()
        return Name(text, self.said("kind") or PersonName.Kind.STATED) if text else None


class DocumentRow(Typed):
    """A document; an empty one is none."""

    FILLED = ("country", "number")

    kind = Choice(PersonDocument.Kind.choices, label=gettext_lazy("Document"))
    country = Country(label=gettext_lazy("Country"))
    number = Words(label=pgettext_lazy("document", "Number"))

    def row(self) -> Document | None:
        """Return what is said, None for an empty row."""
        number, country = self.said("number").strip(), self.said("country")
        return Document(self.said("kind") or "other", country, number) if number or country else None


class PhoneRow(Typed):
    """A phone number."""

    FILLED = ("text",)

    text = Words(label=gettext_lazy("Phone"), widget=forms.TextInput({"inputmode": "tel"}))

    def row(self) -> Phone | None:
        """Return what is said, None for an empty row."""
        text = self.said("text").strip()
        return Phone(text) if text else None


class RowSet:
    """The rows of one set, an empty one last; behaves like a formset for the summary of errors."""

    def __init__(self, name: str, row: type[Any], data: Mapping[str, Any] | None, kept: Any, *, judge: bool) -> None:
        self.name = name
        pattern = re.compile(rf"{name}-([0-9]{{1,3}})-[a-z]+")
        numbers = sorted({int(found[1]) for key in data or () if (found := pattern.fullmatch(key))})
        if data is None:
            self.forms = [row(initial=one._asdict(), prefix=f"{name}-{n}") for n, one in enumerate(kept)]
        else:
            typed = (row(data, judge=judge, prefix=f"{name}-{number}") for number in numbers)
            self.forms = [one for one in typed if any(str(one[part].value() or "").strip() for part in row.FILLED)]
        self.forms.append(row(prefix=f"{name}-{max(numbers, default=len(kept) - 1) + 1}"))
        self.general: list[Any] = []

    def non_form_errors(self) -> list[Any]:
        """Return what is wrong with the rows together."""
        return self.general

    def is_valid(self) -> bool:
        """Say whether every row could be read."""
        return all(row.is_valid() for row in self.forms if row.is_bound)

    def rows(self) -> tuple[Any, ...]:
        """Return what the rows say."""
        said = (row.row() for row in self.forms if row.is_bound and row.is_valid())
        return tuple(row for row in said if row is not None)


class WhoForm(Typed):
    """Who somebody is; the page keeps what it first showed, so that only what was touched is sent."""

    sex = Choice(Sex.choices, label=gettext_lazy("Sex"))
    nationality = Country(label=gettext_lazy("Nationality"))
    way = Choice(
        WAYS,
        label=gettext_lazy("What is known of the age?"),
        widget=Rows(
            look="plain", reveals={name: (name,) for name in ("born_on", "born_year")} | {"age": ("age", "estimated")}
        ),
    )
    born_on = DayField(label=gettext_lazy("Date of birth"), required=False)
    born_year = Whole(label=gettext_lazy("Year of birth"))
    age = Whole(label=gettext_lazy("Age"))
    estimated = forms.BooleanField(label=gettext_lazy("Age estimated"), required=False)
    version = Whole(widget=forms.HiddenInput)

    def __init__(self, person: Person, data: Any = None, *, judge: bool = True) -> None:
        self.facts = facts_of(person)
        way = next((name for name in BORN if self.facts[name] is not None), "")
        initial = {**{name: value for name, value in self.facts.items() if name not in SETS}, "way": way}
        super().__init__(data, judge=judge, initial={**initial, "version": person.version})
        kinds = {"names": NameRow, "documents": DocumentRow, "phones": PhoneRow}
        self.sets = {name: RowSet(name, row, data, self.facts[name], judge=judge) for name, row in kinds.items()}

    def is_valid(self) -> bool:
        """Say whether everything could be read."""
        return all([super().is_valid(), *(rows.is_valid() for rows in self.sets.values())])

    @property
    def snapshot(self) -> SafeString:
        """Return hidden fields with what the page showed first."""
        hidden = forms.HiddenInput()
        return mark_safe("".join(hidden.render(f"first-{name}", text) for name, text in self.first().items()))  # noqa: S308

    def first(self) -> dict[str, str]:
        """Return what the page showed first, as the history writes it."""
        if self.is_bound:
            return {name: str(self.data.get(f"first-{name}", "")).replace("\r\n", "\n") for name in LABELS}
        return {name: written(name, value) for name, value in self.facts.items()}

    def typed(self) -> dict[str, Any]:
        """Return every fact as it stands in the form."""
        way = self.said("way")
        return {
            **{name: rows.rows() for name, rows in self.sets.items()},
            **{name: self.said(name, None) if name == way else None for name in BORN},
            **{name: self.said(name) for name in ("sex", "nationality")},
            "estimated": way == "age" and bool(self.said("estimated", False)),
        }

    def changes(self) -> dict[str, Any]:
        """Return the facts that differ from what the page showed first."""
        first, typed = self.first(), self.typed()
        changed = {name: value for name, value in typed.items() if written(name, value) != first[name]}
        if "estimated" in changed and typed["age"] is not None:
            changed["age"] = typed["age"]
        return changed

    def clean(self) -> dict[str, Any]:
        """Ask for what was chosen."""
        way = self.cleaned_data.get("way")
        if way in BORN and way not in self.errors and self.cleaned_data.get(way) is None:
            self.add_error(way, _("Fill in what is known, or choose “Nothing”."))
        return self.cleaned_data

    def refuse(self, error: forms.ValidationError) -> None:
        """Put the words of the service where they belong."""
        for name, texts in error.message_dict.items():
            if name in self.sets:
                self.sets[name].general += texts
            else:
                self.add_error(name if name in self.fields else None, texts)

    def shown(self, name: str) -> str:
        """Say what stands in the form."""
        return said(name, written(name, self.typed()[name])) or "—"

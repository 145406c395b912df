"""Who somebody is, as values: what a page shows, what somebody may say of it, and how it reads in the history.

Facts are the columns `sex`, `born_on`, `born_year`, `age`, `estimated`, `nationality`, and the sets `names`, `documents`, `phones`,
each a tuple of rows.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from core import display
from core.countries import country_name
from core.phones import e164
from core.text import ascii_digits, clean, key_number
from people.models import Person, PersonDocument, PersonName, Sex

MOST = 20
LONGEST_NAME, LONGEST = 200, 60
OLDEST = 1900
LABELS = {
    "names": gettext_lazy("Names"),
    "sex": gettext_lazy("Sex"),
    "born_on": gettext_lazy("Date of birth"),
    "born_year": gettext_lazy("Year of birth"),
    "age": gettext_lazy("Age"),
    "estimated": gettext_lazy("Age estimated"),
    "nationality": gettext_lazy("Nationality"),
    "documents": gettext_lazy("Documents"),
    "phones": gettext_lazy("Phones"),
}
CODED = {"sex", "born_year", "age", "estimated", "nationality"}  # what readers of coded data may know
SETS = ("names", "documents", "phones")
BORN = ("born_on", "born_year", "age")


class Name(NamedTuple):
    """A name as written, and what kind of name it is."""

    text: str
    kind: str = PersonName.Kind.STATED


class Document(NamedTuple):
    """A document: its kind, the country that gave it (alpha-2), its number as written."""

    kind: str
    country: str
    number: str


class Phone(NamedTuple):
    """A phone number as written."""

    text: str


def facts_of(person: Person) -> dict[str, Any]:
    """Return who somebody is, by the names of the facts."""
    return {
        "names": tuple(Name(row.text, row.kind) for row in _in_order(person.names.all())),
        **{name: getattr(person, name) for name in ("sex", *BORN, "estimated", "nationality")},
        "documents": tuple(Document(row.kind, row.country, row.number) for row in _in_order(person.documents.all())),
        "phones": tuple(Phone(row.text) for row in _in_order(person.phones.all())),
    }


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.added_at, row.pk))


def checked(changes: dict[str, Any]) -> dict[str, Any]:
    """Return the facts somebody wants changed, cleaned; raises ValidationError by field."""
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for name, value in changes.items():
        try:
            values[name] = CHECKS[name](value) if name in CHECKS else _refused()
        except ValidationError as error:
            errors[name] = error.messages
    if sum(values.get(name) is not None for name in BORN) > 1:
        errors["born_on"] = [_("Give one of these: the date of birth, the year of birth or the age.")]
    if errors:
        raise ValidationError(errors)
    return values


def _refused() -> Any:
    raise ValidationError(_("This cannot be changed here."))


def _text(text: str, most: int, message: str) -> str:
    text = " ".join(clean(text).split())
    if len(text) > most:
        raise ValidationError(message % {"most": most})
    return text


def _few(rows: Iterable[Any]) -> tuple[Any, ...]:
    found = tuple(dict.fromkeys(rows))
    if len(found) > MOST:
        raise ValidationError(_("At most %(most)s of them can be kept.") % {"most": MOST})
    return found


def _names(rows: Iterable[Name]) -> tuple[Name, ...]:
    found: dict[str, Name] = {}
    for row in rows:
        if row.kind not in PersonName.Kind.values:
            raise ValidationError(_("Choose what kind of name it is."))
        text = _text(row.text, LONGEST_NAME, _("A name has at most %(most)s characters."))
        if text:
            found.setdefault(text, Name(text, row.kind))
    return _few(found.values())


def _documents(rows: Iterable[Document]) -> tuple[Document, ...]:
    found: dict[tuple[str, str, str], Document] = {}
    for row in rows:
        number = _text(row.number, LONGEST, _("A number has at most %(most)s characters."))
        country, key = row.country.upper(), key_number(number)
        if not number and not country:
            continue
        if not key:
            raise ValidationError(_("Write the number of the document."))
        if row.kind not in PersonDocument.Kind.values:
            raise ValidationError(_("Choose what kind of document it is."))
        if country and country not in dict(countries):
            raise ValidationError(_("Choose the country from the list."))
        found.setdefault((row.kind, country, key[:LONGEST]), Document(row.kind, country, number))
    return _few(found.values())


def _phones(rows: Iterable[Phone]) -> tuple[Phone, ...]:
    texts = [_text(ascii_digits(row.text), LONGEST, _("A number has at most %(most)s characters.")) for row in rows]
    for text in texts:
        if text and not e164(text):
            raise ValidationError(_("“%(number)s” is no phone number. Write it like 012 345 678.") % {"number": text})
    return _few(Phone(text) for text in texts if text)


def _sex(value: str) -> str:
    if (value or Sex.UNKNOWN) not in Sex.values:
        raise ValidationError(_("Choose the sex from the list."))
    return value or Sex.UNKNOWN


def _day(value: date | None) -> date | None:
    if value and not date(OLDEST, 1, 1) <= value <= timezone.localdate():
        raise ValidationError(_("Nobody was born on this day. Check the year."))
    return value


def _year(value: int | None) -> int | None:
    if value is not None and not OLDEST <= value <= timezone.localdate().year:
        raise ValidationError(_("Write the year like 1998, not in the Buddhist era."))
    return value


def _age(value: int | None) -> int | None:
    if value is not None and not 0 <= value <= 120:
        raise ValidationError(_("Give an age from 0 to 120."))
    return value


def _nationality(value: str) -> str:
    if value and value.upper() not in dict(countries):
        raise ValidationError(_("Choose the nationality from the list."))
    return value.upper()


CHECKS: dict[str, Callable[[Any], Any]] = {
    "names": _names,
    "sex": _sex,
    "born_on": _day,
    "born_year": _year,
    "age": _age,
    "estimated": bool,
    "nationality": _nationality,
    "documents": _documents,
    "phones": _phones,
}


def written(name: str, value: Any) -> str:
    """Return a fact as the history keeps it: codes, one row of a set a line."""
    if name in SETS:
        return "\n".join("\t".join(row) for row in value)
    return "" if value is None or value == "" else str(value)


def said(name: str, text: str) -> str:
    """Say a fact of the history in the reader's words."""
    if name in SETS:
        return ", ".join(_said_row(name, line.split("\t")) for line in text.split("\n") if line)
    if name == "estimated":
        return _("Yes") if text == "True" else _("No")
    if name == "nationality":
        return country_name(text) if text else ""
    if name == "born_on" and text:
        return display.day(date.fromisoformat(text))
    return str(dict(Sex.choices).get(text, text)) if name == "sex" else text


def _said_row(name: str, parts: list[str]) -> str:
    if name == "names" and parts[-1] != PersonName.Kind.STATED:
        return _("%(name)s (%(kind)s)") % {"name": parts[0], "kind": PersonName.Kind(parts[-1]).label}
    if name == "documents":
        kind, country, number = parts
        words = (str(PersonDocument.Kind(kind).label), country_name(country) if country else "", number)
        return " ".join(word for word in words if word)
    return parts[0]

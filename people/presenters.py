"""What pages show of a person: names for those who may know them, and who it is without a name."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_countries import countries

from core import display
from people.ages import age_at
from people.models import Person
from people.services import script_of

LANG = {"khmer": "km", "latin": "en"}


def names_of(person: Person, user: Any) -> tuple[str, str]:
    """Return the name in the reader's script and the other one; both empty for who may not know names."""
    return person.names_for() if user.may("identity.read") else ("", "")


def lang_of(name: str) -> str:
    """Return the language a name is marked with; empty where none is known."""
    return LANG.get(script_of(name), "") if name else ""


def age_of(person: Person) -> str:
    """Return the age in whole years, "about" where it was estimated."""
    years = age_at(person, timezone.localdate())
    if years is None:
        return ""
    return _("about %(age)s") % {"age": display.number(years)} if person.estimated else display.number(years)


def about(person: Person) -> str:
    """Describe a person without a name: "F, 24, Viet Nam"."""
    sex = {"male": pgettext("sex", "M"), "female": pgettext("sex", "F"), "other": pgettext("sex", "Other")}
    country = str(countries.name(person.nationality)) if person.nationality else ""
    return ", ".join(part for part in (sex.get(person.sex, ""), age_of(person), country) if part)

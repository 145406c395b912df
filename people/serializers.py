"""Who somebody is, in the API. Rules stand in `people.facts`."""

from typing import Any

from rest_framework import serializers

from core.api import StrictSerializer
from people.facts import LONGEST, LONGEST_NAME, MOST, OLDEST, SETS, Document, Name, Phone, facts_of
from people.models import Person, PersonDocument, PersonName, Sex

COUNTRY: dict[str, Any] = {"max_length": 2, "allow_blank": True, "required": False, "help_text": "alpha-2"}
ROWS = {"names": Name, "documents": Document, "phones": Phone}


class NameFields(StrictSerializer):
    """A name as written, and what kind of name it is."""

    text = serializers.CharField(max_length=LONGEST_NAME)
    kind = serializers.ChoiceField(choices=PersonName.Kind.choices, required=False, default="stated")


class DocumentFields(StrictSerializer):
    """A document and its number as written."""

    kind = serializers.ChoiceField(choices=PersonDocument.Kind.choices)
    country = serializers.CharField(**COUNTRY, default="")
    number = serializers.CharField(max_length=LONGEST)


class PhoneFields(StrictSerializer):
    """A phone number as written."""

    text = serializers.CharField(max_length=LONGEST)


class PersonFacts(StrictSerializer):
    """Who somebody is. Of `born_on`, `born_year` and `age` one is known at most; a set that is sent replaces what is there."""

    names = serializers.ListField(child=NameFields(), max_length=MOST, required=False)
    sex = serializers.ChoiceField(choices=Sex.choices, required=False)
    born_on = serializers.DateField(required=False, allow_null=True)
    born_year = serializers.IntegerField(required=False, allow_null=True, min_value=OLDEST, max_value=2200)
    age = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=120)
    estimated = serializers.BooleanField(required=False)
    nationality = serializers.CharField(**COUNTRY)
    documents = serializers.ListField(child=DocumentFields(), max_length=MOST, required=False)
    phones = serializers.ListField(child=PhoneFields(), max_length=MOST, required=False)


class PersonChange(PersonFacts):
    """The facts that change, and the version of the person that was read."""

    needed = ("version",)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class PersonShown(PersonFacts):
    """Who somebody is, and the version of the person."""

    age_on = serializers.DateField(allow_null=True, help_text="the day the age was said")
    version = serializers.IntegerField()

    def to_representation(self, person: Person) -> dict[str, Any]:
        facts = facts_of(person)
        rows = {name: [row._asdict() for row in facts[name]] for name in SETS}
        return {**_plain(facts), **rows, "age_on": _day(person.age_on), "version": person.version}


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, "born_on": _day(facts["born_on"])}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def changes_of(said: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of a body as the service takes them."""
    made = {name: tuple(row(**one) for one in said[name]) for name, row in ROWS.items() if name in said}
    return {**said, **made}

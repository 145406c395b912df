"""The shape of what may be sent about complaints in the API. Rules stand in `complaints.checks`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from complaints.came import MOST
from complaints.checks import MAX_NARRATIVE, MAX_NUMBER, MAX_PEOPLE, MAX_TOLD
from complaints.models import Channel, ExploitationForm, Handling, Relation, Urgency
from complaints.said import SAFE_CONTACT, CameSaid, ComplaintSaid, PersonSaid, ReporterSaid
from complaints.serializers import HEADS
from core.api import StrictSerializer
from people.models import Sex

NAMES = {"number": "number_reported", "takes_part": "names_official"}  # of fields, as the body has them
EMPTY: dict[str, Any] = {"required": False, "allow_blank": True, "allow_null": True}
SAFE = {
    "oneOf": [
        {"type": "string", "maxLength": MAX_TOLD},
        {"type": "object", "properties": {part: {"type": "string", "maxLength": MAX_TOLD} for part in SAFE_CONTACT}},
    ],
    "nullable": True,
}
SAFE["oneOf"][1]["additionalProperties"] = False  # type: ignore[index]
FORMS = {"type": "array", "items": {"type": "string", "enum": ExploitationForm.values}}


@extend_schema_field({"oneOf": [{"type": "integer", "minimum": 1, "maximum": MAX_NUMBER}, HEADS], "nullable": True})
class HeadsSaid(serializers.Field[Any, Any, Any, Any]):
    """A whole number (likely), or lowest, likely and highest."""

    default_error_messages = {"invalid": _("Give a whole number, or an object with low, likely and high.")}

    def to_internal_value(self, data: Any) -> tuple[int | None, int, int | None]:
        said = data if isinstance(data, Mapping) else {"likely": data}
        numbers = {name: number for name, number in said.items() if number is not None}
        if "likely" not in numbers or not set(said) <= {"low", "likely", "high"}:
            self.fail("invalid")
        if any(type(number) is not int for number in numbers.values()):  # True is an int too
            self.fail("invalid")
        return numbers.get("low"), numbers["likely"], numbers.get("high")


@extend_schema_field(SAFE)
class SafeContactSaid(serializers.Field[Any, Any, Any, Any]):
    """How the reporter may be reached: words, or an object of the parts of the safe-contact form."""

    default_error_messages = {"invalid": _("Give a text, or an object with the texts of the safe-contact form.")}

    def to_internal_value(self, data: Any) -> dict[str, str]:
        parts = {"way": data} if isinstance(data, str) else data
        if not isinstance(parts, Mapping) or not set(parts) <= set(SAFE_CONTACT):
            self.fail("invalid")
        if any(not isinstance(text, str) for text in parts.values()):
            self.fail("invalid")
        return dict(parts)


@extend_schema_field({**FORMS, "nullable": True})
class FormsSaid(serializers.ListField):
    """Forms of exploitation by code; HTCDS's spelling (ForcedLabour) is read too."""


class ReporterSaidSerializer(StrictSerializer):
    """Who told us; sealed as soon as it is stored."""

    name = serializers.CharField(**EMPTY, max_length=MAX_TOLD)
    phone = serializers.CharField(**EMPTY, max_length=MAX_TOLD)
    address = serializers.CharField(**EMPTY, max_length=MAX_TOLD)
    relation = serializers.ChoiceField(choices=Relation.choices, **EMPTY)
    safe_contact = SafeContactSaid(required=False, allow_null=True)


class PersonSaidSerializer(StrictSerializer):
    """A person named, or only described; every part may be missing."""

    name = serializers.CharField(**EMPTY, max_length=200)
    sex = serializers.ChoiceField(choices=Sex.choices, **EMPTY)
    age = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=120)
    nationality = serializers.RegexField(r"^[A-Za-z]{2}$", **EMPTY)


class CameSaidSerializer(StrictSerializer):
    """What a letter, an e-mail, an official request or a visit has of its own; who writes or comes is sealed with the reporter."""

    letter_number = serializers.CharField(**EMPTY, max_length=MOST["letter_number"])
    dated_on = serializers.DateField(required=False, allow_null=True)
    office = serializers.CharField(**EMPTY, max_length=MOST["office"])
    post = serializers.CharField(**EMPTY, max_length=MOST["post"])
    subject = serializers.CharField(**EMPTY, max_length=MOST["subject"])
    answer_by = serializers.DateField(required=False, allow_null=True)
    counter = serializers.CharField(**EMPTY, max_length=MOST["counter"])
    accompanied_by = serializers.CharField(**EMPTY, max_length=MOST["accompanied_by"])


def came_said(words: dict[str, Any]) -> CameSaid:
    """Take what a paper or a visit has of its own out of a checked body."""
    return CameSaid(**{one.name: words.pop(one.name) for one in fields(CameSaid) if one.name in words})


class ComplaintSaidSerializer(CameSaidSerializer):
    """A complaint as it came in."""

    channel = serializers.ChoiceField(choices=Channel.choices)
    narrative = serializers.CharField(max_length=MAX_NARRATIVE)
    received_at = serializers.DateTimeField(required=False, allow_null=True)
    province_of_report = serializers.CharField(**EMPTY, max_length=2)
    country_of_report = serializers.CharField(**EMPTY, max_length=2)
    province_of_incident = serializers.CharField(**EMPTY, max_length=2)
    country_of_incident = serializers.CharField(**EMPTY, max_length=2)
    district = serializers.CharField(**EMPTY, max_length=4)
    commune = serializers.CharField(**EMPTY, max_length=6)
    site = serializers.CharField(**EMPTY, max_length=16)
    exact_spot = serializers.CharField(**EMPTY, max_length=300)
    forms = FormsSaid(child=serializers.CharField(max_length=60), required=False, allow_null=True, max_length=40)
    number_reported = HeadsSaid(required=False, allow_null=True)
    urgency = serializers.ChoiceField(choices=Urgency.choices, **EMPTY)
    handling = serializers.ChoiceField(choices=Handling.choices, **EMPTY)
    not_local_police = serializers.BooleanField(required=False)
    names_official = serializers.BooleanField(
        required=False,
        help_text="true seals it; unsaid, where the words may speak of an official: a new complaint goes to the ministry "
        "(national_led) unless `handling` says else, and what is added to one of a province is asked about (400)",
    )
    official = serializers.CharField(**EMPTY, max_length=300)
    reporter = ReporterSaidSerializer(required=False, allow_null=True)
    people = serializers.ListField(child=PersonSaidSerializer(), required=False, allow_null=True, max_length=MAX_PEOPLE)


class FactsSaidSerializer(StrictSerializer):
    """Facts that may be corrected, with the version that was read; fewer people or less urgency is not an edit."""

    needed = ("version",)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    exact_spot = serializers.CharField(required=False, allow_blank=True, max_length=300)
    site = serializers.CharField(**EMPTY, max_length=16)
    district = serializers.CharField(**EMPTY, max_length=4)
    commune = serializers.CharField(**EMPTY, max_length=6)
    forms = serializers.ListField(
        child=serializers.ChoiceField(choices=ExploitationForm.choices), required=False, max_length=40
    )
    urgency = serializers.ChoiceField(choices=Urgency.choices, required=False)
    number_reported = serializers.IntegerField(required=False, min_value=1, max_value=MAX_NUMBER)


@contextmanager
def named_as_sent() -> Iterator[None]:
    """Name a field in an error as the body names it."""
    try:
        yield
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"detail": error.messages}
        raise ValidationError({NAMES.get(name, name): texts for name, texts in by_field.items()}) from None


def complaint_said(data: Mapping[str, Any]) -> ComplaintSaid:
    """Turn a checked body into what was said; what is null was not said."""
    words = {name: value for name, value in data.items() if value not in (None, "")}
    reporter, people = words.pop("reporter", None), words.pop("people", ())
    return ComplaintSaid(
        asks_official="names_official" not in words and "official" not in words,
        came=came_said(words),
        forms=tuple(words.pop("forms", ())),
        number=words.pop("number_reported", None),
        reporter=reporter_said(reporter) if reporter is not None else None,
        people=tuple(person_said(person) for person in people),
        **words,
    )


def reporter_said(data: Mapping[str, Any]) -> ReporterSaid:
    """Turn a checked body into who told us; what is null was not said."""
    return ReporterSaid(**{name: value for name, value in data.items() if value not in (None, "")})


def person_said(data: Mapping[str, Any]) -> PersonSaid:
    """Turn a checked person into what was said of them."""
    return PersonSaid(**{name: value for name, value in data.items() if value not in (None, "")})

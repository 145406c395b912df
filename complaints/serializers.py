"""The shape of complaints in the API: what is read, and what may be sent. Rules stand in `complaints.checks`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from complaints.checks import MAX_NARRATIVE, MAX_NUMBER, MAX_PEOPLE
from complaints.models import (
    Channel,
    Complaint,
    ExploitationForm,
    Handling,
    Missing,
    Outcome,
    Relation,
    Status,
    Urgency,
    Withdrawer,
)
from complaints.said import SAFE_CONTACT, ComplaintSaid, PersonSaid, ReporterSaid
from complaints.workflow import COMPLAINT
from core.api import StrictSerializer
from core.serializers import Code, CountryShown
from people.models import Sex
from victims.serializers import PersonSerializer
from workflow.api import StepShown, step_serializer, steps_shown
from workflow.moving import leads_to

EMPTY: dict[str, Any] = {"required": False, "allow_blank": True, "allow_null": True}
HEADS = {
    "type": "object",
    "properties": {
        "low": {"type": "integer", "nullable": True, "minimum": 1, "maximum": MAX_NUMBER},
        "likely": {"type": "integer", "minimum": 1, "maximum": MAX_NUMBER},
        "high": {"type": "integer", "nullable": True, "minimum": 1, "maximum": MAX_NUMBER},
    },
    "required": ["likely"],
    "additionalProperties": False,
}
LEDGER = ("reported", "rescued", "left_on_own", "declined", "not_found", "deceased", "sought", "found_unreported")
SAFE = {
    "oneOf": [
        {"type": "string", "maxLength": 300},
        {"type": "object", "properties": {part: {"type": "string", "maxLength": 300} for part in SAFE_CONTACT}},
    ],
    "nullable": True,
}
SAFE["oneOf"][1]["additionalProperties"] = False  # type: ignore[index]
FORMS = {"type": "array", "items": {"type": "string", "enum": ExploitationForm.values}}


@extend_schema_field({**HEADS, "nullable": True})
class HeadsShown(serializers.Field[Any, Any, Any, Any]):
    """How many people were reported; null where nobody said."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True)

    def to_representation(self, row: Complaint) -> dict[str, int | None] | None:
        if row.number_reported is None:
            return None
        return {"low": row.number_low, "likely": row.number_reported, "high": row.number_high}


class LedgerSerializer(serializers.Serializer[dict[str, int]]):
    """reported = rescued + left_on_own + declined + not_found + deceased + sought; found_unreported stands beside."""

    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.IntegerField() for name in LEDGER}


class ReporterShown(serializers.Serializer[Any]):
    """That there is a reporter, and who they are to the people; never their identity."""

    relation = serializers.ChoiceField(choices=Relation.choices)


class ComplaintSerializer(serializers.Serializer[Complaint]):
    """A complaint in a list. What identifies people is null for roles that read coded data only."""

    reference = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    headline = serializers.SerializerMethodField()
    urgency = serializers.ChoiceField(choices=Urgency.choices)
    handling = serializers.ChoiceField(choices=Handling.choices)
    channel = serializers.ChoiceField(choices=Channel.choices)
    forms = serializers.ListField(child=serializers.ChoiceField(choices=ExploitationForm.choices))
    province = serializers.CharField(source="province_id", help_text="responsible; 00 is the ministry")
    province_of_report = serializers.CharField(source="province_of_report_id", allow_null=True)
    country_of_report = CountryShown()
    province_of_incident = serializers.CharField(source="province_of_incident_id", allow_null=True)
    country_of_incident = CountryShown()
    district = serializers.CharField(source="district_id", allow_null=True)
    commune = serializers.CharField(source="commune_id", allow_null=True)
    site = serializers.CharField(source="site.reference", default=None, allow_null=True)
    number_reported = HeadsShown()
    ledger = LedgerSerializer()
    outcome = Code(choices=Outcome.choices)
    proposed_outcome = Code(choices=Outcome.choices)
    outcome_at = serializers.DateTimeField(allow_null=True)
    officer = serializers.CharField(source="officer.username", default=None, allow_null=True)
    reporter = serializers.SerializerMethodField()
    received_at = serializers.DateTimeField()
    logged_at = serializers.DateTimeField()
    status_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    answer_due_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    available_steps = serializers.SerializerMethodField()

    @property
    def reader(self) -> Any:
        return self.context["request"].user

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_headline(self, row: Complaint) -> str | None:
        """Give the first words of the narrative to who may know identities; lists bring its opening along."""
        if not self.reader.may("identity.read"):
            return None
        row.narrative = getattr(row, "opening", None) or row.narrative
        return row.headline

    @extend_schema_field(ReporterShown(allow_null=True))
    def get_reporter(self, row: Any) -> dict[str, str] | None:
        """Say whether there is a reporter and their relation; the queryset brings it along."""
        return {"relation": row.reporter_relation} if row.reporter_relation else None

    @extend_schema_field(StepShown(many=True))
    def get_available_steps(self, row: Complaint) -> list[dict[str, Any]]:
        """List the steps the reader may take now."""
        return steps_shown(COMPLAINT, row, self.reader)


class ComplaintDetailSerializer(ComplaintSerializer):
    """One complaint, with the people in it that the reader may see."""

    missing = serializers.ListField(child=serializers.ChoiceField(choices=Missing.choices))
    next_attempt_on = serializers.DateField(allow_null=True)
    duplicate_of = serializers.SerializerMethodField()
    withdrawn_by = Code(choices=Withdrawer.choices)
    withdrawn_alone = serializers.BooleanField(allow_null=True)
    withdrawn_pressed = serializers.BooleanField(allow_null=True)
    narrative = serializers.SerializerMethodField()
    exact_spot = serializers.SerializerMethodField()
    people = serializers.SerializerMethodField()
    merged_into = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_merged_into(self, row: Complaint) -> str | None:
        """Name the complaint this one was merged into, where the reader may see it."""
        return leads_to(row, self.reader)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_duplicate_of(self, row: Complaint) -> str | None:
        """Name the complaint this one is a duplicate of, where the reader may see it."""
        if row.duplicate_of_id is None:
            return None
        seen = Complaint.objects.visible_to(self.reader).filter(pk=row.duplicate_of_id)
        return seen.values_list("reference", flat=True).first()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_narrative(self, row: Complaint) -> str | None:
        """Give what is said to who may know identities."""
        return row.narrative if self.reader.may("identity.read") else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_exact_spot(self, row: Complaint) -> str | None:
        """Give the exact spot to who may know identities."""
        return row.exact_spot if self.reader.may("identity.read") else None

    @extend_schema_field(PersonSerializer(many=True))
    def get_people(self, row: Any) -> Any:
        """List the people in it, through the scope."""
        people = row.victims.visible_to(self.reader).live().select_related("person").prefetch_related("person__names")
        return PersonSerializer(people.order_by("received_at", "pk"), many=True, context=self.context).data


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

    name = serializers.CharField(**EMPTY, max_length=300)
    phone = serializers.CharField(**EMPTY, max_length=300)
    address = serializers.CharField(**EMPTY, max_length=300)
    relation = serializers.ChoiceField(choices=Relation.choices, **EMPTY)
    safe_contact = SafeContactSaid(required=False, allow_null=True)


class PersonSaidSerializer(StrictSerializer):
    """A person named, or only described; every part may be missing."""

    name = serializers.CharField(**EMPTY, max_length=200)
    sex = serializers.ChoiceField(choices=Sex.choices, **EMPTY)
    age = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=120)
    nationality = serializers.RegexField(r"^[A-Za-z]{2}$", **EMPTY)


class ComplaintSaidSerializer(StrictSerializer):
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
    names_official = serializers.BooleanField(required=False)
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


ComplaintStep = step_serializer("ComplaintStep", COMPLAINT)


def complaint_said(data: Mapping[str, Any]) -> ComplaintSaid:
    """Turn a checked body into what was said; what is null was not said."""
    words = {name: value for name, value in data.items() if value not in (None, "")}
    reporter, people = words.pop("reporter", None), words.pop("people", ())
    return ComplaintSaid(
        forms=tuple(words.pop("forms", ())),
        number=words.pop("number_reported", None),
        reporter=_reporter_said(reporter) if reporter is not None else None,
        people=tuple(person_said(person) for person in people),
        **words,
    )


def _reporter_said(data: Mapping[str, Any]) -> ReporterSaid:
    return ReporterSaid(**{name: value for name, value in data.items() if value not in (None, "")})


def person_said(data: Mapping[str, Any]) -> PersonSaid:
    """Turn a checked person into what was said of them."""
    return PersonSaid(**{name: value for name, value in data.items() if value not in (None, "")})

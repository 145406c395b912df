"""The shape of complaints in the API as they are read; what may be sent stands in `said_serializers`."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from complaints.checks import MAX_NUMBER
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
from complaints.workflow import COMPLAINT
from core.serializers import Code, CountryShown
from victims.serializers import PersonSerializer
from workflow.api import StepShown, step_serializer, steps_shown
from workflow.moving import leads_to

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


ComplaintStep = step_serializer("ComplaintStep", COMPLAINT)

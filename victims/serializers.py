"""The shape of people sought and found in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.serializers import Code, CountryShown
from people.models import Sex
from victims.models import Decision, LeftHow, RescueStatus, Victim
from victims.workflow import IDENTIFICATION, RESCUE
from workflow.api import StepShown, step_serializer, steps_shown


class PersonSerializer(serializers.Serializer[Victim]):
    """Who is sought, in short; names are empty for roles that read coded data only."""

    reference = serializers.CharField()
    names = serializers.SerializerMethodField()
    sex = serializers.ChoiceField(choices=Sex.choices, source="person.sex")
    age = serializers.IntegerField(source="person.age", allow_null=True, help_text="years, as said")
    age_estimated = serializers.BooleanField(source="person.estimated")
    is_child = serializers.BooleanField()
    nationality = CountryShown(source="person.nationality")
    rescue_status = serializers.ChoiceField(choices=RescueStatus.choices)
    found_unreported = serializers.BooleanField()

    @property
    def reader(self) -> Any:
        """Return who reads."""
        return self.context["request"].user

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_names(self, row: Victim) -> list[str]:
        """List the names as written, in every script, for who may know identities."""
        if not self.reader.may("identity.read"):
            return []
        return [name.text for name in sorted(row.person.names.all(), key=lambda name: name.pk)]


class VictimSerializer(PersonSerializer):
    """A person sought or found, in one complaint."""

    status = serializers.ChoiceField(choices=RescueStatus.choices, source="rescue_status", help_text="= rescue_status")
    complaint = serializers.SerializerMethodField()
    province = serializers.CharField(source="province_id")
    handling = serializers.CharField()
    rescued_on = serializers.DateField(allow_null=True)
    place = serializers.SerializerMethodField()
    left_how = Code(choices=LeftHow.choices)
    is_final = serializers.BooleanField(help_text="declined or not found: confirmed by a second person")
    rescued_in = serializers.CharField(source="rescued_in_id", allow_null=True, help_text="province where rescued")
    decision = serializers.ChoiceField(choices=Decision.choices)
    decided_on = serializers.DateField(allow_null=True)
    received_at = serializers.DateTimeField()
    status_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    available_steps = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_complaint(self, row: Any) -> str | None:
        """Name the complaint where the reader may see it; a grant may open one person of it only."""
        return getattr(getattr(row, "complaint", None), "reference", None)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_place(self, row: Victim) -> str | None:
        """Give where it happened to who may know identities."""
        return row.place if self.reader.may("identity.read") else None

    @extend_schema_field(StepShown(many=True))
    def get_available_steps(self, row: Victim) -> list[dict[str, Any]]:
        """List the steps the reader may take now: of the rescue, then of the identification."""
        return steps_shown(RESCUE, row, self.reader) + steps_shown(IDENTIFICATION, row, self.reader)


VictimStep = step_serializer("VictimStep", RESCUE, IDENTIFICATION)

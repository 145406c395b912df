"""The shape of people sought and found in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import StrictSerializer
from core.serializers import Code, CountryShown
from people.facts import LONGEST, LONGEST_NAME, MOST, OLDEST
from people.matching import Known
from people.models import Sex
from people.punishment import ReviewState, Standing
from victims.models import Decision, LeftHow, PlaceKind, RescueStatus, Stay, Victim
from victims.similar import Similar
from victims.workflow import IDENTIFICATION, RESCUE
from workflow.api import StepShown, step_serializer, steps_shown
from workflow.moving import leads_to


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
    merged_into = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_complaint(self, row: Any) -> str | None:
        """Name the complaint where the reader may see it; a grant may open one person of it only."""
        return getattr(getattr(row, "complaint", None), "reference", None)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_place(self, row: Victim) -> str | None:
        """Give where it happened to who may know identities."""
        return row.place if self.reader.may("identity.read") else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_merged_into(self, row: Victim) -> str | None:
        """Name the row this one left for: one person stands once in a complaint."""
        return leads_to(row, self.context["request"].user)

    @extend_schema_field(StepShown(many=True))
    def get_available_steps(self, row: Victim) -> list[dict[str, Any]]:
        """List the steps the reader may take now: of the rescue, then of the identification."""
        return steps_shown(RESCUE, row, self.reader) + steps_shown(IDENTIFICATION, row, self.reader)


VictimStep = step_serializer("VictimStep", RESCUE, IDENTIFICATION)


class KnownSerializer(StrictSerializer):
    """What is known of somebody, every part may be missing; documents and phones as written."""

    names = serializers.ListField(child=serializers.CharField(max_length=LONGEST_NAME), max_length=MOST, required=False)
    sex = serializers.ChoiceField(choices=Sex.choices, required=False)
    born_on = serializers.DateField(required=False, allow_null=True)
    born_year = serializers.IntegerField(required=False, allow_null=True, min_value=OLDEST, max_value=2200)
    age = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=120)
    nationality = serializers.CharField(max_length=2, required=False, allow_blank=True, help_text="alpha-2")
    documents = serializers.ListField(child=serializers.CharField(max_length=LONGEST), max_length=MOST, required=False)
    phones = serializers.ListField(child=serializers.CharField(max_length=LONGEST), max_length=MOST, required=False)

    def known(self) -> Known:
        """Return what was said."""
        said = self.validated_data.items()
        data: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said}
        return Known(**data)


class SimilarSerializer(serializers.Serializer[Similar]):
    """A person who may be the same, by a row of theirs: `V-…` sought, `S-…` suspected."""

    reference = serializers.CharField()
    complaint = serializers.SerializerMethodField()
    score = serializers.IntegerField(min_value=0, max_value=100)
    reasons = serializers.ListField(child=serializers.CharField())

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_complaint(self, row: Similar) -> str | None:
        """Name the complaint where the reader may see it."""
        return row.complaint or None


class StaySerializer(serializers.Serializer[Stay]):
    """Where a person was or is: the kind and the days."""

    kind = serializers.ChoiceField(choices=PlaceKind.choices)
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True, help_text="null: the person is there now")
    recorded_at = serializers.DateTimeField()


class StayChange(StrictSerializer):
    """Where a person is from a day on."""

    kind = serializers.ChoiceField(choices=PlaceKind.choices)
    since = serializers.DateField(required=False, help_text="today unless said")
    detail = serializers.CharField(max_length=1000, required=False, allow_blank=True, help_text="address; kept sealed")


class StayReason(StrictSerializer):
    """Why somebody needs to see an address."""

    reason = serializers.CharField(max_length=1000, allow_blank=True)


class StayShown(serializers.Serializer[Any]):
    """Where a person is, with the address."""

    kind = serializers.ChoiceField(choices=PlaceKind.choices)
    since = serializers.DateField()
    detail = serializers.CharField()


class StandingSerializer(serializers.Serializer[Standing]):
    """How the non-punishment review of one suspicion against the person stands."""

    suspect = serializers.CharField(source="reference")
    state = serializers.ChoiceField(choices=ReviewState.choices)
    by = serializers.CharField(help_text="empty where nobody has reviewed")
    at = serializers.DateTimeField(allow_null=True)

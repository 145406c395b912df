"""The shape of suspects and case files in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import StrictSerializer
from core.serializers import Code, CountryShown
from people.models import Sex
from suspects.models import (
    AppealBy,
    ArrestKind,
    CaseFile,
    Charge,
    ChargeResult,
    FirstContact,
    ProcessRole,
    RestraintKind,
    Suspect,
    SuspectStatus,
)
from suspects.presenters.casefiles import seen_parts
from suspects.presenters.court import next_of
from suspects.workflow import SUSPECT
from workflow.api import StepShown, step_serializer, steps_shown
from workflow.moving import leads_to


class ChargeSerializer(serializers.Serializer[Charge]):
    """One article charged under, and what became of it; `is_lesser`: the judgment put it instead."""

    article = serializers.CharField(source="article_id")
    is_trafficking = serializers.BooleanField(source="article.is_trafficking")
    charged_on = serializers.DateField()
    is_lesser = serializers.BooleanField()
    result = Code(choices=[choice for choice in ChargeResult.choices if choice[0]])


class SentenceSerializer(serializers.Serializer[Suspect]):
    """What the first instance gave; words are null for roles that read coded data only."""

    in_absentia = serializers.BooleanField()
    prison_months = serializers.IntegerField(allow_null=True, help_text="999: for life")
    suspended_months = serializers.IntegerField(allow_null=True, help_text="of the prison")
    fine_riel = serializers.IntegerField(allow_null=True)
    compensation_riel = serializers.IntegerField(allow_null=True)
    confiscated = serializers.SerializerMethodField()
    confiscated_riel = serializers.IntegerField(allow_null=True)
    confiscated_usd = serializers.IntegerField(allow_null=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_confiscated(self, row: Suspect) -> str | None:
        """Give the words to who may know identities."""
        return row.confiscated if self.context["request"].user.may("identity.read") else None


class SuspectSerializer(serializers.Serializer[Suspect]):
    """A suspect in one complaint; names are empty for roles that read coded data only."""

    reference = serializers.CharField()
    names = serializers.SerializerMethodField()
    sex = serializers.ChoiceField(choices=Sex.choices, source="person.sex")
    age = serializers.IntegerField(source="person.age", allow_null=True, help_text="years, as said")
    nationality = CountryShown(source="person.nationality")
    roles = serializers.ListField(child=serializers.ChoiceField(choices=ProcessRole.choices))
    status = serializers.ChoiceField(choices=SuspectStatus.choices)
    complaint = serializers.SerializerMethodField()
    province = serializers.CharField(source="province_id")
    handling = serializers.CharField()
    arrested_at = serializers.DateTimeField(allow_null=True)
    arrested_in = serializers.CharField(source="arrested_in_id", allow_null=True)
    arrest_kind = Code(choices=ArrestKind.choices)
    custody_ends_at = serializers.DateTimeField(allow_null=True)
    extended_on = serializers.DateField(allow_null=True)
    sent_to_court_on = serializers.DateField(allow_null=True)
    court = serializers.CharField(source="court_id", allow_null=True, help_text="code of the court")
    released_on = serializers.DateField(allow_null=True)
    first_contact_at = serializers.DateTimeField(allow_null=True)
    first_contact_kind = Code(choices=FirstContact.choices)
    charged_on = serializers.DateField(allow_null=True)
    charges = ChargeSerializer(many=True, source="standing")
    restraint = Code(choices=RestraintKind.choices, help_text="how the court holds them now")
    on_trial_on = serializers.DateField(allow_null=True)
    verdict_on = serializers.DateField(allow_null=True, help_text="of the first instance")
    sentence = serializers.SerializerMethodField()
    settled_on = serializers.DateField(allow_null=True)
    appealed_on = serializers.DateField(allow_null=True)
    appealed_by = Code(choices=AppealBy.choices)
    next_hearing_at = serializers.SerializerMethodField()
    received_at = serializers.DateTimeField()
    status_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    available_steps = serializers.SerializerMethodField()
    merged_into = serializers.SerializerMethodField()

    @property
    def reader(self) -> Any:
        """Return who reads."""
        return self.context["request"].user

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_names(self, row: Suspect) -> list[str]:
        """List the names as written, in every script, for who may know identities."""
        if not self.reader.may("identity.read"):
            return []
        return [name.text for name in sorted(row.person.names.all(), key=lambda name: name.pk)]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_complaint(self, row: Any) -> str | None:
        """Name the complaint where the reader may see it."""
        return getattr(getattr(row, "complaint", None), "reference", None)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_merged_into(self, row: Suspect) -> str | None:
        """Name the row this one left for: one person stands once in a complaint."""
        return leads_to(row, self.context["request"].user)

    @extend_schema_field(SentenceSerializer(allow_null=True))
    def get_sentence(self, row: Suspect) -> dict[str, Any] | None:
        """Give the sentence of who is convicted."""
        if row.status != SuspectStatus.CONVICTED:
            return None
        found: dict[str, Any] = SentenceSerializer(row, context=self.context).data
        return found

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_next_hearing_at(self, row: Any) -> Any:
        """Say when the next hearing is set."""
        found = next_of(row.sittings)
        return found.at if found else None

    @extend_schema_field(StepShown(many=True))
    def get_available_steps(self, row: Suspect) -> list[dict[str, Any]]:
        """List the steps the reader may take now."""
        return steps_shown(SUSPECT, row, self.reader)


SuspectStep = step_serializer("SuspectStep", SUSPECT)


class SuspectSaidSerializer(StrictSerializer):
    """A suspect to be added: who they are as far as known, and their role in the process."""

    name = serializers.CharField(required=False, allow_blank=True, max_length=200)
    sex = serializers.ChoiceField(required=False, choices=Sex.choices)
    age = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=120)
    nationality = serializers.CharField(required=False, allow_blank=True, max_length=2, help_text="alpha-2")
    roles = serializers.ListField(
        required=False, child=serializers.ChoiceField(choices=ProcessRole.choices), max_length=len(ProcessRole)
    )
    public_official = serializers.CharField(
        required=False, allow_blank=True, max_length=2000, help_text="function and unit; kept sealed"
    )


class CaseFileSerializer(serializers.Serializer[CaseFile]):
    """A criminal file of police or court."""

    reference = serializers.CharField()
    police_number = serializers.CharField()
    court_number = serializers.CharField()
    unit = serializers.CharField()
    opened_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    court = serializers.CharField(source="court_id")
    province = serializers.CharField(source="province_id")
    handling = serializers.CharField()
    articles = serializers.SerializerMethodField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_articles(self, row: CaseFile) -> list[str]:
        """List the codes of its articles."""
        return [article.code for article in row.articles.all()]


class CaseFileDetailSerializer(CaseFileSerializer):
    """A file with what it joins, of what the reader may see: references, which their own addresses explain."""

    complaints = serializers.SerializerMethodField()
    suspects = serializers.SerializerMethodField()
    victims = serializers.SerializerMethodField()

    def get_complaints(self, row: CaseFile) -> list[str]:
        """List its complaints."""
        return self._parts(row, "complaints")

    def get_suspects(self, row: CaseFile) -> list[str]:
        """List its suspects."""
        return self._parts(row, "suspects")

    def get_victims(self, row: CaseFile) -> list[str]:
        """List the people of its proceedings."""
        return self._parts(row, "victims")

    def _parts(self, row: CaseFile, name: str) -> list[str]:
        rows = seen_parts(row, name, self.context["request"].user)
        return [] if rows is None else list(rows.values_list("reference", flat=True))

"""The shape of referrals in the API: what each side reads, what may be sent."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import StrictSerializer
from partners.models import Service
from referrals.cared import CareShown
from referrals.models import Referral, ReferralKind, ReferralOutcome, ReferralStatus, ReturnReason
from referrals.presenters import asked_of_province, is_inside, read_by_receiver, reads, receiver_name, story_of
from referrals.shown import shown_to_partner
from referrals.telling import may_know_reporter
from referrals.workflow import REFERRAL
from workflow.api import StepShown, step_serializer, steps_shown

ReferralStep = step_serializer("ReferralStep", REFERRAL)
TEXT: dict[str, Any] = {"required": False, "allow_blank": True}


class ReadSerializer(serializers.Serializer[Any]):
    """One fact the receiver reads."""

    key = serializers.CharField()
    value = serializers.CharField()


class StoryLineSerializer(serializers.Serializer[Any]):
    """One line of what happened."""

    at = serializers.DateTimeField()
    title = serializers.CharField()
    by = serializers.CharField()
    note = serializers.CharField()


def sees(referral: Referral) -> bool:
    """Return whether the reader sees the complaint or the person besides (`referrals.api.with_sight`)."""
    return bool(getattr(referral, "sees_complaint", False) or getattr(referral, "sees_person", False))


class ReferralSerializer(serializers.Serializer[Referral]):
    """A referral; `complaint` and `person` are named to who may see them, never to a partner."""

    reference = serializers.CharField()
    kind = serializers.ChoiceField(choices=ReferralKind.choices)
    status = serializers.ChoiceField(choices=ReferralStatus.choices)
    to = serializers.SerializerMethodField()
    to_partner = serializers.CharField(source="to_partner.reference", default=None, allow_null=True)
    to_province = serializers.CharField(source="to_province_id", allow_null=True)
    from_partner = serializers.SerializerMethodField()
    complaint = serializers.SerializerMethodField()
    person = serializers.SerializerMethodField()
    received_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    in_time = serializers.BooleanField(allow_null=True)
    return_reason = serializers.ChoiceField(choices=[("", ""), *ReturnReason.choices])
    outcome = serializers.ChoiceField(choices=[("", ""), *ReferralOutcome.choices])
    ended_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()

    def get_to(self, referral: Referral) -> str:
        """Name the receiver."""
        return receiver_name(referral)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_from_partner(self, referral: Referral) -> str | None:
        """Name the partner that reported to itself and to who may open a reporter's identity."""
        told = referral.from_partner is not None and may_know_reporter(referral, self.context["request"].user)
        return referral.from_partner.reference if told and referral.from_partner else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_complaint(self, referral: Referral) -> str | None:
        """Name the complaint to who may see it (`referrals.api.with_sight` asks for all rows at once)."""
        return referral.complaint.reference if getattr(referral, "sees_complaint", False) else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_person(self, referral: Referral) -> str | None:
        """Name the person's record to who may see it."""
        seen = referral.victim is not None and getattr(referral, "sees_person", False)
        return referral.victim.reference if seen and referral.victim else None


class ReferralDetailSerializer(ReferralSerializer):
    """One referral, with what its receiver reads and the steps that may be taken."""

    read = serializers.SerializerMethodField()
    answered_by = serializers.CharField()
    emergency = serializers.SerializerMethodField(help_text="sent without consent; null to a partner")
    after = serializers.SerializerMethodField(help_text="the referral it takes the place of")
    settled = serializers.SerializerMethodField(help_text="it came back and nobody else is needed; null to a partner")
    story = serializers.SerializerMethodField()
    available_steps = serializers.SerializerMethodField()

    @extend_schema_field(ReadSerializer(many=True))
    def get_read(self, referral: Referral) -> Any:
        """List what the receiver reads: for itself while the referral runs, for the sender always."""
        user = self.context["request"].user
        rows = read_by_receiver(referral, user) if is_inside(user) else shown_to_partner(referral)
        rows = rows or asked_of_province(referral, user, seen=sees(referral))
        return ReadSerializer(rows, many=True).data

    @extend_schema_field(serializers.BooleanField(allow_null=True))
    def get_emergency(self, referral: Referral) -> bool | None:
        """Say it to the sender's side and the receiving province."""
        return referral.emergency if is_inside(self.context["request"].user) else None

    @extend_schema_field(serializers.BooleanField(allow_null=True))
    def get_settled(self, referral: Referral) -> bool | None:
        """Say it to the sender's side and the receiving province."""
        return referral.settled if is_inside(self.context["request"].user) else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_after(self, referral: Referral) -> str | None:
        """Name it to who may see the complaint."""
        return referral.after.reference if referral.after and getattr(referral, "sees_complaint", False) else None

    @extend_schema_field(StoryLineSerializer(many=True))
    def get_story(self, referral: Referral) -> Any:
        """Tell what happened, newest first, as on the page."""
        user = self.context["request"].user
        lines = story_of(referral, user, words=reads(referral, user, seen=sees(referral)))
        return StoryLineSerializer(lines, many=True).data

    @extend_schema_field(StepShown(many=True))
    def get_available_steps(self, referral: Referral) -> Any:
        """List the steps that may be taken now."""
        return steps_shown(REFERRAL, referral, self.context["request"].user)


class ReferralSentSerializer(ReferralDetailSerializer):
    """The first of the referrals sent, and the references of all of them."""

    references = serializers.ListField(child=serializers.CharField())


class ReadSaid(StrictSerializer):
    """What a sender types for the receiver to read, and may change while the referral runs."""

    needs_tonight = serializers.CharField(max_length=500, **TEXT)
    language = serializers.CharField(max_length=120, **TEXT)
    health = serializers.CharField(max_length=500, **TEXT)
    papers = serializers.CharField(max_length=300, **TEXT)
    brought_by = serializers.CharField(max_length=200, **TEXT)
    brought_at = serializers.DateTimeField(required=False, allow_null=True)
    contact = serializers.CharField(max_length=200, **TEXT)
    placement_paper = serializers.CharField(max_length=80, **TEXT)


class ReferralSaid(ReadSaid):
    """Whom to send to whom: `people` (references of persons of one complaint) or `complaint`; `to` is a partner or a province."""

    needed = ("to",)
    to = serializers.CharField(max_length=20)
    complaint = serializers.CharField(max_length=20, required=False)
    people = serializers.ListField(child=serializers.CharField(max_length=20), max_length=200, required=False)
    kind = serializers.ChoiceField(choices=ReferralKind.choices, required=False)
    after = serializers.CharField(max_length=20, required=False)
    emergency = serializers.BooleanField(required=False)
    message = serializers.CharField(max_length=5_000, **TEXT)


class ReferralChange(ReadSaid):
    """What changes of what the receiver reads, and the version that was read."""

    needed = ("version",)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class ReportSaid(StrictSerializer):
    """What a partner tells the ministry."""

    narrative = serializers.CharField(max_length=20_000)
    contact = serializers.CharField(max_length=200, **TEXT)
    number = serializers.IntegerField(min_value=1, max_value=100_000, required=False)


class CareSaid(StrictSerializer):
    """A service given by the partner of the referral."""

    service = serializers.ChoiceField(choices=Service.choices)
    from_on = serializers.DateField(required=False)
    until_on = serializers.DateField(required=False)
    note = serializers.CharField(max_length=500, **TEXT)


class CareSerializer(serializers.Serializer[CareShown]):
    """A service a person gets."""

    service = serializers.ChoiceField(choices=Service.choices)
    given_by = serializers.CharField()
    from_on = serializers.DateField()
    until_on = serializers.DateField(allow_null=True)
    note = serializers.CharField()


class LinkSerializer(serializers.Serializer[Any]):
    """A link by which a partner without an account answers; told this once."""

    url = serializers.URLField()
    until_at = serializers.DateTimeField()

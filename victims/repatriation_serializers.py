"""The shape of returns and deportations in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import StrictSerializer
from core.serializers import Code, CountryShown
from victims.deportation_workflow import DEPORTATION
from victims.models import (
    Crossing,
    Decision,
    DeclinedWhy,
    Deportation,
    DeportationReason,
    DeportationReview,
    DeportationStatus,
    Direction,
    Fine,
    PaidBy,
    Repatriation,
    ReturnStatus,
    TravelDocument,
)
from victims.repatriation_workflow import REPATRIATION
from victims.services.deportation import LONGEST
from victims.services.embassy_sheet import MAX_CONTACT, SheetFor
from victims.services.limits import MOST_DAYS
from victims.services.repatriation import MAX_NEED, MAX_TOLD
from workflow.api import StepShown, step_serializer, steps_shown


@extend_schema_field(serializers.CharField(allow_null=True))
class Words(serializers.Field[Any, Any, Any, Any]):
    """Free text, null for roles that read coded data only."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)

    def to_representation(self, value: Any) -> str | None:
        """Give words to who may know identities."""
        return str(value) if self.context["request"].user.may("identity.read") else None


class ReturnSerializer(serializers.Serializer[Repatriation]):
    """A return, out of Cambodia or into it, with what its steps wrote."""

    reference = serializers.CharField()
    victim = serializers.CharField(source="victim.reference")
    direction = serializers.ChoiceField(choices=Direction.choices)
    country = serializers.CharField(help_text="alpha-2: whose national, or where from")
    embassy = serializers.CharField(source="embassy.reference", allow_null=True, default=None)
    status = serializers.ChoiceField(choices=ReturnStatus.choices)
    status_at = serializers.DateTimeField()
    begun_at = serializers.DateTimeField()
    province = serializers.CharField(source="province_id")
    handling = serializers.CharField()
    health_needed = Words()
    papers_needed = Words()
    letter_number = Words()
    document_kind = Code(choices=TravelDocument.choices)
    document_number = Words()
    document_until = serializers.DateField(allow_null=True)
    fine = Code(choices=Fine.choices)
    fine_amount = serializers.IntegerField(allow_null=True, help_text="US dollars")
    departs_on = serializers.DateField(allow_null=True)
    route = Words()
    handed_over_on = serializers.DateField(allow_null=True)
    handed_to = Words()
    handed_where = Words()
    paid_by = Code(choices=PaidBy.choices)
    handover_record = Words()
    declined_why = Code(choices=DeclinedWhy.choices)
    third_country = CountryShown()
    told_by = Words()
    received_on = serializers.DateField(allow_null=True)
    received_by = Words()
    crossing = Code(choices=Crossing.choices)
    plan = Words()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    available_steps = serializers.SerializerMethodField()

    @extend_schema_field(StepShown(many=True))
    def get_available_steps(self, row: Repatriation) -> list[dict[str, Any]]:
        """List the steps the reader may take now."""
        return steps_shown(REPATRIATION, row, self.context["request"].user)


class DeportationSerializer(serializers.Serializer[Deportation]):
    """A deportation, recorded apart from returns."""

    reference = serializers.CharField()
    victim = serializers.CharField(source="victim.reference")
    status = serializers.ChoiceField(choices=DeportationStatus.choices)
    status_at = serializers.DateTimeField()
    province = serializers.CharField(source="province_id")
    handling = serializers.CharField()
    authority = Words()
    order_number = Words()
    ordered_on = serializers.DateField()
    reason = serializers.ChoiceField(choices=DeportationReason.choices)
    carried_out_on = serializers.DateField(allow_null=True)
    decision_then = serializers.ChoiceField(choices=Decision.choices)
    is_protected = serializers.BooleanField(help_text="non-punishment protects the person, wherever they were found")
    review_awaited = serializers.BooleanField(source="awaits_review")
    reviews = serializers.SerializerMethodField()
    reviews_lapsed = serializers.SerializerMethodField(help_text="those of them that count no more")
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    available_steps = serializers.SerializerMethodField()

    @extend_schema_field(
        serializers.ListField(child=serializers.ChoiceField(choices=DeportationReview.Finding.choices))
    )
    def get_reviews(self, row: Deportation) -> list[str]:
        """List what reviews found, newest first; an override is one of them."""
        return [one.finding for one in self.newest_first(row)]

    @extend_schema_field(
        serializers.ListField(child=serializers.ChoiceField(choices=DeportationReview.Finding.choices))
    )
    def get_reviews_lapsed(self, row: Deportation) -> list[str]:
        """List what reviews found before the person was decided on again, newest first; an override is no review."""
        found = [one for one in self.newest_first(row) if one.is_lapsed]
        return [one.finding for one in found if one.finding != DeportationReview.Finding.OVERRIDDEN]

    def newest_first(self, row: Deportation) -> list[DeportationReview]:
        """Return the reviews and overrides; `with_reviews` was asked for."""
        return sorted(row.reviews.all(), key=lambda one: one.at, reverse=True)

    @extend_schema_field(StepShown(many=True))
    def get_available_steps(self, row: Deportation) -> list[dict[str, Any]]:
        """List the steps the reader may take now."""
        return steps_shown(DEPORTATION, row, self.context["request"].user)


ReturnStep = step_serializer("ReturnStep", REPATRIATION)
DeportationStep = step_serializer("DeportationStep", DEPORTATION)


class ReturnBegun(StrictSerializer):
    """How a return begins: `begin` with the person's yes, `unwilling` with why not, `announce` from abroad."""

    what = serializers.ChoiceField(choices=["begin", "unwilling", "announce"])
    why = serializers.ChoiceField(choices=DeclinedWhy.choices, required=False, help_text="unwilling")
    country = serializers.CharField(max_length=2, required=False, help_text="announce: alpha-2")
    told_by = serializers.CharField(max_length=MAX_TOLD, required=False, allow_blank=True, help_text="announce")
    happened_at = serializers.DateTimeField(required=False, allow_null=True)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class ReturnChange(StrictSerializer):
    """What the embassy is told of health and papers, under the version that was read."""

    needed = ("version",)
    version = serializers.IntegerField(min_value=0)
    health_needed = serializers.CharField(max_length=MAX_NEED, required=False, allow_blank=True)
    papers_needed = serializers.CharField(max_length=MAX_NEED, required=False, allow_blank=True)


class DeportationSaid(StrictSerializer):
    """An order to deport somebody found."""

    authority = serializers.CharField(max_length=LONGEST["authority"])
    order_number = serializers.CharField(max_length=LONGEST["order_number"])
    ordered_on = serializers.DateField()
    reason = serializers.ChoiceField(choices=DeportationReason.choices)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class SheetSaid(StrictSerializer):
    """Which embassy, what for, and whom it calls."""

    country = serializers.CharField(max_length=2, help_text="alpha-2")
    purpose = serializers.ChoiceField(choices=SheetFor.choices)
    contact = serializers.CharField(max_length=MAX_CONTACT)


class ToldSerializer(serializers.Serializer[Any]):
    """One person as an embassy is told: these fields, and never another."""

    name = serializers.CharField()
    birth_date = serializers.CharField()
    sex = serializers.CharField()
    nationality = serializers.CharField()
    document_number = serializers.CharField()
    health_needed = serializers.CharField()
    papers_needed = serializers.CharField()
    our_contact = serializers.CharField()


class CellSerializer(serializers.Serializer[Any]):
    """People of one country in one step, how many are over its limit or under 18, and the days of the oldest."""

    country = serializers.CharField()
    status = serializers.ChoiceField(choices=ReturnStatus.choices)
    people = serializers.IntegerField()
    over_limit = serializers.IntegerField()
    under_18 = serializers.IntegerField()
    oldest_days = serializers.IntegerField()


class BoardSerializer(serializers.Serializer[Any]):
    """The board: its cells, and the limit of each step in days."""

    limits = serializers.DictField(child=serializers.IntegerField())
    cells = CellSerializer(many=True)


class LimitsSerializer(StrictSerializer):
    """Days by step; steps that are left out stay."""

    limits = serializers.DictField(child=serializers.IntegerField(min_value=1, max_value=MOST_DAYS), allow_empty=False)

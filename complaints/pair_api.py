"""Two that may be the same, for programs: list, read, decide; through the services of the pages."""

from typing import Any, ClassVar

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from complaints.models import Pair, PairState
from complaints.models.pair import READ
from complaints.pair_workflow import PAIR
from complaints.presenters.pairs import codes_of, reasons_of
from complaints.services.pairs import advance_pair
from core.api import Api
from core.filters import TaggedFilterSet
from workflow.api import StepShown, StepsMixin, step_serializer, steps_shown

PairSteps = step_serializer("PairStep", PAIR)


class PairFilter(TaggedFilterSet):
    """Narrow pairs by what became of them."""

    state = django_filters.ChoiceFilter(choices=PairState.choices)

    class Meta:
        model = Pair
        fields: tuple[str, ...] = ()


class PairSerializer(serializers.Serializer[Pair]):
    """A pair; a side out of the reader's sight is null."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=PairState.choices)
    state_at = serializers.DateTimeField()
    found_at = serializers.DateTimeField()
    score = serializers.IntegerField(min_value=0, max_value=100)
    codes = serializers.SerializerMethodField()
    reasons = serializers.SerializerMethodField()
    one = serializers.SerializerMethodField()
    other = serializers.SerializerMethodField()
    version = serializers.IntegerField()
    available_steps = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_codes(self, row: Pair) -> list[str]:
        """Name why they may be the same."""
        return codes_of(row, self.context["request"].user)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_reasons(self, row: Pair) -> list[str]:
        """Say why in the reader's language."""
        return reasons_of(row, self.context["request"].user)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_one(self, row: Any) -> str | None:
        """Give the reference of the first complaint to who sees it."""
        return row.one.reference if row.sees_one else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_other(self, row: Any) -> str | None:
        """Give the reference of the second complaint to who sees it."""
        return row.other.reference if row.sees_other else None

    @extend_schema_field(StepShown(many=True))
    def get_available_steps(self, row: Pair) -> list[dict[str, Any]]:
        """List the steps the reader may take now."""
        return steps_shown(PAIR, row, self.context["request"].user)


@extend_schema_view(steps=extend_schema(request=PairSteps, responses={200: PairSerializer}))
class PairApi(StepsMixin, Api):
    """Pairs of the reader's own branch: list, filter, show, and their steps."""

    permission = READ
    queryset = Pair.objects.all()
    serializer_class = PairSerializer
    filterset_class = PairFilter
    sorts: ClassVar = Pair.SORTS
    workflow = PAIR
    step_said = PairSteps

    def get_queryset(self) -> Any:
        """Return pairs through the scope, with both sides."""
        return super().get_queryset().with_sight(self.request.user).for_list()

    def advance(self, row: Pair, step: str, **said: Any) -> Pair:
        """Take the step through the service the pages use."""
        return advance_pair(row, step, **said)


COLLECTIONS = (("pairs", PairApi, "pair"),)

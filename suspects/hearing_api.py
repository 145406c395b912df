"""Hearings for programs: the coming ones as a list, their steps, and those of one suspect."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Api, StrictSerializer, created
from suspects.hearing_filter import HearingFilter
from suspects.hearing_workflow import HEARING
from suspects.models import Hearing, HearingKind, HearingStatus, Suspect
from suspects.services.hearings import MAX_ROOM, MOST_TOGETHER, advance_hearing, set_hearing
from workflow.api import StepShown, StepsMixin, step_serializer, steps_shown

MOST = 100


class HearingSerializer(serializers.Serializer[Hearing]):
    """A hearing of one suspect; free words are null for roles that read coded data only."""

    reference = serializers.CharField()
    suspect = serializers.CharField(source="suspect.reference")
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=HearingKind.choices)
    court = serializers.CharField(source="court_id", help_text="code of the court")
    room = serializers.SerializerMethodField()
    status = serializers.ChoiceField(choices=HearingStatus.choices)
    result = serializers.SerializerMethodField()
    next = serializers.CharField(source="next.reference", allow_null=True, default=None)
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    available_steps = serializers.SerializerMethodField()

    def words(self, text: str) -> str | None:
        """Give words to who may know identities."""
        return text if self.context["request"].user.may("identity.read") else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_room(self, row: Hearing) -> str | None:
        """Give the room."""
        return self.words(row.room)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_result(self, row: Hearing) -> str | None:
        """Give what was decided."""
        return self.words(row.result)

    @extend_schema_field(StepShown(many=True))
    def get_available_steps(self, row: Hearing) -> list[dict[str, Any]]:
        """List the steps the reader may take now."""
        return steps_shown(HEARING, row, self.context["request"].user)


class HearingSaid(StrictSerializer):
    """A hearing to be set; `also` are co-suspects who stand there too, each gets a row."""

    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=HearingKind.choices)
    court = serializers.CharField(
        required=False, allow_blank=True, max_length=8, help_text="the suspect's own unless said"
    )
    room = serializers.CharField(required=False, allow_blank=True, max_length=MAX_ROOM)
    also = serializers.ListField(
        required=False, child=serializers.CharField(max_length=20), max_length=MOST_TOGETHER, help_text="references"
    )


HearingStepSaid = step_serializer("HearingStepSaid", HEARING)


@extend_schema_view(steps=extend_schema(request=HearingStepSaid, responses={200: HearingSerializer}))
class HearingApi(StepsMixin, Api):
    """Hearings: those set in the next 30 days unless days or `when` say otherwise; one of them, and its steps."""

    permission = "suspect.read"
    queryset = Hearing.objects.live()
    serializer_class = HearingSerializer
    filterset_class = HearingFilter
    sorts: ClassVar = Hearing.SORTS
    workflow = HEARING
    step_said = HearingStepSaid

    def get_queryset(self) -> QuerySet[Hearing]:
        """Return hearings through the scope."""
        rows: QuerySet[Hearing] = super().get_queryset().select_related("suspect", "next")
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        """Narrow lists alone: a hearing of the past is found by its reference."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def advance(self, row: Hearing, step: str, **said: Any) -> Hearing:
        """Take the step through the service the pages use."""
        return advance_hearing(row, step, **said)


class HearingsMixin:
    """GET and POST …/hearings/ of a suspect."""

    request: Request
    get_object: Callable[[], Suspect]
    get_serializer_context: Callable[[], dict[str, Any]]
    audit: Callable[..., None]
    once: Callable[..., Any]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]

    @extend_schema(responses=HearingSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def hearings(self, request: Request, reference: str) -> Response:
        """List the hearings of a suspect, latest first, a hundred."""
        return Response(self._hearings(self.get_object()))

    @extend_schema(request=HearingSaid, responses={201: HearingSerializer(many=True)})
    @hearings.mapping.post
    def set_hearing(self, request: Request, reference: str) -> Response:
        """Set a hearing; answers all of the suspect's."""
        row, said = self.get_object(), self.said(HearingSaid)
        user: Any = request.user
        also = said.pop("also", [])
        seen = Hearing.objects.visible_to(user)
        self.once(
            f"suspect.hearings:{row.reference}",
            {**said, "also": also},
            lambda: set_hearing(row, by=user, also=self._others(also), **said)[0],
            lambda made: seen.filter(reference=made).first(),
        )
        return created(self._hearings(row))

    def _others(self, references: list[str]) -> list[Suspect]:
        """Return the co-suspects named; one that the reader may not see is not there."""
        names = {reference.strip().upper() for reference in references}
        rows = list(Suspect.objects.visible_to(self.request.user).live().filter(reference__in=names))  # type: ignore[arg-type]
        if len(rows) != len(names):
            raise Http404
        return rows

    def _hearings(self, row: Suspect) -> Any:
        self.audit("read", row, detail={"part": "hearings"})
        rows = Hearing.objects.visible_to(self.request.user).live().filter(suspect=row)  # type: ignore[arg-type]
        listed: Any = rows.select_related("suspect", "next").order_by("-at", "pk")[:MOST]
        return HearingSerializer(listed, many=True, context=self.get_serializer_context()).data

"""Words to the reporter and escalations, for programs."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import AttemptWay, Complaint, Escalation, Late, ReporterAnswer, Told, Whom
from complaints.presenters.answers import MOST
from complaints.services.answers import MAX_NOTE, may_answer, record_answer
from core.api import StrictSerializer, created


class ReporterAnswerSerializer(serializers.Serializer[ReporterAnswer]):
    """One word to the reporter; note and person are null for who does not speak to reporters."""

    told = serializers.ChoiceField(choices=Told.choices)
    way = serializers.ChoiceField(choices=AttemptWay.choices)
    victim = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    happened_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    by = serializers.CharField(source="by.username")

    @property
    def speaks(self) -> bool:
        """Return whether the reader speaks to reporters."""
        return may_answer(self.context["request"].user)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_victim(self, row: Any) -> str | None:
        """Give the reference of who was said to be safe."""
        return row.victim.reference if row.victim and self.speaks else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_note(self, row: Any) -> str | None:
        """Give the note to who speaks to reporters."""
        return row.note if self.speaks else None


class ReporterAnswerSaid(StrictSerializer):
    """A word to the reporter; `victim` is the reference of who was said to be safe."""

    told = serializers.ChoiceField(choices=Told.choices)
    way = serializers.ChoiceField(choices=AttemptWay.choices)
    victim = serializers.CharField(required=False, allow_blank=True, max_length=24)
    note = serializers.CharField(required=False, allow_blank=True, max_length=MAX_NOTE)
    happened_at = serializers.DateTimeField(required=False, allow_null=True)


class EscalationSerializer(serializers.Serializer[Escalation]):
    """Who was told of which clock, and when."""

    stage = serializers.ChoiceField(choices=Late.choices)
    level = serializers.IntegerField(min_value=1, max_value=3)
    whom = serializers.ChoiceField(choices=Whom.choices)
    due_at = serializers.DateTimeField()
    told_at = serializers.DateTimeField()


class AnswersMixin:
    """GET and POST …/answers/, GET …/escalations/; a POST with an `Idempotency-Key` is kept once."""

    request: Request
    get_object: Callable[[], Complaint]
    get_serializer_context: Callable[[], dict[str, Any]]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]
    once: Callable[..., Any]

    @extend_schema(responses=ReporterAnswerSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def answers(self, request: Request, reference: str) -> Response:
        """List what the reporter was told, newest first, a hundred."""
        row = self.get_object()
        self.audit("read", row, detail={"part": "answers"})
        return Response(self._answers(row))

    @extend_schema(request=ReporterAnswerSaid, responses={201: ReporterAnswerSerializer(many=True)})
    @answers.mapping.post
    def record_answer(self, request: Request, reference: str) -> Response:
        """Keep a word to the reporter; answers all of them."""
        row, said = self.get_object(), self.said(ReporterAnswerSaid)

        def make() -> Complaint:
            record_answer(row, by=request.user, **said)
            return row

        self.once(f"complaint.answer:{row.reference}", said, make, lambda _reference: row)
        self.audit("read", row, detail={"part": "answers"})
        return created(self._answers(row))

    @extend_schema(responses=EscalationSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def escalations(self, request: Request, reference: str) -> Response:
        """List who was told that a clock is over, newest first, a hundred."""
        row = self.get_object()
        self.audit("read", row, detail={"part": "escalations"})
        seen: Any = Escalation.objects.visible_to(request.user).filter(complaint=row)  # type: ignore[arg-type]
        return Response(EscalationSerializer(seen.order_by("-told_at", "-level")[:MOST], many=True).data)

    def _answers(self, row: Complaint) -> Any:
        user: Any = self.request.user
        seen = ReporterAnswer.objects.visible_to(user).filter(complaint=row).select_related("by", "victim")
        rows: Any = seen.order_by("-happened_at", "-id")[:MOST]
        return ReporterAnswerSerializer(rows, many=True, context=self.get_serializer_context()).data

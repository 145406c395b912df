"""Attempts to learn what is missing, for programs."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import AttemptResult, AttemptWay, AttemptWhom, Complaint, ContactAttempt
from complaints.presenters.attempts import MOST
from complaints.services.attempts import MAX_NOTE, record_attempt
from core.api import StrictSerializer, created


class AttemptSerializer(serializers.Serializer[ContactAttempt]):
    """One attempt; its note is null for roles that read coded data only."""

    way = serializers.ChoiceField(choices=AttemptWay.choices)
    whom = serializers.ChoiceField(choices=AttemptWhom.choices)
    result = serializers.ChoiceField(choices=AttemptResult.choices)
    note = serializers.SerializerMethodField()
    happened_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    by = serializers.CharField(source="by.username")

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_note(self, row: Any) -> str | None:
        """Give the note to who may know identities."""
        return row.note if self.context["request"].user.may("identity.read") else None


class AttemptSaid(StrictSerializer):
    """An attempt, and the day of the next one (none is planned unless said)."""

    way = serializers.ChoiceField(choices=AttemptWay.choices)
    whom = serializers.ChoiceField(choices=AttemptWhom.choices)
    result = serializers.ChoiceField(choices=AttemptResult.choices)
    note = serializers.CharField(required=False, allow_blank=True, max_length=MAX_NOTE)
    happened_at = serializers.DateTimeField(required=False, allow_null=True)
    next_attempt_on = serializers.DateField(required=False, allow_null=True)


class AttemptsMixin:
    """GET and POST …/attempts/; a POST with an `Idempotency-Key` is recorded once."""

    request: Request
    get_object: Callable[[], Complaint]
    get_serializer_context: Callable[[], dict[str, Any]]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]
    once: Callable[..., Any]

    @extend_schema(responses=AttemptSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def attempts(self, request: Request, reference: str) -> Response:
        """List the attempts, newest first, a hundred."""
        row = self.get_object()
        self.audit("read", row, detail={"part": "attempts"})
        return Response(self._attempts(row))

    @extend_schema(request=AttemptSaid, responses={201: AttemptSerializer(many=True)})
    @attempts.mapping.post
    def record_attempt(self, request: Request, reference: str) -> Response:
        """Record an attempt; answers all of them."""
        row, said = self.get_object(), self.said(AttemptSaid)

        def make() -> Complaint:
            record_attempt(row, by=request.user, **said)
            return row

        self.once(f"complaint.attempt:{row.reference}", said, make, lambda _reference: row)
        self.audit("read", row, detail={"part": "attempts"})
        return created(self._attempts(row))

    def _attempts(self, row: Complaint) -> Any:
        user: Any = self.request.user
        seen = ContactAttempt.objects.visible_to(user).filter(complaint=row).select_related("by")
        rows: Any = seen.order_by("-happened_at", "-id")[:MOST]
        return AttemptSerializer(rows, many=True, context=self.get_serializer_context()).data

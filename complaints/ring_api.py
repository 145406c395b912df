"""Who was rung about a complaint, for programs."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import Complaint, Place, Ring, RingResult
from complaints.services.rings import record_ring
from core.api import StrictSerializer, created

MOST = 100


class RingSerializer(serializers.Serializer[Ring]):
    """Somebody was rung, as what, and answered or not; no number is told."""

    whom = serializers.CharField(source="whom.username")
    place = serializers.ChoiceField(choices=Place.choices)
    result = serializers.ChoiceField(choices=RingResult.choices)
    happened_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    by = serializers.CharField(source="by.username")


class RingSaid(StrictSerializer):
    """Whom (a user name, of those in line) somebody rang just now, and whether they answered."""

    whom = serializers.CharField(max_length=60)
    result = serializers.ChoiceField(choices=RingResult.choices)


class RingsMixin:
    """GET and POST …/rings/; a POST with an `Idempotency-Key` is recorded once."""

    request: Request
    get_object: Callable[[], Complaint]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]
    once: Callable[..., Any]

    @extend_schema(responses=RingSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def rings(self, request: Request, reference: str) -> Response:
        """List who was rung, the latest first, a hundred."""
        row = self.get_object()
        self.audit("read", row, detail={"part": "rings"})
        return Response(self._rings(row))

    @extend_schema(request=RingSaid, responses={201: RingSerializer(many=True)})
    @rings.mapping.post
    def record_ring(self, request: Request, reference: str) -> Response:
        """Record that somebody was rung; answers all of it."""
        row, said = self.get_object(), self.said(RingSaid)

        def make() -> Complaint:
            record_ring(row, by=request.user, **said)
            return row

        self.once(f"complaint.ring:{row.reference}", said, make, lambda _reference: row)
        self.audit("read", row, detail={"part": "rings"})
        return created(self._rings(row))

    def _rings(self, row: Complaint) -> Any:
        seen = Ring.objects.visible_to(self.request.user).filter(complaint=row).select_related("whom", "by")  # type: ignore[arg-type]
        rows: Any = seen.order_by("-happened_at", "-pk")[:MOST]
        return RingSerializer(rows, many=True).data

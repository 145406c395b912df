"""What a fact of a complaint was before, for programs."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import Complaint
from complaints.presenters.field_history import edits_of_field
from complaints.presenters.field_words import LABELS, NUMBERS
from workflow.models import Edit

MOST = 200
FIELDS = sorted(set(LABELS) - set(NUMBERS))
FIELD = OpenApiParameter("field", str, required=True, enum=FIELDS)


class FieldChange(serializers.Serializer[Edit]):
    """One change of a field: codes and keys as they are stored, several joined by a comma."""

    field = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    by = serializers.CharField(source="by.username")
    recorded_at = serializers.DateTimeField()


class HistoryMixin:
    """GET …/history/?field=."""

    get_object: Callable[[], Complaint]
    audit: Callable[..., None]

    @extend_schema(responses=FieldChange(many=True), parameters=[FIELD])
    @action(detail=True, pagination_class=None, filter_backends=[])
    def history(self, request: Request, reference: str) -> Response:
        """List the changes of one field, newest first, at most two hundred; 404 for words the reader may not see."""
        row = self.get_object()
        field = request.query_params.get("field", "")
        if field not in FIELDS:
            raise ValidationError({"field": [_("Name one of: %(names)s.") % {"names": ", ".join(FIELDS)}]})
        self.audit("read", row, detail={"part": "field history"})
        user: Any = request.user
        rows: Any = edits_of_field(row, field, user)[:MOST]
        return Response(FieldChange(rows, many=True).data)

"""Deal with several reports that are held apart, for programs."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import Contact
from complaints.services.held import ACTS, MOST, Taking, preview, take_many
from core.api import StrictSerializer
from workflow.services import MAX_NOTE


class SeveralSaid(StrictSerializer):
    """Which reports are let in, set aside (`spam`, with a reason) or held apart again; `preview` says what would be done."""

    references = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST)
    act = serializers.ChoiceField(choices=ACTS)
    note = serializers.CharField(required=False, allow_blank=True, max_length=MAX_NOTE)
    preview = serializers.BooleanField(required=False, default=False)


class TakenSerializer(serializers.Serializer[Taking]):
    """One reference: whether the act is done by the writer, whether it fits, and why not; the complaint it became."""

    reference = serializers.CharField()
    fits = serializers.BooleanField()
    done = serializers.BooleanField()
    why = serializers.CharField(help_text="in words, empty where it fits")
    complaint = serializers.CharField(source="contact.complaint.reference", allow_null=True, default=None)


class TakenAnswer(serializers.Serializer[Any]):
    """Every reference once, in the order sent."""

    results = TakenSerializer(many=True)


class HeldMixin:
    """POST …/several/: each report by its own step; sent again, it says what was done already."""

    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]

    @extend_schema(request=SeveralSaid, responses={200: TakenAnswer})
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def several(self, request: Request) -> Response:
        """Deal with reports that are held apart; one that cannot be taken holds up no other."""
        said = self.said(SeveralSaid)
        how: dict[str, Any] = {"by": request.user, "act": said["act"]}
        if said["preview"]:
            rows = preview(said["references"], **how)
        else:
            rows = take_many(said["references"], note=said.get("note", ""), **how)
        self.audit("list", Contact, detail={"page": "held", "rows": len(rows)})
        return Response(TakenAnswer({"results": rows}).data)

"""Complaints that may be the same, and one more contact of a complaint, for programs; through the form's services."""

from typing import Any
from uuid import uuid4

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.likeness import told_of
from complaints.models import Complaint
from complaints.said import ComplaintSaid
from complaints.said_serializers import ComplaintSaidSerializer, complaint_said, named_as_sent
from complaints.services import add_contact
from complaints.similar import similar
from core.api import RECEIPT, StrictSerializer, created


class SimilarSaidSerializer(StrictSerializer):
    """What is known so far: a name in any script, a telephone number in any form, words."""

    name = serializers.CharField(required=False, allow_blank=True, max_length=200)
    phone = serializers.CharField(required=False, allow_blank=True, max_length=60)
    text = serializers.CharField(required=False, allow_blank=True, max_length=4000)


class LikenessSerializer(serializers.Serializer[Any]):
    """A complaint of those the reader may see that may be the same: 0–100, and why in the reader's language."""

    reference = serializers.CharField(source="complaint.reference")
    score = serializers.IntegerField(min_value=0, max_value=100)
    reasons = serializers.ListField(child=serializers.CharField())


class SimilarAnswer(serializers.Serializer[Any]):
    """The likeliest first, at most five; there are no pages."""

    results = LikenessSerializer(many=True)


class SimilarMixin:
    """`GET …/similar/?name=&phone=&text=`."""

    @extend_schema(parameters=[SimilarSaidSerializer], responses=SimilarAnswer)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def similar(self: Any, request: Request) -> Response:
        """Look for complaints that may be the same; only of those the reader may see."""
        said = SimilarSaidSerializer(data=request.query_params.dict(), context=self.get_serializer_context())
        said.is_valid(raise_exception=True)
        asked = said.validated_data
        told = told_of(asked.get("text", ""), [asked.get("name", "")], [asked.get("phone", "")])
        found = similar(told, request.user)
        self.audit("search", Complaint, detail={"part": "similar", "rows": len(found)})
        return Response(SimilarAnswer({"results": found}).data)


class ContactsMixin:
    """`POST …/<reference>/contacts/`: somebody told more about a complaint."""

    @extend_schema(request=ComplaintSaidSerializer, responses={201: RECEIPT})
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def contacts(self: Any, request: Request, reference: str) -> Response:
        """Add a call, message or form to a complaint; the same key with the same body adds it once.

        Answers the complaint; only its `reference` where it went out of the writer's sight.
        """
        row: Complaint = self.get_object()
        said: ComplaintSaid = complaint_said(self.said(ComplaintSaidSerializer))
        key = request.headers.get("Idempotency-Key", "").strip() or uuid4().hex
        with named_as_sent():
            complaint, _made = add_contact(row, said, by=request.user, key=key)
        return created(self.answer(complaint, look=True))

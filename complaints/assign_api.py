"""Assign several complaints to a province, for programs."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.services.assigning import MOST, Assigning, assign_many, preview
from core.api import StrictSerializer


class AssignSaid(StrictSerializer):
    """Which complaints go to which province; `preview` says what would be done, and does nothing."""

    references = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST)
    province = serializers.CharField(max_length=2)
    preview = serializers.BooleanField(required=False, default=False)


class AssignedSerializer(serializers.Serializer[Assigning]):
    """One reference: whether it stands at the province by the writer's assigning, whether it fits, and why not."""

    reference = serializers.CharField()
    fits = serializers.BooleanField()
    done = serializers.BooleanField()
    why = serializers.CharField(help_text="in words, empty where it fits")


class AssignedAnswer(serializers.Serializer[Any]):
    """Every reference once, in the order sent."""

    results = AssignedSerializer(many=True)


class AssignMixin:
    """POST …/assign/: each complaint by its own step; sent again, it says what was done already."""

    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]

    @extend_schema(request=AssignSaid, responses={200: AssignedAnswer})
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def assign(self, request: Request) -> Response:
        """Assign complaints of the ministry's tray; one that cannot be assigned holds up no other."""
        said = self.said(AssignSaid)
        act = preview if said["preview"] else assign_many
        rows = act(said["references"], by=request.user, province=said["province"])
        self.audit("list", None, detail={"page": "assign", "rows": len(rows)})
        return Response(AssignedAnswer({"results": rows}).data)

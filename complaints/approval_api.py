"""The queue of a second person, for programs."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Deputy
from complaints.models import Complaint, Urgency
from complaints.presenters.waiting import KINDS, Waiting, waiting_rows
from complaints.waiting import LONGEST_FIRST, arms_of
from core.api import Api, KeysetPagination
from core.paging import page_of_several


class WaitingSerializer(serializers.Serializer[Waiting]):
    """One thing that waits for a second person; `reference` is of the record it is about."""

    kind = serializers.ChoiceField(choices=KINDS)
    what = serializers.CharField(help_text="in words, in the reader's language")
    reference = serializers.CharField()
    complaint = serializers.CharField(help_text="empty where it is about no single complaint")
    urgency = serializers.ChoiceField(choices=[*Urgency.choices, ("", "")])
    proposed_by = serializers.CharField(source="by_username")
    stands_for = serializers.SerializerMethodField(help_text="who is away and has the reader stand in, by user name")
    waiting_since = serializers.DateTimeField(source="since")

    def get_stands_for(self, row: Waiting) -> list[str]:
        """Name those for whom the reader stands in."""
        return [one.user.username for one in row.stands_for]


class ApprovalApi(Api):
    """GET /api/v1/approvals/: what others proposed and the reader may decide, oldest first; `own=1` what the reader proposed."""

    permission = "approval.read"
    queryset = Complaint.objects.none()
    is_scoped = False  # rows of several kinds, each through its own scope
    sorts: ClassVar = LONGEST_FIRST
    words = frozenset({"own"})
    serializer_class = WaitingSerializer

    @extend_schema(
        responses=WaitingSerializer(many=True),
        parameters=[OpenApiParameter("own", OpenApiTypes.STR, enum=["1"], description="what the reader proposed")],
    )
    def list(self, request: Request) -> Response:
        """List what waits, 50 at a time."""
        self.refuse_unknown_filters()
        params = request.query_params
        if params.get("own", "") not in {"", "1"}:
            raise ValidationError({"own": [_("Choose one of the answers.")]})
        own, pages = params.get("own") == "1", KeysetPagination()
        pages.request = request
        pages.page = page_of_several(arms_of(request.user, own=own), params, self.sorts)
        self.audit("list", None, detail={"page": "approvals", "own": own, "rows": len(pages.page.rows)})
        away = [] if own else list(Deputy.objects.standing_in(request.user))
        rows: Any = waiting_rows(pages.page.rows, away)
        return pages.get_paginated_response(WaitingSerializer(rows, many=True).data)

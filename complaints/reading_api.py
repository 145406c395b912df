"""Second readings for programs: what was drawn, what is to be read, and the reading."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import SecondReading
from complaints.services.readings import MAX_WORDS, figures_for, read_again
from core.api import Api, StrictSerializer


class ReadingSerializer(serializers.Serializer[SecondReading]):
    """One closing drawn for a second reading; `words` is null for roles that read coded data only."""

    complaint = serializers.CharField(source="reference")
    drawn_at = serializers.DateTimeField()
    closed_by = serializers.CharField(source="closed_by.username")
    reader = serializers.CharField(source="reader.username", default=None, allow_null=True)
    read_at = serializers.DateTimeField(allow_null=True)
    finding = serializers.ChoiceField(choices=[*SecondReading.Finding.choices, ("", "")])
    words = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_words(self, row: SecondReading) -> str | None:
        """Give the words to who may know identities."""
        return row.words if self.context["request"].user.may("identity.read") else None


class FiguresSerializer(serializers.Serializer[Any]):
    """How many were drawn, read, stand, and are asked to be reopened."""

    drawn = serializers.IntegerField()
    read = serializers.IntegerField()
    stands = serializers.IntegerField()
    reopen = serializers.IntegerField()


class ReadingSaid(StrictSerializer):
    """What the second reading found; `words` are needed where reopening is asked for."""

    finding = serializers.ChoiceField(choices=SecondReading.Finding.choices)
    words = serializers.CharField(max_length=MAX_WORDS, required=False, allow_blank=True, default="")


@extend_schema_view(
    list=extend_schema(
        responses=ReadingSerializer(many=True),
        parameters=[OpenApiParameter("waiting", OpenApiTypes.STR, enum=["1"], description="only what is to be read")],
    ),
    read=extend_schema(request=ReadingSaid, responses=ReadingSerializer),
)
class SecondReadingApi(Api):
    """Closings drawn for a second reading, by the reference of their complaint."""

    permission = "closing.reread"
    queryset = SecondReading.objects.all()
    is_scoped = False  # the own branch alone: nothing of it is shared
    sorts: ClassVar = SecondReading.SORTS
    serializer_class = ReadingSerializer
    lookup_field = "complaint__reference"
    lookup_url_kwarg = "reference"
    words = frozenset({"waiting"})

    def get_queryset(self) -> Any:
        """Return what was drawn in the reader's own branch."""
        rows = SecondReading.objects.of_own_provinces(self.request.user)  # type: ignore[arg-type]
        rows = rows.select_related("complaint", "reader", "closed_by")
        waits = self.action == "list" and self.request.query_params.get("waiting") == "1"
        return rows.waiting() if waits else rows

    @extend_schema(responses=FiguresSerializer)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def figures(self, request: Request) -> Response:
        """Count what was drawn and read."""
        self.audit("list", SecondReading, detail={"part": "figures"})
        return Response(FiguresSerializer(figures_for(request.user)).data)

    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def read(self, request: Request, reference: str) -> Response:
        """Say whether the closing stands; once."""
        row = read_again(self.get_object(), by=request.user, **self.said(ReadingSaid))
        return Response(self.get_serializer(self.get_queryset().get(pk=row.pk)).data)


COLLECTIONS = (("second-readings", SecondReadingApi, "second-reading"),)

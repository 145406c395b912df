"""What was published, for programs: read only, and only what was signed."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import Api
from core.paging import Sort
from reports.api import Number
from reports.models import (
    Audience,
    Finality,
    Publication,
    PublicationStatus,
    PublishedCell,
    PublishedFigure,
    PublishedPart,
    PublishedTable,
)

WORDS = {"type": "object", "properties": {"km": {"type": "string"}, "en": {"type": "string"}}}


@extend_schema_field(WORDS)
class BothField(serializers.JSONField):
    """Words in both languages."""


class PublishedPartSerializer(serializers.ModelSerializer[PublishedPart]):
    """One value of a dimension."""

    word = BothField()
    count = serializers.IntegerField(source="rows", help_text="rows it stood for")
    typical = serializers.FloatField(allow_null=True, help_text="of a figure of hours: its median in this part")

    class Meta:
        model = PublishedPart
        fields = ("split", "code", "word", "n", "count", "numerator", "typical")


class PublishedFigureSerializer(serializers.ModelSerializer[PublishedFigure]):
    """One figure as it was released."""

    name = serializers.CharField(source="indicator")
    label = BothField()  # type: ignore[assignment]  # the word is the API's
    definition = BothField()
    counted_by = BothField()
    value = Number(source="number_kept", allow_null=True)
    beside = serializers.SerializerMethodField(help_text="never added in")
    parts = PublishedPartSerializer(many=True)

    class Meta:
        model = PublishedFigure
        fields = (
            "name",
            "number",
            "province",
            "label",
            "definition",
            "definition_version",
            "digest",
            "counted_by",
            "unit",
            "value",
            "count",
            "numerator",
            "denominator",
            "beside",
            "parts",
        )

    def get_beside(self, figure: PublishedFigure) -> dict[str, int]:
        """Return the numbers beside it by name."""
        return {name: one["n"] for name, one in figure.beside.items()}


class PublishedCellSerializer(serializers.ModelSerializer[PublishedCell]):
    """One cell of a table to hand in."""

    value = serializers.CharField(allow_null=True)
    year_before = serializers.CharField(source="before", allow_null=True)
    why = BothField()
    unit = BothField()

    class Meta:
        model = PublishedCell
        fields = ("row", "column", "kind", "value", "year_before", "why", "unit", "source")


class PublishedTableSerializer(serializers.ModelSerializer[PublishedTable]):
    """One table to hand in as it was signed; columns and rows are codes with words in both languages."""

    title = BothField()
    agency = BothField()
    note = BothField()
    columns = serializers.ListField(child=BothField())
    rows = serializers.ListField(child=BothField())
    cells = PublishedCellSerializer(many=True)

    class Meta:
        model = PublishedTable
        fields = ("code", "title", "agency", "note", "columns", "rows", "cells")


class PublicationSerializer(serializers.ModelSerializer[Publication]):
    """One publication in a list."""

    status = serializers.ChoiceField(choices=PublicationStatus.choices)
    kind = serializers.ChoiceField(choices=Finality.choices)
    audience = serializers.ChoiceField(choices=Audience.choices)
    signed_by = BothField(source="signed_name")
    supersedes = serializers.CharField(source="supersedes.reference", default=None, allow_null=True)
    superseded_by = serializers.CharField(source="superseded_by.reference", default=None, allow_null=True)

    class Meta:
        model = Publication
        fields: tuple[str, ...] = (
            "reference",
            "status",
            "first_on",
            "last_on",
            "as_of",
            "scope",
            "kind",
            "audience",
            "hand_in",
            "signed_by",
            "signed_title",
            "signed_at",
            "supersedes",
            "superseded_by",
        )


class WholePublicationSerializer(PublicationSerializer):
    """One publication with its figures and its paragraph."""

    press = BothField()
    figures = PublishedFigureSerializer(many=True)
    tables = PublishedTableSerializer(many=True)

    class Meta(PublicationSerializer.Meta):
        fields = (*PublicationSerializer.Meta.fields, "note", "press", "figures", "tables")


class PublicationApi(Api):
    """The register of what was released, newest first; superseded ones too."""

    permission = "publication.read"
    is_scoped = False
    queryset = Publication.objects.all()
    sorts: ClassVar = {"received": Sort("as_of", True, "")}
    filter_backends: ClassVar[list[Any]] = []

    def get_queryset(self) -> Any:
        """Return what was released."""
        rows = Publication.objects.visible_to(self.request.user).released().select_related("supersedes")
        rows = rows.prefetch_related("followers")
        return rows if self.action == "list" else rows.prefetch_related("figures__parts", "tables__cells")

    def get_serializer_class(self) -> Any:
        """Return the shape of a list or of one."""
        return PublicationSerializer if self.action == "list" else WholePublicationSerializer


COLLECTIONS = (("publications", PublicationApi, "publication"),)

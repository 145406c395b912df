"""Tables to hand in, for programs: what the page shows, as data."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.services import system_user
from complaints.models import Complaint
from core.api import Api
from reports.handin.filling import Filled, FilledSheet, Filling
from reports.handin.shown import heading, notes
from reports.models import Publication
from reports.views.handin import asked_year, set_of

YEAR = OpenApiParameter(
    "year",
    description="the year it begins in; the one that runs today unless told",
    type=OpenApiTypes.STR,
    location=OpenApiParameter.QUERY,
)


class HandInCellSerializer(serializers.Serializer[Any]):
    """One cell."""

    code = serializers.CharField()
    kind = serializers.CharField(help_text="counted, people, rate, typed, empty (to be typed in), later, cannot, blank")
    value = serializers.CharField(allow_null=True)
    year_before = serializers.CharField(allow_null=True)
    why = serializers.CharField(help_text="of a cell that is not filled")
    unit = serializers.CharField(help_text="of a cell that is typed in")
    typed_from = serializers.CharField(help_text="of a cell that is typed in: its source")
    records = serializers.CharField(help_text="page of the records it counts; empty where it has none of its own")


class HandInRowSerializer(serializers.Serializer[Any]):
    """One row."""

    code = serializers.CharField()
    title = serializers.CharField()
    cells = HandInCellSerializer(many=True)


class HandInTableSerializer(serializers.Serializer[Any]):
    """One table."""

    code = serializers.CharField()
    title = serializers.CharField()
    agency = serializers.CharField()
    note = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    rows = HandInRowSerializer(many=True)


class HandInSerializer(serializers.Serializer[Any]):
    """A set of tables of one year."""

    set = serializers.CharField()
    title = serializers.CharField()
    year = serializers.IntegerField()
    first = serializers.DateField()
    last = serializers.DateField()
    notes = serializers.ListField(child=serializers.CharField())
    signed = serializers.CharField(allow_null=True, help_text="reference of the publication that holds it as signed")
    tables = HandInTableSerializer(many=True)


def as_data(filling: Filling) -> dict[str, Any]:
    """Return a set as plain data, with the publication that holds it as it was signed."""
    rows = Publication.objects.visible_to(filling.reader).standing()
    signed = rows.of_tables(filling.made.slug, filling.window.first).first()
    return {
        "set": filling.made.slug,
        "title": str(filling.made.title),
        "year": filling.year,
        "first": filling.window.first,
        "last": filling.window.last,
        "notes": [*heading(filling), *notes(filling.made)],
        "signed": signed.reference if signed else None,
        "tables": [table_data(filled) for filled in filling.sheets()],
    }


def table_data(filled: FilledSheet) -> dict[str, Any]:
    """Return one table as plain data."""
    sheet = filled.sheet
    rows = [{"code": r.code, "title": r.title, "cells": [cell_data(cell) for cell in r.cells]} for r in filled.rows]
    said = {"code": sheet.code, "title": str(sheet.title), "agency": str(sheet.agency), "note": str(sheet.note)}
    return {**said, "columns": [code for code, _title in sheet.columns], "rows": rows}


def cell_data(cell: Filled) -> dict[str, Any]:
    """Return one cell as plain data."""
    value, before = (None if n is None else str(n) for n in (cell.value, cell.before))
    said = {"code": cell.code, "kind": cell.kind, "value": value, "year_before": before, "why": cell.why}
    return {**said, "unit": cell.unit, "typed_from": cell.source, "records": cell.url}


class HandInApi(Api):
    """Tables to hand in."""

    permission = "handin.read"
    is_scoped = False
    queryset = Complaint.objects.none()
    serializer_class = HandInSerializer
    lookup_field = "slug"
    lookup_value_regex = "[a-z]{1,20}"
    filter_backends: ClassVar[list[Any]] = []  # type: ignore[misc]

    @extend_schema(parameters=[YEAR], responses=HandInSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give one set of tables, filled: `tip`, `unodc` or `sdg`."""
        made = set_of(kwargs["slug"])
        year = asked_year(made, request.query_params)
        self.audit("list", None, detail={"page": "hand in", "set": made.slug, "year": year, "form": "api"})
        filling = Filling(made, year, system_user(), request.user)
        return Response(HandInSerializer(as_data(filling)).data)

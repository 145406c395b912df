"""The tables for the public, for programs: what the page shows, as data."""

from typing import Any, ClassVar

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import Complaint
from core.api import Api
from reports import figures
from reports.api import WINDOW
from reports.release import Crossing, Figure, Line, Released, asked_window, check_window, national, notes, released


class PublicCountSerializer(serializers.Serializer[Any]):
    """How many, of one value of a dimension."""

    code = serializers.CharField(help_text='"none": not stated')
    word = serializers.CharField()
    n = serializers.IntegerField()


class LineSerializer(serializers.Serializer[Any]):
    """A figure by one dimension, exact."""

    dimension = serializers.CharField()
    counts = PublicCountSerializer(many=True)


class CrossedSerializer(serializers.Serializer[Any]):
    """A figure by two dimensions: rows of numbers, the last of each row and the last row are totals."""

    dimensions = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.CharField(), help_text="values of the first dimension")
    columns = serializers.ListField(child=serializers.CharField(), help_text="values of the second")
    numbers = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(allow_null=True)), help_text="null: hidden"
    )


class PublicFigureSerializer(serializers.Serializer[Any]):
    """A figure of the nation with all the public gets of it."""

    name = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    definition = serializers.CharField()
    value = serializers.IntegerField()
    lines = LineSerializer(many=True)
    crossings = CrossedSerializer(many=True)


class PublicTablesSerializer(serializers.Serializer[Any]):
    """All that is released of a window."""

    first = serializers.DateField(source="window.first")
    last = serializers.DateField(source="window.last")
    smallest_shown = serializers.IntegerField(source="k", help_text="counts of people from 1 to one less are hidden")
    notes = serializers.ListField(child=serializers.CharField())
    figures = PublicFigureSerializer(many=True)


def as_data(found: Released) -> dict[str, Any]:
    """Return what is released as plain data, as a program gets it and as it may be kept."""
    figures = [figure_data(figure) for figure in found.figures]
    return {"window": found.window, "k": found.k, "notes": notes(found.k), "figures": figures}


def figure_data(figure: Figure) -> dict[str, Any]:
    """Return one figure as plain data."""
    one = figure.indicator
    said = {"name": one.name, "title": str(one.label), "unit": one.unit, "definition": str(one.definition)}
    return {
        **said,
        "value": figure.measure.value,
        "lines": [line_data(line) for line in figure.lines],
        "crossings": [crossing_data(crossing) for crossing in figure.crossings],
    }


def line_data(line: Line) -> dict[str, Any]:
    """Return a figure by one dimension as plain data."""
    counts = [{"code": part.code, "word": part.word, "n": part.n} for part in line.parts]
    return {"dimension": line.split.name, "counts": counts}


def crossing_data(one: Crossing) -> dict[str, Any]:
    """Return a crossing as plain data; what is hidden is None."""
    rows, columns = one.values
    return {
        "dimensions": [split.name for split in one.splits],
        "rows": rows,
        "columns": columns,
        "numbers": [[one.shown(row, column) for column in (*columns, None)] for row in (*rows, None)],
    }


class PublicTablesApi(Api):
    """What the public gets of a window."""

    permission = "handin.read"
    is_scoped = False
    queryset = Complaint.objects.none()
    serializer_class = PublicTablesSerializer
    pagination_class = None  # type: ignore[assignment]
    filter_backends: ClassVar[list[Any]] = []  # type: ignore[misc]

    @extend_schema(parameters=WINDOW[:2], responses={200: forced_singular_serializer(PublicTablesSerializer)})
    def list(self, request: Request) -> Response:
        """Give the tables that may be released, small numbers of people hidden: of whole months, or of published days."""
        window = figures.look_of(asked_window(request.query_params), request.user).window
        check_window(window)
        said = {"from": str(window.first), "to": str(window.last)}
        self.audit("list", None, detail={"page": "public tables", **said})
        return Response(PublicTablesSerializer(as_data(released(national(window)))).data)

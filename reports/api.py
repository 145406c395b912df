"""The indicators for programs: all figures of a window, and the records behind each."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.api import with_relation
from complaints.models import Complaint, Contact
from complaints.operation_api import OperationSerializer
from complaints.serializers import ComplaintSerializer
from core.api import Api
from prevention.activity_api import ActivitySerializer
from prevention.models import Activity
from provinces.api import MeasureSerializer
from provinces.models import Measure as Taken
from referrals.api import with_sight
from referrals.models import Referral
from referrals.serializers import ReferralSerializer
from reports import figures
from reports.indicators import Indicator, Look, Split
from reports.presenters import SORTS
from suspects.api import with_story as suspects_with_story
from suspects.models import CaseFile, Suspect
from suspects.serializers import CaseFileSerializer, SuspectSerializer
from victims.api import with_story as victims_with_story
from victims.models import Operation, Victim
from victims.serializers import VictimSerializer

DAY = {"type": OpenApiTypes.STR, "location": OpenApiParameter.QUERY}
WINDOW = [
    OpenApiParameter("from", description="first day, YYYY-MM-DD, in Phnom Penh; this month's first unless told", **DAY),
    OpenApiParameter("to", description="last day, included; today unless told", **DAY),
    OpenApiParameter("province", description="code, for `complaints_from_or_about`", **DAY),
]

BY = OpenApiParameter("by", description="name of a split", **DAY)


class ContactSerializer(serializers.Serializer[Contact]):
    """One contact; who it was and what was said stay sealed."""

    kind = serializers.ChoiceField(choices=Contact.Kind.choices)
    channel = serializers.CharField()
    received_at = serializers.DateTimeField()
    province_of_report = serializers.CharField(source="province_of_report_id", allow_null=True)


@extend_schema_field({"type": "number", "nullable": True})
class Number(serializers.Field[Any, Any, Any, Any]):
    """A figure as it was counted: whole, or hours with one place after the point."""

    def to_representation(self, value: Any) -> Any:
        return value


class FigureSerializer(serializers.Serializer[Any]):
    """One figure."""

    value = Number(allow_null=True)
    unit = serializers.CharField()
    definition = serializers.CharField()
    records = serializers.CharField(help_text="address of the rows counted")
    count = serializers.IntegerField(allow_null=True, help_text="rows that `records` pages through")
    numerator = serializers.IntegerField(required=False)
    beside = serializers.DictField(child=serializers.IntegerField(), help_text="never added in")


class PartSerializer(serializers.Serializer[Any]):
    """One value of a split."""

    code = serializers.CharField(help_text='"none": not stated')
    word = serializers.CharField()
    n = serializers.IntegerField()
    records = serializers.CharField(source="url")
    count = serializers.IntegerField(source="rows", help_text="rows that `records` pages through")
    numerator = serializers.IntegerField(allow_null=True, help_text="of a rate: how many of `n` proved true")
    typical = Number(allow_null=True, help_text="of a figure of hours: its median in this part")
    most = Number(allow_null=True, help_text="of a figure of hours: nine in ten of this part stay under it")


class SplitSerializer(serializers.Serializer[Any]):
    """A dimension, and the figure by its values where it was asked for."""

    title = serializers.CharField()
    adds_up = serializers.BooleanField(help_text="false: one row may count under several values")
    parts = PartSerializer(many=True, required=False)


class OneFigureSerializer(FigureSerializer):
    """One figure with the ways it may be split."""

    splits = serializers.DictField(child=SplitSerializer())


class IndicatorsSerializer(serializers.Serializer[Any]):
    """All figures by their names."""

    indicators = serializers.DictField(child=FigureSerializer())


class IndicatorApi(Api):
    """Figures of a window, over what the reader may see; each by one definition, with exactly its records."""

    permission = "report.read"
    is_scoped = False
    queryset = Complaint.objects.all()
    serializer_class = IndicatorsSerializer
    sorts: ClassVar = SORTS
    lookup_field = "name"
    lookup_value_regex = "[a-z_]{1,60}"
    filter_backends: ClassVar[list[Any]] = []

    @extend_schema(parameters=WINDOW, responses={200: forced_singular_serializer(IndicatorsSerializer)})
    def list(self, request: Request) -> Response:
        """Give every figure of a window."""
        look = figures.look_of(request.query_params, request.user)
        self.audit("list", None, detail={"page": "indicators"})
        return Response({"indicators": {one.name: self.figure(one, look) for one in figures.in_order()}})

    @extend_schema(parameters=[*WINDOW, BY], responses=OneFigureSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give one figure of a window, with its parts by the split that `by` names."""
        indicator = figures.named(kwargs["name"])
        look = figures.look_of(request.query_params, request.user)
        self.audit("list", None, detail={"page": "indicator", "name": indicator.name})
        by = request.query_params.get("by", "")
        every = indicator.splits_for(request.user)
        if by and by not in {split.name for split in every}:
            raise ValidationError({"by": [_("This figure has no such part.")]})
        splits = {split.name: self.split(indicator, split, look, by) for split in every}
        return Response({**self.figure(indicator, look), "splits": splits})

    def split(self, indicator: Indicator, split: Split, look: Look, by: str) -> dict[str, Any]:
        """Return a dimension as it is answered, its parts where it was asked for."""
        found = {"title": str(split.label), "adds_up": split.adds_up}
        asked = split.name == by and (look.province or not indicator.needs_province)
        if not asked:
            return found
        parts = figures.parts(indicator, split, look, api=True)
        return {**found, "parts": PartSerializer(parts, many=True).data}

    def figure(self, indicator: Indicator, look: Look) -> dict[str, Any]:
        """Return one figure as it is answered."""
        measure = indicator.figure(look)
        found = {
            "value": measure.value,
            "unit": indicator.unit,
            "definition": str(indicator.definition),
            "records": figures.records_url(indicator, look, api=True),
            "count": measure.count,
            "beside": dict(measure.beside),
        }
        return {**found, "numerator": measure.numerator} if measure.numerator is not None else found

    @extend_schema(parameters=WINDOW, responses=OpenApiTypes.OBJECT)
    @action(detail=True)
    def records(self, request: Request, name: str) -> Response:
        """Page through exactly the rows a figure counts; a split's name with a value narrows them."""
        indicator = figures.named(name)
        look = figures.look_of(request.query_params, request.user)
        rows = figures.narrowed(indicator, look, request.query_params)
        page = self.paginate_queryset(self.brought(rows)) or []
        self.audit("list", rows.model, detail={"indicator": name, "rows": len(page)})
        serializer = SHAPES[rows.model](page, many=True, context=self.get_serializer_context())
        return self.get_paginated_response(serializer.data)

    def brought(self, rows: Any) -> Any:
        """Bring along what the rows show."""
        user = self.request.user
        match rows.model.__name__:
            case "Complaint":
                return with_relation(rows)
            case "Victim":
                return victims_with_story(rows, user)
            case "Suspect":
                return suspects_with_story(rows, user)
            case "CaseFile":
                return rows.prefetch_related("articles")
            case "Measure":
                return rows.select_related("company")
            case "Referral":
                return with_sight(rows.for_list(), user)
            case "Operation":
                return rows.select_related("site")
        return rows


SHAPES: dict[Any, Any] = {
    Complaint: ComplaintSerializer,
    Victim: VictimSerializer,
    Suspect: SuspectSerializer,
    CaseFile: CaseFileSerializer,
    Operation: OperationSerializer,
    Contact: ContactSerializer,
    Referral: ReferralSerializer,
    Taken: MeasureSerializer,
    Activity: ActivitySerializer,
}
COLLECTIONS = (("indicators", IndicatorApi, "indicator"),)

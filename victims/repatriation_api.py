"""Returns and deportations for programs: lists, the board, steps, what the embassy is told, its sheet, the limits."""

from dataclasses import asdict
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Api, created
from core.views import require
from victims.board import count, days_of, outward
from victims.deportation_filter import DeportationFilter
from victims.deportation_workflow import DEPORTATION
from victims.models import Deportation, Repatriation, Victim
from victims.repatriation_filter import RepatriationFilter, limits
from victims.repatriation_guards import learn
from victims.repatriation_serializers import (
    BoardSerializer,
    DeportationSaid,
    DeportationSerializer,
    DeportationStep,
    LimitsSerializer,
    ReturnBegun,
    ReturnChange,
    ReturnSerializer,
    ReturnStep,
    SheetSaid,
    ToldSerializer,
)
from victims.repatriation_workflow import REPATRIATION
from victims.services.deportation import advance_deportation, record_deportation
from victims.services.embassy_sheet import make_sheet
from victims.services.limits import change_limits
from victims.services.repatriation import (
    advance_return,
    announce_return,
    begin_return,
    change_needs,
    record_unwilling,
)
from workflow.api import StepsMixin

ASKED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "begin": (begin_return, ()),
    "unwilling": (record_unwilling, ("why",)),
    "announce": (announce_return, ("country", "told_by")),
}


@extend_schema_view(
    steps=extend_schema(request=ReturnStep, responses={200: ReturnSerializer}),
    partial_update=extend_schema(request=ReturnChange, responses={200: ReturnSerializer}),
)
class ReturnApi(StepsMixin, Api):
    """Returns: list, filter, page, show, the steps, what the embassy is told."""

    permission = "repatriation.read"
    permissions: ClassVar = {
        "partial_update": "repatriation.write",
        "sheet": "repatriation.sheet",
        "change_limits": "repatriation.correct",
    }
    lookup_value_regex = "[A-Za-z]{1,2}-[A-Za-z0-9-]{1,37}"  # no word of ours, like `board`, is a reference
    queryset = Repatriation.objects.all()
    serializer_class = ReturnSerializer
    filterset_class = RepatriationFilter
    sorts: ClassVar = Repatriation.SORTS
    workflow = REPATRIATION
    step_said = ReturnStep

    def get_queryset(self) -> QuerySet[Repatriation]:
        """Return returns through the scope, with the person."""
        rows: QuerySet[Repatriation] = super().get_queryset().select_related("victim__person", "embassy")
        return rows

    def paginate_queryset(self, queryset: Any) -> Any:
        """Learn what the steps of a page's rows ask, in two queries."""
        rows = super().paginate_queryset(queryset)
        learn(rows or [])
        return rows

    def advance(self, row: Repatriation, step: str, **said: Any) -> Repatriation:
        """Take the step through the service the pages use."""
        return advance_return(row, step, **said)

    def partial_update(self, request: Request, reference: str) -> Response:
        """Change what the embassy is told of health and papers."""
        row = self.get_object()
        self.audit("read", row)
        said = self.said(ReturnChange)
        kept = {name: said.get(name, getattr(row, name)) for name in ("health_needed", "papers_needed")}
        change_needs(row, by=request.user, version=said["version"], **kept)
        return Response(self.answer(row))

    @extend_schema(responses=BoardSerializer)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def board(self, request: Request) -> Response:
        """Count who waits, who was handed over, who does not want to return, by country and step."""
        counted = count(outward(Repatriation.objects.visible_to(request.user)))
        cells = [
            {
                "country": country,
                "status": status,
                "people": group.n,
                "over_limit": group.over,
                "under_18": group.children,
                "oldest_days": days_of(group.oldest),
            }
            for (country, status), group in sorted(counted.groups.items())
        ]
        self.audit("list", Repatriation, detail={"part": "board", "rows": len(cells)})
        return Response({"limits": counted.limits, "cells": cells})

    @extend_schema(responses=LimitsSerializer)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def limits(self, request: Request) -> Response:
        """Give the days each step may take."""
        return Response({"limits": limits()})

    @extend_schema(request=LimitsSerializer, responses=LimitsSerializer)
    @limits.mapping.patch
    def change_limits(self, request: Request) -> Response:
        """Change the days of the steps that are named."""
        return Response({"limits": change_limits(self.said(LimitsSerializer)["limits"], by=request.user)})

    @extend_schema(request=SheetSaid, responses=ToldSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def sheet(self, request: Request) -> Response:
        """Give the sheet of an embassy: only its nationals whose yes stands, only what it may know; recorded with its purpose."""
        require(request.user, "identity.read")
        said = self.said(SheetSaid)
        lines = make_sheet(said.pop("country"), by=request.user, form="json", **said)
        return Response([asdict(line) for line in lines])


@extend_schema_view(
    steps=extend_schema(request=DeportationStep, responses={200: DeportationSerializer}),
)
class DeportationApi(StepsMixin, Api):
    """Deportations: list, page, show, and their steps."""

    permission = "repatriation.read"
    queryset = Deportation.objects.all()
    serializer_class = DeportationSerializer
    filterset_class = DeportationFilter
    sorts: ClassVar = Deportation.SORTS
    workflow = DEPORTATION
    step_said = DeportationStep

    def get_queryset(self) -> QuerySet[Deportation]:
        """Return deportations through the scope, with their reviews."""
        rows: QuerySet[Deportation] = super().get_queryset().with_reviews().select_related("victim__person")
        return rows

    def advance(self, row: Deportation, step: str, **said: Any) -> Deportation:
        """Take the step through the service the pages use."""
        return advance_deportation(row, step, **said)


class ReturningMixin:
    """GET and POST …/returns/ and …/deportations/ of a person."""

    request: Request
    get_object: Any
    get_serializer_context: Any
    audit: Any
    said: Any

    @extend_schema(responses=ReturnSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def returns(self, request: Request, reference: str) -> Response:
        """List the returns of a person, newest first."""
        require(request.user, "repatriation.read")
        row = self.get_object()
        self.audit("read", row, detail={"part": "returns"})
        return Response(self._returns(row))

    @extend_schema(request=ReturnBegun, responses={201: ReturnSerializer(many=True)})
    @returns.mapping.post
    def begin_return(self, request: Request, reference: str) -> Response:
        """Begin a return, say that somebody does not want to, or announce one from abroad; answers all of them."""
        row = self.get_object()
        said = self.said(ReturnBegun)
        service, names = ASKED[said["what"]]
        answers = {name: said.get(name) or "" for name in names}
        if "country" in answers:
            answers["country"] = answers["country"].upper()
        service(row, by=request.user, note=said.get("note", ""), happened_at=said.get("happened_at"), **answers)
        self.audit("read", row, detail={"part": "returns"})
        return created(self._returns(row))

    @extend_schema(responses=DeportationSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def deportations(self, request: Request, reference: str) -> Response:
        """List the orders to deport a person, newest first."""
        require(request.user, "repatriation.read")
        row = self.get_object()
        self.audit("read", row, detail={"part": "deportations"})
        return Response(self._deportations(row))

    @extend_schema(request=DeportationSaid, responses={201: DeportationSerializer(many=True)})
    @deportations.mapping.post
    def record_deportation(self, request: Request, reference: str) -> Response:
        """Record an order to deport somebody found; answers all of them."""
        row = self.get_object()
        record_deportation(row, by=request.user, **self.said(DeportationSaid))
        self.audit("read", row, detail={"part": "deportations"})
        return created(self._deportations(row))

    def _returns(self, row: Victim) -> Any:
        rows = Repatriation.objects.filter(victim=row).select_related("victim__person", "embassy").order_by("-begun_at")
        return ReturnSerializer(rows, many=True, context=self.get_serializer_context()).data

    def _deportations(self, row: Victim) -> Any:
        rows = Deportation.objects.filter(victim=row).with_reviews().select_related("victim__person")
        return DeportationSerializer(
            rows.order_by("-ordered_on"), many=True, context=self.get_serializer_context()
        ).data


COLLECTIONS = (("repatriations", ReturnApi, "repatriation"), ("deportations", DeportationApi, "deportation"))

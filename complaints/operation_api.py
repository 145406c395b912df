"""Operations for programs: list, show, plan, take steps, enter the quick count, take an entry back."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import Complaint
from complaints.presenters import operations as words
from core.api import Api, StrictSerializer, created
from core.serializers import Code
from provinces.models import Site
from victims.models import Entry, Operation, OperationResult, OperationStatus
from victims.operation_filter import OperationFilter
from victims.operation_workflow import OPERATION
from victims.services.entries import MOST, Counted, count_found
from victims.services.operations import advance_operation, plan_operation
from victims.services.take_back import take_back
from workflow.api import StepShown, StepsMixin, step_serializer, steps_shown


class OperationSerializer(serializers.Serializer[Operation]):
    """An operation; its place is empty for roles that read coded data only."""

    reference = serializers.CharField()
    status = serializers.ChoiceField(choices=OperationStatus.choices)
    province = serializers.CharField(source="province_id")
    handling = serializers.CharField()
    site = serializers.CharField(source="site.reference", allow_null=True, default=None)
    place = serializers.SerializerMethodField()
    planned_for = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)
    result = Code(choices=OperationResult.choices)
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    available_steps = serializers.SerializerMethodField()

    @property
    def reader(self) -> Any:
        """Return who reads."""
        return self.context["request"].user

    def get_place(self, row: Operation) -> str:
        """Give the exact place to who may know it."""
        return row.place if self.reader.may("identity.read") else ""

    @extend_schema_field(StepShown(many=True))
    def get_available_steps(self, row: Operation) -> list[dict[str, Any]]:
        """List the steps the reader may take now."""
        return steps_shown(OPERATION, row, self.reader)


class FoundSerializer(serializers.Serializer[Any]):
    """The ledger of an operation: found = brought_out + stayed + arrested, of what the reader may see."""

    found = serializers.IntegerField()
    brought_out = serializers.IntegerField()
    stayed = serializers.IntegerField()
    arrested = serializers.IntegerField()
    unreported = serializers.IntegerField(help_text="found without having been reported, beside the sum")


class OperationDetailSerializer(OperationSerializer):
    """An operation with its ledger, its complaints and what was entered at once."""

    ledger = serializers.SerializerMethodField()
    complaints = serializers.SerializerMethodField()
    entries = serializers.SerializerMethodField()

    @extend_schema_field(FoundSerializer)
    def get_ledger(self, row: Operation) -> dict[str, int]:
        """Count whom it met."""
        return words.found(words.people_of(row, self.reader), words.arrested_in(row, self.reader))

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_complaints(self, row: Operation) -> list[str]:
        """List the complaints the reader may see."""
        return [complaint.reference for complaint in words.complaints_of(row, self.reader)]

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_entries(self, row: Operation) -> list[dict[str, Any]]:
        """List what was entered at once."""
        rows = Entry.objects.filter(operation=row).order_by("at", "pk")
        return [
            {"id": str(one.pk), "kind": one.kind, "people": one.n_people, "at": one.at, "undone_at": one.undone_at}
            for one in rows
        ]


OperationStepSaid = step_serializer("OperationStepSaid", OPERATION)


class PlanSerializer(StrictSerializer):
    """A plan: when, where, about which complaints."""

    complaints = serializers.ListField(child=serializers.CharField(max_length=20), min_length=1, max_length=20)
    planned_for = serializers.DateTimeField()
    site = serializers.CharField(required=False, allow_blank=True, max_length=20, help_text="reference")
    place = serializers.CharField(required=False, allow_blank=True, max_length=300)


class CountedSerializer(StrictSerializer):
    """Men, women and children of one nationality."""

    nationality = serializers.RegexField(r"^([A-Za-z]{2})?$", required=False, allow_blank=True, help_text="alpha-2")
    men = serializers.IntegerField(required=False, min_value=0, max_value=MOST)
    women = serializers.IntegerField(required=False, min_value=0, max_value=MOST)
    children = serializers.IntegerField(required=False, min_value=0, max_value=MOST)


class CountSaidSerializer(StrictSerializer):
    """A quick count."""

    counted = CountedSerializer(many=True, allow_empty=False)
    reported = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MOST)
    came_out = serializers.BooleanField(required=False, default=True)


class TakeBackSerializer(StrictSerializer):
    """Which entry is taken back."""

    entry = serializers.UUIDField()


@extend_schema_view(
    create=extend_schema(request=PlanSerializer, responses={201: OperationDetailSerializer}),
    steps=extend_schema(request=OperationStepSaid, responses={200: OperationDetailSerializer}),
    count=extend_schema(request=CountSaidSerializer, responses={201: OperationDetailSerializer}),
    take_back=extend_schema(request=TakeBackSerializer, responses={200: OperationDetailSerializer}),
)
class OperationApi(StepsMixin, Api):
    """Operations carried out, as a list; a planned one by its reference, for the people named for it."""

    permission = "operation.read"
    permissions: ClassVar = {"create": "operation.plan", "count": "victim.rescue", "take_back": "victim.rescue"}
    queryset = Operation.objects.all()
    filterset_class = OperationFilter
    sorts: ClassVar = Operation.SORTS
    workflow = OPERATION
    step_said = OperationStepSaid

    def get_queryset(self) -> QuerySet[Operation]:
        """Return operations through the scope; a list holds those carried out."""
        rows: Any = super().get_queryset().select_related("site")
        found: QuerySet[Operation] = rows.done() if self.action == "list" else rows
        return found

    def get_serializer_class(self) -> type[OperationSerializer]:
        """Show ledger and complaints of one operation, not of a list."""
        return OperationSerializer if self.action == "list" else OperationDetailSerializer

    def advance(self, row: Operation, step: str, **said: Any) -> Operation:
        """Take the step through the service the pages use."""
        return advance_operation(row, step, **said)

    def create(self, request: Request) -> Response:
        """Plan an operation about complaints the writer sees."""
        said = self.said(PlanSerializer)
        body = {name: str(value) for name, value in said.items()}
        wanted = list(dict.fromkeys(reference.upper() for reference in said.pop("complaints")))
        seen = list(Complaint.objects.visible_to(request.user).live().filter(reference__in=wanted))
        if len(seen) < len(wanted):
            raise ValidationError({"complaints": [_("A complaint of these is not open to you.")]})
        site = said.pop("site", "")
        said["site"] = Site.objects.visible_to(request.user).live().filter(reference=site.upper()).first()
        if site and said["site"] is None:
            raise ValidationError({"site": [_("This place is not known.")]})
        make = lambda: plan_operation(seen, by=request.user, **said)  # noqa: E731
        made = self.once("operations.plan", body, make, self.find)
        self.audit("read", made)
        return created(self.answer(made))

    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def count(self, request: Request, reference: str) -> Response:
        """Enter the quick count: a row without a name for each person."""
        row = self.get_object()
        self.audit("read", row)
        said = self.said(CountSaidSerializer)
        counted = [Counted(**{**one, "nationality": one.get("nationality", "").upper()}) for one in said["counted"]]
        reported, came_out = said.get("reported"), said["came_out"]

        def make() -> Operation:
            count_found(row, counted, by=request.user, reported=reported, came_out=came_out)
            return row  # type: ignore[no-any-return]

        body = {"counted": [str(one) for one in counted], "reported": reported, "came_out": came_out}
        self.once(f"operation.count:{row.reference}", body, make, self.find)
        return created(self.answer(row))

    @action(detail=True, methods=["post"], url_path="take-back", pagination_class=None, filter_backends=[])
    def take_back(self, request: Request, reference: str) -> Response:
        """Take an entry back; 409 where it was already."""
        row = self.get_object()
        self.audit("read", row)
        entry = Entry.objects.filter(operation=row, pk=self.said(TakeBackSerializer)["entry"]).first()
        if entry is None:
            raise Http404
        take_back(entry, by=request.user)
        return Response(self.answer(row))


COLLECTIONS = (("operations", OperationApi, "operation"),)

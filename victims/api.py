"""People sought and found, for programs. `complaints.api` registers the collection: its steps tell those concerned."""

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Api, created
from core.views import require
from people.punishment import standings
from people.serializers import PersonChange, PersonShown, changes_of
from victims.assistance_api import ServicesMixin
from victims.care_api import CareMixin
from victims.filters import VictimFilter
from victims.models import Stay, Victim
from victims.proceeding_api import ProceedingsMixin
from victims.repatriation_api import ReturningMixin
from victims.serializers import (
    KnownSerializer,
    SimilarSerializer,
    StandingSerializer,
    StayChange,
    StayReason,
    StaySerializer,
    StayShown,
    VictimSerializer,
    VictimStep,
)
from victims.services import change_who, require_who
from victims.services.places import record_place, reveal_place
from victims.similar import similar
from victims.workflow import RESCUE
from workflow.api import StepsMixin


def with_story(rows: QuerySet[Victim], user: Any) -> QuerySet[Victim]:
    """Bring along what the API shows: the person, their names, and the complaint where `user` may see it."""
    complaints: Any = Victim._meta.get_field("complaint").related_model
    seen = Prefetch("complaint", complaints.objects.visible_to(user).only("pk", "reference", "status"))
    return rows.select_related("person").prefetch_related("person__names", seen)


@extend_schema_view(
    steps=extend_schema(request=VictimStep, responses={200: VictimSerializer}),
)
class VictimApi(CareMixin, ServicesMixin, ProceedingsMixin, ReturningMixin, StepsMixin, Api):
    """People sought and found: list, filter, page, show, and the steps of their rescue."""

    permission = "victim.read"
    permissions: ClassVar = {
        "person": "identity.read",
        "change_person": "identity.read",
        "similar": "victim.add",
        "record_place": "victim.rescue",
        "show_place": "stay.reveal",
        "record_consent": "victim.rescue",
        "name_guardian": "victim.rescue",
        "record_service": "referral.send",
        "take_back_service": "referral.send",
        "record_proceeding": "victim.rescue",
        "take_back_proceeding": "victim.rescue",
        "begin_return": "repatriation.write",
        "record_deportation": "deportation.record",
    }
    lookup_value_regex = "[A-Za-z]{1,2}-[A-Za-z0-9-]{1,37}"  # no word of ours, like `similar`, is a reference
    queryset = Victim.objects.live()
    serializer_class = VictimSerializer
    filterset_class = VictimFilter
    sorts: ClassVar = Victim.SORTS
    workflow = RESCUE
    step_said = VictimStep

    def get_queryset(self) -> QuerySet[Victim]:
        """Return people through the scope."""
        return with_story(super().get_queryset(), self.request.user)

    @extend_schema(responses=PersonShown)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def person(self, request: Request, reference: str) -> Response:
        """Show who the person is, to those who may change it."""
        row = self.get_object()
        require_who(row, request.user)
        self.audit("read", row, detail={"part": "person"})
        return Response(PersonShown(row.person).data)

    @extend_schema(request=PersonChange, responses=PersonShown)
    @person.mapping.patch
    def change_person(self, request: Request, reference: str) -> Response:
        """Change who the person is; `version` is the person's that was read, and what is sent replaces what is there."""
        row = self.get_object()
        require_who(row, request.user)
        self.audit("read", row, detail={"part": "person"})
        said = self.said(PersonChange)
        version = said.pop("version")
        person = change_who(row, by=request.user, version=version, changes=changes_of(said))
        return Response(PersonShown(person).data)

    @extend_schema(responses=StaySerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def place(self, request: Request, reference: str) -> Response:
        """List where the person was and is, latest first: kinds and days, never an address."""
        row = self.get_object()
        self.audit("read", row, detail={"part": "place"})
        stays = Stay.objects.filter(victim=row).order_by("-since", "-recorded_at")
        return Response(StaySerializer(stays, many=True).data)

    @extend_schema(request=StayChange, responses={201: StaySerializer})
    @place.mapping.post
    def record_place(self, request: Request, reference: str) -> Response:
        """Say where the person is from a day on (today unless said); the stay before ends that day."""
        row = self.get_object()
        return created(StaySerializer(record_place(row, by=request.user, **self.said(StayChange))).data)

    @extend_schema(request=StayReason, responses=StayShown)
    @action(detail=True, methods=["post"], url_path="place/show", pagination_class=None, filter_backends=[])
    def show_place(self, request: Request, reference: str) -> Response:
        """Show the address to who gives a reason, for this once; that somebody asked is recorded."""
        stay, detail = reveal_place(self.get_object(), by=request.user, **self.said(StayReason))
        return Response({"kind": stay.kind, "since": stay.since, "detail": detail})

    @extend_schema(responses=StandingSerializer(many=True))
    @action(detail=True, url_path="non-punishment", pagination_class=None, filter_backends=[])
    def non_punishment(self, request: Request, reference: str) -> Response:
        """List how the non-punishment reviews of the person stand, of the suspicions the reader may see."""
        row = self.get_object()
        self.audit("read", row, detail={"part": "non-punishment"})
        return Response(StandingSerializer(standings(row.person, request.user), many=True).data)

    @extend_schema(request=KnownSerializer, responses=SimilarSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def similar(self, request: Request) -> Response:
        """Find who may be the same as somebody spoken of, best first, of the persons the reader may see."""
        require(request.user, "identity.read")
        said = KnownSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        (found,) = similar([said.known()], request.user)
        self.audit("search", Victim, detail={"part": "similar", "rows": len(found)})
        return Response(SimilarSerializer(found, many=True).data)

"""Complaints and the people in them, for programs: thin skins over the services the pages use."""

from typing import Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.answer_api import AnswersMixin
from complaints.assign_api import AssignMixin
from complaints.attempt_api import AttemptsMixin
from complaints.change_api import ChangesMixin
from complaints.evidence_api import EvidenceMixin
from complaints.filters import ComplaintFilter
from complaints.history_api import HistoryMixin
from complaints.models import Complaint, first_relation
from complaints.ring_api import RingsMixin
from complaints.said_serializers import (
    ComplaintSaidSerializer,
    FactsSaidSerializer,
    PersonSaidSerializer,
    complaint_said,
    named_as_sent,
    person_said,
)
from complaints.serializers import (
    ComplaintDetailSerializer,
    ComplaintSerializer,
    ComplaintStep,
)
from complaints.services import (
    add_people,
    advance,
    advance_victim,
    change_facts,
    decide_victim,
    name_suspect,
    register_complaint,
)
from complaints.similar_api import ContactsMixin, SimilarMixin
from complaints.workflow import COMPLAINT
from core.api import RECEIPT, Api, created
from provinces.models import Commune, District, Site
from suspects.api import with_story as suspects_with_story
from suspects.models import Suspect
from suspects.serializers import SuspectSaidSerializer, SuspectSerializer
from victims.api import VictimApi, with_story
from victims.models import Victim
from victims.serializers import VictimSerializer
from victims.workflow import IDENTIFICATION
from workflow.api import StepsMixin

PLACES: dict[str, tuple[Any, str]] = {
    "site": (Site.objects.live(), "reference"),
    "district": (District.objects.current(), "code"),
    "commune": (Commune.objects.current(), "code"),
}
OPENING = 400  # of a narrative: enough for its first sentence


def with_relation(rows: QuerySet[Complaint]) -> Any:
    """Bring along what the API shows: site, officer, and the relation (never the identity) of the first reporter."""
    return rows.select_related("site", "officer").annotate(reporter_relation=first_relation())


@extend_schema_view(
    list=extend_schema(responses=ComplaintSerializer(many=True)),
    create=extend_schema(request=ComplaintSaidSerializer, responses={201: RECEIPT}),
    partial_update=extend_schema(request=FactsSaidSerializer, responses=ComplaintDetailSerializer),
    steps=extend_schema(request=ComplaintStep, responses={200: ComplaintDetailSerializer}),
    people=extend_schema(request=PersonSaidSerializer, responses={201: VictimSerializer}),
    suspects=extend_schema(request=SuspectSaidSerializer, responses={201: SuspectSerializer}),
)
class ComplaintApi(
    AnswersMixin,
    AssignMixin,
    AttemptsMixin,
    RingsMixin,
    ChangesMixin,
    ContactsMixin,
    EvidenceMixin,
    HistoryMixin,
    SimilarMixin,
    StepsMixin,
    Api,
):
    """Complaints: list, filter, page, show, register, correct facts with `version`, take steps, add people."""

    permission = "complaint.read"
    permissions: ClassVar = {
        "create": "complaint.create",
        "similar": "complaint.create",
        "contacts": "complaint.create",
        "people": "victim.add",
        "assign": "complaint.assign",
        "suspects": "suspect.add",
    }
    queryset = Complaint.objects.all()
    filterset_class = ComplaintFilter
    sorts: ClassVar = Complaint.SORTS
    workflow = COMPLAINT
    step_said = ComplaintStep

    def get_queryset(self) -> QuerySet[Complaint]:
        """Return complaints through the scope; merged ones only by their reference."""
        rows = with_relation(super().get_queryset())
        if self.action != "list":
            return rows
        return rows.live().annotate(opening=Left("narrative", OPENING)).defer("narrative", "official")

    def get_serializer_class(self) -> type[ComplaintSerializer]:
        """Show the story and the people of one complaint, not of a list."""
        return ComplaintSerializer if self.action == "list" else ComplaintDetailSerializer

    def create(self, request: Request) -> Response:
        """Register a complaint; the same key with the same body answers the same complaint."""
        said = complaint_said(self.said(ComplaintSaidSerializer))
        key = request.headers.get("Idempotency-Key", "").strip() or uuid4().hex
        with named_as_sent():
            complaint, _made = register_complaint(said, by=request.user, key=key, is_program=True)
        return created(self.answer(complaint, look=True))

    def partial_update(self, request: Request, reference: str) -> Response:
        """Correct facts; `version` is the one that was read."""
        row = self.get_object()
        self.audit("read", row)  # shown in the answer and in a conflict, also where nothing changes
        said = self.said(FactsSaidSerializer)
        changed = change_facts(row, by=request.user, version=said.pop("version"), changes=placed(said))
        return Response(self.answer(changed))

    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def people(self, request: Request, reference: str) -> Response:
        """Add a person, named or not, as sought."""
        row = self.get_object()
        said = person_said(self.said(PersonSaidSerializer))
        people = with_story(Victim.objects.visible_to(request.user), request.user)
        victim = self.once(
            f"complaint.people:{row.reference}",
            vars(said),
            lambda: add_people(row, [said], by=request.user)[0],
            lambda made: people.filter(reference=made).first(),
        )
        context = self.get_serializer_context()
        return created(VictimSerializer(people.get(pk=victim.pk), context=context).data)

    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def suspects(self, request: Request, reference: str) -> Response:
        """Name a suspect; naming a public official seals the complaint."""
        row = self.get_object()
        sent = self.said(SuspectSaidSerializer)
        official = {name: sent.pop(name) for name in ("roles", "public_official") if name in sent}
        said = person_said(sent)
        suspects = suspects_with_story(Suspect.objects.visible_to(request.user), request.user)
        suspect = self.once(
            f"complaint.suspects:{row.reference}",
            {**vars(said), **official},
            lambda: name_suspect(row, said, by=request.user, **official),
            lambda made: suspects.filter(reference=made).first(),
        )
        seen = suspects.filter(pk=suspect.pk).first()
        context = self.get_serializer_context()
        return created(SuspectSerializer(seen, context=context).data if seen else {"reference": suspect.reference})

    def advance(self, row: Complaint, step: str, **said: Any) -> Complaint:
        """Take the step through the service the pages use."""
        return advance(row, step, **said)


def placed(said: dict[str, Any]) -> dict[str, Any]:
    """Turn references and codes into the places they name; raises ValidationError by field."""
    changes = {name: value for name, value in said.items() if name not in PLACES}
    for name, (rows, column) in PLACES.items():
        if name in said:
            changes[name] = rows.filter(**{column: said[name].upper()}).first() if said[name] else None
            if said[name] and changes[name] is None:
                raise ValidationError({name: [_("This place is not known.")]})
    return changes


class PeopleApi(VictimApi):
    """People sought and found, in the complaints the reader may see."""

    def advance(self, row: Victim, step: str, **said: Any) -> Victim:
        """Take the step of the rescue or of the identification, and tell who decides what is final."""
        service = decide_victim if IDENTIFICATION.named(step) else advance_victim
        return service(row, step, **said)


COLLECTIONS = (("complaints", ComplaintApi, "complaint"), ("victims", PeopleApi, "victim"))

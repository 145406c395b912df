"""Suspects, for programs, and the collections of this room. Adding a suspect stands at the complaint (`complaints.api`)."""

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from core.api import Api
from suspects.casefile_api import CaseFileApi
from suspects.filters import SuspectFilter
from suspects.hearing_api import HearingApi, HearingsMixin
from suspects.models import Suspect
from suspects.presenters.court import with_court
from suspects.results_api import ResultsMixin
from suspects.serializers import SuspectSerializer, SuspectStep
from suspects.services import advance
from suspects.workflow import SUSPECT
from workflow.api import StepsMixin


def with_story(rows: QuerySet[Suspect], user: Any) -> QuerySet[Suspect]:
    """Bring along what the API shows: the person, their names, and the complaint where `user` may see it."""
    complaints: Any = Suspect._meta.get_field("complaint").related_model
    seen = Prefetch("complaint", complaints.objects.visible_to(user).only("pk", "reference", "status"))
    return with_court(rows.select_related("person").prefetch_related("person__names", seen), user)


@extend_schema_view(
    steps=extend_schema(request=SuspectStep, responses={200: SuspectSerializer}),
)
class SuspectApi(ResultsMixin, HearingsMixin, StepsMixin, Api):
    """Suspects: list, filter, page, show, the steps of their way through court, their hearings, results in bulk."""

    permission = "suspect.read"
    permissions: ClassVar = {"set_hearing": "suspect.court", "results": "suspect.court"}
    queryset = Suspect.objects.live()
    serializer_class = SuspectSerializer
    filterset_class = SuspectFilter
    sorts: ClassVar = Suspect.SORTS
    workflow = SUSPECT
    step_said = SuspectStep

    def get_queryset(self) -> QuerySet[Suspect]:
        """Return suspects through the scope."""
        return with_story(super().get_queryset(), self.request.user)

    def advance(self, row: Suspect, step: str, **said: Any) -> Suspect:
        """Take the step through the service the pages use."""
        return advance(row, step, **said)


COLLECTIONS = (
    ("suspects", SuspectApi, "suspect"),
    ("hearings", HearingApi, "hearing"),
    ("case-files", CaseFileApi, "case-file"),
)

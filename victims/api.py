"""People sought and found, for programs. `complaints.api` registers the collection: its steps tell those concerned."""

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from core.api import Api
from victims.filters import VictimFilter
from victims.models import Victim
from victims.serializers import VictimSerializer, VictimStep
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
class VictimApi(StepsMixin, Api):
    """People sought and found: list, filter, page, show, and the steps of their rescue."""

    permission = "victim.read"
    queryset = Victim.objects.live()
    serializer_class = VictimSerializer
    filterset_class = VictimFilter
    sorts: ClassVar = Victim.SORTS
    workflow = RESCUE
    step_said = VictimStep

    def get_queryset(self) -> QuerySet[Victim]:
        """Return people through the scope."""
        return with_story(super().get_queryset(), self.request.user)

"""Awareness activities for programs."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Api, StrictSerializer, created
from prevention.filters import ActivityFilter
from prevention.models import Activity, ActivityKind, ActivityQuerySet, Audience, Organiser, ReachSource
from prevention.services import add_activity, change_activity
from prevention.services.activities import MOST_REACHED
from workflow.api import OnceMixin

NULLABLE = {"required": False, "allow_null": True}


class ActivitySerializer(serializers.Serializer[Activity]):
    """One activity; the number of people reached is as its source says."""

    reference = serializers.CharField()
    kind = serializers.ChoiceField(choices=ActivityKind.choices)
    title = serializers.CharField()
    held_on = serializers.DateField()
    until_on = serializers.DateField(allow_null=True)
    province = serializers.CharField(source="province_id")
    place = serializers.CharField()
    organisers = serializers.ListField(child=serializers.ChoiceField(choices=Organiser.choices))
    audience = serializers.ListField(child=serializers.ChoiceField(choices=Audience.choices))
    subject = serializers.CharField()
    reached = serializers.IntegerField(allow_null=True)
    reached_women = serializers.IntegerField(allow_null=True)
    reach_source = serializers.CharField(help_text='counted, organiser, estimated; "" where no number was said')
    note = serializers.CharField()
    version = serializers.IntegerField()


class ActivitySaid(StrictSerializer):
    """A new activity."""

    kind = serializers.ChoiceField(choices=ActivityKind.choices)
    title = serializers.CharField(max_length=200)
    held_on = serializers.DateField()
    until_on = serializers.DateField(**NULLABLE)
    province = serializers.CharField(max_length=2)
    place = serializers.CharField(max_length=200, allow_blank=True, required=False)
    organisers = serializers.ListField(child=serializers.ChoiceField(choices=Organiser.choices), max_length=20)
    audience = serializers.ListField(child=serializers.ChoiceField(choices=Audience.choices), max_length=20)
    subject = serializers.CharField(max_length=300, allow_blank=True, required=False)
    reached = serializers.IntegerField(min_value=0, max_value=MOST_REACHED, **NULLABLE)
    reached_women = serializers.IntegerField(min_value=0, max_value=MOST_REACHED, **NULLABLE)
    reach_source = serializers.ChoiceField(choices=ReachSource.choices, allow_blank=True, required=False)
    note = serializers.CharField(max_length=5_000, allow_blank=True, required=False)


class ActivityChange(ActivitySaid):
    """What changes, and the version that was read; what is left out stays."""

    needed: ClassVar = ("version",)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "partial": True})

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for the version."""
        if "version" not in attrs:
            raise serializers.ValidationError({"version": [_("Say which version you read.")]})
        return attrs


KEPT: tuple[str, ...] = tuple(str(name) for name in ActivitySaid().fields if name != "province")


@extend_schema_view(
    create=extend_schema(request=ActivitySaid, responses={201: ActivitySerializer}),
    partial_update=extend_schema(request=ActivityChange, responses=ActivitySerializer),
)
class ActivityApi(OnceMixin, Api):
    """Activities: list, filter, page, show, add, change with `version`."""

    permission = "activity.read"
    permissions: ClassVar = {"create": "activity.write", "partial_update": "activity.write"}
    queryset = Activity.objects.all()
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilter
    sorts: ClassVar = Activity.SORTS
    is_scoped = False

    def get_queryset(self) -> ActivityQuerySet:
        """Return the activities the reader may know of."""
        return Activity.objects.visible_to(self.request.user)

    def create(self, request: Request) -> Response:
        """Record an activity; the same key with the same body answers the same one."""
        said = self.said(ActivitySaid)
        said["province_id"] = said.pop("province")
        made = self.once(
            "activities",
            said,
            lambda: add_activity(by=request.user, **said),
            lambda reference: self.get_queryset().filter(reference=reference).first(),
        )
        return created(self.get_serializer(made).data)

    def partial_update(self, request: Request, reference: str) -> Response:
        """Correct an activity; `version` is the one that was read."""
        row = self.get_object()
        said = self.said(ActivityChange)
        version = said.pop("version")
        if "province" in said:
            said["province_id"] = said.pop("province")
        now = {name: getattr(row, name) for name in (*KEPT, "province_id")}
        edited = change_activity(row, by=request.user, version=version, **{**now, **said})
        return Response(self.get_serializer(edited).data)


COLLECTIONS = (("activities", ActivityApi, "activity"),)

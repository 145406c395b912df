"""The services a person gets, for programs."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import StrictSerializer, created
from partners.models import Service
from victims.assistance import every_service
from victims.care_api import WithWords
from victims.models import Care, Victim
from victims.services.assistance import MOST_NAME, MOST_NOTE, record_service, take_back_care


class ServiceSerializer(WithWords):
    """One service; `until_on` null: it goes on. What was taken back says when."""

    id = serializers.UUIDField(source="pk")
    service = serializers.ChoiceField(choices=Service.choices)
    given_by = serializers.SerializerMethodField()
    from_on = serializers.DateField()
    until_on = serializers.DateField(allow_null=True)
    note = serializers.SerializerMethodField()
    by = serializers.CharField(source="by.username")
    recorded_at = serializers.DateTimeField()
    taken_back_at = serializers.DateTimeField(allow_null=True)
    taken_back_why = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_given_by(self, row: Care) -> str | None:
        """Say who gives it to who may know identities: a house says where somebody is."""
        return self.words(row.given_by)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_note(self, row: Care) -> str | None:
        """Give the note to who may know identities."""
        return self.words(row.note)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_taken_back_why(self, row: Care) -> str | None:
        """Give the reason to who may know identities."""
        return self.words(row.taken_back_why)


class ServiceSaid(StrictSerializer):
    """One service: of a partner of the directory, or of who else is named."""

    service = serializers.ChoiceField(choices=Service.choices)
    provider = serializers.CharField(
        required=False, allow_blank=True, max_length=20, help_text="reference of a partner"
    )
    provider_name = serializers.CharField(required=False, allow_blank=True, max_length=MOST_NAME)
    from_on = serializers.DateField(required=False, allow_null=True, help_text="today unless said")
    until_on = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True, max_length=MOST_NOTE)


class ServiceBackSaid(StrictSerializer):
    """Which service is taken back, and why."""

    id = serializers.UUIDField()
    why = serializers.CharField(max_length=MOST_NOTE)


class ServicesMixin:
    """GET and POST …/services/, POST …/services/take-back/."""

    request: Request
    get_object: Callable[[], Victim]
    get_serializer_context: Callable[[], dict[str, Any]]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]
    once: Callable[..., Any]

    @extend_schema(responses=ServiceSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def services(self, request: Request, reference: str) -> Response:
        """List the services a person gets, latest first, a hundred; also what was taken back."""
        return Response(self._services(self.get_object()))

    @extend_schema(request=ServiceSaid, responses={201: ServiceSerializer(many=True)})
    @services.mapping.post
    def record_service(self, request: Request, reference: str) -> Response:
        """Record one service; answers all of them."""
        row = self.get_object()
        said = self.said(ServiceSaid)
        self.once(
            f"victim.service:{row.reference}",
            said,
            lambda: record_service(row, by=request.user, **said),
            lambda _reference: row,
        )
        return created(self._services(row))

    @extend_schema(request=ServiceBackSaid, responses=ServiceSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="services/take-back", pagination_class=None, filter_backends=[])
    def take_back_service(self, request: Request, reference: str) -> Response:
        """Take a service back that was recorded by mistake: one's own, or any as who handles the person. Answers all."""
        row, said = self.get_object(), self.said(ServiceBackSaid)
        care = Care.objects.visible_to(request.user).filter(victim=row, pk=said["id"]).first()  # type: ignore[arg-type]
        if care is None:
            raise ValidationError({"id": [_("There is no such service of this person.")]})
        take_back_care(row, care, by=request.user, why=said["why"])
        return Response(self._services(row))

    def _services(self, row: Victim) -> Any:
        self.audit("read", row, detail={"part": "services"})
        context = self.get_serializer_context()
        return ServiceSerializer(every_service(row), many=True, context=context).data

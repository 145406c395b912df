"""A person's part in proceedings, for programs."""

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
from victims.care_api import WithWords
from victims.models import Proceeding, ProceedingKind, Victim
from victims.proceedings import MOST
from victims.services.proceedings import (
    MAX_AMOUNT,
    MAX_AUTHORITY,
    MAX_NOTE,
    record_proceeding,
    take_back_proceeding,
)


class ProceedingSerializer(WithWords):
    """One act of a court or an authority; what was taken back says when."""

    id = serializers.UUIDField(source="pk")
    kind = serializers.ChoiceField(choices=ProceedingKind.choices)
    happened_on = serializers.DateField()
    court = serializers.CharField(source="court_id", allow_null=True, help_text="code of the court")
    authority = serializers.SerializerMethodField()
    amount_riel = serializers.IntegerField(allow_null=True)
    note = serializers.SerializerMethodField()
    by = serializers.CharField(source="by.username")
    recorded_at = serializers.DateTimeField()
    taken_back_at = serializers.DateTimeField(source="taken_back.recorded_at", allow_null=True, default=None)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_authority(self, row: Proceeding) -> str | None:
        """Give the authority to who may know identities."""
        return self.words(row.authority)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_note(self, row: Proceeding) -> str | None:
        """Give the note to who may know identities."""
        return self.words(row.note)


class ProceedingSaid(StrictSerializer):
    """One act: a court or another authority, and an amount where there is one."""

    kind = serializers.ChoiceField(choices=ProceedingKind.choices)
    happened_on = serializers.DateField()
    court = serializers.CharField(required=False, allow_blank=True, max_length=8, help_text="code")
    authority = serializers.CharField(required=False, allow_blank=True, max_length=MAX_AUTHORITY)
    case_file = serializers.CharField(required=False, allow_blank=True, max_length=20, help_text="reference")
    amount_riel = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=MAX_AMOUNT)
    note = serializers.CharField(required=False, allow_blank=True, max_length=MAX_NOTE)


class TakenBackSaid(StrictSerializer):
    """Which act is taken back, and why."""

    id = serializers.UUIDField()
    note = serializers.CharField(max_length=MAX_NOTE)


class ProceedingsMixin:
    """GET and POST …/proceedings/, POST …/proceedings/take-back/."""

    request: Request
    get_object: Callable[[], Victim]
    get_serializer_context: Callable[[], dict[str, Any]]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]

    @extend_schema(responses=ProceedingSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def proceedings(self, request: Request, reference: str) -> Response:
        """List what courts and authorities did with the person, newest first, a hundred; also what was taken back."""
        return Response(self._acts(self.get_object()))

    @extend_schema(request=ProceedingSaid, responses={201: ProceedingSerializer(many=True)})
    @proceedings.mapping.post
    def record_proceeding(self, request: Request, reference: str) -> Response:
        """Record one act; answers all of them."""
        row = self.get_object()
        record_proceeding(row, by=request.user, **self.said(ProceedingSaid))
        return created(self._acts(row))

    @extend_schema(request=TakenBackSaid, responses=ProceedingSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="proceedings/take-back", pagination_class=None, filter_backends=[])
    def take_back_proceeding(self, request: Request, reference: str) -> Response:
        """Take an act back that was recorded by mistake; a penalty only by the ministry. Answers all of them."""
        row, said = self.get_object(), self.said(TakenBackSaid)
        seen: Any = Proceeding.objects.visible_to(request.user).select_related("victim")  # type: ignore[arg-type]
        act = seen.filter(victim=row, pk=said["id"], takes_back=None).first()
        if act is None:
            raise ValidationError({"id": [_("There is no such act of this person.")]})
        take_back_proceeding(act, by=request.user, note=said["note"])
        return Response(self._acts(row))

    def _acts(self, row: Victim) -> Any:
        self.audit("read", row, detail={"part": "proceedings"})
        rows = Proceeding.objects.filter(victim=row, takes_back=None).select_related("by", "taken_back")
        listed = rows.order_by("-happened_on", "-recorded_at", "-id")[:MOST]
        return ProceedingSerializer(listed, many=True, context=self.get_serializer_context()).data

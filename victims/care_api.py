"""Consent and guardian of a person, for programs."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import StrictSerializer, created
from victims.answers import every_answer, told_to
from victims.care import MOST
from victims.models import Afraid, Consent, ConsentAnswer, ConsentFor, Guardian, GuardianKind, Victim
from victims.services.consent import MAX_LANGUAGE, MAX_NAME, MAX_NOTE, MAX_VIEW, name_guardian, record_consent


class WithWords(serializers.Serializer[Any]):
    """A row whose words are null for roles that read coded data only."""

    def words(self, text: str) -> str | None:
        """Give words to who may know identities."""
        return text if self.context["request"].user.may("identity.read") else None


class ConsentSerializer(WithWords):
    """One answer of the person; of each purpose the newest holds. Null: asked in a complaint the reader may not see."""

    purpose = serializers.ChoiceField(choices=ConsentFor.choices)
    answer = serializers.ChoiceField(choices=ConsentAnswer.choices)
    asked_on = serializers.DateField()
    asked_alone = serializers.SerializerMethodField()
    asked_language = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    by = serializers.SerializerMethodField()
    recorded_at = serializers.DateTimeField()

    @extend_schema_field(serializers.BooleanField(allow_null=True))
    def get_asked_alone(self, row: Consent) -> bool | None:
        """Say whether nobody else was there."""
        return row.asked_alone if self.told(row) else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_asked_language(self, row: Consent) -> str | None:
        """Say in which language."""
        return row.asked_language if self.told(row) else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_note(self, row: Consent) -> str | None:
        """Give the note to who may know identities."""
        return self.words(row.note) if self.told(row) else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_by(self, row: Consent) -> str | None:
        """Say who asked."""
        return row.by.username if self.told(row) else None

    def told(self, row: Consent) -> bool:
        """Return whether the reader may know where, how and by whom it was asked."""
        return row.pk in self.context["told"]


class ConsentSaid(StrictSerializer):
    """One asking. `answers` by purpose; those not asked are left out."""

    answers = serializers.DictField(child=serializers.ChoiceField(choices=ConsentAnswer.choices))
    asked_alone = serializers.BooleanField()
    asked_language = serializers.CharField(max_length=MAX_LANGUAGE)
    asked_on = serializers.DateField(required=False, allow_null=True, help_text="today unless said")
    afraid = serializers.ChoiceField(choices=Afraid.choices, required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True, max_length=MAX_NOTE)


class GuardianSerializer(WithWords):
    """Who stands by a child; the newest holds."""

    name = serializers.SerializerMethodField()
    kind = serializers.ChoiceField(choices=GuardianKind.choices)
    since = serializers.DateField()
    own_view = serializers.SerializerMethodField()
    view_language = serializers.CharField()
    by = serializers.CharField(source="by.username")
    recorded_at = serializers.DateTimeField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_name(self, row: Guardian) -> str | None:
        """Give the name to who may know identities."""
        return self.words(row.name)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_own_view(self, row: Guardian) -> str | None:
        """Give the child's words to who may know identities."""
        return self.words(row.own_view)


class GuardianSaid(StrictSerializer):
    """Who stands by a child from a day on, and what the child says itself."""

    name = serializers.CharField(max_length=MAX_NAME)
    kind = serializers.ChoiceField(choices=GuardianKind.choices)
    since = serializers.DateField(required=False, allow_null=True, help_text="today unless said")
    own_view = serializers.CharField(max_length=MAX_VIEW)
    view_language = serializers.CharField(max_length=MAX_LANGUAGE)


class CareMixin:
    """GET and POST …/consent/ and …/guardian/."""

    request: Request
    get_object: Callable[[], Victim]
    get_serializer_context: Callable[[], dict[str, Any]]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]

    @extend_schema(responses=ConsentSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def consent(self, request: Request, reference: str) -> Response:
        """List what the person answered, in whatever complaint, newest first, a hundred."""
        return Response(self._answers(self.get_object()))

    @extend_schema(request=ConsentSaid, responses={201: ConsentSerializer(many=True)})
    @consent.mapping.post
    def record_consent(self, request: Request, reference: str) -> Response:
        """Record the answers of one asking; answers all of them."""
        row = self.get_object()
        record_consent(row, by=request.user, **self.said(ConsentSaid))
        return created(self._answers(row))

    @extend_schema(responses=GuardianSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def guardian(self, request: Request, reference: str) -> Response:
        """List who stands and stood by a child, newest first."""
        return Response(self._guardians(self.get_object()))

    @extend_schema(request=GuardianSaid, responses={201: GuardianSerializer(many=True)})
    @guardian.mapping.post
    def name_guardian(self, request: Request, reference: str) -> Response:
        """Name who stands by a child; answers all of them."""
        row = self.get_object()
        name_guardian(row, by=request.user, **self.said(GuardianSaid))
        return created(self._guardians(row))

    def _answers(self, row: Victim) -> Any:
        self.audit("read", row, detail={"part": "consent"})
        rows = every_answer(row, MOST, self.request.user)
        told = told_to(self.request.user, row, rows)
        return ConsentSerializer(rows, many=True, context={**self.get_serializer_context(), "told": told}).data

    def _guardians(self, row: Victim) -> Any:
        self.audit("read", row, detail={"part": "guardian"})
        rows = Guardian.objects.filter(victim=row).select_related("by").order_by("-recorded_at", "-id")[:MOST]
        return GuardianSerializer(rows, many=True, context=self.get_serializer_context()).data

"""The checklist of a verification, for programs."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import Act, Complaint, Evidence, Means, Purpose, Sign
from complaints.presenters.evidence import a_child_among
from complaints.services.evidence import LISTS, MAX_NOTE, evidence_of, keep_evidence
from core.api import StrictSerializer


def _codes(choices: Any, **rest: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(choices=choices.choices), **rest)


class EvidenceSerializer(serializers.Serializer[Evidence]):
    """What was ticked; a sign in neither list is not known. `version` is 0 where nothing was kept yet."""

    act = _codes(Act)
    means = _codes(Means)
    purpose = _codes(Purpose)
    signs_yes = _codes(Sign)
    signs_no = _codes(Sign)
    evidence_note = serializers.SerializerMethodField()
    child_among = serializers.SerializerMethodField(help_text="for a child no means are needed")
    version = serializers.IntegerField()

    @property
    def reader(self) -> Any:
        """Return who reads."""
        return self.context["request"].user

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_evidence_note(self, row: Evidence) -> str | None:
        """Give the words to who may know identities."""
        return row.evidence_note if self.reader.may("identity.read") else None

    def get_child_among(self, row: Evidence) -> bool:
        """Say whether one of the people is under 18 as far as known."""
        return a_child_among(row.complaint, self.reader)


class EvidenceSaid(StrictSerializer):
    """The whole checklist: what is left out is not ticked. `version` is the one that was read."""

    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    act = _codes(Act, required=False, max_length=40)
    means = _codes(Means, required=False, max_length=40)
    purpose = _codes(Purpose, required=False, max_length=40)
    signs_yes = _codes(Sign, required=False, max_length=40)
    signs_no = _codes(Sign, required=False, max_length=40)
    evidence_note = serializers.CharField(required=False, allow_blank=True, max_length=MAX_NOTE)


class EvidenceMixin:
    """GET and PUT …/evidence/."""

    request: Request
    get_object: Callable[[], Complaint]
    get_serializer_context: Callable[[], dict[str, Any]]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]

    @extend_schema(responses=EvidenceSerializer)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def evidence(self, request: Request, reference: str) -> Response:
        """Show the checklist."""
        row = self.get_object()
        self.audit("read", row, detail={"part": "evidence"})
        return Response(self._kept(evidence_of(row, request.user)))

    @extend_schema(request=EvidenceSaid, responses=EvidenceSerializer)
    @evidence.mapping.put
    def keep_evidence(self, request: Request, reference: str) -> Response:
        """Keep the whole checklist under the version that was read."""
        row = self.get_object()
        self.audit("read", row, detail={"part": "evidence"})
        said = self.said(EvidenceSaid)
        version = said.pop("version")
        keep_evidence(row, by=request.user, version=version, said={**dict.fromkeys(LISTS, ()), **said})
        return Response(self._kept(evidence_of(row, request.user)))

    def _kept(self, kept: Evidence) -> Any:
        return EvidenceSerializer(kept, context=self.get_serializer_context()).data

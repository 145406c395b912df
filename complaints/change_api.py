"""Changes by two people, for programs: the revisions of the number, what is proposed, and the decision."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import Complaint, NumberRevision, ProposedChange
from complaints.presenters.changes import MOST
from complaints.services import confirm_change, open_change, propose_change, send_back_change
from complaints.services.lowering import MAX_WHY
from core.api import StrictSerializer, created
from workflow.models import Approval

ONE = "changes/(?P<pk>[0-9A-Fa-f-]{36})"


class RevisionSerializer(serializers.Serializer[NumberRevision]):
    """One change of the number reported; `why` is null for roles that read coded data only."""

    before = serializers.IntegerField(allow_null=True)
    after = serializers.IntegerField(allow_null=True)
    why = serializers.SerializerMethodField()
    by = serializers.CharField(source="by.username")
    approved_by = serializers.CharField(source="approved_by.username", default=None, allow_null=True)
    at = serializers.DateTimeField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_why(self, row: Any) -> str | None:
        """Give the reason to who may know identities."""
        return row.why if self.context["request"].user.may("identity.read") else None


class ProposedChangeSerializer(RevisionSerializer):
    """A change that needs a second person; `before` and `after` are text, empty for not known."""

    id = serializers.UUIDField()
    field = serializers.ChoiceField(choices=ProposedChange.Field.choices)
    before = serializers.CharField()  # type: ignore[assignment]  # a revision's are numbers
    after = serializers.CharField()  # type: ignore[assignment]
    approved_by = None  # type: ignore[assignment]
    state = serializers.ChoiceField(source="approval.state", choices=Approval.State.choices)
    decided_by = serializers.CharField(source="approval.decided_by.username", default=None, allow_null=True)
    answer = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_answer(self, row: Any) -> str | None:
        """Give why it was sent back to who may know identities."""
        return row.answer if self.context["request"].user.may("identity.read") else None


class ChangesSerializer(serializers.Serializer[Any]):
    """How the number came about, and what two people change."""

    revisions = RevisionSerializer(many=True)
    proposed = ProposedChangeSerializer(many=True)


class ChangeSaid(StrictSerializer):
    """A fact to lower or move: the number reported, the urgency, or the province of incident (a code, "" not known)."""

    field = serializers.ChoiceField(choices=ProposedChange.Field.choices)
    after = serializers.CharField(allow_blank=True, max_length=40)
    why = serializers.CharField(max_length=MAX_WHY)


class AnswerSaid(StrictSerializer):
    """Why a change is sent back."""

    note = serializers.CharField(max_length=MAX_WHY)


class ChangesMixin:
    """GET and POST …/changes/, POST …/changes/<id>/confirm/ and …/send-back/."""

    request: Request
    get_object: Callable[[], Complaint]
    get_serializer_context: Callable[[], dict[str, Any]]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]

    @extend_schema(responses=ChangesSerializer)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def changes(self, request: Request, reference: str) -> Response:
        """List the revisions of the number and the proposed changes, newest first, a hundred of each."""
        row = self.get_object()
        self.audit("read", row, detail={"part": "changes"})
        user: Any = request.user
        for change in self._proposed(row).filter(approval__state=Approval.State.ASKED):
            open_change(change, user)
        revisions = NumberRevision.objects.visible_to(user).filter(complaint=row)
        found = {
            "revisions": revisions.select_related("by", "approved_by").order_by("-at", "-id")[:MOST],
            "proposed": self._proposed(row).order_by("-at", "-id")[:MOST],
        }
        return Response(ChangesSerializer(found, context=self.get_serializer_context()).data)

    @extend_schema(request=ChangeSaid, responses={201: ProposedChangeSerializer})
    @changes.mapping.post
    def propose(self, request: Request, reference: str) -> Response:
        """Propose a change; another person at the ministry decides it."""
        change = propose_change(self.get_object(), by=request.user, **self.said(ChangeSaid))
        return created(self._shown(change))

    @extend_schema(request=None, responses=ProposedChangeSerializer)
    @action(detail=True, methods=["post"], url_path=f"{ONE}/confirm", pagination_class=None)
    def change_confirm(self, request: Request, reference: str, pk: str) -> Response:
        """Do what another person proposed."""
        return Response(self._shown(confirm_change(self._change(pk), by=request.user)))

    @extend_schema(request=AnswerSaid, responses=ProposedChangeSerializer)
    @action(detail=True, methods=["post"], url_path=f"{ONE}/send-back", pagination_class=None)
    def change_send_back(self, request: Request, reference: str, pk: str) -> Response:
        """Refuse what another person proposed, saying why."""
        change = self._change(pk)
        return Response(self._shown(send_back_change(change, by=request.user, **self.said(AnswerSaid))))

    def _proposed(self, row: Complaint) -> Any:
        seen = ProposedChange.objects.visible_to(self.request.user).filter(complaint=row)  # type: ignore[arg-type]
        return seen.select_related("approval__decided_by", "by", "complaint")

    def _change(self, pk: str) -> ProposedChange:
        row = self.get_object()
        self.audit("read", row, detail={"part": "changes"})
        try:
            found: ProposedChange | None = self._proposed(row).filter(pk=UUID(pk)).first()
        except ValueError:
            found = None
        if found is None:
            raise Http404
        return found

    def _shown(self, change: ProposedChange) -> Any:
        fresh = self._proposed(change.complaint).get(pk=change.pk)
        return ProposedChangeSerializer(fresh, context=self.get_serializer_context()).data

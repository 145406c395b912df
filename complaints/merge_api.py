"""Merging for programs: propose, list, read, confirm, send back, take back; persons, complaints and sites alike."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.presenters import merging as words
from complaints.services import confirm_merge, propose_merge, send_back_merge, undo_merge
from complaints.services.merges import open_merge, record_of
from core.api import Api, StrictSerializer, created
from core.paging import Sort
from workflow import merging
from workflow.api import OnceMixin
from workflow.models import Merge
from workflow.shapes import SHAPES

KINDS = {"people.person": "person", "complaints.complaint": "complaint", "provinces.site": "site"}
STATES = ("proposed", "sent_back", "merged", "taken_back")
LONGEST = 40


class MergeSerializer(serializers.Serializer[Merge]):
    """One merge. `why` and `answer` are null for roles that read coded data only."""

    reference = serializers.CharField()
    kind = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    survivor = serializers.CharField(source="survivor_reference")
    absorbed = serializers.CharField(source="absorbed_reference")
    chosen = serializers.ListField(
        child=serializers.CharField(), help_text="groups of fields taken from the absorbed one"
    )
    why = serializers.SerializerMethodField()
    answer = serializers.SerializerMethodField()
    by = serializers.CharField(source="by.username")
    asked_at = serializers.DateTimeField()
    approved_by = serializers.CharField(source="approved_by.username", default=None, allow_null=True)
    at = serializers.DateTimeField(allow_null=True)
    undone_by = serializers.CharField(source="undone_by.username", default=None, allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.ChoiceField(choices=sorted(KINDS.values())))
    def get_kind(self, row: Merge) -> str:
        """Say what is merged."""
        return KINDS[row.object_type]

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, row: Merge) -> str:
        """Say where it stands."""
        if row.undone_at:
            return "taken_back"
        if row.at:
            return "merged"
        return "proposed" if row.is_waiting else "sent_back"

    def _words(self, text: str) -> str | None:
        return text if self.context["request"].user.may("identity.read") else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_why(self, row: Merge) -> str | None:
        """Give why the two are one to who may know identities."""
        return self._words(row.why)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_answer(self, row: Merge) -> str | None:
        """Give why it was sent back to who may know identities."""
        return self._words(row.answer)


class ComparedLine(serializers.Serializer[words.Line]):
    """One line of the comparison; `name` is empty where nothing is to be chosen."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the word is the API's
    survivor = serializers.CharField(source="stays")
    absorbed = serializers.CharField(source="goes")


class MergeDetailSerializer(MergeSerializer):
    """One merge with both records side by side, and `seen`: what a confirmation has to carry."""

    seen = serializers.SerializerMethodField()
    lines = serializers.SerializerMethodField()

    def get_seen(self, row: Merge) -> str:
        """Name the versions of both records that are shown."""
        return merging.state_of(*merging.both(SHAPES[row.object_type], row.survivor_id, row.absorbed_id))

    @extend_schema_field(ComparedLine(many=True))
    def get_lines(self, row: Merge) -> Any:
        """Lay both records side by side, as the page does."""
        pair = merging.both(SHAPES[row.object_type], row.survivor_id, row.absorbed_id)
        user = self.context["request"].user
        compared = words.compare(*pair, (row.survivor_reference, row.absorbed_reference), user, row)
        return ComparedLine(compared.lines, many=True).data


class MergeSaid(StrictSerializer):
    """Two records by their references: a person by any of their rows (`V-…`, `S-…`), a complaint, a site."""

    survivor = serializers.CharField(max_length=LONGEST)
    absorbed = serializers.CharField(max_length=LONGEST)
    why = serializers.CharField(max_length=merging.MAX_WHY)
    chosen = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST),
        required=False,
        max_length=LONGEST,
        help_text="groups of fields whose values are taken from the absorbed one",
    )


class SeenSaid(StrictSerializer):
    """What was looked at: `seen` of the merge as it was read."""

    seen = serializers.CharField(max_length=LONGEST)


class NoteSaid(StrictSerializer):
    """Why."""

    note = serializers.CharField(max_length=merging.MAX_WHY)


@extend_schema_view(
    list=extend_schema(responses=MergeSerializer(many=True)),
    create=extend_schema(request=MergeSaid, responses={201: MergeDetailSerializer}),
    confirm=extend_schema(request=SeenSaid, responses=MergeDetailSerializer),
    send_back=extend_schema(request=NoteSaid, responses=MergeDetailSerializer),
    undo=extend_schema(request=NoteSaid, responses=MergeDetailSerializer),
)
class MergeApi(OnceMixin, Api):
    """Merges of the records the reader may see."""

    permission = "merge.read"
    queryset = Merge.objects.all()
    is_scoped = False  # a merge is of two records, not of a branch
    sorts: ClassVar = {"asked": Sort("asked_at", True, "Proposed, latest first")}

    def get_queryset(self) -> Any:
        """Return the merges whose records the reader may see."""
        seen = Merge.objects.visible_to(self.request.user)
        return seen.select_related("approval", "by", "approved_by", "undone_by")

    def get_serializer_class(self) -> Any:
        """Lay the records side by side where one merge is shown."""
        return MergeSerializer if self.action == "list" else MergeDetailSerializer

    def retrieve(self, request: Request, reference: str) -> Response:
        """Show one merge; that who may decide it looked is kept."""
        open_merge(self.get_object(), request.user)
        return super().retrieve(request, reference)

    def create(self, request: Request) -> Response:
        """Propose a merge; another person at the ministry decides it."""
        said = self.said(MergeSaid)
        one, other = said["survivor"].strip().upper(), said["absorbed"].strip().upper()
        pair = [self._record(reference, name) for reference, name in ((one, "survivor"), (other, "absorbed"))]
        if type(pair[0]) is not type(pair[1]):
            raise ValidationError({"absorbed": [_("There is no record of this reference that fits.")]})
        wanted = {"why": said["why"], "references": (one, other), "chosen": said.get("chosen", [])}
        find = lambda made: self.get_queryset().filter(reference=made).first()  # noqa: E731
        merge = self.once("merges.propose", wanted, lambda: propose_merge(*pair, by=request.user, **wanted), find)
        return created(self._shown(merge))

    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def confirm(self, request: Request, reference: str) -> Response:
        """Do what another person proposed."""
        return Response(self._shown(confirm_merge(self.get_object(), by=request.user, **self.said(SeenSaid))))

    @action(detail=True, methods=["post"], url_path="send-back", pagination_class=None, filter_backends=[])
    def send_back(self, request: Request, reference: str) -> Response:
        """Refuse what another person proposed, saying why."""
        return Response(self._shown(send_back_merge(self.get_object(), by=request.user, **self.said(NoteSaid))))

    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def undo(self, request: Request, reference: str) -> Response:
        """Take a merge back: what still hangs on the survivor returns."""
        merge = self.get_object()
        return Response(self._shown(undo_merge(merge, by=request.user, why=self.said(NoteSaid)["note"])))

    def _record(self, reference: str, name: str) -> Any:
        """Return a record whose merging this role may propose; ValidationError by field where there is none."""
        user = self.request.user
        try:
            row = record_of(reference, user)
        except Http404 as error:
            raise ValidationError({name: [_("There is no record of this reference that fits.")]}) from error
        if not user.may(SHAPES[row._meta.label_lower].propose):
            raise PermissionDenied(_("Your role does not propose this. Ask your supervisor."))
        return row

    def _shown(self, merge: Merge) -> Any:
        return self.answer(merge, look=True)


COLLECTIONS = (("merges", MergeApi, "merge"),)

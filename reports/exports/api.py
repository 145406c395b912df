"""Exports for programs: ask for one, see how far it is, take it, stop it; the same services as the pages."""

from typing import Any, ClassVar

from django.http import FileResponse, QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.views.export import PURPOSES
from core.api import Api, StrictSerializer, created
from core.exceptions import Conflict
from reports.exports.handing import hand_over
from reports.exports.lists import EXPORT, LISTS, listing
from reports.exports.models import READ, ExportJob, Format, Problem, State
from reports.exports.services import MOST_RECIPIENT, again, ask_export, cancel_export, show_key
from workflow.api import OnceMixin

MOST_QUERY = 2_000


class ExportSerializer(serializers.Serializer[ExportJob]):
    """One export; who did not ask for it reads its filter as codes."""

    reference = serializers.CharField()
    list = serializers.ChoiceField(choices=sorted(LISTS), source="listing")
    filters = serializers.DictField(source="coded", help_text="codes; of typed words only that there were some")
    format = serializers.ChoiceField(choices=Format.choices)
    columns = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]  # the word is the API's
    identities = serializers.BooleanField()
    purpose = serializers.ChoiceField(choices=PURPOSES)
    recipient = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    problem = serializers.ChoiceField(choices=Problem.choices)
    answer = serializers.CharField(help_text="why names were refused")
    rows = serializers.IntegerField(source="total")
    done = serializers.IntegerField()
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    by = serializers.CharField(source="by.username")
    asked_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    downloads = serializers.IntegerField()


class ExportAskedSerializer(ExportSerializer):
    """An export that was just asked for; the passphrase stands here and in no later answer."""

    passphrase = serializers.CharField(required=False)


class AskSerializer(StrictSerializer):
    """What file of which list."""

    list = serializers.ChoiceField(choices=sorted(LISTS))
    query = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=MOST_QUERY,
        help_text="as in the address of the list: status=new&sort=due",
    )
    format = serializers.ChoiceField(choices=Format.choices)
    purpose = serializers.ChoiceField(choices=PURPOSES)
    recipient = serializers.CharField(max_length=MOST_RECIPIENT)
    columns = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=100)
    identities = serializers.BooleanField(required=False)


class ExportApi(OnceMixin, Api):
    """One's own exports (of who oversees them, everybody's, without the files)."""

    permission = READ
    permissions: ClassVar[dict[str, str]] = {"create": EXPORT, "download": EXPORT, "again": EXPORT}
    queryset = ExportJob.objects.select_related("by", "approval")
    is_scoped = False
    sorts: ClassVar = ExportJob.SORTS
    serializer_class = ExportSerializer
    filter_backends: ClassVar[list[Any]] = []

    def get_queryset(self) -> Any:
        """Return what the reader may know of; what is its asker's alone, only to them."""
        seen = self.queryset.visible_to(self.request.user)
        return seen.filter(by=self.request.user) if self.action in ("again", "download") else seen

    @extend_schema(request=AskSerializer, responses={201: ExportAskedSerializer})
    def create(self, request: Request) -> Response:
        """Ask for an export, once for an `Idempotency-Key`; only the first answer holds the passphrase."""
        said = self.said(AskSerializer)
        shown: dict[str, str] = {}

        def make() -> ExportJob:
            body = dict(said)
            one, params = listing(body.pop("list")), QueryDict(body.pop("query", ""))
            job = ask_export(one, params, by=request.user, **body)
            shown["passphrase"] = show_key(job, by=request.user)
            return job

        job = self.once("exports.create", said, make, self.find)
        return created({**self.answer(job, look=True), **shown})

    def find(self, reference: str) -> Any:
        """Find through the scope what an earlier submission was about."""
        return self.get_queryset().filter(reference=reference).first()

    @extend_schema(request=None, responses=ExportSerializer)
    @action(detail=True, methods=["post"], pagination_class=None)
    def cancel(self, request: Request, reference: str) -> Response:
        """Stop one that is not there yet."""
        return Response(self.answer(cancel_export(self.get_object(), by=request.user), look=True))

    @extend_schema(request=None, responses={201: ExportAskedSerializer})
    @action(detail=True, methods=["post"], pagination_class=None)
    def again(self, request: Request, reference: str) -> Response:
        """Ask for the same as one that failed, was cancelled or has expired."""
        job = again(self.get_object(), by=request.user)
        passphrase = show_key(job, by=request.user)
        return created({**self.answer(job, look=True), "passphrase": passphrase})

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], pagination_class=None)
    def download(self, request: Request, reference: str) -> FileResponse | Response:
        """Take the file, to who asked; 409 where there is none, or where they may no longer see all that is in it."""
        job = self.get_object()
        try:
            return hand_over(job, by=request.user)
        except Conflict as error:  # answered, not raised: that the file was taken away stays
            return Response({"detail": error.message}, status=409)


COLLECTIONS = (("exports", ExportApi, "export"),)

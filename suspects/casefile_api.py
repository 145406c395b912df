"""Case files for programs: list, page, show, open, change under a version, join and take out; through the pages' services."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import RECEIPT, Api, StrictSerializer, created
from suspects.filters import CaseFileFilter
from suspects.models import Article, CaseFile, Court
from suspects.presenters.casefiles import held_part
from suspects.serializers import CaseFileDetailSerializer, CaseFileSerializer
from suspects.services import change_file, join, open_file, opened, part
from workflow.api import OnceMixin

MOST_ARTICLES = 50


class NewCaseFileSaid(StrictSerializer):
    """A case file to be opened: one of the two numbers, unit, day, court and articles by their codes.

    `holds` is the complaint, suspect or person it joins at once.
    """

    police_number = serializers.CharField(required=False, allow_blank=True, max_length=60)
    court_number = serializers.CharField(required=False, allow_blank=True, max_length=60)
    unit = serializers.CharField(max_length=200)
    opened_on = serializers.DateField()
    closed_on = serializers.DateField(required=False, allow_null=True)
    court = serializers.CharField(max_length=8)
    articles = serializers.ListField(child=serializers.CharField(max_length=12), min_length=1, max_length=MOST_ARTICLES)
    holds = serializers.CharField(required=False, allow_blank=True, max_length=20)


class CaseFileChangeSaid(StrictSerializer):
    """What changes, with the version that was read; what is not named stays."""

    needed = ("version",)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    police_number = serializers.CharField(required=False, allow_blank=True, max_length=60)
    court_number = serializers.CharField(required=False, allow_blank=True, max_length=60)
    unit = serializers.CharField(required=False, max_length=200)
    opened_on = serializers.DateField(required=False)
    closed_on = serializers.DateField(required=False, allow_null=True)
    court = serializers.CharField(required=False, max_length=8)
    articles = serializers.ListField(
        child=serializers.CharField(max_length=12), required=False, min_length=1, max_length=MOST_ARTICLES
    )


class PartSaid(StrictSerializer):
    """The reference of a complaint, a suspect or a person; `take_out` takes it out again."""

    reference = serializers.CharField(max_length=20)
    take_out = serializers.BooleanField(required=False, default=False)


@extend_schema_view(
    create=extend_schema(request=NewCaseFileSaid, responses={201: RECEIPT}),
    partial_update=extend_schema(request=CaseFileChangeSaid, responses={200: RECEIPT}),
    parts=extend_schema(request=PartSaid, responses={200: RECEIPT}),
)
class CaseFileApi(OnceMixin, Api):  # type: ignore[misc]
    """Case files: list, page, show with what they join; open, change, join and take out."""

    permission = "casefile.read"
    permissions: ClassVar = dict.fromkeys(("create", "partial_update", "parts"), "casefile.write")
    queryset = CaseFile.objects.all()
    serializer_class = CaseFileSerializer
    filterset_class = CaseFileFilter
    sorts: ClassVar = CaseFile.SORTS

    def get_serializer_class(self) -> type[CaseFileSerializer]:
        """Show what one file joins, not what a list of them does."""
        return CaseFileSerializer if self.action == "list" else CaseFileDetailSerializer

    def get_queryset(self) -> QuerySet[CaseFile]:
        """Return case files through the scope, with their articles."""
        rows: QuerySet[CaseFile] = super().get_queryset().prefetch_related("articles")
        return rows

    def create(self, request: Request) -> Response:
        """Open a file; the same key with the same body answers the same file."""
        said, user = self.said(NewCaseFileSaid), request.user

        def make() -> CaseFile:
            values = placed({name: value for name, value in said.items() if name != "holds"})
            return open_file(by=user, holds=self._named(said.get("holds", ""), "holds"), **values)

        file = self.once("case_files:open", said, make, lambda found: opened(found, user))
        return created(self.answer(file, look=True))

    def partial_update(self, request: Request, reference: str) -> Response:
        """Change a file; `version` is the one that was read."""
        row = self.get_object()
        self.audit("read", row)  # shown in the answer and in a conflict, also where nothing changes
        said = self.said(CaseFileChangeSaid)
        version, changes = said.pop("version"), placed(said, row)
        changed = change_file(row, by=request.user, version=version, **{**facts(row), **changes})
        return Response(self.answer(changed))

    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def parts(self, request: Request, reference: str) -> Response:
        """Join a complaint, a suspect or a person, or take one out; done twice it is done once."""
        row, said = self.get_object(), self.said(PartSaid)

        def make() -> CaseFile:
            act: Callable[..., None] = part if said["take_out"] else join
            act(row, self._named(said["reference"], "reference"), by=request.user)
            return row

        self.once(f"case_files:parts:{row.reference}", said, make, lambda _reference: row)
        return Response(self.answer(row, look=True))

    def _named(self, reference: str, field: str) -> Model | None:
        found: Model | None = held_part(reference, self.request.user, field)
        return found


def facts(row: CaseFile) -> dict[str, Any]:
    """Return what a change leaves as it is."""
    names = ("police_number", "court_number", "unit", "opened_on", "closed_on", "court")
    return {**{name: getattr(row, name) for name in names}, "articles": list(row.articles.all())}


def placed(said: dict[str, Any], file: CaseFile | None = None) -> dict[str, Any]:
    """Turn codes into court and articles, of those offered for the file. Raises ValidationError by field."""
    values = dict(said)
    if "court" in said:
        values["court"] = Court.objects.filter(pk=said["court"]).first()
        if values["court"] is None:
            raise ValidationError({"court": [_("Choose the court.")]})
    if "articles" in said:
        values["articles"] = list(Article.objects.offered_for(file).filter(code__in=said["articles"]))
        if len(values["articles"]) != len(set(said["articles"])):
            raise ValidationError({"articles": [_("Choose articles from the list.")]})
    return values

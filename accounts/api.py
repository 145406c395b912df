"""What belongs to one person's own account, for programs: the deputy while away, saved views."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.kept_lists import LISTS, counts_of
from accounts.models import Deputy, SavedView
from accounts.services.views import LONGEST
from core.api import Api, StrictSerializer, created
from core.paging import Sort


class DeputySerializer(serializers.Serializer[Deputy]):
    """`deputy` stands in for `user` on these days, both included."""

    reference = serializers.CharField()
    user = serializers.CharField(source="user.username")
    deputy = serializers.CharField(source="deputy.username")
    from_on = serializers.DateField()
    until_on = serializers.DateField()


class DeputySaid(StrictSerializer):
    """Who stands in for the writer, by user name, and on which days."""

    deputy = serializers.CharField(max_length=60)
    from_on = serializers.DateField()
    until_on = serializers.DateField()


@extend_schema_view(
    list=extend_schema(responses=DeputySerializer(many=True)),
    create=extend_schema(request=DeputySaid, responses={201: DeputySerializer}),
    end=extend_schema(request=None, responses={204: None}),
)
class DeputyApi(Api):
    """Whom the reader named to stand in, and for whom the reader stands in."""

    permission = "approval.read"
    queryset = Deputy.objects.select_related("user", "deputy")
    is_scoped = False  # one's own
    sorts: ClassVar = {"from": Sort("from_on", True, "From, latest first")}
    serializer_class = DeputySerializer

    def get_queryset(self) -> Any:
        """Return what the reader named, or is named in."""
        return Deputy.objects.visible_to(self.request.user).select_related("user", "deputy")

    def create(self, request: Request) -> Response:
        """Name a deputy for oneself."""
        said = self.said(DeputySaid)
        deputy = services.candidates(request.user).filter(username=said["deputy"].lower()).first()
        if deputy is None:
            raise ValidationError({"deputy": [_("Name somebody of your own role at the ministry.")]})
        row = services.name_deputy(by=request.user, **{**said, "deputy": deputy})
        return created(DeputySerializer(row).data)

    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def end(self, request: Request, reference: str) -> Response:
        """End what one named oneself."""
        services.end_deputy(self.get_object(), by=request.user)
        return Response(status=204)


class ViewSerializer(serializers.Serializer[SavedView]):
    """A saved view: what the list's filter reads, and how many rows of the reader's own branch it shows (1001: more)."""

    reference = serializers.CharField()
    list = serializers.CharField(source="list_key")
    name = serializers.CharField()
    query = serializers.CharField()
    level = serializers.ChoiceField(choices=SavedView.Level.choices)
    province = serializers.CharField(source="province_id", allow_null=True)
    by = serializers.CharField(source="user.username")
    count = serializers.SerializerMethodField()

    def get_count(self, row: SavedView) -> int | None:
        """Count with all others in one query; null where the reader's role may not use the filter."""
        counts: dict[Any, int] = self.context.get("counts", {})
        return counts.get(row.pk)


class ViewSaid(StrictSerializer):
    """A view to keep; `query` is what stands in the list's address, `level` own, national, or province:code."""

    list = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=LONGEST)
    query = serializers.CharField(max_length=4_000)
    level = serializers.CharField(max_length=20, required=False, default="own")


class NameSaid(StrictSerializer):
    """Another name."""

    name = serializers.CharField(max_length=LONGEST)


@extend_schema_view(
    list=extend_schema(
        responses=ViewSerializer(many=True),
        parameters=[OpenApiParameter("list", str, description="only the views of one list")],
    ),
    create=extend_schema(request=ViewSaid, responses={201: ViewSerializer}),
    rename=extend_schema(request=NameSaid, responses=ViewSerializer),
    move=extend_schema(request=None, responses=ViewSerializer),
    take_away=extend_schema(request=None, responses={204: None}),
)
class ViewApi(Api):
    """Saved views: the reader's own, those of the reader's provinces, and everybody's."""

    permission = "view.keep"
    queryset = SavedView.objects.all()
    is_scoped = False  # by whom they were kept for
    sorts: ClassVar = {"saved": Sort("updated_at", True, "Saved, latest first")}
    serializer_class = ViewSerializer
    words = frozenset({"list"})

    def get_queryset(self) -> Any:
        """Return the views the reader sees, of lists the reader may open."""
        user: Any = self.request.user
        keys = [key for key, kept in LISTS.items() if user.may(kept.permission)]
        rows = SavedView.objects.visible_to(user).filter(list_key__in=keys).select_related("user")
        wanted = self.request.query_params.get("list") if self.action == "list" else None
        return rows.filter(list_key=wanted) if wanted else rows

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """Count every view shown, in one query."""
        rows = args[0] if args and kwargs.get("many") else args[:1]
        found = [(row, LISTS[row.list_key].rows(row.query, self.request)) for row in rows]
        usable = [(row, shown) for row, shown in found if shown is not None]
        counts = counts_of([shown for _row, shown in usable], self.request.user)
        context = kwargs.pop("context", None) or self.get_serializer_context()
        by_view = {row.pk: n for (row, _shown), n in zip(usable, counts, strict=True)}
        return ViewSerializer(*args, **kwargs, context={**context, "counts": by_view})

    def create(self, request: Request) -> Response:
        """Keep a view."""
        said = self.said(ViewSaid)
        row = services.save_view(
            by=request.user,
            list_key=said["list"],
            name=said["name"],
            params=QueryDict(said["query"]),
            level=said["level"],
        )
        return created(self.get_serializer(row).data)

    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def rename(self, request: Request, reference: str) -> Response:
        """Give a view another name."""
        row = services.rename_view(self.get_object(), by=request.user, name=self.said(NameSaid)["name"])
        return Response(self.get_serializer(row).data)

    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def move(self, request: Request, reference: str) -> Response:
        """Put a view one place before."""
        return Response(self.get_serializer(services.move_view(self.get_object(), by=request.user)).data)

    @action(detail=True, methods=["post"], url_path="delete", pagination_class=None, filter_backends=[])
    def take_away(self, request: Request, reference: str) -> Response:
        """Take a view away."""
        services.delete_view(self.get_object(), by=request.user)
        return Response(status=204)


COLLECTIONS = (("deputies", DeputyApi, "deputy"), ("views", ViewApi, "view"))

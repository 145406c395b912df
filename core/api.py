"""The base of every API call: same permission, same scope, same context and same audit as the pages."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core import context
from core.forms import TOO_FAR_BACK, is_too_far_back
from core.paging import MAX_PAGE_SIZE, PAGE_SIZE, Sort, page_of
from core.views import queue_event, require

PLAIN = {"cursor", "page_size", "sort", "ordering", "shared", "format", "lang"}


class KeysetPagination(BasePagination):
    """Answer `{"next", "previous", "results"}`; sorts come from the view's `sorts`."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        self.page = page_of(queryset, request.query_params, view.sorts)
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self._url(self.page.next), "previous": self._url(self.page.previous), "results": data})

    def _url(self, cursor: str) -> str | None:
        if not cursor:
            return None
        params = self.request.query_params.copy()
        params["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{params.urlencode()}")

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        link = {"type": "string", "nullable": True, "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        sorts = list(getattr(view, "sorts", {}))
        size = f"rows a page, {PAGE_SIZE} unless told; more than {MAX_PAGE_SIZE} answers {MAX_PAGE_SIZE}"
        return [
            _parameter("cursor", "where the page starts; taken from `next` or `previous`", type="string"),
            _parameter("page_size", size, type="integer", minimum=1),
            _parameter("sort", f"{sorts[0]} unless told" if sorts else "", type="string", enum=sorts),
        ]


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


class Api(GenericViewSet[Any]):
    """A collection of ours: rows only through the scope, looked up by reference."""

    permission: ClassVar[str | None] = None
    permissions: ClassVar[dict[str, str]] = {}
    sorts: ClassVar[dict[str, Sort]] = {}
    is_scoped: ClassVar[bool] = True  # a list of rows, one branch at a time
    words: ClassVar[frozenset[str]] = frozenset()  # of a list's query, beside what its filter knows
    pagination_class = KeysetPagination
    lookup_field = "reference"
    lookup_value_regex = "[A-Za-z0-9-]{1,40}"
    filterset_class: Any = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Sign in, enter the context, speak the user's language (a token is read after the middleware), check the role."""
        super().initial(request, *args, **kwargs)
        context.enter(request.user)
        if chosen := getattr(request.user, "language", ""):
            translation.activate(chosen)
        require(request.user, self.permissions.get(self.action or "", self.permission))

    def get_queryset(self) -> Any:
        """Return the rows of one branch for a list, all visible rows for a look-up."""
        rows = super().get_queryset()
        if self.action != "list":
            return rows.visible_to(self.request.user)
        shared = self.request.query_params.get("shared") == "1"
        return rows.shared_with(self.request.user) if shared else rows.of_own_provinces(self.request.user)

    def refuse_unknown_filters(self) -> None:
        """Raise ValidationError for a query parameter no filter of this list knows."""
        known = (
            PLAIN | self.words | set(getattr(self.filterset_class, "base_filters", {}) if self.filterset_class else {})
        )
        unknown = sorted(set(self.request.query_params) - known)
        if unknown:
            raise ValidationError({name[:60]: [_("This list has no such filter.")] for name in unknown})

    def list(self, request: Request) -> Response:
        """List the rows of one branch, filtered, 50 at a time."""
        self.refuse_unknown_filters()
        rows = self.get_queryset()
        page = self.paginate_queryset(self.filter_queryset(rows)) or []
        verb = "search" if request.query_params.get("q") else "list"
        self.audit(verb, rows.model, detail={"filters": sorted(request.query_params), "rows": len(page)})
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, reference: str) -> Response:
        """Show one row by its reference."""
        row = self.get_object()
        self.audit("read", row)
        return Response(self.get_serializer(row).data)

    def said(self, serializer_class: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """Return the checked body of this request; raises by field."""
        serializer = serializer_class(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        data: dict[str, Any] = serializer.validated_data
        return data

    def answer(self, row: Any, *, look: bool = False) -> Any:
        """Return a row as it stands now, as details show it; only its reference where the reader does not see it (any more).

        `look`: the request did not record a look at it before.
        """
        seen = self.get_queryset().filter(pk=row.pk).first()
        if seen is None:
            return {"reference": row.reference}
        if look:
            self.audit("read", seen)
        return self.get_serializer(seen).data

    def audit(self, verb: str, about: Any = None, **rest: Any) -> None:
        """Queue a look for the middleware to write."""
        queue_event(self.request, verb, about, **rest)


class StrictSerializer(serializers.Serializer[Any]):
    """The shape of a body: what it does not name is refused by name, never ignored.

    `needed` tells the schema what a PATCH cannot do without.
    """

    needed: ClassVar[tuple[str, ...]] = ()

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            known = {name for name, field in self.fields.items() if not field.read_only}
            unknown = sorted(str(name)[:60] for name in set(data) - known)
            if unknown:
                raise serializers.ValidationError({name: [_("This cannot be sent here.")] for name in unknown})
        try:
            values = super().to_internal_value(data)
        except OverflowError:  # a moment that no time zone has, which no field of a library says by its name
            raise serializers.ValidationError(self._beyond(data)) from None
        if early := {name: [TOO_FAR_BACK] for name, value in values.items() if is_too_far_back(value)}:
            raise serializers.ValidationError(early)
        return values

    def _beyond(self, data: Mapping[str, Any]) -> dict[str, list[Any]]:
        """Return which fields hold a moment that lies outside of time."""
        found = {}
        for name, field in self.fields.items():
            try:
                field.run_validation(data.get(name))
            except OverflowError:
                found[name] = [TOO_FAR_BACK]
            except (serializers.ValidationError, ValidationError, serializers.SkipField):
                continue
        return found


# Of an answer to who may write where they may not read (another province): what a schema says of it.
RECEIPT = {
    "description": "The record as it stands; only its `reference` where the writer may not see it (any more).",
    "type": "object",
    "required": ["reference"],
    "properties": {"reference": {"type": "string"}},
}


def created(data: Any) -> Response:
    """Answer 201."""
    return Response(data, status=status.HTTP_201_CREATED)

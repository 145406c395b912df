"""The base of every API call: same permission, same scope, same context and same audit as the pages."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_handler
from rest_framework.viewsets import GenericViewSet

from core import context
from core.exceptions import Conflict, Unprocessable
from core.paging import MAX_PAGE_SIZE, Sort, page_of
from core.views import queue_event, require

PLAIN = {"cursor", "page_size", "sort", "ordering", "shared", "format", "lang"}


class Problem(APIException):
    """An error of ours as an answer: a status and a detail."""

    def __init__(self, code: int, detail: Any) -> None:
        self.status_code = code
        super().__init__(detail)


def _translated(exc: Exception) -> Exception:
    match exc:
        case Conflict():
            return Problem(409, {"detail": exc.message, **({"theirs": exc.theirs} if exc.theirs else {})})
        case Unprocessable():
            return Problem(422, {"detail": exc.message})
        case ValidationError():
            by_field = exc.message_dict if hasattr(exc, "error_dict") else {"detail": exc.messages}
            return Problem(400, {("detail" if key == "__all__" else key): value for key, value in by_field.items()})
        case IntegrityError():
            return Problem(409, {"detail": _("This conflicts with what is saved. Load the record again.")})
        case DataError():
            return Problem(400, {"detail": _("A value is too long or of the wrong kind.")})
        case OperationalError():
            return Problem(503, {"detail": _("The database does not answer. Try again in a minute.")})
    return exc


def exception_handler(exc: Exception, handler_context: dict[str, Any]) -> Response | None:
    """Translate errors once for the whole API; an answer of 400 or more rolls the request back."""
    return drf_handler(_translated(exc), handler_context)


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
        sorts = {"type": "string", "enum": list(getattr(view, "sorts", {}))}
        sizes = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE}
        return [
            {"name": "cursor", "in": "query", "schema": {"type": "string"}},
            {"name": "page_size", "in": "query", "schema": sizes},
            {"name": "sort", "in": "query", "schema": sorts},
        ]


class Api(GenericViewSet[Any]):
    """A collection of ours: rows only through the scope, looked up by reference."""

    permission: ClassVar[str | None] = None
    permissions: ClassVar[dict[str, str]] = {}
    sorts: ClassVar[dict[str, Sort]] = {}
    pagination_class = KeysetPagination
    lookup_field = "reference"
    lookup_value_regex = "[A-Za-z0-9-]{1,40}"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        context.enter(request.user)
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
        known = PLAIN | set(getattr(self.filterset_class, "base_filters", {}) if self.filterset_class else {})
        unknown = sorted(set(self.request.query_params) - known)
        if unknown:
            raise ValidationError({name[:60]: [_("This list has no such filter.")] for name in unknown})

    filterset_class: Any = None

    def list(self, request: Request) -> Response:
        """List the rows of one branch, filtered, 50 at a time."""
        self.refuse_unknown_filters()
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        self.audit(
            "list", self.get_queryset().model, detail={"filters": sorted(request.query_params), "rows": len(page)}
        )
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, reference: str) -> Response:
        """Show one row by its reference."""
        row = self.get_object()
        self.audit("read", row)
        return Response(self.get_serializer(row).data)

    def audit(self, verb: str, about: Any = None, **rest: Any) -> None:
        """Queue a look for the middleware to write."""
        queue_event(self.request, verb, about, **rest)


class StepSerializer(serializers.Serializer[Any]):
    """The body of a step: its name, a note, when it happened, and the answers it asks for."""

    step = serializers.CharField(max_length=60)
    note = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    happened_at = serializers.DateTimeField(required=False)
    late_why = serializers.CharField(required=False, allow_blank=True, max_length=500)


def created(data: Any) -> Response:
    """Answer 201."""
    return Response(data, status=status.HTTP_201_CREATED)

"""The OpenAPI document of the API: served, committed (`make docs`) and shown as a page."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core.views import Page

METHODS = ("get", "post", "patch", "delete", "put")


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A token made on the user's own page."""

    target_class = "accounts.authentication.TokenWithSecondFactor"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        described = "`Authorization: Token …`; tokens are made on your own account page"
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": described}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The session of the pages; writing calls send the CSRF token."""

    target_class = "rest_framework.authentication.SessionAuthentication"
    name = "session"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        described = "a signed-in browser; calls that write send `X-CSRFToken` = the `csrftoken` cookie"
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": described}


@cache
def document(language: str) -> dict[str, Any]:
    """Return the OpenAPI document in a language; made once a process."""
    with override(language):
        made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


class PlainJson(JSONRenderer):
    """The document as any program asks for it: JSON, which is YAML too."""


class SchemaApi(SpectacularAPIView):
    """The OpenAPI 3 document: JSON, or YAML with `?format=yaml`. It names no record and is open to all."""

    renderer_classes = [PlainJson, OpenApiYamlRenderer, OpenApiJsonRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(document(get_language() or "en"))


class DocsPage(Page):
    """The API on one page, without a script: what may be called, with what, and what it answers."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show every operation of the document."""
        made = document(get_language() or "en")
        operations = [
            _shown(path, method, item[method], made)
            for path, item in made["paths"].items()
            for method in METHODS
            if method in item
        ]
        return self.render("api/docs.html", {"operations": operations, "schema_url": reverse("schema")})


def _shown(path: str, method: str, operation: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """Prepare one operation for the page."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    schema = made["components"]["schemas"].get(body.get("$ref", "").rpartition("/")[2], body)
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "parts": path.strip("/").split("/"),
        "about": operation.get("description", ""),
        "parameters": [
            {"name": parameter["name"], "about": _values({**parameter["schema"], **_described(parameter)})}
            for parameter in operation.get("parameters", [])
        ],
        "fields": [
            {"name": name, "about": _values(field), "required": name in schema.get("required", ())}
            for name, field in schema.get("properties", {}).items()
        ],
        "answers": [
            {"code": code, "about": said["description"]} for code, said in sorted(operation["responses"].items())
        ],
    }


def _described(said: dict[str, Any]) -> dict[str, Any]:
    """Take a description without the list of values that the generator adds."""
    words = str(said.get("description", "")).split("* `")[0].strip()
    return {"description": words} if words else {}


def _values(schema: dict[str, Any]) -> str:
    """Say in a few words what a value may be, and what it means where that is written."""
    inner = schema.get("items", schema)
    values = [str(value) for value in inner.get("enum", ()) if value not in (None, "")]
    shape = ", ".join(values) or str(schema.get("format") or schema.get("type") or "")
    return ". ".join(part for part in (_described(schema).get("description", ""), shape) if part)

"""What every operation of the API has in common, said once for the OpenAPI document."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import Direction, OpenApiParameter

KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="1 to 80 plain characters: the same key with the same body does the act once, with another body 422",
)
SHARED = OpenApiParameter(
    "shared", str, enum=["1"], description="rows that were shared with the reader, instead of those of the own branch"
)
ERROR = {
    "type": "object",
    "description": "`detail` says what to do next; any other name is a field, with what is wrong with it. "
    "A stale edit also gets `theirs`: what is saved now, by field.",
    "properties": {
        "detail": {"type": "string"},
        "theirs": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}
SAYS = {
    "400": "Something in the request is wrong; by field where it is one",
    "401": "No token or session, or one that is not valid any more",
    "403": "The role does not allow this, or the account is not set up",
    "404": "It does not exist, or not for you",
    "409": "Somebody was faster, or the record is not in the state this needs",
    "413": "The body is too large",
    "415": "The body is not JSON",
    "422": "The idempotency key came with another body",
}
WRITES = {"POST", "PATCH"}


class Schema(AutoSchema):
    """Add to each operation the errors it may answer and, to a POST, its idempotency key."""

    view: Any

    def get_override_parameters(self) -> list[Any]:
        if not hasattr(self.view, "permission"):
            return []
        listed = [SHARED] if self._is_a_scoped_list() else []
        return listed + ([KEY] if self.method == "POST" else [])

    def _is_a_scoped_list(self) -> bool:
        return self.view.action == "list" and self.view.is_scoped and hasattr(self.view.queryset, "shared_with")

    def _get_response_bodies(self, direction: Direction = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        if hasattr(self.view, "permission"):
            content = {"application/json": {"schema": self._error().ref}}
            for code in self._errors():
                bodies.setdefault(code, {"content": content, "description": SAYS[code]})
        return bodies

    def _errors(self) -> list[str]:
        codes = {"400", "401", "403"}  # a damaged query is refused everywhere (`core.middleware`)
        codes |= {"404"} if "{" in self.path else set()
        codes |= {"409", "413", "415"} if self.method in WRITES else set()
        codes |= {"422"} if self.method == "POST" else set()
        return sorted(codes)

    def _error(self) -> ResolvedComponent:
        made = ResolvedComponent(name="Error", type=ResolvedComponent.SCHEMA, schema=ERROR, object="Error")  # type: ignore[no-untyped-call]
        self.registry.register_on_missing(made)
        return made


class StrictExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Say that a body of ours refuses what it does not name."""

    target_class = "core.api.StrictSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Direction) -> Any:
        schema = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        needed = {"required": list(self.target.needed)} if self.target.needed else {}
        return {**schema, **needed, "additionalProperties": False}


def without_marks(result: Any, **rest: Any) -> Any:
    """Take the generator's own marks out of the document, at every depth."""
    if isinstance(result, dict):
        return {name: without_marks(item) for name, item in result.items() if name != "x-spec-enum-id"}
    return [without_marks(item) for item in result] if isinstance(result, list) else result

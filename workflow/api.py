"""What collections with steps and idempotency keys share: `StepsMixin`, `OnceMixin`."""

from collections.abc import Callable
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import StrictSerializer
from workflow.answers import MAX_AMOUNT
from workflow.services import MAX_NOTE, available_steps, submit_once
from workflow.table import Ask, Step, Workflow

KINDS: dict[str, dict[str, Any]] = {
    "date": {"type": "string", "format": "date"},
    "number": {"type": "integer", "minimum": 0, "maximum": 999_999},
    "amount": {"type": "integer", "minimum": 0, "maximum": MAX_AMOUNT},
    "moment": {"type": "string", "format": "date-time"},
    "yes_no": {"type": "boolean"},
}


class Answer(serializers.Field[Any, Any, Any, Any]):
    """An answer to a question of a step, as it was sent; `workflow.answers` checks it, for pages and API alike."""

    def __init__(self) -> None:
        super().__init__(required=False, allow_null=True)

    def to_internal_value(self, data: Any) -> Any:
        return data

    def to_representation(self, value: Any) -> Any:
        return value


def _answer(asks: list[Ask]) -> Answer:
    """Return the field of a question, with its shape in the schema (one name may be asked by several steps)."""
    shape = KINDS.get(asks[0].kind, {"type": "string", "maxLength": MAX_NOTE})
    fixed = [ask.choices for ask in asks if ask.kind == "choice" and not callable(ask.choices)]
    if fixed:
        shape = {"type": "string", "enum": sorted({str(value) for choices in fixed for value, _label in choices})}
    if several := [ask.choices for ask in asks if ask.kind == "several"]:
        known = {str(value) for choices in several if not callable(choices) for value, _label in choices}
        shape = {"type": "array", "items": {"type": "string", **({"enum": sorted(known)} if known else {})}}
    shaped: type[Answer] = extend_schema_field(shape)(type("ShapedAnswer", (Answer,), {}))
    return shaped()


def step_serializer(name: str, *workflows: Workflow) -> type[StrictSerializer]:
    """Build the body of a collection's steps from its tables: the step, what is said with every step, the answers."""
    asks: dict[str, list[Ask]] = {}
    steps = [step for workflow in workflows for step in workflow.steps]
    for step in steps:
        for ask in step.asks:
            asks.setdefault(ask.name, []).append(ask)
    fields: dict[str, Any] = {
        "__doc__": "A step by its name; the answers it asks for stand beside it.",
        "step": serializers.ChoiceField(choices=sorted({step.name for step in steps})),
        "note": serializers.CharField(required=False, allow_blank=True, max_length=MAX_NOTE),
        "happened_at": serializers.DateTimeField(required=False, allow_null=True),
        "late_why": serializers.CharField(required=False, allow_blank=True, max_length=500),
        **{ask: _answer(asked) for ask, asked in asks.items()},
    }
    return type(name, (StrictSerializer,), fields)


class StepShown(serializers.Serializer[Step]):
    """A step that may be taken now, and the names of what it asks for."""

    step = serializers.CharField(source="name")
    label = serializers.CharField()  # type: ignore[assignment]  # the word is the API's
    asks = serializers.SerializerMethodField()

    def get_asks(self, step: Step) -> list[str]:
        """Name the answers; a note that is required is one of them."""
        return [ask.name for ask in step.asks] + (["note"] if step.note_required else [])


class OnceMixin:
    """Honour `Idempotency-Key` on a POST."""

    request: Request
    get_queryset: Callable[[], Any]

    def once(self, route: str, body: Any, make: Callable[[], Any], find: Callable[[str], Any]) -> Any:
        """Do `make` once per key; without a key do it each time."""
        key = self.request.headers.get("Idempotency-Key", "").strip()
        if not key:
            return make()
        row, _made = submit_once(key, by=self.request.user, route=route, body=body, make=make, find=find)
        return row


class StepsMixin(OnceMixin):
    """POST …/<reference>/steps/: take one step of the collection's workflow; answers the row as it stands then."""

    workflow: ClassVar[Workflow]
    step_said: ClassVar[type[StrictSerializer]]
    get_object: Callable[[], Any]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]
    answer: Callable[..., Any]

    def advance(self, row: Any, step: str, **said: Any) -> Any:
        """Take the step; a collection names its service here."""
        raise NotImplementedError

    @action(detail=True, methods=["post"], url_path="steps", pagination_class=None, filter_backends=[])
    def steps(self, request: Request, reference: str) -> Response:
        """Take a step: 403 without its permission, 409 in the wrong state, 400 by field."""
        row = self.get_object()
        self.audit("read", row)  # the answer shows it, also where a repeated key changes nothing
        said = self.said(self.step_said)
        route = f"{self.workflow.name}.steps:{row.reference}"
        self.once(route, said, lambda: self._taken(row, dict(said)), self.find)
        return Response(self.answer(row))

    def _taken(self, row: Any, said: dict[str, Any]) -> Any:
        step = said.pop("step")
        said = {name: value for name, value in said.items() if value is not None}
        return self.advance(row, step, by=self.request.user, **said)

    def find(self, reference: str) -> Any:
        """Find through the scope what an earlier submission was about."""
        return self.get_queryset().filter(reference=reference).first()


def steps_shown(workflow: Workflow, row: Any, by: Any) -> list[dict[str, Any]]:
    """Return the steps `by` may take now, the usual next one first."""
    shown: list[dict[str, Any]] = StepShown(available_steps(workflow, row, by), many=True).data  # type: ignore[assignment]
    return shown

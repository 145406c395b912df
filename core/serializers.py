"""Fields of answers that several rooms share."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class Code(serializers.ChoiceField):
    """A code, or null where none was chosen."""

    def __init__(self, choices: Any = (), **rest: Any) -> None:
        super().__init__(choices=choices, allow_null=True, **rest)

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        return str(value) if value else None


@extend_schema_field({"type": "string", "nullable": True, "description": "alpha-2"})
class CountryShown(Code):
    """A country by its alpha-2 code, or null."""

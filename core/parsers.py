"""JSON as this API takes it: no duplicate keys, no NaN, no deep nesting, no characters that cannot be stored."""

import json
from typing import Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MAX_DEPTH = 20


def _no_constant(name: str) -> NoReturn:
    raise ParseError(_("%(name)s is not a number that can be stored.") % {"name": name})


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ParseError(_("A key stands twice in one object."))
    return made


def _too_deep(text: str) -> bool:
    depth = 0
    quoted = escaped = False
    for char in text:
        if quoted:
            quoted, escaped = not (char == '"' and not escaped), char == "\\" and not escaped
        elif char == '"':
            quoted = True
        elif char in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif char in "]}":
            depth -= 1
    return False


def _unstorable(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, dict):
        return any(_unstorable(key) or _unstorable(item) for key, item in value.items())
    return isinstance(value, list) and any(_unstorable(item) for item in value)


class StrictJSONParser(JSONParser):
    """Parse a JSON body; every refusal is a 400 that says what is wrong."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            text = stream.read().decode("utf-8")
        except UnicodeDecodeError:
            raise ParseError(_("The body is not UTF-8.")) from None
        if _too_deep(text):
            raise ParseError(_("The body is nested too deeply."))
        try:
            value = json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise ParseError(_("The body is not JSON.")) from None
        if _unstorable(value):
            raise ParseError(_("The body holds characters that cannot be stored."))
        return value

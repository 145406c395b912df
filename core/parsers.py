"""JSON as this API takes it: bounded, no duplicate keys, no NaN, no deep nesting, nothing that cannot be stored."""

import json
import math
from typing import Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

MAX_DEPTH = 20


class TooLarge(APIException):
    """The body is larger than a request may be."""

    status_code = 413


def _no_constant(name: str) -> NoReturn:
    raise ParseError(_("%(name)s is not a number that can be stored.") % {"name": name})


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_constant(text[:40])


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ParseError(_("A key stands twice in one object."))
    return made


def _refuse(value: Any, depth: int = 1) -> None:
    """Raise ParseError for what nests too deeply or holds NUL or lone surrogates."""
    if depth > MAX_DEPTH:
        raise ParseError(_("The body is nested too deeply."))
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise ParseError(_("The body holds characters that cannot be stored."))
    elif isinstance(value, dict):
        for key, item in value.items():
            _refuse(key, depth)
            _refuse(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _refuse(item, depth + 1)


def _read(stream: Any) -> str:
    """Read at most what any request may hold; a stream does not check that by itself."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    body = stream.read(most + 1)
    if len(body) > most:
        raise TooLarge(_("The body is too large: at most %(most)s bytes are taken.") % {"most": most})
    try:
        text: str = body.decode("utf-8")
    except UnicodeDecodeError:
        raise ParseError(_("The body is not UTF-8.")) from None
    return text


class StrictJSONParser(JSONParser):
    """Parse a JSON body; every refusal is a 400 (or 413) that says what is wrong."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        text = _read(stream)
        hooks: dict[str, Any] = {
            "object_pairs_hook": _no_duplicates,
            "parse_constant": _no_constant,
            "parse_float": _finite,
        }
        try:
            value = json.loads(text, **hooks)
        except RecursionError:
            raise ParseError(_("The body is nested too deeply.")) from None
        except ValueError:
            raise ParseError(_("The body is not JSON.")) from None
        _refuse(value)
        return value

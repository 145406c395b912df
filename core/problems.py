"""Errors of the API, said once: `{"detail": "…"}`, or by field `{"reporter.phone": ["…"]}`."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_handler

from core.errors import WORDS
from core.exceptions import Conflict, Unprocessable

WHOLE = {"__all__", "detail", "non_field_errors"}


class Problem(APIException):
    """An error of ours as an answer: a status and a detail."""

    def __init__(self, code: int, detail: Any) -> None:
        self.status_code = code
        super().__init__(detail)


def _translated(exc: Exception) -> Exception:
    match exc:
        case Http404():
            return NotFound(WORDS[404])
        case Conflict():
            return Problem(409, {"detail": exc.message, **({"theirs": exc.theirs} if exc.theirs else {})})
        case Unprocessable():
            return Problem(422, {"detail": exc.message})
        case ValidationError():
            return Problem(400, exc.message_dict if hasattr(exc, "error_dict") else {"detail": exc.messages})
        case IntegrityError():
            return Problem(409, {"detail": WORDS[409]})
        case DataError():
            return Problem(400, {"detail": _("A value is too long or of the wrong kind.")})
        case OperationalError() | InterfaceError():
            return Problem(503, {"detail": WORDS[503]})
    return exc


def exception_handler(exc: Exception, handler_context: dict[str, Any]) -> Response | None:
    """Translate errors once for the whole API; an answer of 400 or more rolls the request back."""
    response = drf_handler(_translated(exc), handler_context)
    if response is not None:
        response.data = _uniform(response.data)
    return response


def _uniform(data: Any) -> dict[str, Any]:
    """Bring every error into one shape: `detail` a text, every field a list of texts, paths with dots."""
    if not isinstance(data, dict):
        return {"detail": " ".join(text for _path, text in _texts(data, ""))}
    theirs = {"theirs": data.pop("theirs")} if isinstance(data.get("theirs"), dict) else {}
    by_field: dict[str, list[str]] = {}
    for path, text in _texts(data, ""):
        by_field.setdefault(path, []).append(text)
    whole = by_field.pop("", None)
    return {**({"detail": " ".join(whole)} if whole else {}), **by_field, **theirs}


def _texts(data: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for name, item in data.items():
            yield from _texts(item, path if name in WHOLE else f"{path}.{name}".lstrip("."))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _texts(item, f"{path}.{number}".lstrip(".") if isinstance(item, dict) else path)
    else:
        yield path, str(data)

"""Read what a visitor sent, whatever it is: what no column can hold is left out, what is too long is cut, nothing is refused."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError

from core.text import clean

MOST_BYTES = 1_000_000
MOST_CHARACTERS = 200_000
BROKEN = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError, UnreadablePostError)


def typed(request: HttpRequest) -> dict[str, str]:
    """Return what was sent by field, cleaned; the last of several values of one field."""
    found = _parts(request) if request.content_type == "multipart/form-data" else _plain(request)
    return {name: tidy(str(value)) for name, value in found.items() if len(name) <= 20}


def tidy(text: str) -> str:
    """Return a text as it can be stored."""
    text = text[:MOST_CHARACTERS].replace("\x00", "").encode("utf-8", "replace").decode()
    return clean(text)


def _plain(request: HttpRequest) -> QueryDict | dict[str, str]:
    try:
        body = request.read(MOST_BYTES)
    except (OSError, UnreadablePostError):
        return {}
    try:
        return QueryDict(body, encoding="utf-8")
    except TooManyFieldsSent:
        return {"words": body.decode("utf-8", "replace")}


def _parts(request: HttpRequest) -> QueryDict | dict[str, str]:
    try:
        return request.POST
    except BROKEN:
        return {}

"""What a form sends, before anything of it is judged: its text, its key, who asks; and kept words as it would send them."""

from urllib.parse import unquote_to_bytes
from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict

from accounts.services import drafts


def wants_json(request: HttpRequest) -> bool:
    """Say whether the page's own script asks."""
    return request.headers.get("Accept", "").startswith("application/json")


def is_utf8(request: HttpRequest) -> bool:
    """Say whether the body is text: Django would put signs in place of half characters, and words would be lost."""
    if request.content_type != "application/x-www-form-urlencoded":
        return True
    try:
        unquote_to_bytes(request.body).decode()
    except UnicodeDecodeError:
        return False
    return True


def as_data(pairs: drafts.Pairs) -> QueryDict:
    """Return kept words as a form sends them."""
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data


def uuid_or_none(text: str) -> UUID | None:
    """Return a key as drafts have it."""
    try:
        return UUID(text)
    except ValueError:
        return None


def uuid_of(text: str) -> UUID:
    """Return a key as drafts have it; what is none is not found."""
    key = uuid_or_none(text)
    if key is None:
        raise Http404
    return key

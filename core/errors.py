"""Error pages, in the reader's language; 500 and 503 need neither database nor session."""

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

TEMPLATES = {422: 409}
# What a program is told where nobody said more.
WORDS = {
    400: _("The request is wrong or damaged."),
    403: _("Your role does not allow this. Ask your supervisor."),
    404: _("There is nothing here, or it is not open to you."),
    409: _("This conflicts with what is saved. Load the record again."),
    413: _("The body is too large."),
    500: _("Something broke here. It was written down; try again in a minute."),
    503: _("The database does not answer. Try again in a minute."),
}


def page(request: HttpRequest, status: int, message: str = "", **context: Any) -> HttpResponse:
    """Render the error page of a status; `message` says what to do next when the raiser knows it."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": message or str(WORDS.get(status, status))}, status=status)
    request.is_error = True  # type: ignore[attr-defined]  # nothing beside the message is looked up
    template = f"errors/{TEMPLATES.get(status, status)}.html"
    return render(request, template, {"message": message, **context}, status=status)


def plain(request: HttpRequest, status: int) -> HttpResponse:
    """Answer without context processors, sessions or database."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": str(WORDS.get(status, status))}, status=status)
    return HttpResponse(render_to_string(f"errors/{status}.html", {"plain": True}), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 when the body was too large."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    return plain(request, 413 if too_big else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with what the raiser said."""
    return page(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: one body for what does not exist and for what may not be seen."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database is away, else 500."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return plain(request, 503 if away else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old; a page of ours gives back what was typed."""
    view = getattr(getattr(request.resolver_match, "func", None), "view_class", None)
    ours = request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
    if ours and view is not None and hasattr(view, "kept") and view.words(request):
        return view.kept(request)  # type: ignore[no-any-return]
    return page(request, 403, csrf=True)

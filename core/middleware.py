"""What a request may hold at all, and the one translation of our errors into pages."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseBase

from core import errors
from core.exceptions import Conflict, Unprocessable

MAX_QUERY = 8_000


class BadInputMiddleware:
    """Refuse addresses that no column can hold, and turn what a page raises into its error page.

    `process_exception` runs after the view's transaction was rolled back, so the page may query again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "%00" in query or "\x00" in query or len(query) > MAX_QUERY:
            return errors.plain(request, 400)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        match exception:
            case Conflict():
                return errors.page(request, 409, exception.message, theirs=exception.theirs)
            case Unprocessable():
                return errors.page(request, 422, exception.message)
            case ValidationError():
                return errors.page(request, 400, " ".join(exception.messages))
            case IntegrityError():
                return errors.page(request, 409)
            case DataError():
                return errors.page(request, 400)
            case OperationalError() | InterfaceError():
                return errors.plain(request, 503)
            case ValueError() if "NUL" in str(exception):
                return errors.page(request, 400)
        return None

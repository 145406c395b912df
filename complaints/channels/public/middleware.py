"""Forget who a visitor of the public pages is, before anything of ours could write it down."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase

PREFIX = "/report/"
KEPT = {
    "HTTP_HOST",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_TRANSFER_ENCODING",
}
NOBODY = {"REMOTE_ADDR": "0.0.0.0", "REMOTE_HOST": "", "REMOTE_PORT": "", "REMOTE_USER": ""}  # noqa: S104 (no address)
HEADERS = {
    "Cache-Control": "no-store, max-age=0",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class UnknownVisitorMiddleware:
    """Take address, browser and cookies off a request to the public pages, and any cookie off its answer.

    It stands before sessions, sign-in and the audit: for them the visitor is nobody, also where they are signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        forget(request)
        response = self.get_response(request)
        response.cookies.clear()
        for name, value in HEADERS.items():
            response[name] = value
        return response


def forget(request: HttpRequest) -> None:
    """Leave of a request what is needed to answer it."""
    for name in [name for name in request.META if name.startswith("HTTP_") and name not in KEPT]:
        del request.META[name]
    request.META.update(NOBODY)
    request.user = AnonymousUser()
    request.COOKIES = {}
    request.__dict__.pop("headers", None)  # read from what was there before

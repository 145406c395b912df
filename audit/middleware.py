"""Reads, searches, exports, refusals and sign-ins: written after the view's transaction, before the answer leaves."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from audit.models import AuditEvent
from audit.services import event, record_many

logger = logging.getLogger(__name__)
REFUSED = {401, 403, 404, 429}


class AuditMiddleware:
    """Give each request a queue (`request.audit_queue`) and write it once the view has ended.

    An insert that fails turns the answer into 503: nothing is shown that was not recorded.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        queue: list[AuditEvent] = []
        request.audit_queue = queue  # type: ignore[attr-defined]
        response = self.get_response(request)
        rows = kept(queue, response) + refusals(request, response)
        if not rows:
            return response
        try:
            record_many(rows)
        except DatabaseError:
            logger.exception("The audit could not be written; the answer is withheld")
            response.close()
            return withheld(request)
        return response


def withheld(request: HttpRequest) -> HttpResponse:
    """Answer 503 in the shape that was asked for."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": _("This could not be recorded, so it is not shown. Try again.")}, status=503)
    return HttpResponse(render_to_string("errors/503.html"), status=503)


def kept(queue: list[AuditEvent], response: HttpResponseBase) -> list[AuditEvent]:
    """Keep queued looks of an answer that showed something (a form come back with its errors shows its record too);
    of a refusal or a failure keep only what says so itself."""
    if response.status_code not in REFUSED and response.status_code < 500:
        return queue
    return [row for row in queue if row.outcome != "done"]


def refusals(request: HttpRequest, response: HttpResponseBase) -> list[AuditEvent]:
    """Make the event for a refused request; unknown addresses and anonymous visitors' 404s are noise."""
    if response.status_code not in REFUSED or request.resolver_match is None:
        return []
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    if response.status_code == 404 and not signed_in:
        return []
    detail = {"route": request.resolver_match.view_name, "method": request.method}
    return [event("refused", by=user if signed_in else None, outcome=str(response.status_code), detail=detail)]

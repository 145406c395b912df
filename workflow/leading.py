"""Where the reference of a merged record leads."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from workflow.moving import leads_to


def led_on(route: str, row: Any, user: Any) -> HttpResponse:
    """Go on to the record this one was merged into; to who may not see that one, neither exists."""
    reference = leads_to(row, user)
    if reference is None:
        raise Http404
    return redirect(route, reference)

"""What was typed comes back: a form sent after the session ended, or with an old token, is handed back whole.

The words travel in the answer alone: nothing is stored, nothing of a record is shown, and the answer is the same for an
address that exists and for one that does not.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)
# What a page fills in by itself: a press that carries nothing else holds no words.
MACHINE = {TOKEN, "idempotency_key", "next", "step", "seen_at", "when", "version", "snapshot", "province", "act"}
SHORTEST_TEXT = 2


def pairs_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the form sent, field by field, without the token and without passwords."""
    pairs = ((name, value) for name, values in request.POST.lists() for value in values)
    return [(name, value) for name, value in pairs if name != TOKEN and "password" not in name]


def holds_words(request: HttpRequest, machine: set[str] = MACHINE) -> bool:
    """Say whether a person typed or chose anything in what was sent."""
    return any(value.strip() for name, value in pairs_of(request) if name not in machine)


def hand_back(request: HttpRequest, status: int) -> HttpResponse:
    """Answer with everything that was sent, to be sent again to the same address."""
    pairs = pairs_of(request)
    texts = [value for name, value in pairs if name not in MACHINE and len(value.strip()) >= SHORTEST_TEXT]
    data = {"pairs": pairs, "texts": texts, "signed_out": not request.user.is_authenticated}
    answer = render(request, "errors/kept.html", {**data, "address": request.get_full_path()}, status=status)
    add_never_cache_headers(answer)
    return answer

"""All that came in of a message that is too long to be shown on its page."""

from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from complaints.presenters.rows import language_of
from complaints.services.kept_signs import all_of, is_cut
from complaints.views.contact import ContactPage, frame_of
from core.views import require

LONGEST = 20_000  # characters on a page


class WholeWords(ContactPage):
    """The words as they came in, page by page, for who reads the words at all; of what was not cut the words of its page: each look is recorded, no cache keeps it."""

    permission = "contact.read"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        require(request.user, "identity.read")
        row = self.fetch(reference)
        data = page_of(all_of(row) if is_cut(row) else row.narrative, request.GET.get("page", ""))
        self.audit("read", row, detail={"part": "whole words", "page": data["page"]})
        answer = self.render("contacts/whole.html", {**frame_of(row, request.user), **data})
        add_never_cache_headers(answer)
        return answer


def page_of(words: str, asked: str) -> dict[str, Any]:
    """Return one page of a long text, the first or the last where another is asked for than there are."""
    pages = max(ceil(len(words) / LONGEST), 1)
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    page = min(max(wanted, 1), pages)
    part = words[(page - 1) * LONGEST : page * LONGEST]
    before, after = page - 1, page + 1 if page < pages else 0
    return {
        "words": part,
        "words_lang": language_of(part),
        "page": page,
        "pages": pages,
        "before": before,
        "after": after,
    }

"""Lists of names as their sender reads them: each name with one of four words, by the function and the scope of the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers

from complaints.models import NameList
from complaints.names import with_names
from complaints.presenters.name_lists import MEANINGS, list_rows, name_rows
from core.paging import page_of
from core.views import Page


class SentLists(Page):
    """The lists that the partner of an account sent (the ministry: all), the latest first; constant queries."""

    permission = "list.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        page = page_of(with_names(NameList.objects.of_own_provinces(user)), request.GET, NameList.SORTS)
        self.audit("list", NameList, detail={"rows": len(page.rows)})
        data = {"rows": list_rows(page.rows), "page": page, "is_sender": bool(user.partner_id)}
        return self.render("name_lists/list.html", data)


class SentList(Page):
    """One list: its names, what is said of each, and what the words mean."""

    permission = "list.read"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        user: Any = request.user
        made = get_object_or_404(with_names(NameList.objects.visible_to(user)), reference=reference.upper())
        self.audit("read", made)
        data = {"list": made, "rows": name_rows(made), "meanings": MEANINGS, "is_sender": bool(user.partner_id)}
        answer = self.render("name_lists/detail.html", data)
        add_never_cache_headers(answer)
        return answer

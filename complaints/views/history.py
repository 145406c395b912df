"""The history of a complaint: its story in parts, and what each fact was before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from complaints.presenters.field_history import edits_of_field, label_of, rows_of
from complaints.presenters.story import SORTS, page_of_story, part_links, part_of
from complaints.views.base import RecordPage
from core.paging import page_of


class ComplaintHistory(RecordPage):
    """Every step and edit, call and attempt, newest first, 50 at a time; or one part of them (`?show=`)."""

    part = "history"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        lines, page = page_of_story(complaint, request.user, request.GET)
        url = reverse("complaints:history", args=[complaint.reference])
        shown = part_links(part_of(request.GET), url)
        data: dict[str, Any] = {"lines": lines, "page": page, "shown": shown}
        return self.render("complaints/history.html", {**self.frame(complaint, "history"), **data})


class FieldHistory(RecordPage):
    """Every change of one fact, newest first, 50 at a time."""

    part = "field history"

    def get(self, request: HttpRequest, reference: str, field: str) -> HttpResponse:
        complaint = self.fetch(reference)
        label = label_of(field, request.user)
        page = page_of(edits_of_field(complaint, field, request.user).order_by(), request.GET, SORTS)
        data = {"label": label, "rows": rows_of(page.rows), "page": page}
        return self.render("complaints/field_history.html", {**self.frame(complaint, "history"), **data})

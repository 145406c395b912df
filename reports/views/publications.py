"""The register of what was released, a frozen page, its steps, and what changed since."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.paging import Sort, page_of
from core.pdf import NoPaper
from core.views import Page
from reports import publications as shown
from reports.handin.filling import FilledRow
from reports.handin.frozen import cells_since, sheets_of, title_of
from reports.handin.shown import joined, said
from reports.models import Publication, PublicationStatus, PublishedCell
from reports.papers.publication import made
from reports.papers.written import Copy, copies, language_of, written
from reports.services import advance_publication
from reports.services.since import since
from reports.workflow import OF_THE_SYSTEM, PUBLICATION
from workflow.models import Transition
from workflow.pages import StepPage
from workflow.services import available_steps
from workflow.story import word_of

SORTS = {"received": Sort("as_of", True, "")}
RELATED = ("supersedes",)


def tabs(user: Any, current: str) -> list[dict[str, Any]]:
    """Return the parts of the register that a reader may see."""
    found = [("released", pgettext("publications", "Released"))]
    if works_on(user):
        found += [("draft", pgettext("publications", "To be signed")), ("withdrawn", _("Never released"))]
    home = reverse("reports:publications")
    return [{"label": label, "url": f"{home}?show={name}", "current": name == current} for name, label in found]


def works_on(user: Any) -> bool:
    """Say whether somebody prepares or signs publications."""
    return bool(user.may("report.publish") or user.may("report.sign"))


class PublicationList(Page):
    """The register: what was released, what waits to be signed, what never was."""

    permission = "publication.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        asked = request.GET.get("show", "")
        show = (
            asked if asked in {PublicationStatus.DRAFT, PublicationStatus.WITHDRAWN} and works_on(user) else "released"
        )
        rows = Publication.objects.visible_to(user)
        rows = rows.released() if show == "released" else rows.filter(status=show)
        page = page_of(rows.prefetch_related("followers"), request.GET, SORTS)
        self.audit("list", Publication, detail={"show": show, "rows": len(page.rows)})
        data = {
            "page": page,
            "rows": page.rows,
            "show": show,
            "tabs": tabs(user, show),
            "may_prepare": user.may("report.publish"),
        }
        return self.render("reports/publications/list.html", data)


def bar_of(publication: Publication) -> dict[str, Any]:
    """Return what the bar of every page of a publication shows."""
    title = title_of(publication) if publication.hand_in else ""
    return {"publication": publication, "window_words": shown.window_words(publication), "tables_title": title}


class PublicationPage(Page):
    """A page of one publication."""

    permission = "publication.read"

    def fetch(self, reference: str) -> Publication:
        """Return the publication, or 404."""
        rows = Publication.objects.visible_to(self.request.user).select_related(*RELATED).prefetch_related("followers")
        return get_object_or_404(rows, reference=reference.upper())

    def frame(self, publication: Publication) -> dict[str, Any]:
        """Return what the bar shows."""
        return bar_of(publication)


class PublicationDetail(PublicationPage):
    """A publication as it was released: the same a year later."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        publication = self.fetch(reference)
        self.audit("read", publication)
        user: Any = request.user
        steps = [step for step in available_steps(PUBLICATION, publication, user) if step.name not in OF_THE_SYSTEM]
        story = Transition.objects.of(publication).select_related("by")
        data = {
            **self.frame(publication),
            "facts": shown.facts_of(publication),
            "figures": shown.figures_of(publication),
            **self.tables(publication),
            "paragraphs": [(language, publication.press[language]) for language in ("km", "en") if publication.press],
            "steps": steps,
            "copies": copies("reports:publication", publication.reference),
            "may_supersede": user.may("report.publish") and publication.status == PublicationStatus.SIGNED,
            "timeline": [
                {"title": word_of(row), "by": row.by.display_name, "at": row.recorded_at, "note": row.note}
                for row in story
            ],
        }
        return self.render("reports/publications/detail.html", data)

    def tables(self, publication: Publication) -> dict[str, Any]:
        """Return the tables to hand in as they were frozen, of a publication that holds some."""
        if not publication.hand_in:
            return {}
        sheets = [
            {"sheet": filled.sheet, "rows": [{"title": row.title, "cells": cells_of(row)} for row in filled.rows]}
            for filled in sheets_of(publication)
        ]
        return {"sheets": sheets}


def cells_of(row: FilledRow) -> list[dict[str, Any]]:
    """Return the cells of a row as the page shows them, those without a number for one reason as one."""
    cells = [{"cell": cell, "said": said(cell), "before": said(cell, before=True)} for cell in row.cells]
    return joined([{**one, "why": one["cell"].why, "span": 1} for one in cells])


class PublicationPaper(PublicationPage):
    """A publication as DOCX, XLSX or PDF, from what was frozen."""

    form = "pdf"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        publication = self.fetch(reference)
        language = language_of(request.GET)
        detail = {"form": self.form, "language": language, "window": publication.window.query}
        self.audit("export", publication, detail={**detail, "status": publication.status})
        try:
            return written(
                Copy(self.form, language, publication.reference), lambda: made(publication, self.form, request.user)
            )
        except NoPaper as error:
            messages.error(request, str(error))
            return redirect("reports:publication", publication.reference)


class PublicationChanges(PublicationPage):
    """What changed since: each figure then and now, and the records that made the difference."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        publication = self.fetch(reference)
        found = since(publication.figures.select_related("publication").prefetch_related("parts"))
        changes = shown.changes_of(found, request.user)
        cells = cells_since(publication, request.user) if publication.hand_in else []
        n = sum(len(one.moved) for one in found)
        self.audit("read", publication, detail={"part": "changes", "rows": n})
        data = {
            **self.frame(publication),
            "changes": changes,
            "cells": cells,
            "quiet": not n and not cells and not any(c["parts"] or c["differs"] for c in changes),
        }
        return self.render("reports/publications/changes.html", data)


class PublicationStep(StepPage):
    """Sign a publication, or withdraw its draft."""

    permission = "publication.read"
    model = Publication
    workflow = PUBLICATION
    service = staticmethod(advance_publication)
    template = "reports/publications/step.html"
    route = "reports:publication"

    def seen(self) -> Any:
        """Return the publications the reader may know of, with what the page shows."""
        return super().seen().select_related(*RELATED)

    def besides(self, obj: Publication, step: Any) -> dict[str, Any]:
        """Return the bar and the figures that are signed."""
        figures = [(figure.words, shown.figure_words(figure)) for figure in obj.figures.all()]
        empty = PublishedCell.objects.filter(table__publication=obj, kind="empty").count()
        return {**bar_of(obj), "figures": figures, "empty": empty}

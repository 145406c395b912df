"""Tables to hand in: the sets, one set with its cells, typing a cell, the workbook and the paper."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services import system_user
from core.display import digits, today, told
from core.exceptions import Conflict
from core.pdf import NoPaper
from core.views import Page
from reports.handin import SETS, HandIn
from reports.handin.cellform import CellForm
from reports.handin.filling import Filled, FilledSheet, Filling
from reports.handin.paper import paper
from reports.handin.shapes import Sheet
from reports.handin.shown import heading, joined, live, notes, said, tally
from reports.handin.workbook import XLSX, workbook
from reports.models import HandInCell, Publication, PublicationStatus
from reports.services import type_in
from reports.window import FIRST_YEAR
from workflow.models import Edit

YEARS = 6


def set_of(slug: str) -> HandIn:
    """Return a set by its name, or 404."""
    if slug not in SETS:
        raise Http404
    return SETS[slug]


def last_year(made: HandIn) -> int:
    """Return the reporting year that runs today, by the year it begins in."""
    now = today()
    return now.year if now.month >= made.begins else now.year - 1


def asked_year(made: HandIn, params: Any) -> int:
    """Return the year an address asks for; the one that runs today unless told. ValidationError."""
    raw = (params.get("year") or "").strip()
    if not raw:
        return last_year(made)
    if not raw.isdecimal() or len(raw) > 4 or not FIRST_YEAR < int(raw) <= last_year(made):
        raise ValidationError({"year": [_("Give a year like 2022 that has begun.")]})
    return int(raw)


def year_word(made: HandIn, year: int) -> str:
    """Write a reporting year: "2022", or "2022/23" where it begins in April."""
    return digits(f"{year}/{(year + 1) % 100:02}" if made.begins > 1 else str(year))


def changes_of(rows: Iterable[HandInCell]) -> dict[Any, list[Edit]]:
    """Return what was written before in cells that were corrected, the newest first."""
    found: dict[Any, list[Edit]] = {}
    edits = Edit.objects.filter(object_type="reports.handincell", object_id__in=[row.pk for row in rows])
    for edit in (
        edits.filter(field__in=("value", "source"), version__gt=1).select_related("by").order_by("-recorded_at")
    ):
        found.setdefault(edit.object_id, []).append(edit)
    return found


class HandInPages(Page):
    """A page about a set; its figures are the nation's, by the system."""

    permission = "handin.read"
    request: HttpRequest

    def filling(self, slug: str) -> Filling:
        """Return the set of the year that is asked for, to be filled; 404 for what is none."""
        made = set_of(slug)
        try:
            year = asked_year(made, self.request.GET)
        except ValidationError as error:
            raise Http404 from error
        return Filling(made, year, system_user(), self.request.user)

    def looked(self, filling: Filling, verb: str = "list", form: str = "page") -> None:
        """Record which set of which year was looked at, or taken."""
        self.audit(verb, None, detail={"page": "hand in", "set": filling.made.slug, "year": filling.year, "form": form})


class HandInList(HandInPages):
    """The sets, and how many of their cells are filled, typed, or cannot be."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.audit("list", None, detail={"page": "hand in"})
        rows = []
        for made in SETS.values():
            year = last_year(made)
            rows.append({"made": made, "year": year_word(made, year), "tally": tally(made, year, request.user)})
        return self.render("reports/handin/list.html", {"rows": rows})


class HandInSet(HandInPages):
    """One set of one year; who may types cells where they stand."""

    permissions = {"post": "handin.write"}
    changes: dict[Any, list[Edit]]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        filling = self.filling(slug)
        self.looked(filling)
        return self.show(filling)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        filling = self.filling(slug)
        made, sent = filling.made, request.POST
        sheet = next((one for one in made.sheets if one.code == sent.get("table")), None)
        if sheet is None:
            raise Http404
        words = {name: sent.get(name, "") for name in ("value", "source", "version")}
        if not words["version"].isdecimal() or len(words["version"]) > 9:
            words["version"] = "0"  # none that a cell has: what is saved is shown
        try:
            type_in(made, sheet, sent.get("cell", ""), by=request.user, year=filling.year, **words)
        except (ValidationError, Conflict) as error:
            return self.show(filling, (sheet, error), status=409 if isinstance(error, Conflict) else 400)
        messages.info(request, _("Saved: table %(code)s.") % {"code": sheet.code})
        return redirect(f"{reverse('reports:hand_in_set', args=[slug])}?year={filling.year}#{sheet.code}")

    def show(self, filling: Filling, wrong: tuple[Sheet, Any] | None = None, *, status: int = 200) -> HttpResponse:
        """Render the tables; the form of a cell that was refused comes back as it was typed."""
        made, form = filling.made, None
        self.changes = changes_of(row for row in filling.typed.values() if row.version > 1)
        sheets = []
        for filled in filling.sheets():
            refused = wrong[1] if wrong and wrong[0] is filled.sheet else None
            rows, bad = self.rows(filled, refused)
            form = bad or form
            sheets.append({"sheet": filled.sheet, "rows": rows})
        first = last_year(made)
        data = {
            "made": made,
            "year": filling.year,
            "year_word": year_word(made, filling.year),
            "years": [{"year": y, "word": year_word(made, y)} for y in range(first, first - YEARS, -1)],
            "sheets": sheets,
            "heading": heading(filling),
            "notes": notes(made),
            "wrong": form,
            "signed": self.signed(filling),
        }
        return self.render("reports/handin/set.html", data, status=status)

    def signed(self, filling: Filling) -> Any:
        """Return what of these tables was signed and stands, and what waits to be; the newest first."""
        rows = Publication.objects.visible_to(self.request.user).of_tables(filling.made.slug, filling.window.first)
        return rows.filter(status__in=(PublicationStatus.SIGNED, PublicationStatus.DRAFT)).order_by("-as_of")

    def rows(self, filled: FilledSheet, refused: Any) -> tuple[list[dict[str, Any]], CellForm | None]:
        """Return the rows of a table as the page shows them, and the form that was refused."""
        found, bad = [], None
        for row in filled.rows:
            cells = joined([self.cell(filled.sheet, cell, refused) for cell in row.cells])
            bad = next((cell["form"] for cell in cells if cell["form"] and cell["form"].errors), bad)
            found.append({"title": row.title, "cells": cells})
        return found, bad

    def cell(self, sheet: Sheet, cell: Filled, refused: Any) -> dict[str, Any]:
        """Return a cell as the page shows it."""
        shown = {"cell": cell, "said": said(cell), "before": said(cell, before=True), "form": None}
        shown |= {"why": cell.why, "span": 1, "changes": self.changes.get(cell.typed.pk, []) if cell.typed else []}
        if cell.kind not in {"typed", "empty"} or not self.request.user.may("handin.write"):
            return shown
        is_wrong = refused is not None and self.request.POST.get("cell") == cell.code
        form = CellForm(sheet.code, cell, self.request.POST if is_wrong else None)
        if is_wrong:
            self.refuse(form, refused)
        return {**shown, "form": form}

    def refuse(self, form: CellForm, error: Any) -> None:
        """Put what was refused at its field; of a conflict, say what is saved now."""
        form.full_clean()
        if isinstance(error, Conflict):
            theirs = "; ".join(told(form.fields[n].label, v) for n, v in error.theirs.items() if n in form.fields)
            form.add_error(None, f"{error.message} {theirs}")
            form.data = {**form.data.dict(), "version": str(form.initial.get("version", ""))}
            return
        for name, words in error.message_dict.items():
            if not form.errors.get(name):
                form.add_error(name if name in form.fields else None, words)


class HandInWorkbook(HandInPages):
    """One set as XLSX."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        filling = self.filling(slug)
        self.looked(filling, "export", "xlsx")
        return attached(workbook(live(filling)), XLSX, f"{slug}-{filling.year}.xlsx")


class HandInPaper(HandInPages):
    """One set as PDF."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        filling = self.filling(slug)
        self.looked(filling, "export", "pdf")
        try:
            made = paper(live(filling))
        except NoPaper as error:
            messages.error(request, str(error))
            return redirect(f"{reverse('reports:hand_in_set', args=[slug])}?year={filling.year}")
        return attached(made, "application/pdf", f"{slug}-{filling.year}.pdf")


def attached(body: bytes, kind: str, name: str) -> HttpResponse:
    """Answer a file to keep."""
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

"""The indicators: their definitions, a figure with its splits, and exactly the records it counts."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from core.paging import page_of
from core.views import Page
from provinces.choices import province_choices
from reports import figures
from reports.forms import WindowForm
from reports.indicators import Indicator, Look, Measure
from reports.presenters import SORTS, brought, records_of
from reports.rules import RULES
from reports.units import said


class FigurePage(Page):
    """A page of figures over a window; a window that cannot be read is said and kept."""

    permission = "report.read"

    def look(self) -> tuple[Look | None, WindowForm]:
        """Return the look, None where the window cannot be read, and the form with what was typed."""
        form = WindowForm(self.request.GET)
        try:
            return figures.look_of(self.request.GET, self.request.user), form
        except ValidationError as error:
            form.refuse(error)
            return None, form

    def frame(self, look: Look | None, form: WindowForm, **more: Any) -> dict[str, Any]:
        """Return what every page of figures shows."""
        return {
            "form": form,
            "window": look.window if look else None,
            "partial": figures.partial_words(self.request.user),
            **more,
        }

    def counted(self, at: datetime | None) -> dict[str, Any]:
        """Return when figures were counted that an earlier page left, and where they are counted anew."""
        again = self.request.GET.copy()
        again["anew"] = "1"
        return {"counted_at": at, "anew_url": f"?{again.urlencode()}"}


class IndicatorList(FigurePage):
    """Every indicator with its rule and its figure, and the counting rules."""

    def get(self, request: HttpRequest) -> HttpResponse:
        look, form = self.look()
        self.audit("list", None, detail={"page": "indicators"})
        rows = [self.row(indicator, look) for indicator in figures.in_order()]
        data = self.frame(look, form, rows=rows, rules=RULES)
        return self.render("reports/indicators/list.html", data, status=200 if look else 400)

    def row(self, indicator: Indicator, look: Look | None) -> dict[str, Any]:
        """Return one indicator with its figure."""
        measure = indicator.figure(look) if look else Measure(None, None)
        return {"indicator": indicator, "measure": measure, "said": said(indicator, measure)}


class IndicatorDetail(FigurePage):
    """One figure: its definition, what stands beside it, and its splits; every number opens its records."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        indicator = figures.named(name)
        look, form = self.look()
        self.audit("list", None, detail={"page": "indicator", "name": name})
        data = self.frame(look, form, indicator=indicator, provinces=province_choices())
        if look is not None:
            data |= self.shown(indicator, look)
        return self.render("reports/indicators/detail.html", data, status=200 if look else 400)

    def shown(self, indicator: Indicator, look: Look) -> dict[str, Any]:
        """Return the figure and its parts: those of the split that is asked for, else all that are not aside."""
        measure = indicator.figure(look)
        by = self.request.GET.get("by", "")
        every = indicator.splits_for(look.user) if measure.count else ()
        splits = [split for split in every if split.name == by] or [split for split in every if not split.aside]
        return {
            "measure": measure,
            "said": said(indicator, measure),
            "records": figures.records_url(indicator, look),
            "beside": [{"label": indicator.beside[key], "n": n} for key, n in measure.beside.items()],
            "splits": [{"split": split, "parts": figures.parts(indicator, split, look)} for split in splits],
            "choices": [(split.name, split.label) for split in every],
            "only_here": indicator.needs_province and not figures.sees_all(look.user),
            "province": look.province,
            "by": by,
        }


class IndicatorRecords(FigurePage):
    """Exactly the rows a figure (or a part of it) counts, 50 at a time."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        indicator = figures.named(name)
        look, form = self.look()
        if look is None:
            return self.render(
                "reports/indicators/records.html", self.frame(look, form, indicator=indicator), status=400
            )
        rows = figures.narrowed(indicator, look, request.GET)
        n = rows.order_by().count()
        page = page_of(brought(rows), request.GET, SORTS)
        self.audit("list", rows.model, detail={"indicator": name, "rows": len(page.rows)})
        data = self.frame(look, form, indicator=indicator, n=n, page=page, rows=records_of(page.rows, request.user))
        data |= {"parts": self.parts(indicator), "heads": figures.heads_in(rows)}
        return self.render("reports/indicators/records.html", data)

    def parts(self, indicator: Indicator) -> list[dict[str, str]]:
        """Return which part of the figure is shown."""
        found = []
        for split in indicator.splits_for(self.request.user):
            if values := [value for value in self.request.GET.getlist(split.name) if value]:
                found.append({"label": str(split.label), "word": ", ".join(figures.words_of(indicator, split, values))})
        return found

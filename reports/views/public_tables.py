"""The tables for the public, as they would be released."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from reports import figures
from reports.forms import WindowForm
from reports.indicators import Look, Window
from reports.release import Crossing, Figure, asked_window, check_window, national, notes, released
from reports.units import said
from reports.views.indicators import FigurePage


class PublicTables(FigurePage):
    """Everything the public gets of a window, small cells hidden, for who releases it."""

    permission = "handin.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        window, form = self.window()
        look = Look(request.user, window) if window else None
        said = {"from": str(window.first), "to": str(window.last)} if window else {}
        self.audit("list", None, detail={"page": "public tables", **said})
        data = self.frame(look, form, partial="")
        if look is None:
            return self.render("reports/public_tables.html", data, status=400)
        found = released(national(look.window))
        data |= {"figures": [self.figure(one) for one in found.figures], "notes": notes(found.k)}
        return self.render("reports/public_tables.html", data)

    def window(self) -> tuple[Window | None, WindowForm]:
        """Return the days that are asked for, the last whole month unless told; None for days that are not released."""
        asked = asked_window(self.request.GET)
        form = WindowForm(asked)
        try:
            window = figures.look_of(asked, self.request.user).window
            check_window(window)
        except ValidationError as error:
            form.refuse(error)
            return None, form
        return window, form

    def figure(self, one: Figure) -> dict[str, Any]:
        """Return one figure with its tables."""
        lines = [line for line in one.lines if line.parts]
        crossings = [self.crossing(crossing) for crossing in one.crossings]
        said_ = said(one.indicator, one.measure)
        return {"indicator": one.indicator, "said": said_, "lines": lines, "crossings": crossings}

    def crossing(self, one: Crossing) -> dict[str, Any]:
        """Return a crossing as rows of numbers, None where one is hidden; the last row and column are totals."""
        first, second = one.values
        columns = [*second, None]
        words = one.words[one.splits[0].name]
        return {
            "splits": one.splits,
            "columns": [one.words[one.splits[1].name][code] for code in second],
            "rows": [{"word": words[code], "numbers": [one.shown(code, at) for at in columns]} for code in first],
            "totals": [one.shown(None, at) for at in columns],
            "hidden": len(one.protected.hidden),
        }

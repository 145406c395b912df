"""The situation page: what happened in a window, to be read out and looked into, and to be taken along on paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from core.pdf import NoPaper
from reports import chosen
from reports.keeping import Keeping
from reports.map import drawn
from reports.papers.situation import paper_of
from reports.papers.written import Copy, as_form, copies, language_of, written
from reports.presets import presets
from reports.reported import Reported, asked, reported
from reports.views.indicators import FigurePage


class SituationPage(FigurePage):
    """The paragraph in both languages, the figures beside those of other days, the provinces, and any split of them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        look, form = self.look()
        self.audit("list", None, detail={"page": "situation"})
        pairs = []
        try:
            pairs = chosen.asked(request.GET.getlist(chosen.PARAM), request.user)
        except ValidationError as error:
            form.refuse(error)
            look = None
        data = self.frame(look, form, presets=presets(request.GET, look.window if look else None))
        data["kept"] = request.GET.getlist(chosen.PARAM) if look else []
        if look is None:
            return self.render("reports/situation.html", data, status=400)
        with Keeping(look, "situation", anew="anew" in request.GET) as kept:
            data |= self.shown(reported(kept.look, pairs))
        return self.render("reports/situation.html", data | self.counted(kept.counted_at))

    def shown(self, said: Reported) -> dict[str, Any]:
        """Return what the page shows of a window."""
        look, found, params = said.look, said.found, self.request.GET
        figures = [
            {
                "line": one,
                "splits": chosen.offered(one.indicator, look.user, params),
                "published": said.published.get(one.indicator.name),
            }
            for one in said.lines
        ]
        return {
            "figures": figures,
            "compared": bool(said.published),
            "others": said.others,
            "paragraphs": said.paragraphs,
            "rows": found.rows,
            "tables": found.tables,
            "chosen": chosen.tables(said.pairs, look, params),
            "trend": said.trend,
            "rules": said.rules,
            "empty": said.is_empty,
            "map": drawn({row.code: row.about for row in found.rows if row.code}, look, found.provinces),
            "copies": copies("reports:situation", query=self.query),
        }

    @property
    def query(self) -> str:
        """Return what was asked for, as it stands in an address."""
        rest = self.request.GET.copy()
        rest.pop("language", None)
        return rest.urlencode()


class SituationPaper(SituationPage):
    """The same, exactly as the page shows it, as DOCX, XLSX or PDF, in the language asked for."""

    form = "pdf"

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            look, pairs = asked(request.GET, request.user)
        except ValidationError:
            return redirect(f"{reverse('reports:situation')}?{self.query}")
        language = language_of(request.GET)
        detail = {"page": "situation", "form": self.form, "language": language, "window": look.window.query}
        splits = [f"{indicator.name}.{split.name}" for indicator, split in pairs]
        self.audit("export", None, detail={**detail, "province": look.province, "splits": splits})
        name = f"situation-{look.window.first}-{look.window.last}"
        try:
            return written(Copy(self.form, language, name), lambda: as_form(self.form, paper_of(reported(look, pairs))))
        except NoPaper as error:
            messages.error(request, str(error))
            return redirect(f"{reverse('reports:situation')}?{self.query}")

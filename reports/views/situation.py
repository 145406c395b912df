"""The situation page: what happened in a window, to be read out and looked into."""

from django.http import HttpRequest, HttpResponse

from reports.indicators import REGISTRY
from reports.map import drawn
from reports.presets import presets
from reports.rules import RULES
from reports.sentences import paragraphs
from reports.situation import situation
from reports.trend import trend
from reports.units import said
from reports.views.indicators import FigurePage

NOTED = ("R1", "R2", "R3", "R5", "R6", "R11")  # what a reader of the printed page must know of the counting rules


class SituationPage(FigurePage):
    """The paragraph in both languages, the figures, the provinces as a map and a table, and the splits."""

    def get(self, request: HttpRequest) -> HttpResponse:
        look, form = self.look()
        self.audit("list", None, detail={"page": "situation"})
        data = self.frame(look, form, presets=presets())
        if look is None:
            return self.render("reports/situation.html", data, status=400)
        found = situation(look)
        figures = [
            {
                "label": REGISTRY[name].label,
                "said": said(REGISTRY[name], measure),
                "url": found.urls[name],
                "n": measure.count,
            }
            for name, measure in found.measures.items()
        ]
        data |= {
            "figures": figures,
            "paragraphs": paragraphs(found, look),
            "rows": found.rows,
            "tables": found.tables,
            "trend": trend(look),
            "rules": [words for code, words in RULES if code in NOTED],
            "empty": not any(measure.count for measure in found.measures.values()),
            "map": drawn({row.code: row.about for row in found.rows if row.code}, look, found.provinces),
        }
        return self.render("reports/situation.html", data)

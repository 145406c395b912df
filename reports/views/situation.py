"""The situation page: what happened in a window, to be read out and looked into."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from reports import chosen
from reports.compare import lines, others
from reports.indicators import REGISTRY, Look
from reports.keeping import Keeping
from reports.last_published import last_published
from reports.map import drawn
from reports.presets import presets
from reports.rules import RULES
from reports.sentences import paragraphs
from reports.situation import Situation, situation
from reports.trend import trend
from reports.views.indicators import FigurePage

NOTED = ("R1", "R2", "R3", "R5", "R6", "R11")  # what a reader of the printed page must know of the counting rules


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
            found = situation(kept.look, splits=not pairs)
            data |= self.shown(found, kept.look) | {"chosen": chosen.tables(pairs, kept.look, request.GET)}
        data |= self.counted(kept.counted_at)
        return self.render("reports/situation.html", data)

    def shown(self, found: Situation, look: Look) -> dict[str, Any]:
        """Return what the page shows of a window."""
        flows = [measure for name, measure in found.measures.items() if not REGISTRY[name].is_stock]
        published = last_published(look, found.measures)
        figures = [
            {
                "line": one,
                "splits": chosen.offered(one.indicator, look.user, self.request.GET),
                "published": published.get(one.indicator.name),
            }
            for one in lines(look, found.measures)
        ]
        return {
            "figures": figures,
            "compared": bool(published),
            "others": others(look.window),
            "paragraphs": paragraphs(found, look),
            "rows": found.rows,
            "tables": found.tables,
            "trend": trend(look),
            "rules": [words for code, words in RULES if code in NOTED],
            "empty": not any(measure.count for measure in flows),
            "map": drawn({row.code: row.about for row in found.rows if row.code}, look, found.provinces),
        }

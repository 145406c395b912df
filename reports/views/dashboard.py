"""The overview of a role: what waits first, then the window."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from core.display import today
from reports.dashboard import boards, overview
from reports.forms import WindowForm
from reports.indicators import Look, Window
from reports.keeping import Keeping
from reports.presets import presets
from reports.views.indicators import FigurePage

DAYS = 30  # of the window where none is asked for


class Dashboard(FigurePage):
    """Boards of what waits now; funnels, trend, map, sites and times of a window, the last thirty days where none is asked for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        look, form = self.look()
        if look and not (request.GET.get("from") or request.GET.get("to")):
            window = Window(today() - timedelta(days=DAYS - 1), today())
            look, form = Look(look.user, window), WindowForm({"from": str(window.first), "to": str(window.last)})
        self.audit("list", None, detail={"page": "dashboard"})
        data = self.frame(
            look, form, presets=presets(request.GET, look.window if look else None), boards=boards(request.user)
        )
        if look is not None:
            with Keeping(look, "overview", anew="anew" in request.GET) as kept:
                data |= overview(kept.look)
            data |= self.counted(kept.counted_at)
        return self.render("reports/dashboard.html", data, status=200 if look else 400)

"""The indicator of measures against businesses, and beside it the money courts confiscated."""

from typing import Any

from django.db.models import DateTimeField, F, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.roles import Branch
from provinces.models import Measure as Taken
from provinces.models import Sector
from reports.indicators import splits
from reports.indicators.court import judged
from reports.indicators.registry import Indicator, Look, Measure, Split, register
from suspects.models import SuspectStatus


def taken(look: Look) -> QuerySet[Any]:
    """Return the measures that began in the window, at sites of the reader's provinces; where the ministry leads, its own alone."""
    rows = Taken.objects.visible_to(look.user).filter(since_on__range=(look.window.first, look.window.last))
    if look.user.table.branch == Branch.PROVINCES:
        rows = rows.filter(site__province_id__in=sorted(look.user.posted_provinces))
    dated: QuerySet[Any] = rows.annotate(received_at=Cast("since_on", DateTimeField()))  # what records are paged by
    return dated


def confiscated(look: Look) -> dict[str, int]:
    """Return the money confiscated by judgments of the window against which no appeal is noted, in riel and in dollars."""
    final = judged(look, SuspectStatus.CONVICTED).filter(appealed_on=None)
    found = final.order_by().aggregate(riel=Sum("confiscated_riel"), usd=Sum("confiscated_usd"))
    return {name: found[name] or 0 for name in ("riel", "usd")}


def measured(look: Look) -> Measure:
    """Count the measures; the confiscated money stands beside."""
    n = taken(look).order_by().count()
    return Measure(value=n, count=n, beside=confiscated(look))


register(
    Indicator(
        number=34,
        name="measures_and_assets",
        label=_("Measures against businesses"),
        unit="measure",
        definition=_(
            "Premises or companies warned, suspended, closed or stripped of a licence, by the day the measure began. Beside "
            "them the money confiscated by judgments of the window against which no appeal is noted, in riel and in US dollars."
        ),
        counted_by=_("day the measure began"),
        rows=taken,
        measure=measured,
        splits=(
            Split("kind", _("Measure"), F("kind"), splits.chosen(Taken.Kind)),
            Split("sector", _("Line of business"), F("sector"), splits.chosen(Sector)),
            Split("place", _("Province of the site"), F("site__province_id"), splits.provinces),
            *splits.times("since_on", moment=False),
        ),
        beside={"riel": _("riel confiscated"), "usd": _("US dollars confiscated")},
    )
)

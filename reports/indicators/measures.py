"""The indicator of measures against businesses. What courts confiscated is kept in words, so that no sum is made of it."""

from typing import Any

from django.db.models import DateTimeField, F, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.roles import Branch
from provinces.models import Measure as Taken
from reports.indicators import splits
from reports.indicators.registry import Indicator, Look, Split, register


def taken(look: Look) -> QuerySet[Any]:
    """Return the measures that began in the window, at sites of the reader's provinces; where the ministry leads, its own alone."""
    rows = Taken.objects.visible_to(look.user).filter(since_on__range=(look.window.first, look.window.last))
    if look.user.table.branch == Branch.PROVINCES:
        rows = rows.filter(site__province_id__in=sorted(look.user.posted_provinces))
    dated: QuerySet[Any] = rows.annotate(received_at=Cast("since_on", DateTimeField()))  # what records are paged by
    return dated


register(
    Indicator(
        number=34,
        name="measures_and_assets",
        label=_("Measures against businesses"),
        unit="measure",
        definition=_(
            "Premises or companies warned, suspended, closed or stripped of a licence, by the day the measure began. What courts "
            "confiscated stands with each judgment, in words, and is not added up."
        ),
        counted_by=_("day the measure began"),
        rows=taken,
        splits=(
            Split("kind", _("Measure"), F("kind"), splits.chosen(Taken.Kind)),
            Split("place", _("Province of the site"), F("site__province_id"), splits.provinces),
            *splits.times("since_on", moment=False),
        ),
    )
)

"""Windows that are asked for again and again."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core.display import today
from reports.indicators import Window


def presets() -> list[dict[str, Any]]:
    """Return the usual windows up to today, as links."""
    now = today()
    found = (
        (_("This week"), now - timedelta(days=now.weekday())),
        (_("This month"), now.replace(day=1)),
        (_("Last 30 days"), now - timedelta(days=29)),
        (_("Since 1 January"), date(now.year, 1, 1)),
    )
    return [{"label": label, "url": f"?{Window(first, now).query}"} for label, first in found]

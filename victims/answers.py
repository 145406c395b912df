"""What people said last, wherever they were asked: an answer is the person's, not one complaint's."""

from collections.abc import Iterable
from typing import Any

from victims.models import Consent


def newest_of(people: Iterable[Any], purpose: str) -> dict[Any, Consent]:
    """Return the newest answer to a purpose that each of these people gave anywhere; a look of the system, whoever asks. One query."""
    rows = Consent.objects.filter(victim__person_id__in=set(people), purpose=purpose)
    newest = rows.order_by("victim__person_id", "-recorded_at", "-id").distinct("victim__person_id")
    return {row.victim.person_id: row for row in newest.select_related("victim")}

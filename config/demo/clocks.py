"""What the reporters of the demonstration were told, and who was told of what is late by now."""

import datetime
from typing import Any

from complaints.models import Complaint, Status
from complaints.services import escalate, record_answer

WAIT = ("Four Thai nationals", "Three men sold")  # their reporters hear nothing: they stand on the list
SOON = datetime.timedelta(hours=2)


def tell(cast: dict[str, Any], now: datetime.datetime) -> None:
    """Tell most reporters something, those of closed complaints how it ended; then let the clocks ring."""
    for row in Complaint._base_manager.exclude(answer_due_at=None).order_by("received_at", "pk"):
        by = cast["supervisor2"] if row.handling == "sealed" else cast["intake"]
        if row.narrative.startswith(WAIT) or row.received_at > now - 3 * SOON:
            continue
        at = min(row.received_at + SOON, now)
        record_answer(row, by=by, told="received", way="message", happened_at=at)
        if row.status == Status.CLOSED:
            at = min(row.status_at + SOON, now)
            record_answer(row, by=by, told="closed", way="telephone", note="Thanked us.", happened_at=at)
        elif row.status not in (Status.NEW, Status.ACKNOWLEDGED):
            at = min(max(row.status_at + SOON, row.received_at + 2 * SOON), now)
            record_answer(row, by=by, told="looked_into", way="telephone", happened_at=at)
    escalate(now)

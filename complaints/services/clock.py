"""The clock follows the urgency: what became more urgent is due earlier, counted from when its stage began."""

import datetime

from complaints.models import Complaint, Limit, limits
from complaints.models.deadline import clock, stage_of


def silent_due(since: datetime.datetime) -> datetime.datetime:
    """Return until when something is done in what was acknowledged at a moment; one query."""
    hours = limits(Limit.Name.SILENT_HOURS)[Limit.Name.SILENT_HOURS]
    return since + datetime.timedelta(hours=hours)


def reclock(row: Complaint, before: str) -> Complaint:
    """Move the limit of the running stage to what its urgency allows, where that is not the one `before`."""
    stage = stage_of(row.status)
    if row.urgency == before or stage is None:
        return row
    moved = clock(stage, row.urgency, row.clock_from)
    for name, moment in moved.items():
        setattr(row, name, moment)
    Complaint.objects.filter(pk=row.pk).update(**moved)
    return row

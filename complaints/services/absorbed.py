"""What a change of the survivor means for the complaints that were merged into it."""

from complaints.models import Complaint, Handling


def close_absorbed(complaint: Complaint) -> None:
    """Let complaints that were merged into this one, now or before, be seen by nobody more than it is."""
    softer = Handling.values[: Handling.values.index(complaint.handling)]
    found = list(Complaint._base_manager.filter(merged_into=complaint))
    while found:
        keys = [row.pk for row in found]
        Complaint._base_manager.filter(pk__in=keys, handling__in=softer).update(handling=complaint.handling)
        found = list(Complaint._base_manager.filter(merged_into__in=keys))

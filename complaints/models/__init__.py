"""Complaints, the contacts they came from, who told us, and the time each stage is allowed."""

from complaints.models.complaint import Complaint, NumberRevision
from complaints.models.contact import Channel, Contact, Relation, Reporter, first_relation
from complaints.models.deadline import Deadline
from complaints.models.words import ExploitationForm, Finding, Handling, Outcome, Stage, Status, Urgency

__all__ = [
    "Channel",
    "Complaint",
    "Contact",
    "Deadline",
    "ExploitationForm",
    "Finding",
    "Handling",
    "NumberRevision",
    "Outcome",
    "Relation",
    "Reporter",
    "Stage",
    "Status",
    "Urgency",
    "first_relation",
]

"""Complaints, the contacts they came from, who told us, and the time each stage is allowed."""

from complaints.models.answer import ReporterAnswer, Told
from complaints.models.attempt import ContactAttempt, Limit, limits
from complaints.models.calendar import Holiday, OfficeHours, Weekday
from complaints.models.call import Call, Place, Ring, RingResult
from complaints.models.complaint import Complaint, NumberRevision
from complaints.models.contact import Channel, Contact, ContactStatus, Relation, Reporter, first_relation, turn_of
from complaints.models.deadline import Deadline
from complaints.models.digest import Digest
from complaints.models.escalation import Escalation, EscalationHours, Late, Level, Whom
from complaints.models.evidence import Act, Evidence, Means, Purpose, Sign
from complaints.models.names import ListedName, NameList, NameState
from complaints.models.pair import Comparison, Pair, PairState
from complaints.models.proposed import ProposedChange
from complaints.models.public import Asks, LanguageReading, PublicMessage, PublicReport
from complaints.models.reading import SecondReading
from complaints.models.rule import UrgencyRule
from complaints.models.script import CallKind, CallScript, Interpreter
from complaints.models.searching import SearchRow
from complaints.models.words import (
    AttemptResult,
    AttemptWay,
    AttemptWhom,
    ExploitationForm,
    Finding,
    Handling,
    Missing,
    Outcome,
    Stage,
    Status,
    Urgency,
    Withdrawer,
    is_more_urgent,
)

__all__ = [
    "Act",
    "Asks",
    "AttemptResult",
    "AttemptWay",
    "AttemptWhom",
    "Call",
    "CallKind",
    "CallScript",
    "Channel",
    "Comparison",
    "Complaint",
    "Contact",
    "ContactAttempt",
    "ContactStatus",
    "Deadline",
    "Digest",
    "Escalation",
    "EscalationHours",
    "Evidence",
    "ExploitationForm",
    "Finding",
    "Handling",
    "Holiday",
    "Interpreter",
    "LanguageReading",
    "Late",
    "Level",
    "Limit",
    "ListedName",
    "Means",
    "Missing",
    "NameList",
    "NameState",
    "NumberRevision",
    "OfficeHours",
    "Outcome",
    "Pair",
    "PairState",
    "Place",
    "ProposedChange",
    "PublicMessage",
    "PublicReport",
    "Purpose",
    "Relation",
    "Reporter",
    "ReporterAnswer",
    "Ring",
    "RingResult",
    "SearchRow",
    "SecondReading",
    "Sign",
    "Stage",
    "Status",
    "Told",
    "Urgency",
    "UrgencyRule",
    "Weekday",
    "Whom",
    "Withdrawer",
    "first_relation",
    "is_more_urgent",
    "limits",
    "turn_of",
]

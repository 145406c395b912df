"""People sought and found, and the operations that find them."""

from victims.models.assistance import Care
from victims.models.care import DETENTION, PlaceKind, Stay, StayQuerySet
from victims.models.consent import Afraid, Consent, ConsentAnswer, ConsentFor, Guardian, GuardianKind
from victims.models.deportation import Deportation, DeportationReason, DeportationReview, DeportationStatus
from victims.models.entry import Entry
from victims.models.operation import (
    Operation,
    OperationComplaint,
    OperationMember,
    OperationQuerySet,
    OperationResult,
    OperationStatus,
)
from victims.models.proceeding import Proceeding, ProceedingKind
from victims.models.repatriation import (
    Crossing,
    DeclinedWhy,
    Direction,
    Fine,
    PaidBy,
    Repatriation,
    RepatriationLimit,
    ReturnStatus,
    TravelDocument,
)
from victims.models.victim import (
    PENDING,
    PROPOSED_CLEARED,
    Decision,
    LeftHow,
    RescueStatus,
    Victim,
    VictimQuerySet,
    victim_reference,
)

__all__ = [
    "DETENTION",
    "PENDING",
    "PROPOSED_CLEARED",
    "Afraid",
    "Care",
    "Consent",
    "ConsentAnswer",
    "ConsentFor",
    "Crossing",
    "Decision",
    "DeclinedWhy",
    "Deportation",
    "DeportationReason",
    "DeportationReview",
    "DeportationStatus",
    "Direction",
    "Entry",
    "Fine",
    "Guardian",
    "GuardianKind",
    "LeftHow",
    "Operation",
    "OperationComplaint",
    "OperationMember",
    "OperationQuerySet",
    "OperationResult",
    "OperationStatus",
    "PaidBy",
    "PlaceKind",
    "Proceeding",
    "ProceedingKind",
    "Repatriation",
    "RepatriationLimit",
    "RescueStatus",
    "ReturnStatus",
    "Stay",
    "StayQuerySet",
    "TravelDocument",
    "Victim",
    "VictimQuerySet",
    "victim_reference",
]

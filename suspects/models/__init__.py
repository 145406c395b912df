"""People suspected, the criminal files they stand in, what courts do with them, and the law and courts these are about."""

from suspects.models.casefile import CaseFile, CaseFileQuerySet
from suspects.models.court import AppealBy, Charge, ChargeResult, FirstContact, Restraint, RestraintKind
from suspects.models.hearing import Hearing, HearingKind, HearingQuerySet, HearingStatus
from suspects.models.law import Article, Court, CustodyLimit
from suspects.models.review import Review
from suspects.models.suspect import ArrestKind, ProcessRole, Suspect, SuspectQuerySet, SuspectStatus

__all__ = [
    "AppealBy",
    "ArrestKind",
    "Article",
    "CaseFile",
    "CaseFileQuerySet",
    "Charge",
    "ChargeResult",
    "Court",
    "CustodyLimit",
    "FirstContact",
    "Hearing",
    "HearingKind",
    "HearingQuerySet",
    "HearingStatus",
    "ProcessRole",
    "Restraint",
    "RestraintKind",
    "Review",
    "Suspect",
    "SuspectQuerySet",
    "SuspectStatus",
]

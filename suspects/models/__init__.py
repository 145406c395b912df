"""People suspected, the criminal files they stand in, and the law and courts these are about."""

from suspects.models.casefile import CaseFile, CaseFileQuerySet
from suspects.models.law import Article, Court, CustodyLimit
from suspects.models.review import Review
from suspects.models.suspect import ArrestKind, ProcessRole, Suspect, SuspectQuerySet, SuspectStatus

__all__ = [
    "ArrestKind",
    "Article",
    "CaseFile",
    "CaseFileQuerySet",
    "Court",
    "CustodyLimit",
    "ProcessRole",
    "Review",
    "Suspect",
    "SuspectQuerySet",
    "SuspectStatus",
]

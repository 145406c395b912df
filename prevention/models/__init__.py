"""Surveys of what causes trafficking, and awareness activities."""

from prevention.models.activity import Activity, ActivityQuerySet
from prevention.models.respondent import Answer, Respondent, RespondentQuerySet
from prevention.models.survey import Cause, Survey, SurveyQuerySet
from prevention.models.taking_in import SheetImport, SheetImportQuerySet
from prevention.models.words import (
    ActivityKind,
    Audience,
    ImportState,
    KnownCause,
    Occupation,
    Organiser,
    QuestionKind,
    RankedBy,
    ReachSource,
    SurveyStatus,
)

__all__ = [
    "Activity",
    "ActivityKind",
    "ActivityQuerySet",
    "Answer",
    "Audience",
    "Cause",
    "ImportState",
    "KnownCause",
    "Occupation",
    "Organiser",
    "QuestionKind",
    "RankedBy",
    "ReachSource",
    "Respondent",
    "RespondentQuerySet",
    "SheetImport",
    "SheetImportQuerySet",
    "Survey",
    "SurveyQuerySet",
    "SurveyStatus",
]

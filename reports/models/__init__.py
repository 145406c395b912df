"""What reports keep: what was published, numbers typed in for tables to hand in, the population, exports through the worker."""

from reports.exports.models import ExportJob
from reports.models.handin import HandInCell, Population
from reports.models.publication import (
    Audience,
    Finality,
    Publication,
    PublicationQuerySet,
    PublicationStatus,
    Reach,
    publication_reference,
)
from reports.models.published import PublishedFigure, PublishedPart, PublishedRecord, in_language
from reports.models.published_tables import PublishedCell, PublishedTable

__all__ = [
    "Audience",
    "ExportJob",
    "Finality",
    "HandInCell",
    "Population",
    "Publication",
    "PublicationQuerySet",
    "PublicationStatus",
    "PublishedCell",
    "PublishedFigure",
    "PublishedPart",
    "PublishedRecord",
    "PublishedTable",
    "Reach",
    "in_language",
    "publication_reference",
]

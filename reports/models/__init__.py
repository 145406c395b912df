"""Tables of this room: what was published."""

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

__all__ = [
    "Audience",
    "Finality",
    "Publication",
    "PublicationQuerySet",
    "PublicationStatus",
    "PublishedFigure",
    "PublishedPart",
    "PublishedRecord",
    "Reach",
    "in_language",
    "publication_reference",
]

"""Shapes that tables share. This room has no tables of its own."""

import secrets
import uuid

from django.db import models
from django.utils import timezone

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference(prefix: str, year: int | None = None) -> str:
    """Return what people say aloud: `KH-2022-7RK3QD` with a year, `V-7RK3QD9K` without; never a secret."""
    year = year if year is not None or prefix != "KH" else timezone.localdate().year
    length = 6 if year else 8
    tail = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return f"{prefix}-{year}-{tail}" if year else f"{prefix}-{tail}"


class UUIDModel(models.Model):
    """A row whose key is known before it is inserted: sealed fields are bound to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Versioned(UUIDModel):
    """An editable row: every step and edit raises `version`; a stale one is a Conflict."""

    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

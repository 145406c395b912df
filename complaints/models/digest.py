"""The daily digest: that something waits for somebody, once a day, without a word of what."""

import datetime
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

NAMESPACE = uuid.UUID("0c1d8a5e-6a0c-4a35-8a4b-3b9d0a0f7c11")


class DigestQuerySet(models.QuerySet["Digest"]):
    """Digests: everybody sees their own."""

    def visible_to(self, user: Any) -> Self:
        """Keep the user's own."""
        return self.filter(user_id=user.pk)


class Digest(models.Model):
    """How many items waited for somebody on the morning of a day; without any no notice goes out."""

    id = models.UUIDField(primary_key=True, editable=False)
    reference = models.CharField(max_length=20, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField()
    n_items = models.PositiveSmallIntegerField()

    objects: ClassVar[DigestQuerySet] = DigestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["user", "on"], name="digest_once_a_day")]


def digest_of(user: Any, on: datetime.date, n_items: int) -> Digest:
    """Return the digest of a user and day, not saved; its key is the same whoever makes it."""
    key = uuid.uuid5(NAMESPACE, f"{user.pk} {on}")
    return Digest(id=key, reference=f"D-{key.hex[:12].upper()}", user=user, on=on, n_items=n_items)

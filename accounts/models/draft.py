"""What somebody is still writing: sealed, theirs alone, forgotten after thirty days."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import UUIDModel
from core.sealed import SealedTextField

KEPT = timedelta(days=30)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Questions about drafts."""

    def visible_to(self, user: Any) -> Self:
        """Keep the drafts of their owner; nobody else ever sees one."""
        return self.filter(user_id=user.pk)

    def kept(self, now: datetime | None = None) -> Self:
        """Leave out what was not touched for thirty days."""
        return self.filter(updated_at__gte=(now or timezone.now()) - KEPT)

    def old(self, now: datetime | None = None) -> Self:
        """Keep what was not touched for thirty days."""
        return self.filter(updated_at__lt=(now or timezone.now()) - KEPT)


class Draft(UUIDModel):
    """A form half written. `key` is the idempotency key of the form: registering it ends its draft."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", _("New complaint")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts")
    kind = models.CharField(max_length=20, choices=Kind)
    key = models.UUIDField()
    body = SealedTextField(purpose="draft")
    updated_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["user", "key"], name="draft_user_key")]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["user", "-updated_at"], name="draft_user_updated")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        """Return the address that leads on to its form."""
        return reverse("drafts:detail", args=[self.key])

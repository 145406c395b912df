"""A link by which a partner without an account answers: only digests are kept, and a one-time code goes another way."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.models import UUIDModel


class ReferralLinkQuerySet(models.QuerySet["ReferralLink"]):
    """Links are found by the digest of their token alone."""

    def alive(self, now: datetime) -> Self:
        """Keep links that nobody ended and whose days are not over."""
        return self.filter(ended_at=None, until_at__gt=now)


class ReferralLink(UUIDModel):
    """One link to one referral. The code that opens it goes to the telephone in the directory, never with the link."""

    referral = models.ForeignKey("referrals.Referral", models.PROTECT, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    code_sha256 = models.CharField(max_length=64, blank=True, default="")
    code_until = models.DateTimeField(null=True, blank=True)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    session_sha256 = models.CharField(max_length=64, blank=True, default="")
    session_until = models.DateTimeField(null=True, blank=True)

    objects = ReferralLinkQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["referral", "-made_at"], name="referrallink_referral")]

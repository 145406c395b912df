"""What was shared beyond somebody's own branch."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class GrantQuerySet(models.QuerySet["Grant"]):
    def active(self, moment: datetime | None = None) -> Self:
        """Keep what runs at that moment (default: now)."""
        moment = moment or timezone.now()
        return self.filter(Q(until_at=None) | Q(until_at__gt=moment), from_at__lte=moment)


class Grant(models.Model):
    """One complaint, or one person of it, opened to a province, a user or a partner for a while."""

    class Kind(models.TextChoices):
        NAMING = "naming", _("Named to handle it")
        REFERRAL = "referral", _("Referral")
        TRANSFER = "transfer", _("Transfer")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    complaint_id = models.UUIDField()
    victim_id = models.UUIDField(null=True, blank=True)
    province = models.ForeignKey("provinces.Province", models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="grants")
    partner_id = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    from_at = models.DateTimeField(default=timezone.now)
    until_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[GrantQuerySet] = GrantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(province__isnull=False, user__isnull=True, partner_id="")
                    | Q(province__isnull=True, user__isnull=False, partner_id="")
                    | (Q(province__isnull=True, user__isnull=True) & ~Q(partner_id=""))
                ),
                name="grant_one_grantee",
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")), name="grant_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(kind="naming") | Q(user__isnull=False), name="grant_naming_names_a_user"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "complaint_id"], name="grant_user", condition=Q(user__isnull=False)),
            models.Index(
                fields=["province", "complaint_id"], name="grant_province", condition=Q(province__isnull=False)
            ),
            models.Index(fields=["partner_id", "complaint_id"], name="grant_partner", condition=~Q(partner_id="")),
            models.Index(fields=["complaint_id"], name="grant_complaint"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.complaint_id}"

"""How a user is reached outside the application, and when not. All of it is theirs alone; addresses are sealed."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core.display import ZONE
from core.models import UUIDModel
from core.sealed import SealedTextField
from notifications.models.notice import Channel

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = {Channel.SMS: "phone", Channel.TELEGRAM: "chat"}  # the channels that a code must prove, and their columns


def quiet_by_default() -> tuple[time | None, time | None]:
    """Give the quiet hours of who chose none: the server's."""
    begins, _dash, ends = str(settings.NOTIFICATION_QUIET).partition("-")
    return (time.fromisoformat(begins), time.fromisoformat(ends)) if ends else (None, None)


def _quiet_from() -> time | None:
    return quiet_by_default()[0]


def _quiet_until() -> time | None:
    return quiet_by_default()[1]


class ReachQuerySet(models.QuerySet["Reach"]):
    def of(self, users: Iterable["User"]) -> "dict[Any, Reach]":
        """Fetch the line of each of these users in one query; who has none gets an unsaved one."""
        users = list(users)
        devices = Exists(Device.objects.filter(user=OuterRef("user")))
        found = {row.user_id: row for row in self.filter(user__in=users).annotate(loaded_device=devices)}
        return {user.pk: found.get(user.pk) or Reach(user=user) for user in users}

    def visible_to(self, user: "User") -> Self:
        """Keep a user's own line; nobody else reads it."""
        return self.filter(user=user)


class Reach(UUIDModel):
    """One user's channels: what a code has proved, what is switched off (`sort.channel`), the quiet hours."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    phone = SealedTextField(purpose="reach")
    phone_at = models.DateTimeField(null=True, blank=True)
    chat = SealedTextField(purpose="reach")
    chat_at = models.DateTimeField(null=True, blank=True)
    muted = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    quiet_from = models.TimeField(null=True, blank=True, default=_quiet_from)
    quiet_until = models.TimeField(null=True, blank=True, default=_quiet_until)

    objects: ClassVar[ReachQuerySet] = ReachQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="reach_quiet_has_both_ends",
            )
        ]

    def __str__(self) -> str:
        return str(self.user_id)

    def proved_at(self, channel: str) -> datetime | None:
        """Say since when an address of this channel is proved; None where none is."""
        field = FIELDS.get(Channel(channel))
        found: datetime | None = getattr(self, f"{field}_at") if field else None
        return found

    def quiet_end(self, now: datetime) -> datetime | None:
        """Say when the quiet hours end that run at this moment; None outside of them."""
        begins, ends = self.quiet_from, self.quiet_until
        if begins is None or ends is None or begins == ends:
            return None
        local = timezone.localtime(now, ZONE)
        over_night, at = begins > ends, local.time()
        if not ((at >= begins or at < ends) if over_night else begins <= at < ends):
            return None
        day = local.date() + timedelta(days=1 if over_night and at >= begins else 0)
        return datetime.combine(day, ends, ZONE)


class Proof(UUIDModel):
    """An address somebody says is theirs, until a code sent there proves it. It stays, so that codes can be counted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    value = SealedTextField(purpose="reach")
    code = models.BinaryField(default=bytes)
    until_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    codes = models.PositiveSmallIntegerField(default=0)
    code_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "channel"], name="proof_one_a_channel"),
            models.CheckConstraint(condition=Q(channel__in=list(FIELDS)), name="proof_channels"),
        ]

    def __str__(self) -> str:
        return self.channel

    def waits(self, now: datetime) -> bool:
        """Say whether a code can be typed."""
        return bool(self.code) and self.until_at is not None and self.until_at > now


class Device(UUIDModel):
    """A browser that takes notices: its address at a push service and its keys, sealed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    endpoint_hash = models.BinaryField(unique=True)
    subscription = SealedTextField(purpose="reach")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["user", "-made_at"], name="device_user")]

    def __str__(self) -> str:
        return str(self.pk)

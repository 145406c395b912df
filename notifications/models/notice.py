"""The outbox: one row for each recipient, channel and step; the row is the truth, the broker only rings."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.kinds import KINDS, targets

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from accounts.models import User

BELL_CAP = 100


def visible(user: "User", label: str, references: Iterable[str]) -> set[str]:
    """Keep the references of one model that this user may see now; a model that tells nobody has none."""
    if label not in targets():
        return set()
    rows: Any = apps.get_model(label)._default_manager
    if hasattr(rows, "visible_among"):  # a model's quicker way
        return rows.visible_among(user, references)  # type: ignore[no-any-return]
    rows = rows.visible_to(user)
    return set(rows.filter(reference__in=references).values_list("reference", flat=True))


def seen_among(user: "User", named: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return which of the records, each named by its model and reference, the user may see; one query a model."""
    wanted = defaultdict[str, set[str]](set)
    for label, reference in named:
        wanted[label].add(reference)
    return {(label, one) for label, references in wanted.items() for one in visible(user, label, references)}


class Channel(models.TextChoices):
    IN_APP = "in_app", _("In the application")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    TELEGRAM = "telegram", _("Telegram")
    PUSH = "push", _("Notices of the browser")


class State(models.TextChoices):
    PENDING = "pending", _("Waiting")
    ATTEMPTING = "attempting", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    UNCERTAIN = "uncertain", _("Uncertain")


class Problem(models.TextChoices):
    NONE = "", ""
    UNREACHABLE = "unreachable", _("The server that sends it could not be reached")
    REFUSED = "refused", _("The server that sends it refused it")
    BROKEN_OFF = "broken_off", _("The line broke while it was being sent")
    STOPPED = "stopped", _("The worker stopped while it was being sent")
    INACTIVE = "inactive", _("The recipient's account is closed")
    NO_ADDRESS = "no_address", _("The recipient cannot be reached this way")
    NO_GATEWAY = "no_gateway", _("This server is not set up for it")
    UNSEEN = "unseen", _("The recipient may not see the record any more")


class NotificationQuerySet(models.QuerySet["Notification"]):
    def delivered_to(self, user: "User") -> Self:
        """Keep what reached this user in the application, whether or not they may still see its record."""
        return self.filter(recipient=user, channel=Channel.IN_APP, state=State.SENT)

    def for_recipient(self, user: "User") -> Self:
        """Keep what the bell of this user may ring for: delivered in the application, still visible to them."""
        return self.delivered_to(user).of_visible(user)

    def of_visible(self, user: "User") -> Self:
        """Keep notices about records that this user may see now: a seal or a wall takes its notices away."""
        seen = Q(pk__in=[])
        for label in targets():
            rows = apps.get_model(label)._default_manager.visible_to(user)
            seen |= Q(Exists(rows.filter(reference=OuterRef("reference"))), object_type=label)
        return self.filter(seen)

    def unread(self) -> Self:
        """Keep what was not opened or marked as read."""
        return self.filter(read_at=None)

    def due(self, now: datetime) -> Self:
        """Keep what waits and may be tried at that moment."""
        return self.filter(state=State.PENDING, run_after__lte=now)

    def stuck(self, now: datetime) -> Self:
        """Keep attempts that began so long ago that no worker can still be at them."""
        limit = timedelta(seconds=settings.NOTIFICATION_STUCK)
        return self.filter(state=State.ATTEMPTING, attempted_at__lt=now - limit)

    def troubled(self) -> Self:
        """Keep what a supervisor has to look at; a notice that a seal or a wall stopped is none of that."""
        return self.filter(state__in=(State.UNCERTAIN, State.FAILED)).exclude(problem=Problem.UNSEEN)

    def counted(self, since: datetime) -> list[dict[str, Any]]:
        """Count by channel and state what was written since a moment."""
        rows = self.filter(created_at__gte=since).order_by().values("channel", "state").annotate(n=Count("pk"))
        return [dict(row) for row in rows]

    def only_visible(self, user: "User") -> list["Notification"]:
        """Fetch a short, cut queryset and keep what `of_visible` keeps; a third of its price.

        One query, and one more for each model that occurs.
        """
        rows = list(self)
        seen = seen_among(user, {(row.object_type, row.reference) for row in rows})
        return [row for row in rows if (row.object_type, row.reference) in seen]

    def bell(self, user: "User") -> int:
        """Count what rings for this user, among the newest 100 unread; every page pays for it."""
        return len(self.newest_unread(user)[:BELL_CAP].only_visible(user))

    def newest_unread(self, user: "User") -> Self:
        """Keep what was delivered and not read, newest first, as little of it as the bell needs."""
        return self.delivered_to(user).unread().order_by("-created_at", "-id").only("object_type", "reference")


class Notification(models.Model):
    """One notice to one user by one channel; the object is named by strings, so that no room below knows it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    kind = models.CharField(max_length=40)
    object_type = models.CharField(max_length=60)
    reference = models.CharField(max_length=24)
    transition = models.UUIDField()
    urgent = models.BooleanField(default=False)  # leaves in quiet hours too
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    problem = models.CharField(max_length=12, choices=Problem.choices, default=Problem.NONE, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField(default=timezone.now)
    attempted_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[NotificationQuerySet] = NotificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "channel", "kind", "transition"], name="notification_once"),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values, state__in=State.values),
                name="notification_known_words",
            ),
            models.CheckConstraint(
                condition=~Q(channel="in_app", state__in=("attempting", "uncertain")),
                name="notification_in_app_is_certain",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="notification_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(channel="in_app", state="sent"),
                name="notification_read_was_sent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient", "-created_at", "-id"],
                condition=Q(channel="in_app", state="sent", read_at=None),
                name="notification_unread",
            ),
            models.Index(
                fields=["recipient", "-created_at", "-id"],
                condition=Q(channel="in_app", state="sent"),
                name="notification_of_user",
            ),
            models.Index(fields=["run_after"], condition=Q(state="pending"), name="notification_due"),
            models.Index(fields=["attempted_at"], condition=Q(state="attempting"), name="notification_stuck"),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(state__in=("uncertain", "failed")),
                name="notification_troubled",
            ),
            models.Index(fields=["object_type", "reference"], name="notification_about"),
            models.Index(fields=["-created_at", "-id"], name="notification_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"

    @property
    def label(self) -> "StrPromise | str":
        """Say what happened, in the reader's language."""
        kind = KINDS.get(self.kind)
        return kind.label if kind else self.kind

    @property
    def is_troubled(self) -> bool:
        """Say whether a supervisor has to decide about it."""
        return self.state in (State.UNCERTAIN, State.FAILED) and self.problem != Problem.UNSEEN

    @property
    def message_id(self) -> str:
        """Name the e-mail of this row: the same at every attempt, so that a second copy can be told."""
        return f"<{self.pk.hex}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"

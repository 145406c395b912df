"""A call of the hotline while it goes on, and the telephone rung after it until somebody answered."""

import datetime
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import NOTHING, ScopedQuerySet
from complaints.models.complaint import Complaint
from core.models import UUIDModel, new_reference
from core.sealed import SealedTextField


def call_reference() -> str:
    """Return a new reference of a call: T-XXXXXXXX."""
    return new_reference("T")


LEFT_AFTER = datetime.timedelta(hours=1)
TAKES, LEADS = "contact.triage", "complaint.confirm"


def left_to(user: Any, now: datetime.datetime) -> Q:
    """Return what holds of a call of somebody else in which nobody pressed a key for an hour, for a supervisor; else of none.

    Whoever has it may be gone: the account closed, the shift over. Somebody must be able to find the words of a caller.
    """
    if not (user.may(TAKES) and user.may(LEADS)):
        return NOTHING
    since = now - LEFT_AFTER
    kept, taken = (Q(**{name: None}) | Q(**{f"{name}__lt": since}) for name in ("kept_at", "taken_at"))
    return Q(ended_at=None, began_at__lt=since) & kept & taken & ~Q(by_id=user.pk) & ~Q(handed_to_id=user.pk)


class CallQuerySet(models.QuerySet["Call"]):
    """Questions about calls; a call is its holder's, and of who gave it on or is asked to take it. One left is the supervisors'."""

    def visible_to(self, user: Any) -> Self:
        """Keep the calls a user has or had a hand in, and those left to them; a call's words are its holder's and of who is to take it."""
        if not user.is_active:
            return self.none()
        mine = Q(by_id=user.pk) | Q(handed_to_id=user.pk) | Q(before_id=user.pk) | Q(began_by_id=user.pk)
        return self.filter(mine | left_to(user, timezone.now()))

    def going(self) -> Self:
        """Keep the calls nobody ended yet."""
        return self.filter(ended_at=None)

    def left_to(self, user: Any, now: datetime.datetime | None = None) -> Self:
        """Keep the calls of others that nobody goes on with, and that the user may take over."""
        return self.filter(left_to(user, now or timezone.now()))

    def of_page(self, user: Any) -> Self:
        """Keep the calls a user has, is asked to take, or may take since nobody goes on with them; those left stand last."""
        own = Q(by_id=user.pk) | Q(handed_to_id=user.pk)
        found = self.going().filter(own | left_to(user, timezone.now()))
        return found.annotate(is_left=Case(When(own, then=False), default=True)).order_by("is_left", "began_at", "pk")

    def taken_lately(self, user: Any) -> Self:
        """Keep the calls that may have been left and were taken over within the hour, for who takes such calls.

        Who was slower to take one hears who has it.
        """
        if not (user.is_active and user.may(TAKES) and user.may(LEADS)):
            return self.none()
        lately = self.going().filter(taken_at__gte=timezone.now() - LEFT_AFTER)
        return lately.filter(before__isnull=False, began_at__lt=F("taken_at") - LEFT_AFTER)


class Call(UUIDModel):
    """One call. Its key is that of the contact it becomes, so that it is never saved twice; `became` is what it led to.

    `by` has it now, `before` had it last; `handed_to` is asked to take it, and until then nothing changes hands.
    """

    reference = models.CharField(max_length=20, unique=True, default=call_reference, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    began_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    before = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    handed_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    became = models.CharField(max_length=24, blank=True, default="")
    body = SealedTextField(purpose="draft")
    kept_at = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(handed_to=None), name="call_ended_is_handed_to_nobody"
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["by"], condition=Q(ended_at=None), name="call_going"),
            models.Index(fields=["handed_to"], condition=Q(ended_at=None), name="call_handed"),
        ]

    def __str__(self) -> str:
        return self.reference

    def length(self, now: datetime.datetime | None = None) -> int:
        """Return how many seconds it lasted, or lasts by now."""
        return max(int(((self.ended_at or now or timezone.now()) - self.began_at).total_seconds()), 0)


class Place(models.TextChoices):
    """Whose turn it is to be rung about a complaint, in this order."""

    DUTY = "duty", pgettext_lazy("who is rung", "On duty")
    LEAD = "lead", pgettext_lazy("who is rung", "Lead of the province")
    NAMED = "named", pgettext_lazy("who is rung", "Named to handle it")
    SUPERVISOR = "supervisor", pgettext_lazy("who is rung", "Supervisor")


class RingResult(models.TextChoices):
    ANSWERED = "answered", pgettext_lazy("ring", "Answered")
    NO_ANSWER = "no_answer", pgettext_lazy("ring", "No answer")
    NUMBER_WRONG = "number_wrong", pgettext_lazy("ring", "The number is wrong")


class RingQuerySet(ScopedQuerySet["Ring"]):
    """Rings, scoped like their complaint."""


class Ring(models.Model):
    """Somebody was rung about a complaint, and answered or not; it stands for good. No number is kept here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="rings")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    whom = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    place = models.CharField(max_length=12, choices=Place)
    result = models.CharField(_("Result"), max_length=16, choices=RingResult)
    happened_at = models.DateTimeField(default=timezone.now)
    recorded_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RingQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["complaint", "-happened_at"], name="ring_complaint")]

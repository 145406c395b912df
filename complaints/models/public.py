"""What the public form received, and what is written both ways; who writes is never known here."""

import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.models.contact import Contact
from complaints.models.words import Urgency
from core.models import UUIDModel
from core.sealed import SealedTextField


class Asks(models.TextChoices):
    """What a message of ours asks of who reported."""

    NOTHING = "", pgettext_lazy("asks of the reporter", "Nothing")
    KNOW = "know", _("That they tell us more")
    CALL = "call", _("That they call us")


STUCK_AFTER = 3  # tries


class TakenQuerySet(models.QuerySet[Any]):
    """Questions about what came in by the public form; it is read through its contacts."""

    def to_take(self, since: datetime.datetime) -> Self:
        """Keep what waits to be taken in; what failed often waits for a moment after its last try."""
        return self.filter(Q(tries__lt=STUCK_AFTER) | Q(tried_at__lt=since), taken_at=None)

    def stuck(self) -> Self:
        """Keep what could not be taken in, tried often."""
        return self.filter(taken_at=None, tries__gte=STUCK_AFTER)


class PublicReport(UUIDModel):
    """One report as it came in; found by the keyed hash of its code only.

    `said` holds everything typed, sealed, until it is taken in: then the contact has it, and this is emptied. `tries` counts
    how often that was begun: what could not be taken in stands behind everything else.
    """

    receipt_hash = models.BinaryField(max_length=32, unique=True)
    received_at = models.DateTimeField(default=timezone.now, db_default=Now())
    said = SealedTextField(purpose="contact")
    words_hash = models.BinaryField(max_length=32)
    taken_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    tried_at = models.DateTimeField(null=True)
    contact = models.OneToOneField(Contact, models.PROTECT, null=True, related_name="public_report")

    objects = TakenQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(contact__isnull=False), name="publicreport_taken_has_contact"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["received_at", "id"], name="publicreport_to_take", condition=Q(taken_at=None)),
            models.Index(fields=["received_at"], name="publicreport_received"),
            models.Index(fields=["words_hash", "received_at"], name="publicreport_words"),
        ]


class PublicMessageQuerySet(TakenQuerySet):
    """Questions about messages; those of who reported are read by who may open a reporter, and by nobody else."""

    def of_reporters(self) -> Self:
        """Keep what who reported wrote to us; a demand for money is a sealed complaint of its own."""
        return self.filter(by=None, kind="message")

    def unseen(self) -> Self:
        """Keep what who reported wrote and nobody was shown yet."""
        return self.of_reporters().filter(seen_at=None)


class PublicMessage(UUIDModel):
    """One message between who reported (`by` is empty) and us; read through the contact of its report.

    `danger` is what who reported ticked, `urgency` what the rules read in the words; `seen_at` when somebody who may read them
    was first shown the words. `contact` is what it waits in, where its report is in a complaint that others read.
    """

    class Kind(models.TextChoices):
        MESSAGE = "message", pgettext_lazy("public report", "Message")
        MONEY = "money", _("Somebody asked for money")

    report = models.ForeignKey(PublicReport, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.MESSAGE)
    asks = models.CharField(max_length=4, choices=Asks, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = SealedTextField(purpose="contact")
    at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    tried_at = models.DateTimeField(null=True)
    danger = models.BooleanField(default=False, db_default=False)
    urgency = models.CharField(max_length=10, choices=Urgency, blank=True, default="", db_default="")
    seen_at = models.DateTimeField(null=True)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="by_code")

    objects = PublicMessageQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["report", "at"], name="publicmessage_of_report"),
            models.Index(
                fields=["report", "at"],
                name="publicmessage_unseen",
                condition=Q(seen_at=None, by=None, kind="message"),
            ),
            models.Index(fields=["at", "id"], name="publicmessage_to_take", condition=Q(taken_at=None, by=None)),
            models.Index(fields=["at"], name="publicmessage_demands", condition=Q(kind="money")),
        ]


class LanguageReading(models.Model):
    """A native speaker has read the public pages in a language; signed by an administrator for the words of that day."""

    language = models.CharField(max_length=8)
    words_sha256 = models.CharField(max_length=64)
    reader = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["language", "-at"], name="languagereading_newest")]

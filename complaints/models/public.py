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
from core.models import UUIDModel
from core.sealed import SealedTextField


class Asks(models.TextChoices):
    """What a message of ours asks of who reported."""

    NOTHING = "", pgettext_lazy("asks of the reporter", "Nothing")
    KNOW = "know", _("That they tell us more")
    CALL = "call", _("That they call us")


STUCK_AFTER = 3  # tries


class PublicReportQuerySet(models.QuerySet["PublicReport"]):
    """Questions about reports that came in; they are read through their contacts."""

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

    objects = PublicReportQuerySet.as_manager()

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


class PublicMessage(UUIDModel):
    """One message between who reported (`by` is empty) and us; read through the contact of its report."""

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

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["report", "at"], name="publicmessage_of_report"),
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

"""A release of figures: prepared by one person, signed by another, superseded, never altered."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Versioned, new_reference
from reports.models.published import in_language
from reports.window import Window


class PublicationStatus(models.TextChoices):
    """How far a publication is; only what was signed was ever released."""

    DRAFT = "draft", pgettext_lazy("publication", "Draft, not signed")
    SIGNED = "signed", pgettext_lazy("publication", "Signed")
    SUPERSEDED = "superseded", pgettext_lazy("publication", "Superseded")
    WITHDRAWN = "withdrawn", pgettext_lazy("publication", "Not released")


class Finality(models.TextChoices):
    """Whether later entries are expected."""

    PROVISIONAL = "provisional", _("Provisional")
    FINAL = "final", pgettext_lazy("publication", "Final")


class Audience(models.TextChoices):
    """For whom it is."""

    PRESS = "press", _("For the press")
    OFFICIAL = "official", _("Officially handed in")


class Reach(models.TextChoices):
    """Whose figures these are: a reader's own are never published."""

    NATIONAL = "national", _("The whole country, counted by the system")


RELEASED = (PublicationStatus.SIGNED, PublicationStatus.SUPERSEDED)


def publication_reference() -> str:
    """Return a new reference of a publication: PB-XXXXXXXX."""
    return new_reference("PB")


class PublicationQuerySet(models.QuerySet["Publication"]):
    def visible_to(self, user: Any) -> Self:
        """Keep what the user may know of: drafts only who prepares or signs."""
        if user.may("report.publish") or user.may("report.sign"):
            return self
        return self.released() if user.may("publication.read") else self.none()

    def released(self) -> Self:
        """Keep what was signed, superseded or not."""
        return self.filter(status__in=RELEASED)

    def of_tables(self, hand_in: str, first: date) -> Self:
        """Keep those of one set of tables of the year that begins on a day."""
        return self.filter(hand_in=hand_in, first_on=first)

    def standing(self) -> Self:
        """Keep what was signed and not superseded."""
        return self.filter(status=PublicationStatus.SIGNED)


class Publication(Versioned):
    """Figures of a window as they were known at a moment, with the definitions they were counted by.

    `press` and `rules` hold the paragraph and the counting rules in both languages; names and title of those who answer
    for it are kept as they were then. `hand_in` names the set of tables to hand in that it holds, "" where it holds figures alone.
    """

    reference = models.CharField(max_length=20, unique=True, default=publication_reference, editable=False)
    first_on = models.DateField()
    last_on = models.DateField()
    as_of = models.DateTimeField()
    scope = models.CharField(max_length=12, choices=Reach.choices, default=Reach.NATIONAL)
    kind = models.CharField(max_length=12, choices=Finality.choices)
    audience = models.CharField(max_length=12, choices=Audience.choices)
    status = models.CharField(max_length=12, choices=PublicationStatus.choices, default=PublicationStatus.DRAFT)
    hand_in = models.CharField(max_length=20, blank=True, default="")
    note = models.TextField(blank=True, default="")
    press = models.JSONField(default=dict)
    rules = models.JSONField(default=list)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_name = models.JSONField(default=dict)
    prepared_at = models.DateTimeField(default=timezone.now)
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    signed_name = models.JSONField(default=dict)
    signed_title = models.CharField(max_length=200, blank=True, default="")
    signed_at = models.DateTimeField(null=True)
    supersedes = models.ForeignKey("self", models.PROTECT, related_name="followers", null=True)

    objects: ClassVar[PublicationQuerySet] = PublicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="publication_window"),
            models.CheckConstraint(condition=Q(scope=Reach.NATIONAL), name="publication_of_the_nation"),
            models.CheckConstraint(
                condition=Q(signed_off_by=None) | ~Q(signed_off_by=F("prepared_by")),
                name="publication_second_person",
                violation_error_message=_("You prepared this yourself. Another person signs."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=RELEASED, signed_off_by__isnull=False, signed_at__isnull=False)
                & ~Q(signed_title="")
                | Q(signed_off_by=None, signed_at=None) & ~Q(status__in=RELEASED),
                name="publication_signed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(supersedes=F("id")), name="publication_supersedes_another"),
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=Q(status__in=RELEASED),
                name="publication_superseded_once",
                violation_error_message=_("Another publication supersedes that one already."),
            ),
            models.UniqueConstraint(
                fields=["hand_in", "first_on"],
                condition=Q(status__in=RELEASED, supersedes=None) & ~Q(hand_in=""),
                name="publication_hand_in_once",
                violation_error_message=_("These tables were signed meanwhile. Prepare them again."),
            ),
        ]
        indexes = [models.Index(fields=["-as_of", "-id"], name="publication_newest")]

    @property
    def window(self) -> Window:
        """Return its days."""
        return Window(self.first_on, self.last_on)

    @property
    def is_released(self) -> bool:
        """Return whether it was signed, superseded or not."""
        return self.status in RELEASED

    @property
    def superseded_by(self) -> "Publication | None":
        """Return the publication that took its place."""
        return next((row for row in self.followers.all() if row.is_released), None)

    @property
    def signed_by_words(self) -> str:
        """Return who signed, with the title they signed with."""
        return ", ".join(part for part in (in_language(self.signed_name), self.signed_title) if part)

    @property
    def prepared_by_words(self) -> str:
        """Return who prepared it."""
        return in_language(self.prepared_name)

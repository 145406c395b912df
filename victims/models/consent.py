"""What a person agreed to, one answer after another; and who stands by a child, with the child's own view."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet


class ConsentFor(models.TextChoices):
    """What a person agrees to. The records of the police rest on law, not on consent."""

    HELP = "help", _("Help by the ministry")
    SHELTER = "shelter", pgettext_lazy("consent", "A shelter")
    NGO = "ngo", _("An organisation")
    HOSPITAL = "hospital", pgettext_lazy("consent", "A hospital")
    LEGAL_AID = "legal_aid", _("Legal aid")
    SOCIAL_AFFAIRS = "social_affairs", _("Social affairs")
    EMBASSY = "embassy", _("The own embassy")
    FAMILY_TOLD = "family_told", _("The family is told")
    TESTIMONY = "testimony", _("Testimony")
    PHOTOGRAPH = "photograph", _("Photograph")
    STATISTICS = "statistics", _("Coded statistics")


class ConsentAnswer(models.TextChoices):
    YES = "yes", pgettext_lazy("consent", "Yes")
    NO = "no", pgettext_lazy("consent", "No")
    LATER = "later", pgettext_lazy("consent", "Later")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "Withdrawn")


class Afraid(models.TextChoices):
    """Are you afraid of your authorities, or of going back?"""

    NO = "no", pgettext_lazy("afraid", "No")
    YES = "yes", pgettext_lazy("afraid", "Yes")
    DOUBT = "doubt", pgettext_lazy("afraid", "In doubt")


class OfPersonQuerySet(ScopedQuerySet[Any]):
    """Rows about one person, scoped like them; a grant for the person opens them too."""

    victim_lookup = "victim_id"


class OfPerson(models.Model):
    """Columns of a row about one person; it stands for good, a later one takes its place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        abstract = True


class Consent(OfPerson):
    """One answer to one purpose."""

    victim = models.ForeignKey("victims.Victim", models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=ConsentFor)
    answer = models.CharField(max_length=10, choices=ConsentAnswer)
    asked_on = models.DateField()
    asked_alone = models.BooleanField()
    asked_language = models.CharField(max_length=60)
    afraid = models.CharField(max_length=6, choices=Afraid, blank=True, default="")
    note = models.CharField(max_length=2000, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(purpose="embassy", answer="yes") | Q(asked_alone=True, afraid="no"),
                name="consent_embassy_alone_and_unafraid",
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["victim", "purpose", "-recorded_at"], name="consent_victim")
        ]


class GuardianKind(models.TextChoices):
    PARENT = "parent", _("Father or mother")
    RELATIVE = "relative", _("Another relative")
    SOCIAL_AFFAIRS = "social_affairs", _("Officer of social affairs")
    ORGANISATION = "organisation", _("Somebody of an organisation")
    COURT = "court", _("Appointed by a court")
    OTHER = "other", pgettext_lazy("guardian", "Somebody else")


class Guardian(OfPerson):
    """Who stands by a child, and what the child says itself; the newest row holds."""

    victim = models.ForeignKey("victims.Victim", models.PROTECT, related_name="guardians")
    name = models.CharField(_("Name of the guardian"), max_length=200)
    kind = models.CharField(_("Who the guardian is"), max_length=16, choices=GuardianKind)
    since = models.DateField()
    own_view = models.TextField(_("The child's own view"))
    view_language = models.CharField(max_length=60)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["victim", "-recorded_at"], name="guardian_victim")]

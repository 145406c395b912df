"""A person suspected, in one complaint. "Suspect" until a court says more."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from core.models import Versioned, new_reference
from core.paging import Sort
from core.sealed import SealedTextField
from people.models import Person


class SuspectStatus(models.TextChoices):
    """The way to court. From *charged* on, the steps come with the courts' results."""

    NAMED = "named", _("Named")
    WANTED = "wanted", _("Wanted")
    ARRESTED = "arrested", _("Arrested")
    SENT_TO_COURT = "sent_to_court", _("Sent to court")
    CHARGED = "charged", _("Charged")
    ON_TRIAL = "on_trial", _("On trial")
    CONVICTED = "convicted", _("Convicted")
    ACQUITTED = "acquitted", _("Acquitted")
    DISMISSED = "dismissed", _("Dismissed")
    RELEASED = "released", pgettext_lazy("suspect", "Released")


class ArrestKind(models.TextChoices):
    WARRANT = "warrant", _("By warrant")
    FLAGRANTE = "flagrante", _("In the act (flagrante)")


class ProcessRole(models.TextChoices):
    """Role in the process, after HTCDS per_RoleInProcess (IOM, CC BY 4.0, adapted)."""

    RECRUITER = "recruiter_or_intermediary", _("Recruiter or intermediary")
    BROKER = "broker_travel_agent", _("Broker, travel agent")
    TRAVELLED_WITH = "travelling_partner", _("Travelled with the person")
    TRANSPORTER = "transporter", _("Transporter")
    SMUGGLER = "smuggler", _("Smuggler")
    TRANSFERRED = "transferred_individual", _("Handed the person over")
    HARBOURED = "harboured_individual", _("Harboured the person")
    SOLD = "sold_individual", _("Sold the person")
    BOUGHT = "bought_individual", _("Bought the person")
    RECEIVED = "received_individual", _("Received the person")
    CONTROLLED = "controlled_individual", _("Controlled the person")
    EXPLOITER = "exploiter", _("Exploiter")
    ABUSER = "abuser", _("Abuser")
    KIDNAPPER = "kidnapper", _("Kidnapper")
    OTHER = "other", pgettext_lazy("role in the process", "Other")


def suspect_reference() -> str:
    """Return a new reference of a suspect: S-XXXXXXXX."""
    return new_reference("S")


class SuspectQuerySet(ScopedQuerySet["Suspect"]):
    """Questions about suspects."""

    def live(self) -> Self:
        """Keep rows that were not merged into another."""
        return self.filter(merged_into=None)

    def in_custody(self) -> Self:
        """Keep who is arrested and neither handed to the court nor released."""
        return self.live().filter(status=SuspectStatus.ARRESTED)

    def for_list(self) -> Self:
        """Fetch what a list shows, in two queries however many rows."""
        return self.live().select_related("person", "complaint", "province").prefetch_related("person__names")


class Suspect(Versioned):
    """One person suspected in one complaint; its province and handling follow the complaint's."""

    reference = models.CharField(max_length=20, unique=True, default=suspect_reference, editable=False)
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="suspects")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12, default="provincial")
    person = models.ForeignKey(Person, models.PROTECT, related_name="suspects")
    roles = ArrayField(
        models.CharField(max_length=28, choices=ProcessRole),
        default=list,
        blank=True,
        verbose_name=_("Role in the process"),
    )
    public_official = SealedTextField(purpose="contact")
    status = models.CharField(_("Status"), max_length=16, choices=SuspectStatus, default=SuspectStatus.NAMED)
    status_at = models.DateTimeField(default=timezone.now)
    warrant_number = models.CharField(_("Number of the warrant"), max_length=60, blank=True, default="")
    arrested_at = models.DateTimeField(_("Arrested at"), null=True, blank=True)
    arrested_in = models.ForeignKey("provinces.Province", models.PROTECT, null=True, blank=True, related_name="+")
    arrest_unit = models.CharField(_("Unit"), max_length=200, blank=True, default="")
    arrest_kind = models.CharField(max_length=10, choices=ArrestKind, blank=True, default="")
    arrest_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    extension_number = models.CharField(_("Number of the extension"), max_length=60, blank=True, default="")
    extended_on = models.DateField(_("Extended on"), null=True, blank=True)
    custody_warn_at = models.DateTimeField(null=True, blank=True)
    custody_ends_at = models.DateTimeField(null=True, blank=True)
    custody_warned_at = models.DateTimeField(null=True, blank=True)
    custody_over_told_at = models.DateTimeField(null=True, blank=True)
    sent_to_court_on = models.DateField(_("Sent to court on"), null=True, blank=True)
    court = models.ForeignKey("suspects.Court", models.PROTECT, null=True, blank=True, related_name="+")
    released_on = models.DateField(_("Released on"), null=True, blank=True)
    victims = models.ManyToManyField("victims.Victim", related_name="harmed_by", blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")

    objects = SuspectQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "received": Sort("received_at", True, _("Received, latest first")),
        "due": Sort("due_at", False, _("Due, first first")),
        "updated": Sort("updated_at", True, _("Changed, latest first")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["complaint", "person"],
                condition=Q(merged_into=None),
                name="suspect_once_in_a_complaint",
                violation_error_message=_("This person is a suspect in this complaint already."),
            ),
            models.CheckConstraint(
                condition=~Q(status="arrested") | Q(arrested_at__isnull=False),
                name="suspect_arrested_has_its_time",
                violation_error_message=_("An arrest has its date and time."),
            ),
            models.CheckConstraint(
                condition=~Q(status="sent_to_court") | Q(sent_to_court_on__isnull=False, court__isnull=False),
                name="suspect_sent_to_court_has_its_day",
                violation_error_message=_("Sent to court has its date and its court."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["province", "handling", "-received_at", "-id"], name="suspect_received"),
            models.Index(fields=["province", "handling", "due_at", "id"], name="suspect_due"),
            models.Index(fields=["province", "handling", "-updated_at", "-id"], name="suspect_updated"),
            models.Index(fields=["-received_at", "-id"], name="suspect_received_all"),
            models.Index(fields=["due_at", "id"], name="suspect_due_all"),
            models.Index(fields=["-updated_at", "-id"], name="suspect_updated_all"),
            models.Index(fields=["arrested_at"], name="suspect_arrested", condition=Q(arrested_at__isnull=False)),
            models.Index(
                fields=["sent_to_court_on"], name="suspect_to_court", condition=Q(sent_to_court_on__isnull=False)
            ),
            models.Index(
                fields=["custody_warn_at"], name="suspect_custody", condition=Q(status=SuspectStatus.ARRESTED)
            ),
        ]

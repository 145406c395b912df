"""A person suspected, in one complaint. "Suspect" until a court says more."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from core.models import Versioned, new_reference
from core.paging import Sort
from core.sealed import SealedTextField
from people.models import Person
from suspects.models.court import AppealBy, FirstContact, RestraintKind


class SuspectStatus(models.TextChoices):
    """The way to court, and what the court said; a verdict is that of the first instance."""

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
    operation = models.ForeignKey("victims.Operation", models.PROTECT, null=True, blank=True, related_name="arrested")
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
    first_contact_at = models.DateTimeField(_("First questioned or cautioned at"), null=True, blank=True)
    first_contact_kind = models.CharField(max_length=10, choices=FirstContact, blank=True, default="")
    charged_on = models.DateField(_("Charged on"), null=True, blank=True)
    restraint = models.CharField(_("Held by the court"), max_length=24, choices=RestraintKind, blank=True, default="")
    on_trial_on = models.DateField(_("On trial since"), null=True, blank=True)
    verdict_on = models.DateField(_("Verdict on"), null=True, blank=True)
    in_absentia = models.BooleanField(_("In absentia"), null=True, blank=True)
    prison_months = models.PositiveIntegerField(_("Prison, months"), null=True, blank=True)
    suspended_months = models.PositiveIntegerField(_("Of these suspended, months"), null=True, blank=True)
    fine_riel = models.BigIntegerField(_("Fine, riel"), null=True, blank=True)
    compensation_riel = models.BigIntegerField(_("Compensation, riel"), null=True, blank=True)
    confiscated = models.CharField(_("Confiscated"), max_length=500, blank=True, default="")
    confiscated_riel = models.BigIntegerField(_("Confiscated, riel"), null=True, blank=True)
    confiscated_usd = models.BigIntegerField(_("Confiscated, US dollars"), null=True, blank=True)
    settled_on = models.DateField(_("Settled out of court on"), null=True, blank=True)
    appealed_on = models.DateField(_("Appealed on"), null=True, blank=True)
    appealed_by = models.CharField(_("Appealed by"), max_length=12, choices=AppealBy, blank=True, default="")
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
            models.CheckConstraint(
                condition=~Q(status__in=("charged", "on_trial", "convicted", "acquitted"))
                | Q(charged_on__isnull=False),
                name="suspect_charged_has_its_day",
                violation_error_message=_("A charge has its date."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("on_trial", "convicted", "acquitted")) | Q(on_trial_on__isnull=False),
                name="suspect_on_trial_has_its_day",
                violation_error_message=_("A trial has its date."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=("convicted", "acquitted", "dismissed"), verdict_on__isnull=False)
                | ~Q(status__in=("convicted", "acquitted", "dismissed")) & Q(verdict_on=None),
                name="suspect_verdict_has_its_day",
                violation_error_message=_("A verdict has its date."),
            ),
            models.CheckConstraint(
                condition=(Q(charged_on=None) | Q(sent_to_court_on__lte=F("charged_on")))
                & (Q(on_trial_on=None) | Q(charged_on__lte=F("on_trial_on")))
                & (Q(verdict_on=None) | Q(on_trial_on=None) | Q(on_trial_on__lte=F("verdict_on")))
                & (Q(verdict_on=None) | Q(charged_on=None) | Q(charged_on__lte=F("verdict_on"))),
                name="suspect_court_days_in_order",
                violation_error_message=_("The days at court are not in their order."),
            ),
            models.CheckConstraint(
                condition=Q(status="convicted")
                | Q(
                    prison_months=None,
                    suspended_months=None,
                    fine_riel=None,
                    compensation_riel=None,
                    confiscated="",
                    confiscated_riel=None,
                    confiscated_usd=None,
                    in_absentia=None,
                ),
                name="suspect_sentence_needs_a_conviction",
                violation_error_message=_("Only who is convicted has a sentence."),
            ),
            models.CheckConstraint(
                condition=Q(suspended_months=None) | Q(suspended_months__lte=F("prison_months")),
                name="suspect_suspended_within_prison",
                violation_error_message=_("No more can be suspended than was given."),
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
            models.Index(fields=["charged_on"], name="suspect_charged", condition=Q(charged_on__isnull=False)),
            models.Index(fields=["verdict_on"], name="suspect_verdict", condition=Q(verdict_on__isnull=False)),
            models.Index(
                fields=["first_contact_at"], name="suspect_contact", condition=Q(first_contact_at__isnull=False)
            ),
            models.Index(
                fields=["custody_warn_at"], name="suspect_custody", condition=Q(status=SuspectStatus.ARRESTED)
            ),
        ]

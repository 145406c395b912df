"""A referral: one record that both sides read, never a copy; what the receiver reads is a table (`referrals.shown`)."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Grant, User
from accounts.roles import Branch
from accounts.scope import NOTHING, ScopedQuerySet
from core.models import Versioned, new_reference
from core.paging import Sort
from referrals.models.words import (
    BACK,
    RUNNING,
    UNANSWERED,
    UNHELPED,
    ReferralKind,
    ReferralOutcome,
    ReferralStatus,
    ReturnReason,
)

MINISTRY = "00"
FIRST, LAST = (
    datetime(1990, 1, 1, tzinfo=UTC),
    datetime(2200, 1, 1, tzinfo=UTC),
)  # a moment of the year 1 is read by no program
IMMEDIATE, WITHIN_A_NIGHT = "immediate", timedelta(days=1)


WITHOUT_HELP = Q(status__in=BACK) | Q(status=ReferralStatus.COMPLETED, outcome__in=UNHELPED)  # as `is_without_help`
NEW = Q(status__in=RUNNING, is_repeated=False)
OF_COMPLAINT = NEW & Q(victim=None)
ONCE_RUNNING = [
    models.UniqueConstraint(
        fields=fields, condition=condition, name=name, violation_error_message=_("This is referred there already.")
    )
    for name, fields, condition in (
        ("referral_once_running_province", ["victim", "to_province"], NEW),
        ("referral_complaint_once_partner", ["complaint", "to_partner"], OF_COMPLAINT),
        ("referral_complaint_once_province", ["complaint", "to_province"], OF_COMPLAINT & Q(kind="referral")),
    )
]  # a transfer may follow a request for help: `referral_one_transfer` holds it


def referral_reference() -> str:
    """Return a new reference of a referral: R-XXXXXXXX."""
    return new_reference("R")


def _named(user: User) -> Q:
    grants = Grant.objects.active().filter(user_id=user.pk, kind=Grant.Kind.NAMING)
    return Q(complaint_id__in=grants.values("complaint_id"))


class ReferralQuerySet(ScopedQuerySet["Referral"]):
    """The sender's side reads what its complaint's province reads; the receiver what was sent to it, and nothing else."""

    def _shared(self, user: User) -> Q:
        """What was sent to the user's organisation or province, the transfers it sent itself, and what hangs on a naming."""
        if not user.is_active or user.role in ("admin", "system"):
            return NOTHING
        if user.role == "partner":
            ours = Q(to_partner__reference=user.partner_id, to_partner__is_active=True)
            ours |= Q(from_partner__reference=user.partner_id, from_partner__is_active=True)
            return ours if user.partner_id else NOTHING
        shared = _named(user)
        if user.table.branch == Branch.PROVINCES and user.posted_provinces:
            here = sorted(user.posted_provinces)
            shared |= Q(to_province_id__in=here) & ~Q(handling="sealed")
            shared |= Q(
                from_province_id__in=here, handling="provincial", kind=ReferralKind.TRANSFER
            )  # what became of it
        return shared

    def live(self) -> Self:
        """Keep all: referrals are not merged."""
        return self.all()

    def running(self) -> Self:
        """Keep what was neither returned, completed nor recalled."""
        return self.filter(status__in=RUNNING)

    def unanswered(self) -> Self:
        """Keep what nobody accepted or returned yet."""
        return self.filter(status__in=UNANSWERED)

    def overdue(self, now: datetime) -> Self:
        """Keep the unanswered whose time ran out."""
        return self.unanswered().filter(due_at__lt=now)

    def homeless(self) -> Self:
        """Keep what came back or ended without help, and without anybody else being asked: nobody may be dropped."""
        return self.filter(WITHOUT_HELP, settled=False, followed_by=None)

    def named_for(self, user: User) -> Self:
        """Keep what hangs on complaints the user is named for: the sealed ones stand in nobody's own branch but integrity's."""
        return self.filter(_named(user))

    def for_list(self) -> Self:
        """Fetch what a list shows, in two queries however many rows."""
        related = ("complaint", "province", "to_partner", "to_province", "from_partner", "victim__person")
        return self.select_related(*related).prefetch_related("victim__person__names")


class Referral(Versioned):
    """One person (or complaint) shared with a partner or a province. `after` names the one it takes the place of."""

    reference = models.CharField(max_length=20, unique=True, default=referral_reference, editable=False)
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="referrals")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    victim = models.ForeignKey("victims.Victim", models.PROTECT, null=True, blank=True, related_name="referrals")
    kind = models.CharField(max_length=8, choices=ReferralKind, default=ReferralKind.REFERRAL)
    to_partner = models.ForeignKey("partners.Partner", models.PROTECT, null=True, blank=True, related_name="referrals")
    to_province = models.ForeignKey("provinces.Province", models.PROTECT, null=True, blank=True, related_name="+")
    from_partner = models.ForeignKey("partners.Partner", models.PROTECT, null=True, blank=True, related_name="sent")
    from_province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    after = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    status = models.CharField(_("Status"), max_length=12, choices=ReferralStatus, default=ReferralStatus.SENT)
    status_at = models.DateTimeField(default=timezone.now)
    message = models.TextField(_("What is asked"), blank=True, default="")
    needs_tonight = models.CharField(_("Needs tonight"), max_length=500, blank=True, default="")
    language = models.CharField(_("Language"), max_length=120, blank=True, default="")
    health = models.CharField(_("Health"), max_length=500, blank=True, default="")
    papers = models.CharField(_("Papers"), max_length=300, blank=True, default="")
    brought_by = models.CharField(_("Who brings the person"), max_length=200, blank=True, default="")
    brought_at = models.DateTimeField(null=True, blank=True)
    contact = models.CharField(_("Our contact"), max_length=200, blank=True, default="")
    placement_paper = models.CharField(_("Placement paper (number)"), max_length=80, blank=True, default="")
    emergency = models.BooleanField(default=False)
    grant_id = models.UUIDField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    remind_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    escalate_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True, default="")
    in_time = models.BooleanField(null=True, blank=True)
    return_reason = models.CharField(max_length=12, choices=ReturnReason, blank=True, default="")
    outcome = models.CharField(max_length=12, choices=ReferralOutcome, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    settled = models.BooleanField(default=False)
    is_repeated = models.BooleanField(default=False, db_default=False, editable=False)  # sent before that was refused

    objects = ReferralQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "received": Sort("received_at", True, _("Sent, latest first")),
        "due": Sort("due_at", False, _("Due, first first")),
        "updated": Sort("updated_at", True, _("Changed, latest first")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(to_partner__isnull=False, to_province__isnull=True)
                | Q(to_partner__isnull=True, to_province__isnull=False),
                name="referral_one_receiver",
                violation_error_message=_("Choose one receiver."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="transfer") | Q(to_province__isnull=False, victim__isnull=True),
                name="referral_transfer_of_a_complaint",
            ),
            models.CheckConstraint(
                condition=Q(brought_at=None) | Q(brought_at__gte=FIRST, brought_at__lt=LAST),
                name="referral_brought_in_our_time",
                violation_error_message=_("Give a day from yesterday on, and at most thirty days ahead."),
            ),
            models.CheckConstraint(
                condition=Q(from_partner=None) | Q(contact=""),
                name="referral_reporter_stays_sealed",
                violation_error_message=_("How a partner that reports is reached stands sealed with its complaint."),
            ),
            models.UniqueConstraint(
                fields=["victim", "to_partner"],
                condition=Q(status__in=RUNNING),
                name="referral_once_running_partner",
                violation_error_message=_("This is referred there already."),
            ),
            *ONCE_RUNNING,
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(kind="transfer", status__in=RUNNING),
                name="referral_one_transfer",
                violation_error_message=_("A transfer of this complaint waits already. Recall it first."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["province", "handling", "-received_at", "-id"], name="referral_received"),
            models.Index(fields=["province", "handling", "due_at", "id"], name="referral_due"),
            models.Index(fields=["province", "handling", "-updated_at", "-id"], name="referral_updated"),
            models.Index(fields=["-received_at", "-id"], name="referral_received_all"),
            models.Index(fields=["to_partner", "-received_at", "-id"], name="referral_partner"),
            models.Index(fields=["to_province", "-received_at", "-id"], name="referral_province"),
            models.Index(fields=["due_at", "id"], name="referral_waits", condition=Q(status__in=UNANSWERED)),
            models.Index(fields=["victim"], name="referral_victim"),
            models.Index(
                fields=["province", "id"],
                name="referral_back",
                condition=WITHOUT_HELP & Q(settled=False),
            ),
        ]

    @property
    def limit_kind(self) -> str:
        """Return whose time to answer it is."""
        if self.kind == ReferralKind.TRANSFER:
            return "transfer"
        if self.to_partner is not None:
            return str(self.to_partner.kind)
        return "ministry" if self.to_province_id == MINISTRY else "province"

    @property
    def urgency(self) -> str:
        """Return the urgency its notices leave with: immediate while somebody has less than a day to take a person in, else the complaint's.

        What came back in such a hurry is as urgent: the person stands at a door that stays shut.
        """
        pressing = self.is_unanswered or self.status == ReferralStatus.RETURNED
        if pressing and self.due_at - self.received_at < WITHIN_A_NIGHT:
            return IMMEDIATE
        return str(self.complaint.urgency)

    @property
    def is_running(self) -> bool:
        """Return whether it was neither returned, completed nor recalled."""
        return self.status in RUNNING

    @property
    def is_without_help(self) -> bool:
        """Return whether it came back, or ended with nobody helping the person (`WITHOUT_HELP`)."""
        return self.status in BACK or (self.status == ReferralStatus.COMPLETED and self.outcome in UNHELPED)

    @property
    def is_unanswered(self) -> bool:
        """Return whether nobody accepted or returned it yet."""
        return self.status in UNANSWERED

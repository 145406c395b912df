"""A file somebody asked for: what it holds, where it stands, who had it."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Posting
from complaints.models import Complaint
from core.models import UUIDModel, new_reference
from core.paging import Sort
from core.sealed import SealedTextField, open_sealed
from workflow.approvals import MINISTRY

READ = "export.read"
OVERSEE = "export.oversee"
APPROVE = "export.approve"
CASE = "case"  # the list that is the summary of one complaint


class State(models.TextChoices):
    ASKED = "asked", _("Waits for a second person")
    QUEUED = "queued", pgettext_lazy("export", "Waits for its turn")
    RUNNING = "running", pgettext_lazy("export", "Being made")
    READY = "ready", pgettext_lazy("export", "Ready")
    FAILED = "failed", pgettext_lazy("export", "Failed")
    REFUSED = "refused", pgettext_lazy("export", "Refused")
    CANCELLED = "cancelled", pgettext_lazy("export", "Cancelled")
    EXPIRED = "expired", pgettext_lazy("export", "Expired")


class Format(models.TextChoices):
    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Spreadsheet (XLSX)")
    PDF = "pdf", _("PDF")
    JSON = "json", _("HTCDS 2.0 (JSON)")


class Problem(models.TextChoices):
    """Why there is no file (any more), for who asked."""

    NONE = "", ""
    RIGHTS = "rights", _("Your account or role no longer allows this export.")
    SCOPE = "scope", _("You may no longer see everything that is in this file. Ask for a new one.")
    TOO_MUCH = "too_much", _("This is too much for the format. Filter the list, or take CSV.")
    STOPPED = "stopped", _("The worker stopped several times while the file was made. Try again later.")
    DISK = "disk", _("The file could not be written on the server. Tell your administrator.")
    GONE = "gone", _("The file is not on the server any more. Ask for a new one.")
    BROKEN = "broken", _("Something went wrong on the server. Try again.")


# Which state may follow which; the rows change by `move` alone.
STEPS: dict[State, frozenset[State]] = {
    State.ASKED: frozenset({State.QUEUED, State.REFUSED, State.CANCELLED}),
    State.QUEUED: frozenset({State.RUNNING, State.CANCELLED, State.FAILED}),
    State.RUNNING: frozenset({State.RUNNING, State.READY, State.FAILED, State.CANCELLED}),
    State.READY: frozenset({State.EXPIRED, State.FAILED}),
}
OPEN = (State.ASKED, State.QUEUED, State.RUNNING)
# Rows that a format can hold: a paper that somebody reads, a sheet as spreadsheets have it.
MOST_ROWS = {Format.PDF: 3_000, Format.XLSX: 1_048_000}


def export_reference() -> str:
    """Return a new reference of an export: EX-XXXXXXXX."""
    return new_reference("EX")


NAMED = KeyTextTransform(0, KeyTransform("reference", OuterRef("coded")))  # the complaint of a summary


class ExportJobQuerySet(models.QuerySet["ExportJob"]):
    """Questions about exports."""

    def visible_to(self, user: Any) -> Self:
        """Keep one's own; who oversees exports sees all of them, without their files.

        The summary of a complaint names it: to whom that complaint does not exist, neither does its summary, except to
        who reads of it in the audit anyway.
        """
        if not user.is_active:
            return self.none()
        own = Q(by_id=user.pk)
        if not user.may(OVERSEE):
            return self.filter(own)
        if user.may("audit.read"):
            return self.all()
        seen = Complaint.objects.visible_to(user).filter(reference=NAMED)
        return self.filter(own | ~Q(listing=CASE) | Exists(seen))

    def for_second(self, user: Any) -> Self:
        """Keep what waits for a second person and was asked for by another, outside the provinces the user is posted to.

        Who is posted nowhere is asked for by no day, so that what the bell asks is written once (`notifications.context`). A summary is
        decided by whose branch its complaint is.
        """
        if not user.may(APPROVE):
            return self.none()
        own = Complaint.objects.of_own_provinces(user).filter(reference=NAMED)
        rows = self.filter(state=State.ASKED).exclude(by_id=user.pk).filter(~Q(listing=CASE) | Exists(own))
        if other := set(user.posted_provinces) - {MINISTRY}:
            there = Posting.objects.active().filter(province_id__in=sorted(other))
            rows = rows.exclude(by_id__in=there.values("user_id"))
        return rows

    def stuck(self, now: datetime) -> Self:
        """Keep what no worker is at: nobody renewed its lease."""
        return self.filter(state=State.RUNNING, lease_until__lt=now)

    def move(self, to: State, *sources: State, **values: Any) -> int:
        """Change the state of these rows where they stand in one of the sources; return how many there were."""
        for source in sources:
            if to not in STEPS.get(source, frozenset()):
                raise ValueError(f"an export does not go from {source} to {to}")
        return self.filter(state__in=sources).update(state=to, **values)


class ExportJob(UUIDModel):
    """One export. Its filter may name a person, so it is sealed; `coded` is what others may read of it.

    `key` is the passphrase, sealed until the file is there and the passphrase was shown; then only its hash is left.
    `token` and `lease_until` say which worker is at it: without its token nobody writes.
    """

    reference = models.CharField(max_length=20, unique=True, default=export_reference, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    listing = models.CharField(max_length=20)
    query = SealedTextField(purpose="export")
    coded = models.JSONField(default=dict)
    format = models.CharField(max_length=4, choices=Format)
    columns = models.JSONField(default=list)
    identities = models.BooleanField(default=False)
    purpose = models.CharField(max_length=20)
    recipient = models.CharField(_("Who gets the file"), max_length=200)
    language = models.CharField(max_length=5, default="km")
    approval = models.ForeignKey("workflow.Approval", models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=2_000, blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    problem = models.CharField(max_length=10, choices=Problem, blank=True, default=Problem.NONE)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    key = SealedTextField(purpose="export")
    key_hash = models.CharField(max_length=128, blank=True, default="")
    key_shown_at = models.DateTimeField(null=True)
    bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    downloads = models.PositiveIntegerField(default=0)

    objects = ExportJobQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {"asked": Sort("asked_at", True, _("Asked for, latest first"))}

    class Meta:
        app_label = "reports"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="export_state_known"),
            models.CheckConstraint(
                condition=~Q(identities=True) | Q(approval__isnull=False) | Q(state=State.CANCELLED),
                name="export_identities_have_an_approval",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RUNNING) | Q(token__isnull=False, lease_until__isnull=False),
                name="export_running_is_leased",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["by", "-asked_at", "-id"], name="export_of_somebody"),
            models.Index(fields=["-asked_at", "-id"], name="export_all"),
            models.Index(
                fields=["state", "asked_at"],
                name="export_open",
                condition=Q(state__in=["asked", "queued", "running", "ready"]),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def params(self) -> QueryDict:
        """Return the filter and the order as the list's address has them."""
        return QueryDict(open_sealed(self, "query"))

    @property
    def is_open(self) -> bool:
        """Return whether there may still be a file."""
        return self.state in OPEN

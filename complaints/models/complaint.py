"""One allegation being handled."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import Grant
from accounts.scope import Among, ScopedQuerySet
from complaints.models.contact import Channel
from complaints.models.ledger import SEEKS
from complaints.models.words import ExploitationForm, Finding, Handling, Missing, Outcome, Status, Urgency, Withdrawer
from core.models import Versioned, new_reference
from core.paging import Sort
from core.sealed import SealedTextField
from core.text import clean

OPEN = [status for status in Status.values if status != Status.CLOSED]
PROPOSED = [Status.OUTCOME_PROPOSED, Status.CLOSING_PROPOSED]
UNLEFT = {Outcome.UNSUBSTANTIATED, Outcome.INSUFFICIENT, Outcome.WITHDRAWN}


def complaint_reference() -> str:
    """Return a new reference of a complaint: KH-year-XXXXXX."""
    return new_reference("KH")


def first_words(text: str) -> str:
    """Return the first sentence of a text, cut to a line."""
    line = clean(text).split("\n", 1)[0]
    for stop in (". ", "។", "? ", "! "):
        line = line.split(stop, 1)[0]
    return Truncator(line.strip(" .")).chars(90)


class ComplaintQuerySet(ScopedQuerySet["Complaint"]):
    """Questions about complaints."""

    complaint_lookup = "id"

    def live(self) -> Self:
        """Keep complaints that were not merged into another."""
        return self.filter(merged_into=None)

    def open(self) -> Self:
        """Keep complaints that are not closed."""
        return self.live().filter(status__in=OPEN)

    def unacknowledged(self) -> Self:
        """Keep complaints nobody took responsibility for yet."""
        return self.live().filter(status=Status.NEW)

    def overdue(self, now: Any) -> Self:
        """Keep open complaints whose clock ran out before `now`."""
        return self.open().filter(due_at__lt=now)

    def answer_due(self, now: Any) -> Self:
        """Keep complaints, also closed ones, whose reporter is owed a word before `now`."""
        return self.live().filter(answer_due_at__lt=now)

    def answered_for_by(self, user: Any) -> Self:
        """Keep complaints a user answers for, and may hand on: of the own branch, or where they are named. Who helps does not."""
        return self.filter(self._answered_for(user))

    def with_answering(self, user: Any) -> Self:
        """Say of each row whether the user answers for it (`answers_for`); no query of its own."""
        answers = Case(When(self._answered_for(user), then=Value(True)), default=Value(False))
        return self.annotate(answers_for=answers)

    def _answered_for(self, user: Any) -> Q:
        named = Grant.objects.active().filter(kind=Grant.Kind.NAMING, user_id=user.pk).values("complaint_id")
        return self._own(user) | Q(Among(F("pk"), ArraySubquery(named)))

    def for_list(self) -> Self:
        """Fetch what a list shows in one query; the story and sealed fields stay behind."""
        return self.live().select_related("province", "province_of_incident", "district", "site", "officer")


class Complaint(Versioned):
    """A complaint. `province` is the responsible one (row 00: the ministry); only steps change it."""

    reference = models.CharField(max_length=20, unique=True, default=complaint_reference, editable=False)
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(_("Handling"), max_length=12, choices=Handling, default=Handling.PROVINCIAL)
    province_of_report = models.ForeignKey(
        "provinces.Province", models.PROTECT, null=True, blank=True, related_name="+"
    )
    country_of_report = models.CharField(max_length=2, blank=True, default="")
    province_of_incident = models.ForeignKey(
        "provinces.Province", models.PROTECT, null=True, blank=True, related_name="+"
    )
    country_of_incident = models.CharField(max_length=2, blank=True, default="")
    district = models.ForeignKey("provinces.District", models.PROTECT, null=True, blank=True, related_name="+")
    commune = models.ForeignKey("provinces.Commune", models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey("provinces.Site", models.PROTECT, null=True, blank=True, related_name="+")
    exact_spot = models.CharField(_("Exact spot"), max_length=300, blank=True, default="")
    channel = models.CharField(_("Channel"), max_length=20, choices=Channel)
    received_at = models.DateTimeField(_("Received at"))
    logged_at = models.DateTimeField(default=timezone.now)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    narrative = models.TextField(_("What is said"))
    forms = ArrayField(
        models.CharField(max_length=40, choices=ExploitationForm), default=list, blank=True, verbose_name=_("Forms")
    )
    main_form = models.CharField(max_length=40, blank=True, default="")
    urgency = models.CharField(_("Urgency"), max_length=10, choices=Urgency, default=Urgency.NORMAL)
    not_local_police = models.BooleanField(default=False)
    names_official = models.BooleanField(default=False)
    official = SealedTextField(purpose="contact")
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.NEW)
    status_at = models.DateTimeField(default=timezone.now)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("Outcome"), max_length=24, choices=Outcome, blank=True, default="")
    finding = models.CharField(max_length=20, choices=Finding, blank=True, default="")
    outcome_at = models.DateTimeField(null=True, blank=True)
    proposed_outcome = models.CharField(max_length=24, choices=Outcome, blank=True, default="")
    proposed_finding = models.CharField(max_length=20, choices=Finding, blank=True, default="")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    withdrawn_by = models.CharField(max_length=12, choices=Withdrawer, blank=True, default="")
    withdrawn_alone = models.BooleanField(null=True, blank=True)
    withdrawn_pressed = models.BooleanField(null=True, blank=True)
    missing = ArrayField(models.CharField(max_length=16, choices=Missing), default=list, blank=True)
    next_attempt_on = models.DateField(null=True, blank=True)
    number_low = models.PositiveIntegerField(null=True, blank=True)
    number_reported = models.PositiveIntegerField(_("People reported"), null=True, blank=True)
    number_high = models.PositiveIntegerField(null=True, blank=True)
    n_people = models.PositiveIntegerField(default=0, editable=False)
    n_rescued = models.PositiveIntegerField(default=0, editable=False)
    n_left = models.PositiveIntegerField(default=0, editable=False)
    n_declined = models.PositiveIntegerField(default=0, editable=False)
    n_not_found = models.PositiveIntegerField(default=0, editable=False)
    n_deceased = models.PositiveIntegerField(default=0, editable=False)
    n_found_unreported = models.PositiveIntegerField(default=0, editable=False)
    n_unscreened = models.PositiveIntegerField(default=0, editable=False)
    clock_from = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    acknowledge_due_at = models.DateTimeField(default=timezone.now)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    silent_due_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")

    objects = ComplaintQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "received": Sort("received_at", True, _("Received, latest first")),
        "due": Sort("due_at", False, _("Due, first first")),
        "updated": Sort("updated_at", True, _("Changed, latest first")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["id", "province", "handling"], name="complaint_scope_key"),
            models.CheckConstraint(
                condition=Q(number_reported__isnull=True) | Q(n_people__lte=F("number_reported")),
                name="complaint_number_covers_people",
                violation_error_message=_("More people stand in this complaint than are reported."),
            ),
            models.CheckConstraint(
                condition=Q(received_at__lte=F("logged_at")),
                name="complaint_received_before_logged",
                violation_error_message=_("It cannot be received after it was logged."),
            ),
            models.CheckConstraint(
                condition=Q(number_reported__isnull=True) | Q(number_reported__gte=1), name="complaint_number_positive"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["province", "handling", "-received_at", "-id"], name="complaint_received"),
            models.Index(fields=["province", "handling", "due_at", "id"], name="complaint_due"),
            models.Index(fields=["province", "handling", "-updated_at", "-id"], name="complaint_updated"),
            models.Index(fields=["province", "status", "-received_at", "-id"], name="complaint_status"),
            models.Index(fields=["-received_at", "-id"], name="complaint_received_all"),
            models.Index(fields=["due_at", "id"], name="complaint_due_all"),
            models.Index(fields=["-updated_at", "-id"], name="complaint_updated_all"),
            models.Index(fields=["status", "-logged_at", "-id"], name="complaint_logged"),
            models.Index(fields=["status_at"], name="complaint_status_at"),
            # What waits for somebody is little beside what is closed: the work page reads only that.
            models.Index(fields=["due_at", "id"], name="complaint_due_open", condition=Q(status__in=OPEN)),
            models.Index(fields=["officer", "due_at", "id"], name="complaint_mine", condition=Q(status__in=OPEN)),
            models.Index(fields=["silent_due_at", "id"], name="complaint_silent", condition=Q(status="acknowledged")),
            models.Index(
                fields=["answer_due_at", "id"], name="complaint_answer_due", condition=Q(answer_due_at__isnull=False)
            ),
            models.Index(fields=["status_at", "id"], name="complaint_proposed", condition=Q(status__in=PROPOSED)),
            models.Index(fields=["due_at", "id"], name="complaint_led", condition=~Q(handling=Handling.PROVINCIAL)),
            models.Index(fields=["received_at", "id"], name="complaint_seeks", condition=SEEKS),
        ]

    @property
    def headline(self) -> str:
        """Return what happened to whom, in the first words of the narrative; not for page titles or logs."""
        return first_words(self.narrative)

    @property
    def n_reported(self) -> int:
        """Return how many are reported: the likely number, else the people listed."""
        return self.n_people if self.number_reported is None else self.number_reported

    @property
    def ledger(self) -> dict[str, int]:
        """Return the ledger; reported = rescued + left_on_own + declined + not_found + deceased + sought."""
        ended = self.n_rescued + self.n_left + self.n_declined + self.n_not_found + self.n_deceased
        return {
            "reported": self.n_reported,
            "rescued": self.n_rescued,
            "left_on_own": self.n_left,
            "declined": self.n_declined,
            "not_found": self.n_not_found,
            "deceased": self.n_deceased,
            "sought": self.n_reported - ended,
            "found_unreported": self.n_found_unreported,
        }

    @property
    def may_leave_people_sought(self) -> bool:
        """Return whether it may close while people are sought: they stay on the list of missing people."""
        return self.outcome in UNLEFT


class NumberRevisionQuerySet(ScopedQuerySet["NumberRevision"]):
    """Changes of numbers, scoped like their complaint."""


class NumberRevision(models.Model):
    """One change of the number reported: who, when, why; lowering needs a second person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="number_revisions")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    before = models.PositiveIntegerField(null=True)
    after = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = NumberRevisionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(before__isnull=True)
                | Q(after__gte=F("before"))
                | Q(approved_by__isnull=False) & ~Q(approved_by=F("by")),
                name="number_lowered_by_two_people",
                violation_error_message=_("Lowering the number reported needs a second person."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["complaint", "-at"], name="number_revision_complaint")]

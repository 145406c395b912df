"""How word reached us, and who brought it: the most protected data there is."""

import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from complaints.models.words import Handling, Urgency
from core.models import UUIDModel, Versioned, new_reference
from core.paging import Sort
from core.phones import KEY_VERSION
from core.sealed import SealedTextField


class Channel(models.TextChoices):
    HOTLINE = "hotline", _("Hotline")
    FACEBOOK_MESSAGE = "facebook_message", _("Facebook message")
    FACEBOOK_COMMENT = "facebook_comment", _("Facebook comment")
    PUBLIC_FORM = "public_form", _("Public form")
    WALK_IN = "walk_in", _("Walk-in")
    LETTER = "letter", _("Letter")
    EMAIL = "email", _("E-mail")
    TELEGRAM = "telegram", _("Telegram")
    OFFICIAL_REQUEST = "official_request", _("Official request")
    FOUND_IN_OPERATION = "found_in_operation", _("Found in operation")
    IMPORT = "import", _("Import")


class Relation(models.TextChoices):
    """Who told us."""

    SELF = "self", _("The person themself")
    FAMILY = "family", _("Family")
    FRIEND = "friend", _("Friend")
    WITNESS = "witness", _("Witness")
    CO_WORKER = "co_worker", _("Co-worker")
    CLIENT = "client", _("Client")
    NGO = "ngo", _("Organisation (NGO)")
    EMBASSY = "embassy", _("Embassy")
    OTHER_AGENCY = "other_agency", _("Other agency")
    OFFICER = "officer", pgettext_lazy("relation", "Officer")
    ANONYMOUS = "anonymous", _("Does not say")


class ContactStatus(models.TextChoices):
    """What became of a contact; one that belongs to a complaint is filed, and no other.

    Held: one of a flood of reports, kept apart so that the others are read; a person looks through them. One that says
    an official takes part is sealed there too: integrity officers alone see it, until it becomes the sealed complaint.
    """

    WAITING = "waiting", pgettext_lazy("contact", "Waiting")
    FILED = "filed", pgettext_lazy("contact", "In a complaint")
    ANSWERED = "answered", pgettext_lazy("contact", "Answered")
    LISTED = "listed", pgettext_lazy("contact", "Its names are entered")
    SET_ASIDE = "set_aside", pgettext_lazy("contact", "Set aside")
    HELD = "held", pgettext_lazy("contact", "Held apart")


ASIDE_LATELY = datetime.timedelta(days=3)
ON_THE_CLOCK = (ContactStatus.WAITING, ContactStatus.HELD)


def contact_reference() -> str:
    """Return a new reference of a contact: C-XXXXXXXX."""
    return new_reference("C")


RANK = 10**11  # seconds: more than any moment has


def turn_of(urgency: str, moment: Any) -> int:
    """Return the place in the queue: what is urgent stands before what is not, then what is due first, so what is late.

    `moment` is the limit of what waits; of what never waited, when it was received.
    """
    return Urgency(urgency).rank * RANK + int(moment.timestamp())


class ContactQuerySet(ScopedQuerySet["Contact"]):
    """Contacts, scoped like the complaint they belong to; without one they are the ministry's."""

    def live(self) -> Self:
        """Keep every contact: none is ever merged."""
        return self.all()

    def waiting(self) -> Self:
        """Keep contacts that nobody dealt with yet."""
        return self.filter(status=ContactStatus.WAITING)

    def on_the_clock(self) -> Self:
        """Keep what somebody is to deal with in time: what waits, and of what is held apart what may be a danger.

        A flood is no reason to leave it: who keeps it up would else silence everybody.
        """
        pressing = Q(turn__lt=(Urgency.HIGH.rank + 1) * RANK)
        held = Q(status=ContactStatus.HELD) & pressing
        return self.filter(Q(status=ContactStatus.WAITING) | held, status__in=ON_THE_CLOCK)

    def late(self, now: Any) -> Self:
        """Keep contacts that wait, or are held apart and may be a danger, and whose clock is over."""
        return self.on_the_clock().filter(due_at__lt=now)

    def aside_lately(self, now: Any) -> Self:
        """Keep what was set aside in the last days though somebody said something: a second person looks at it."""
        since = now - ASIDE_LATELY
        return self.filter(status=ContactStatus.SET_ASIDE, status_at__gt=since).exclude(narrative="")

    def held(self) -> Self:
        """Keep reports of a flood that nobody looked through yet."""
        return self.filter(status=ContactStatus.HELD)

    def immediate(self) -> Self:
        """Keep what speaks of somebody in danger now: as said, else as its words propose."""
        return self.filter(turn__lt=RANK)

    def for_list(self) -> Self:
        """Fetch what a list shows in one query; sealed words stay behind."""
        return self.select_related("complaint").defer("raw", "complaint__narrative", "complaint__official")


class Contact(Versioned):
    """One call, message or form as it came in. Many contacts can belong to one complaint; spam to none.

    `urgency` is what was said by who logged it, empty where nobody said; `turn` its place among those that wait, `due_at`
    until when somebody is to deal with it: it runs from receipt, or from when it was brought back. `seconds` is how long a
    call of the hotline lasted, where its clock ran.
    """

    class Kind(models.TextChoices):
        NEW_REPORT = "new_report", _("New report")
        MORE = "more", _("More about one")
        ENQUIRY = "enquiry", _("Enquiry")
        NAMES = "list_of_names", _("List of names")
        SPAM = "spam", _("Spam")
        WRONG_NUMBER = "wrong_number", _("Wrong number")

    reference = models.CharField(max_length=20, unique=True, default=contact_reference, editable=False)
    status = models.CharField(_("Status"), max_length=12, choices=ContactStatus, default=ContactStatus.WAITING)
    status_at = models.DateTimeField(default=timezone.now)
    channel = models.CharField(max_length=20, choices=Channel)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.NEW_REPORT)
    urgency = models.CharField(max_length=10, choices=Urgency, blank=True, default="")
    turn = models.BigIntegerField(default=0, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    language = models.CharField(max_length=40, blank=True, default="")
    received_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(_("Length of the call"), null=True, editable=False)
    logged_at = models.DateTimeField(default=timezone.now)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, null=True, related_name="contacts")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12, choices=Handling, default=Handling.PROVINCIAL)
    province_of_report = models.ForeignKey("provinces.Province", models.PROTECT, null=True, related_name="+")
    # Of a letter, an e-mail, an official request or a visit; the office of an official request alone (`complaints.came`).
    letter_number = models.CharField(max_length=80, blank=True, default="", db_default="")
    dated_on = models.DateField(null=True)
    office = models.CharField(max_length=200, blank=True, default="", db_default="")
    subject = models.CharField(max_length=300, blank=True, default="", db_default="")
    answer_by = models.DateField(null=True)
    counter = models.CharField(max_length=200, blank=True, default="", db_default="")
    raw = SealedTextField(purpose="contact")
    # What the rules propose of `raw`, kept as codes (services/kept_signs.py), and the mark of the rules it was read by.
    signs_mark = models.CharField(max_length=32, default="", db_default="", editable=False)
    signs = ArrayField(models.CharField(max_length=20), default=list, db_default=[], editable=False)
    signs_official = models.BooleanField(default=False, db_default=False, editable=False)
    # While it waits, what was said, for whoever deals with it; later what it adds to its complaint, for whoever handles
    # that: the words of the first contact are the complaint's own narrative, and its kind of call alone stands here.
    narrative = models.TextField(_("What is said"), blank=True, default="")

    objects = ContactQuerySet.as_manager()

    @property
    def haste(self) -> Urgency:
        """Return how urgent it is in the queue: as said, else as its words propose."""
        return list(Urgency)[self.turn // RANK]

    @property
    def has_clock(self) -> bool:
        """Return whether somebody is to deal with it in time (`ContactQuerySet.on_the_clock`)."""
        pressing = self.turn < (Urgency.HIGH.rank + 1) * RANK
        return self.status == ContactStatus.WAITING or (self.status == ContactStatus.HELD and pressing)

    SORTS: ClassVar[dict[str, Sort]] = {
        "turn": Sort("turn", False, _("Urgent first, then what is due first")),
        "received": Sort("received_at", True, _("Received, latest first")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(status=ContactStatus.FILED, complaint__isnull=False)
                | ~Q(status=ContactStatus.FILED) & Q(complaint__isnull=True),
                name="contact_filed_in_a_complaint",
                violation_error_message=_("A contact is filed when it belongs to a complaint, and only then."),
            ),
            models.CheckConstraint(
                condition=~Q(status=ContactStatus.WAITING) | Q(due_at__isnull=False), name="contact_waiting_has_a_limit"
            ),
            models.CheckConstraint(
                condition=Q(complaint__isnull=False)
                | ~Q(handling=Handling.SEALED)
                | Q(status__in=(ContactStatus.HELD, ContactStatus.SET_ASIDE)),
                name="contact_sealed_stands_apart",
                violation_error_message=_(
                    "It says that an official takes part: let in, it becomes a sealed complaint."
                ),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["due_at", "id"], name="contact_due", condition=Q(status__in=ON_THE_CLOCK)),
            models.Index(fields=["status_at", "id"], name="contact_aside", condition=Q(status=ContactStatus.SET_ASIDE)),
            models.Index(fields=["turn", "id"], name="contact_waiting", condition=Q(status=ContactStatus.WAITING)),
            models.Index(fields=["turn", "id"], name="contact_held", condition=Q(status=ContactStatus.HELD)),
            models.Index(fields=["turn", "id"], name="contact_turn"),
            GinIndex(
                OpClass(Upper("narrative"), name="gin_trgm_ops"), name="contact_words", condition=Q(complaint=None)
            ),
            models.Index(fields=["-received_at", "-id"], name="contact_received_all"),
        ]


class Reporter(UUIDModel):
    """Who told us, sealed; read only through `complaints.services.reveal`. The phone is found by keyed hash only.

    `key_version` is the way of making numbers (`core.phones`) that the hash was made in; 0: before it was counted.
    """

    contact = models.OneToOneField(Contact, models.PROTECT, related_name="reporter")
    relation = models.CharField(max_length=14, choices=Relation, default=Relation.ANONYMOUS)
    name = SealedTextField(purpose="reporter")
    phone = SealedTextField(purpose="reporter")
    address = SealedTextField(purpose="reporter")
    safe_contact = SealedTextField(purpose="reporter")
    phone_hash = models.BinaryField(max_length=32, null=True, editable=False)
    key_version = models.PositiveSmallIntegerField(default=KEY_VERSION, db_default=0, editable=False)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["phone_hash"], name="reporter_phone_hash"),
            models.Index(fields=["key_version", "id"], name="reporter_key_version"),
        ]


def first_relation(complaint: str = "pk") -> Subquery:
    """Return what the first reporter of a complaint is to the people in it, never who; the path leads to the complaint."""
    told = Reporter.objects.filter(contact__complaint=OuterRef(complaint)).order_by("contact__received_at", "pk")
    return Subquery(told.values("relation")[:1])

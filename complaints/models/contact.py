"""How word reached us, and who brought it: the most protected data there is."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scope import ScopedQuerySet
from complaints.models.words import Handling
from core.models import UUIDModel
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


class ContactQuerySet(ScopedQuerySet["Contact"]):
    """Contacts, scoped like the complaint they belong to."""


class Contact(UUIDModel):
    """One call, message or form as it came in. Many contacts can belong to one complaint; spam to none."""

    class Kind(models.TextChoices):
        NEW_REPORT = "new_report", _("New report")
        MORE = "more", _("More about one")
        ENQUIRY = "enquiry", _("Enquiry")
        NAMES = "list_of_names", _("List of names")
        SPAM = "spam", _("Spam")
        WRONG_NUMBER = "wrong_number", _("Wrong number")

    channel = models.CharField(max_length=20, choices=Channel)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.NEW_REPORT)
    received_at = models.DateTimeField()
    logged_at = models.DateTimeField(default=timezone.now)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, null=True, related_name="contacts")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12, choices=Handling, default=Handling.PROVINCIAL)
    province_of_report = models.ForeignKey("provinces.Province", models.PROTECT, null=True, related_name="+")
    raw = SealedTextField(purpose="contact")
    # What it adds to its complaint, for whoever handles that; of the first contact it is the complaint's own narrative.
    narrative = models.TextField(_("What is said"), blank=True, default="")

    objects = ContactQuerySet.as_manager()


class Reporter(UUIDModel):
    """Who told us, sealed; read only through `complaints.services.reveal`. The phone is found by keyed hash only."""

    contact = models.OneToOneField(Contact, models.PROTECT, related_name="reporter")
    relation = models.CharField(max_length=14, choices=Relation, default=Relation.ANONYMOUS)
    name = SealedTextField(purpose="reporter")
    phone = SealedTextField(purpose="reporter")
    address = SealedTextField(purpose="reporter")
    safe_contact = SealedTextField(purpose="reporter")
    phone_hash = models.BinaryField(max_length=32, null=True, editable=False)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["phone_hash"], name="reporter_phone_hash")]


def first_relation(complaint: str = "pk") -> Subquery:
    """Return what the first reporter of a complaint is to the people in it, never who; the path leads to the complaint."""
    told = Reporter.objects.filter(contact__complaint=OuterRef(complaint)).order_by("contact__received_at", "pk")
    return Subquery(told.values("relation")[:1])

"""A list of names that somebody sent: one message, each name with the person of the complaint that seeks them."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.models.contact import Contact
from core.models import UUIDModel
from core.paging import Sort


class NameState(models.TextChoices):
    """All that is ever said of a name to who sent it (`complaints.names`)."""

    RECEIVED = "received", pgettext_lazy("name", "Received")
    SOUGHT = "sought", pgettext_lazy("name", "Being looked for")
    SAFE = "safe", pgettext_lazy("name", "Safe")
    CLOSED = "closed", pgettext_lazy("name", "Closed")


class NameListQuerySet(models.QuerySet["NameList"]):
    """Lists: the ministry's like their message, a partner's own."""

    def visible_to(self, user: Any) -> Self:
        """Keep the lists of messages the user reads, and those the partner of an account sent."""
        if user.role == "partner":
            mine = user.is_active and user.partner_id
            return self.filter(partner__reference=user.partner_id, partner__is_active=True) if mine else self.none()
        if not user.may("contact.read"):
            return self.none()
        return self.filter(contact__in=Contact.objects.visible_to(user))

    def of_own_provinces(self, user: Any) -> Self:
        """Keep the lists of the user's own branch: all there are."""
        return self.visible_to(user)

    def shared_with(self, user: Any) -> Self:
        """Keep none: no list is shared."""
        return self.none()


class NameList(UUIDModel):
    """The list of one message. `partner`: who sent it, where they stand in the directory; nobody else is told who is safe."""

    contact = models.OneToOneField(Contact, models.PROTECT, related_name="name_list")
    reference = models.CharField(max_length=20, unique=True, editable=False)
    received_at = models.DateTimeField()
    partner = models.ForeignKey("partners.Partner", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = NameListQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {"received": Sort("received_at", True, _("Received, latest first"))}


class ListedName(UUIDModel):
    """One name as it was sent, and the person it became or was found to be.

    `kept`: what was said of it when its complaint was sealed; `reference`: its complaint as it was named then, or at first.
    """

    list = models.ForeignKey(NameList, models.PROTECT, related_name="names")
    line = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500)
    place = models.CharField(max_length=300, blank=True, default="")
    victim = models.ForeignKey("victims.Victim", models.PROTECT, related_name="+")
    kept = models.CharField(max_length=10, choices=NameState, blank=True, default="", editable=False)
    reference = models.CharField(max_length=20, blank=True, default="", editable=False)

    class Meta:
        ordering = ("line",)
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["list", "line"], name="listed_name_once"),
        ]

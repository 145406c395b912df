"""A partner of the ministry: names, what it serves, how it is reached. A shelter's address is sealed."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import UUIDModel, Versioned, new_reference
from core.paging import Sort
from core.sealed import SealedTextField
from core.text import key_km, key_lat
from partners.models.words import PartnerKind, Service, Takes
from provinces.models.gazetteer import TwoNames


def partner_reference() -> str:
    """Return a new reference of a partner: PT-XXXXXXXX."""
    return new_reference("PT")


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Questions about partners."""

    def visible_to(self, user: Any) -> Self:
        """Keep every partner for staff, its own line for a partner in use, nothing for others."""
        if user.may("partner.read"):
            return self
        mine = user.is_active and user.role == "partner" and user.partner_id
        return self.active().filter(reference=user.partner_id) if mine else self.none()

    def active(self) -> Self:
        """Keep whom something may be sent to today."""
        return self.filter(is_active=True)

    def of_kind(self, *kinds: str) -> Self:
        """Keep some kinds."""
        return self.filter(kind__in=kinds)

    def serving(self, nationality: str) -> Self:
        """Keep the embassies that serve a nationality, those accredited from abroad too."""
        return self.of_kind(PartnerKind.EMBASSY).filter(nationalities__contains=[nationality])

    def matching(self, text: str) -> Self:
        """Keep what a search means: a reference, or a part of a name in either script."""
        km, lat = key_km(text), key_lat(text)
        if not lat:
            return self.none()
        return self.filter(Q(key_lat__contains=lat) | Q(key_km__contains=km) | Q(reference=text.strip().upper()))

    def for_list(self) -> Self:
        """Fetch what a list shows, in two queries however many rows."""
        return self.select_related("province").prefetch_related("phones")


class Partner(TwoNames, Versioned):
    """A shelter, organisation, embassy, hospital, lawyer's office, office of social affairs or court.

    `nationalities` are those an embassy serves; `country` whose embassy it is; without `province` it sits abroad.
    """

    reference = models.CharField(max_length=20, unique=True, default=partner_reference, editable=False)
    kind = models.CharField(_("Kind"), max_length=16, choices=PartnerKind)
    name_km = models.CharField(_("Khmer name"), max_length=200, blank=True, default="")
    name_en = models.CharField(_("Name in Latin letters"), max_length=200, blank=True, default="")
    key_km = models.CharField(max_length=240, editable=False)
    key_lat = models.CharField(max_length=400, editable=False)
    sort_name = models.CharField(max_length=240, editable=False)
    province = models.ForeignKey(
        "provinces.Province", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Province")
    )
    country = models.CharField(_("Embassy of"), max_length=2, blank=True, default="")
    seated_in = models.CharField(_("Seated in"), max_length=2, blank=True, default="KH")
    nationalities = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("Nationalities it serves")
    )
    services = ArrayField(
        models.CharField(max_length=28, choices=Service), default=list, blank=True, verbose_name=_("What it offers")
    )
    takes = ArrayField(
        models.CharField(max_length=10, choices=Takes), default=list, blank=True, verbose_name=_("Whom it takes in")
    )
    languages = models.CharField(_("Languages"), max_length=200, blank=True, default="")
    hours = models.CharField(_("Hours"), max_length=200, blank=True, default="")
    email = models.EmailField(_("E-mail"), blank=True, default="")
    note = models.TextField(_("Note"), blank=True, default="")
    address = SealedTextField(purpose="place")
    beds_free = models.PositiveSmallIntegerField(null=True, blank=True)
    beds_said_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PartnerQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "name": Sort("sort_name", False, _("By name")),
        "updated": Sort("updated_at", True, _("Last changed")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(name_km="", name_en=""),
                name="partner_has_a_name",
                violation_error_message=_("Write the name in Khmer or in Latin letters."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="embassy") | (~Q(country="") & ~Q(nationalities=[])),
                name="partner_embassy_serves",
                violation_error_message=_("Say whose embassy it is and which nationalities it serves."),
            ),
            models.CheckConstraint(
                condition=Q(beds_free=None, beds_said_at=None) | Q(beds_free__isnull=False, beds_said_at__isnull=False),
                name="partner_beds_have_their_time",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["sort_name", "id"], name="partner_name"),
            models.Index(fields=["-updated_at", "-id"], name="partner_updated"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code_phone(self) -> "PartnerPhone | None":
        """Return the telephone one-time codes go to: the newest that a second person confirmed."""
        live = [
            (phone.confirmed_at, phone) for phone in self.phones.all() if phone.may_take_codes and phone.confirmed_at
        ]
        return max(live, key=lambda pair: pair[0])[1] if live else None


class PartnerPhoneQuerySet(models.QuerySet["PartnerPhone"]):
    """Questions about telephones of partners."""

    def unconfirmed(self) -> Self:
        """Keep those that wait for a second person before a one-time code goes there."""
        return self.filter(takes_codes=True, confirmed_at=None, removed_at=None)


class PartnerPhone(UUIDModel):
    """A telephone in the directory. One-time codes go to it only once a second person confirmed it."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="phones")
    e164 = models.CharField(_("Telephone"), max_length=20)
    label = models.CharField(_("Whose telephone"), max_length=80, blank=True, default="")
    takes_codes = models.BooleanField(_("One-time codes go here"), default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PartnerPhoneQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("added_by"))),
                name="partnerphone_second_person",
            ),
            models.UniqueConstraint(
                fields=["partner", "e164"],
                condition=Q(removed_at=None),
                name="partnerphone_once",
                violation_error_message=_("This telephone stands here already."),
            ),
        ]

    def __str__(self) -> str:
        return self.e164

    @property
    def may_take_codes(self) -> bool:
        """Return whether one-time codes may go here."""
        return self.takes_codes and self.confirmed_at is not None and self.removed_at is None

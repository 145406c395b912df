"""Companies at a site, and what an authority did there: warned, suspended, closed, a licence withdrawn."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Versioned
from provinces.models.gazetteer import TwoNames
from provinces.models.site import Site


class AtSitesQuerySet(models.QuerySet[Any]):
    """What stands at sites is open to staff, save at sites the ministry leads: those the ministry reads alone, and the system counts."""

    site_lookup: ClassVar[str] = "site"

    def visible_to(self, user: Any) -> Self:
        """Keep what the user may know of."""
        if not user.may("site.read"):
            return self.none()
        if user.is_ministry or user.counts_everything:
            return self
        led = Site.objects.filter(national_led=True)
        return self.exclude(**{f"{self.site_lookup}__in": led})


class CompanyQuerySet(AtSitesQuerySet):
    site_lookup = "sites"


class Company(TwoNames, Versioned):
    """A company that runs, owns or lets a site; the same one may stand at several."""

    name_km = models.CharField(_("Khmer name"), max_length=200, blank=True)
    name_en = models.CharField(_("Name in Latin letters"), max_length=200, blank=True)
    registration = models.CharField(_("Registration number"), max_length=40, blank=True)
    sites = models.ManyToManyField(Site, related_name="companies")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        ordering = ["name_en", "name_km", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_km="", name_en=""),
                name="company_has_a_name",
                violation_error_message=_("Write the name in Khmer or in Latin letters."),
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=~Q(registration=""),
                name="company_registered_once",
                violation_error_message=_("Another company has this registration number."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Sector(models.TextChoices):
    """In which line of business a measure was taken."""

    GAMBLING = "gambling", _("Casino or gambling")
    HOTEL = "hotel", _("Hotel or guest house")
    ENTERTAINMENT = "entertainment", _("Bar, karaoke or massage")
    PROPERTY = "property", _("Offices or flats let")
    CONSTRUCTION = "construction", _("Construction")
    FACTORY = "factory", _("Factory or brick kiln")
    FARM = "farm", _("Farm or plantation")
    FISHING = "fishing", _("Fishing")
    RECRUITMENT = "recruitment", _("Recruitment agency")
    OTHER = "other", pgettext_lazy("sector", "Another")


class Measure(Versioned):
    """One measure of an authority at a site, against all of it or one company there."""

    class Kind(models.TextChoices):
        WARNED = "warned", _("Warned")
        SUSPENDED = "suspended", _("Suspended")
        CLOSED = "closed", pgettext_lazy("measure", "Closed")
        LICENCE_WITHDRAWN = "licence_withdrawn", _("Licence withdrawn")

    site = models.ForeignKey(Site, models.PROTECT, related_name="measures")
    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_("Company")
    )
    kind = models.CharField(_("Measure"), max_length=20, choices=Kind)
    sector = models.CharField(_("Line of business"), max_length=20, choices=Sector, blank=True, default="")
    since_on = models.DateField(_("Since"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    authority = models.CharField(_("By which authority"), max_length=200)
    note = models.TextField(_("Note"), blank=True)

    objects = AtSitesQuerySet.as_manager()

    class Meta:
        ordering = ["-since_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")),
                name="measure_ends_after_it_began",
                violation_error_message=_("It cannot end before it began."),
            )
        ]
        indexes = [models.Index(fields=["site", "-since_on"], name="measure_site")]

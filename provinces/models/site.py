"""Sites: named places (compound, hotel, casino, building) with other names and a history."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Min, Q, Value, When
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from core.models import Versioned
from provinces.models.gazetteer import MINISTRY, Commune, District, Province, TwoNames
from provinces.names import site_keys


class SiteQuerySet(models.QuerySet["Site"]):
    def visible_to(self, user: Any) -> Self:
        """Keep every site for staff: their names are open, what happened there is scoped elsewhere."""
        return self if user.may("site.read") else self.none()

    def matching(self, text: str) -> Self:
        """Keep the sites that a search means: by reference, by a part of any name in either script, or alike."""
        km, lat = site_keys(text)
        if not lat:
            return self.none()
        part = Q(key_lat__contains=lat) | Q(key_km__contains=km)
        named = SiteAlias.objects.filter(part | Q(key_lat__trigram_similar=lat)).values("site_id")
        return self.filter(Q(pk__in=named) | Q(reference=text.strip().upper()))

    def named(self, text: str) -> Self:
        """Keep the sites that have exactly this name, however it is spaced and spelt."""
        km, lat = site_keys(text)
        equal = SiteAlias.objects.filter(Q(key_km=km) | Q(key_lat=lat)).values("site_id")
        return self.filter(pk__in=equal) if lat else self.none()

    def best_first(self, text: str) -> Self:
        """Order by how well the best name fits: equal, beginning, part, alike."""
        km, lat = site_keys(text)
        fit = Case(
            When(Q(aliases__key_km=km) | Q(aliases__key_lat=lat), then=Value(0)),
            When(aliases__key_lat__startswith=lat, then=Value(1)),
            When(aliases__key_lat__contains=lat, then=Value(2)),
            default=Value(3),
        )
        return self.annotate(fit=Min(fit)).order_by("fit", "reference")

    def live(self) -> Self:
        """Leave out sites that were merged into another."""
        return self.filter(merged_into=None)

    def for_list(self) -> Self:
        """Fetch what one row of a list shows."""
        return self.select_related("province", "district").prefetch_related("aliases")

    def for_page(self) -> Self:
        """Fetch what the page of one site shows."""
        return self.for_list().select_related("commune", "merged_into")


class Site(TwoNames, Versioned):
    reference = models.CharField(max_length=16, unique=True, editable=False)
    name_km = models.CharField(_("Khmer name"), max_length=200, blank=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="sites", verbose_name=_("Province"))
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="sites", verbose_name=_("District")
    )
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="sites", verbose_name=_("Commune")
    )
    national_led = models.BooleanField(_("National-led"), default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="absorbed"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-id"]
        indexes = [models.Index(fields=["-updated_at", "-id"], name="site_updated")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_km="", name_en=""),
                name="site_has_a_name",
                violation_error_message=_("Write the name in Khmer or in Latin letters."),
            ),
            models.CheckConstraint(
                condition=~Q(province=MINISTRY),
                name="site_in_a_real_province",
                violation_error_message=_("Choose the province of the site."),
            ),
            models.CheckConstraint(
                condition=Q(district=None) | Q(Exact(Left(F("district_id"), 2), F("province_id"))),
                name="site_district_in_province",
                violation_error_message=_("This district is not in the province chosen."),
            ),
            models.CheckConstraint(
                condition=Q(commune=None) | Q(Exact(Left(F("commune_id"), 4), F("district_id"))),
                name="site_commune_in_district",
                violation_error_message=_("This commune is not in the district chosen."),
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="site_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def other_names(self) -> list[str]:
        """Give the names besides its own two."""
        return [alias.text for alias in self.aliases.all() if not alias.is_name]


class SiteAlias(models.Model):
    """One way to write a site; its own names are rows too, so that search reads one table."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="aliases")
    text = models.CharField(_("Other name"), max_length=200)
    key_km = models.CharField(max_length=240)
    key_lat = models.CharField(max_length=400)
    key_version = models.PositiveSmallIntegerField()
    is_name = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_name", "text"]
        constraints = [models.UniqueConstraint(fields=["site", "text"], name="sitealias_once")]
        indexes = [
            GinIndex(fields=["key_km"], opclasses=["gin_trgm_ops"], name="sitealias_key_km_trgm"),
            GinIndex(fields=["key_lat"], opclasses=["gin_trgm_ops"], name="sitealias_key_lat_trgm"),
        ]

    def __str__(self) -> str:
        return self.text

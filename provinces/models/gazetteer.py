"""Places by their gazetteer code: province (2 digits), district (4), commune (6), village (8)."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MINISTRY = "00"


class Kind(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    CAPITAL = "capital", _("Capital")
    PROVINCE = "province", _("Province")
    MUNICIPALITY = "municipality", _("Municipality")
    DISTRICT = "district", _("District")
    KHAN = "khan", _("Khan")
    COMMUNE = "commune", _("Commune")
    SANGKAT = "sangkat", _("Sangkat")
    VILLAGE = "village", _("Village")


P = TypeVar("P", bound=models.Model)


class PlaceQuerySet(models.QuerySet[P]):
    def current(self) -> Self:
        """Keep places that the newest gazetteer still lists."""
        return self.filter(retired_on=None)

    def choosable(self) -> Self:
        """Keep what a form may offer: current places, never the ministry's row."""
        return self.current().exclude(code=MINISTRY)


class TwoNames(models.Model):
    """A thing named in Khmer and in Latin letters, or in one of the two."""

    name_km: Any
    name_en: Any

    class Meta:
        abstract = True

    @property
    def name_lang(self) -> str:
        """Give the language of `name`: that of the page where there is such a name."""
        khmer = (get_language() or "").startswith("km")
        return "km" if (self.name_km and khmer) or not self.name_en else "en"

    @property
    def other_lang(self) -> str:
        """Give the language of `other_name`."""
        return "en" if self.name_lang == "km" else "km"

    @property
    def name(self) -> str:
        """Give the name in the language of the page, else the one there is."""
        return str(self.name_km if self.name_lang == "km" else self.name_en)

    @property
    def other_name(self) -> str:
        """Give the name in the other script, to stand beside `name`; empty where there is only one."""
        return str(self.name_en if self.name_lang == "km" else self.name_km)


class Place(TwoNames):
    """What the four levels have in common."""

    code = models.CharField(primary_key=True, max_length=8)
    name_km = models.CharField(_("Khmer name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    sort_km = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind)
    retired_on = models.DateField(
        null=True, blank=True, help_text="the day a newer gazetteer no longer listed the code"
    )

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Province(Place):
    code = models.CharField(primary_key=True, max_length=2)
    iso = models.CharField(max_length=5, blank=True)

    objects: ClassVar[PlaceQuerySet[Province]] = PlaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Place.Meta):
        constraints = [models.CheckConstraint(condition=Q(code__regex=r"^\d{2}$"), name="province_code_two_digits")]


class District(Place):
    code = models.CharField(primary_key=True, max_length=4)
    province = models.ForeignKey(Province, models.PROTECT, related_name="districts")

    objects: ClassVar[PlaceQuerySet[District]] = PlaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Place.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(code__startswith=F("province_id")), name="district_code_in_province")
        ]


class Commune(Place):
    code = models.CharField(primary_key=True, max_length=6)
    district = models.ForeignKey(District, models.PROTECT, related_name="communes")

    objects: ClassVar[PlaceQuerySet[Commune]] = PlaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Place.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(code__startswith=F("district_id")), name="commune_code_in_district")
        ]


class Village(Place):
    code = models.CharField(primary_key=True, max_length=8)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="villages")

    objects: ClassVar[PlaceQuerySet[Village]] = PlaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Place.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(code__startswith=F("commune_id")), name="village_code_in_commune")
        ]


class PlaceAlias(models.Model):
    """One way to write a province, district or commune, with the key it is found by."""

    class Source(models.TextChoices):
        NAME = "name", _("Gazetteer name")
        FILE = "file", _("Known spelling")
        ADMIN = "admin", _("Added here")

    code = models.CharField(max_length=8, db_index=True)
    text = models.CharField(_("Other name"), max_length=120)
    key = models.CharField(max_length=160)
    key_version = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=8, choices=Source)

    class Meta:
        ordering = ["code", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "text"],
                name="placealias_once",
                violation_error_message=_("This place already has that name."),
            ),
            models.CheckConstraint(condition=~Q(key=""), name="placealias_findable"),
        ]
        indexes = [
            models.Index(fields=["key"], name="placealias_key"),
            GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="placealias_key_trgm"),
        ]

    def __str__(self) -> str:
        return self.text


class Gazetteer(models.Model):
    """One loading of the gazetteer: which files, when, and what changed."""

    sha256 = models.CharField(max_length=64, db_index=True)
    loaded_at = models.DateTimeField(auto_now_add=True)
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ["-loaded_at"]
        get_latest_by = "loaded_at"

    def __str__(self) -> str:
        return self.sha256[:12]

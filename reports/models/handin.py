"""What tables to hand in need and no case record holds: cells typed in by hand, and the population."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Versioned
from provinces.models import Province


class HandInCellQuerySet(models.QuerySet["HandInCell"]):
    """Typed cells are open to who reads the tables."""

    def visible_to(self, user: Any) -> Self:
        """Keep what the user may know of."""
        return self if user.may("handin.read") else self.none()


class HandInCell(Versioned):
    """One cell of one table that somebody typed in, of one reporting year (by the year it begins in)."""

    table = models.CharField(max_length=40)  # "tip:A6"
    cell = models.CharField(max_length=80)  # "sent:n"
    year = models.PositiveSmallIntegerField()
    value = models.CharField(_("Number or words"), max_length=200)
    unit = models.CharField(max_length=80)
    source = models.CharField(_("Where it is from"), max_length=300)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = HandInCellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "year", "cell"], name="handin_cell_once"),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="handin_cell_has_a_source",
                violation_error_message=_("Write where it is from: an office, a letter, its date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.cell} {self.year}"


class PopulationQuerySet(models.QuerySet["Population"]):
    """The population is no secret; who keeps it or reads the tables sees it."""

    def visible_to(self, user: Any) -> Self:
        """Keep what the user may know of."""
        return self if user.may("population.manage") or user.may("handin.read") else self.none()

    def by_group(self, year: int) -> dict[tuple[str, str], int]:
        """Return how many people live in the country in a year, by sex and age: of those that every province has a number of."""
        provinces = Province.objects.choosable().count()
        groups = self.filter(year=year).order_by().values("sex", "age")
        groups = groups.annotate(people=Sum("number"), n=Count("province", distinct=True))
        return {(row["sex"], row["age"]): row["people"] for row in groups if row["n"] == provinces}


class Population(Versioned):
    """How many people of a sex and an age live in a province in a year."""

    class Sex(models.TextChoices):
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")

    class Age(models.TextChoices):
        CHILD = "under_18", _("Under 18")
        ADULT = "18_and_over", _("18 and over")

    province = models.ForeignKey(Province, models.PROTECT, related_name="+", verbose_name=_("Province"))
    sex = models.CharField(_("Sex"), max_length=8, choices=Sex)
    age = models.CharField(_("Age"), max_length=12, choices=Age)
    year = models.PositiveSmallIntegerField(_("Year"))
    number = models.PositiveIntegerField(_("People"))
    source = models.CharField(_("Where it is from"), max_length=300)

    objects = PopulationQuerySet.as_manager()

    class Meta:
        ordering = ["province_id", "sex", "age"]
        constraints = [
            models.UniqueConstraint(fields=["year", "province", "sex", "age"], name="population_once"),
            models.CheckConstraint(condition=~Q(source=""), name="population_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.province_id} {self.sex} {self.age} {self.year}"

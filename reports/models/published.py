"""What a publication holds: its figures with the words they were counted by, their parts, and the keys of the rows behind them."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import models
from django.utils.translation import get_language

from core.models import UUIDModel


def in_language(words: Mapping[str, str]) -> str:
    """Return words kept in both languages in the reader's."""
    language = "km" if (get_language() or "km").startswith("km") else "en"
    return words.get(language) or next(iter(words.values()), "")


class PublishedFigure(UUIDModel):
    """One figure as it was released: number, rule and words; `definition_version` is the registry's, `digest` that of the rule.

    `beside` holds what stood beside it by name: {"n": …, "km": …, "en": …}. `province`: of a figure that needs one.
    """

    publication = models.ForeignKey("reports.Publication", models.PROTECT, related_name="figures")
    place = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    province = models.CharField(max_length=2, blank=True, default="")
    label = models.JSONField()
    definition = models.JSONField()
    counted_by = models.JSONField()
    definition_version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=16)
    unit = models.CharField(max_length=20)
    is_stock = models.BooleanField(default=False)
    value = models.DecimalField(max_digits=14, decimal_places=1, null=True)
    count = models.PositiveIntegerField(null=True)
    numerator = models.PositiveIntegerField(null=True)
    denominator = models.PositiveIntegerField(null=True)
    beside = models.JSONField(default=dict)

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["publication", "indicator", "province"], name="publishedfigure_once"),
        ]
        indexes = [models.Index(fields=["indicator"], name="publishedfigure_indicator")]

    @property
    def number_kept(self) -> int | float | None:
        """Return the number as figures have it: whole, or hours with one place after the point."""
        if self.value is None:
            return None
        return int(self.value) if self.value == self.value.to_integral_value() else float(self.value)

    @property
    def words(self) -> str:
        """Return its label in the reader's language."""
        return in_language(self.label)

    @property
    def rule(self) -> str:
        """Return its counting rule in the reader's language."""
        return in_language(self.definition)

    @property
    def day_counted(self) -> str:
        """Return by which day it counts, in the reader's language."""
        return in_language(self.counted_by)

    @staticmethod
    def kept(value: int | float | None) -> Decimal | None:
        """Return a number as it is stored."""
        return None if value is None else Decimal(str(value))


class PublishedPart(UUIDModel):
    """One value of a dimension of a published figure; `title` is the dimension's, `word` the value's, in both languages."""

    figure = models.ForeignKey(PublishedFigure, models.PROTECT, related_name="parts")
    place = models.PositiveIntegerField()
    split = models.CharField(max_length=40)
    title = models.JSONField()
    note = models.JSONField(default=dict)
    adds_up = models.BooleanField(default=True)
    code = models.CharField(max_length=80)
    word = models.JSONField()
    n = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    numerator = models.PositiveIntegerField(null=True)
    typical = models.DecimalField(max_digits=14, decimal_places=1, null=True)

    class Meta:
        ordering = ("place",)
        constraints = [models.UniqueConstraint(fields=["figure", "split", "code"], name="publishedpart_once")]


class PublishedRecord(UUIDModel):
    """A row that was counted: its kind and key alone, so that nobody reads of a sealed complaint through it.

    `weight`: how many people it stood for. `is_true`: of a rate, whether it was of the numerator.
    """

    figure = models.ForeignKey(PublishedFigure, models.PROTECT, related_name="records")
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    weight = models.IntegerField(default=1)
    is_true = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["figure", "object_id"], name="publishedrecord_once")]

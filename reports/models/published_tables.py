"""A table to hand in as it was prepared for signing: its words in both languages, and each cell with its number and its reason."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from core.models import UUIDModel


class PublishedTable(UUIDModel):
    """One table of a set; `columns` and `rows` are [{code, km, en}], in their order."""

    publication = models.ForeignKey("reports.Publication", models.PROTECT, related_name="tables")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    title = models.JSONField()
    agency = models.JSONField()
    note = models.JSONField(default=dict)
    columns = models.JSONField()
    rows = models.JSONField()

    class Meta:
        ordering = ("place",)
        constraints = [models.UniqueConstraint(fields=["publication", "code"], name="publishedtable_once")]


class PublishedCell(UUIDModel):
    """One cell that was asked for: a number, or words that were typed, each with those of the year before; or why there is none."""

    KINDS = ("counted", "people", "rate", "typed", "empty", "later", "cannot")

    table = models.ForeignKey(PublishedTable, models.PROTECT, related_name="cells")
    row = models.CharField(max_length=80)
    column = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    number = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    words = models.CharField(max_length=200, blank=True, default="")
    number_before = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    words_before = models.CharField(max_length=200, blank=True, default="")
    why = models.JSONField(default=dict)
    unit = models.JSONField(default=dict)
    source = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "row", "column"], name="publishedcell_once"),
            models.CheckConstraint(
                condition=Q(kind="typed") & ~Q(words="") & ~Q(source="")
                | Q(kind__in=("counted", "people", "rate"), words="", source="")
                | Q(kind__in=("empty", "later", "cannot"), number=None, words="", source=""),
                name="publishedcell_says_one_thing",
            ),
        ]

    @property
    def value(self) -> int | Decimal | str | None:
        """Return what the cell says, as a filled one does."""
        return self._said(self.number, self.words)

    @property
    def before(self) -> int | Decimal | str | None:
        """Return what it said of the year before."""
        return self._said(self.number_before, self.words_before)

    def _said(self, number: Decimal | None, words: str) -> int | Decimal | str | None:
        if number is None:
            return words or None
        return number if self.kind == "rate" else int(number)

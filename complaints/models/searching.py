"""What a complaint is found by, beside its people: its words, its spot, the numbers in its text. One row a complaint."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from accounts.scope import ScopedQuerySet
from complaints.models.complaint import Complaint


class SearchRowQuerySet(ScopedQuerySet["SearchRow"]):
    """Search rows, scoped like their complaint, by columns of their own: every arm of a search asks only this table."""


class SearchRow(models.Model):
    """The keys of one complaint; `complaints.services.index` writes them and nothing else does.

    `text`: everything said, as `core.text.key_km`; `words`: the same cut into words; `spot`: the exact spot as
    `key_lat`; `numbers`: telephone numbers in the text, +855….
    """

    complaint = models.OneToOneField(Complaint, models.PROTECT, primary_key=True, related_name="search_row")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    text = models.TextField()
    words = ArrayField(models.TextField(), default=list)
    spot = models.CharField(max_length=600, blank=True, default="")
    numbers = ArrayField(models.CharField(max_length=20), default=list)
    key_version = models.PositiveSmallIntegerField()

    objects = SearchRowQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="searchrow_text_trgm"),
            GinIndex(fields=["words"], name="searchrow_words"),
            GinIndex(fields=["spot"], opclasses=["gin_trgm_ops"], name="searchrow_spot_trgm"),
            GinIndex(fields=["numbers"], name="searchrow_numbers"),
        ]

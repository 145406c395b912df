"""Articles of the law, courts, and how long custody may last: data an administrator edits, never constants."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from provinces.models.gazetteer import TwoNames


class ArticleQuerySet(models.QuerySet["Article"]):
    """Questions about articles."""

    def current(self) -> Self:
        """Keep what a form may offer."""
        return self.filter(retired=False)

    def offered_for(self, file: Any = None) -> Self:
        """Keep what a case file may name: the current ones, and of the retired those it has."""
        return self.filter(Q(retired=False) | Q(files=file)).distinct() if file else self.current()


class Article(models.Model):
    """One article of a law, as `L08-10`; `is_trafficking` says whether a file under it is one of trafficking."""

    code = models.CharField(_("Code"), primary_key=True, max_length=12)
    law_km = models.CharField(_("Law, in Khmer"), max_length=200)
    law_en = models.CharField(_("Law, in English"), max_length=200)
    number = models.CharField(_("Article"), max_length=12)
    title_km = models.CharField(_("Title in Khmer"), max_length=300)
    title_en = models.CharField(_("Title in English"), max_length=300)
    is_trafficking = models.BooleanField(_("Counts as trafficking"), default=True)
    is_checked = models.BooleanField(_("Checked by a lawyer of the ministry"), default=False)
    retired = models.BooleanField(_("No longer offered"), default=False)

    objects: ClassVar[ArticleQuerySet] = ArticleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("code",)

    @property
    def title(self) -> str:
        """Return the title in the language of the page."""
        return self.title_km if (get_language() or "km").startswith("km") else self.title_en

    @property
    def law(self) -> str:
        """Return the law in the language of the page."""
        return self.law_km if (get_language() or "km").startswith("km") else self.law_en


class Court(TwoNames):
    """A court; its province is where its files are kept and counted."""

    code = models.CharField(_("Code"), primary_key=True, max_length=8)
    name_km = models.CharField(_("Khmer name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200)
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class CustodyLimit(models.Model):
    """Hours a person may be held after arrest, and after how many hours the officer is warned."""

    class Kind(models.TextChoices):
        FIRST = "first", _("From the arrest")
        EXTENSION = "extension", _("Added by an extension")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind, unique=True)
    hours = models.PositiveSmallIntegerField(_("Hours"))
    warn_hours = models.PositiveSmallIntegerField(_("Warn after hours"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(warn_hours__lt=F("hours")), name="custody_warns_before_its_limit")
        ]


# Code of Criminal Procedure 2007: 48 hours, one extension of 24; to be confirmed by the ministry's lawyer.
FIRST_LIMITS = {CustodyLimit.Kind.FIRST: (48, 36), CustodyLimit.Kind.EXTENSION: (24, 12)}

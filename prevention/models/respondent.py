"""Somebody who was asked. No name and no contact: nothing here says who it was."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Branch
from core.models import Versioned, new_reference
from people.ages import BANDS, band
from people.models import Sex
from prevention.models.survey import Cause, Survey
from prevention.models.taking_in import SheetImport
from prevention.models.words import Occupation

BAND_CODES = tuple(band(low, high) for low, high in BANDS)


def respondent_reference() -> str:
    """Return a new reference of a respondent: SR-XXXXXXXX; it stands for a sheet of paper, not for a person."""
    return new_reference("SR")


class RespondentQuerySet(models.QuerySet["Respondent"]):
    """Questions about respondents."""

    def visible_to(self, user: Any) -> Self:
        """Keep all for who reads results, those of the own provinces for who enters answers there."""
        if user.may("survey.results") or user.table.branch == Branch.EVERYTHING:
            return self
        if user.may("survey.enter"):
            return self.filter(province_id__in=sorted(user.posted_provinces))
        return self.none()

    def correctable_by(self, user: Any) -> Self:
        """Keep what somebody may read once more to correct it: the analysts any, others what they entered by hand."""
        seen = self.visible_to(user)
        if not user.may("survey.correct"):
            return seen.none()
        return seen if user.may("survey.manage") else seen.filter(entered_by=user, taken_in=None)


class Respondent(Versioned):
    """One sheet of answers; `band` is the age as a band of R7, also where only a band was said. Corrected: `version` above 1."""

    reference = models.CharField(max_length=20, unique=True, default=respondent_reference, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="respondents")
    province = models.ForeignKey("provinces.Province", models.PROTECT, related_name="+", verbose_name=_("Province"))
    sex = models.CharField(_("Sex"), max_length=8, choices=Sex, default=Sex.UNKNOWN)
    age = models.PositiveSmallIntegerField(_("Age"), null=True, blank=True)
    band = models.CharField(max_length=8, blank=True, default="")
    occupation = models.CharField(_("Occupation"), max_length=12, choices=Occupation, blank=True, default="")
    knows_hotline = models.BooleanField(_("Knows a hotline"), null=True, blank=True)
    weight = models.DecimalField(
        _("Weight"),
        max_digits=8,
        decimal_places=4,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.0001"))],
    )
    refused = models.BooleanField(_("Refused to answer"), default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    taken_in = models.ForeignKey(SheetImport, models.PROTECT, null=True, blank=True, related_name="respondents")
    sheet_sha256 = models.CharField(max_length=64, blank=True, default="")
    row = models.PositiveIntegerField(null=True, blank=True)

    objects = RespondentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["survey", "sheet_sha256", "row"], condition=~Q(sheet_sha256=""), name="respondent_row_once"
            ),
            models.CheckConstraint(
                condition=Q(sheet_sha256="", row=None, taken_in=None)
                | (~Q(sheet_sha256="") & Q(row__isnull=False, taken_in__isnull=False)),
                name="respondent_of_a_sheet_or_not",
            ),
            models.CheckConstraint(condition=Q(weight__gt=0), name="respondent_weighs"),
            models.CheckConstraint(condition=Q(age=None) | Q(age__range=(0, 120)), name="respondent_age"),
            models.CheckConstraint(condition=Q(band="") | Q(band__in=BAND_CODES), name="respondent_band"),
            models.CheckConstraint(condition=~Q(province_id="00"), name="respondent_of_a_province"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["survey", "province"], name="respondent_survey")]

    def __str__(self) -> str:
        return self.reference


class Answer(models.Model):
    """A cause that a respondent named; `rank` is its place where causes were put in order."""

    respondent = models.ForeignKey(Respondent, models.PROTECT, related_name="answers")
    cause = models.ForeignKey(Cause, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["respondent", "cause"], name="answer_once"),
            models.UniqueConstraint(fields=["respondent", "rank"], name="answer_one_a_place"),
            models.CheckConstraint(condition=Q(rank=None) | Q(rank__gte=1), name="answer_rank"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

"""A survey of what causes trafficking: its question, its causes, its days, who made it and whom it asked."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.display import in_khmer
from core.models import UUIDModel, Versioned, new_reference
from core.paging import Sort
from prevention.models.words import QuestionKind, RankedBy, SurveyStatus
from provinces.models.gazetteer import TwoNames

MOST_CAUSES = 30


def survey_reference() -> str:
    """Return a new reference of a survey: SV-XXXXXXXX."""
    return new_reference("SV")


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Questions about surveys."""

    def visible_to(self, user: Any) -> Self:
        """Keep all for who reads results, those that were opened for who enters answers, nothing for others."""
        if user.may("survey.results") or user.may("survey.manage"):
            return self
        return self.exclude(status=SurveyStatus.DRAFT) if user.may("survey.read") else self.none()


class Survey(Versioned):
    """One question put to many people who stay unnamed; `most` causes may be chosen, or put in order."""

    reference = models.CharField(max_length=20, unique=True, default=survey_reference, editable=False)
    title_km = models.CharField(_("Title in Khmer"), max_length=200, blank=True, default="")
    title_en = models.CharField(_("Title in English"), max_length=200, blank=True, default="")
    question_km = models.CharField(_("Question in Khmer"), max_length=500, blank=True, default="")
    question_en = models.CharField(_("Question in English"), max_length=500, blank=True, default="")
    kind = models.CharField(_("What is asked"), max_length=16, choices=QuestionKind)
    ranked_by = models.CharField(_("The order of the causes goes by"), max_length=16, choices=RankedBy)
    most = models.PositiveSmallIntegerField(_("How many causes at most"))
    from_on = models.DateField(_("First day"))
    until_on = models.DateField(_("Last day"))
    organiser = models.CharField(_("Who makes it"), max_length=200)
    population = models.TextField(_("Who is asked, and how they are chosen"), blank=True, default="")
    status = models.CharField(
        _("Status"), max_length=10, choices=SurveyStatus, default=SurveyStatus.DRAFT, editable=False
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SurveyQuerySet.as_manager()

    SORTS: ClassVar[dict[str, Sort]] = {
        "newest": Sort("from_on", True, _("Newest first")),
        "updated": Sort("updated_at", True, _("Last changed")),
    }

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(title_km="", title_en=""),
                name="survey_has_a_title",
                violation_error_message=_("Write the title in Khmer or in English."),
            ),
            models.CheckConstraint(
                condition=~Q(question_km="", question_en=""),
                name="survey_asks",
                violation_error_message=_("Write the question in Khmer or in English."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="survey_ends_after_it_began",
                violation_error_message=_("It cannot end before it began."),
            ),
            models.CheckConstraint(condition=Q(most__range=(1, MOST_CAUSES)), name="survey_most"),
            models.CheckConstraint(
                condition=Q(kind=QuestionKind.RANKING) | Q(ranked_by=RankedBy.SHARE),
                name="survey_order_of_choices",
                violation_error_message=_("Where several are chosen, only the share gives an order."),
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["-from_on", "-id"], name="survey_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Return the title in the reader's language, else the other."""
        return (self.title_km or self.title_en) if in_khmer() else (self.title_en or self.title_km)

    @property
    def question(self) -> str:
        """Return the question in the reader's language, else the other."""
        return (self.question_km or self.question_en) if in_khmer() else (self.question_en or self.question_km)

    @property
    def is_ranking(self) -> bool:
        """Say whether causes are put in order."""
        return self.kind == QuestionKind.RANKING

    @property
    def is_open(self) -> bool:
        """Say whether answers are entered now."""
        return self.status == SurveyStatus.OPEN


class Cause(TwoNames, UUIDModel):
    """One cause that a survey offers, by its code, in the order of the paper."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="causes")
    code = models.SlugField(max_length=40)
    name_km = models.CharField(max_length=200, blank=True, default="")
    name_en = models.CharField(max_length=200, blank=True, default="")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["place"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["survey", "code"], name="cause_once"),
            models.UniqueConstraint(fields=["survey", "place"], name="cause_in_its_place"),
            models.CheckConstraint(
                condition=~Q(name_km="", name_en=""),
                name="cause_has_a_name",
                violation_error_message=_("Write the name in Khmer or in Latin letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

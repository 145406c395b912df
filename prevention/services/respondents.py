"""Enter what one respondent said; the same checks for the form, the API and a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from core.display import number
from core.exceptions import Conflict
from people.ages import band_of
from people.models import Sex
from prevention.models import Answer, Cause, Occupation, Respondent, Survey
from prevention.models.respondent import BAND_CODES
from provinces.models import Province
from workflow.services import lock

OLDEST = 120
HEAVIEST = Decimal(1_000)
LIGHTEST = Decimal("0.0001")


class Checker:
    """What may be said to one survey: read once, asked for every row of a sheet."""

    def __init__(self, survey: Survey, provinces: Mapping[str, Province] | None = None) -> None:
        self.survey = survey
        self.causes: dict[str, Cause] = {cause.code: cause for cause in survey.causes.all()}
        known = provinces if provinces is not None else {row.code: row for row in Province.objects.choosable()}
        self.provinces = known

    def checked(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Return the columns of a respondent and `causes`, their codes in order; ValidationError by field, all at once."""
        errors: dict[str, list[Any]] = {}
        for name, problem in (
            ("province", self._province(said)),
            ("sex", _among(said.get("sex") or Sex.UNKNOWN, Sex.values)),
            ("age", _age(said)),
            ("occupation", _among(said.get("occupation") or "", ["", *Occupation.values])),
            ("weight", _weight(said)),
            ("causes", self._causes(said)),
        ):
            if problem:
                errors[name] = [problem]
        if errors:
            raise ValidationError(errors)
        return _columns(said)

    def _province(self, said: Mapping[str, Any]) -> str:
        return "" if said.get("province") in self.provinces else _("Choose the province where the person was asked.")

    def _causes(self, said: Mapping[str, Any]) -> str:
        named: Sequence[str] = said.get("causes") or ()
        if said.get("refused"):
            return _("Who refused named no cause. Take the causes out, or the tick at “refused”.") if named else ""
        if not named:
            return _("Choose at least one cause, or say that the person refused.")
        if any(code not in self.causes for code in named):
            return _("Choose from the causes of this survey.")
        if len(set(named)) < len(named):
            return _("The same cause stands at two places.")
        if len(named) > self.survey.most:
            return _("At most %(most)s causes may be named.") % {"most": number(self.survey.most)}
        return ""


def _among(value: Any, known: Sequence[str]) -> str:
    return "" if value in known else _("Choose one of the answers.")


def _age(said: Mapping[str, Any]) -> str:
    age, band = said.get("age"), said.get("band") or ""
    if age is not None and not 0 <= age <= OLDEST:
        return _("Give an age from 0 to %(most)s.") % {"most": number(OLDEST)}
    if band and band not in BAND_CODES:
        return _("Choose one of the answers.")
    if age is not None and band and band_of(age) != band:
        return _("The age does not lie in this band.")
    return ""


def _weight(said: Mapping[str, Any]) -> str:
    weight = said.get("weight")
    if weight is not None and not LIGHTEST <= weight <= HEAVIEST:
        return _("Give a weight above 0 and up to %(most)s.") % {"most": number(int(HEAVIEST))}
    return ""


def _columns(said: Mapping[str, Any]) -> dict[str, Any]:
    age = said.get("age")
    return {
        "province_id": said["province"],
        "sex": said.get("sex") or Sex.UNKNOWN,
        "age": age,
        "band": band_of(age) if age is not None else said.get("band") or "",
        "occupation": said.get("occupation") or "",
        "knows_hotline": said.get("knows_hotline"),
        "weight": said.get("weight") or Decimal(1),
        "refused": bool(said.get("refused")),
        "causes": tuple(said.get("causes") or ()),
    }


def columns_of(said: Mapping[str, Any]) -> dict[str, str]:
    """Return the columns of what was said as they stand in a history; `causes` are their codes."""
    found = _columns(said)
    found["causes"] = ", ".join(found["causes"])
    found["weight"] = found["weight"].quantize(LIGHTEST)
    return {name: "" if value is None else str(value) for name, value in found.items()}


@transaction.atomic
def enter_respondent(survey: Survey, *, by: Any, **said: Any) -> Respondent:
    """Enter one sheet of answers: province, sex, age or band, occupation, knows_hotline, weight, refused, causes in order.

    Raises ValidationError by field (also for a province the officer is not posted in), Conflict where it is not open.
    """
    if not by.may("survey.enter"):
        raise PermissionDenied(_("Your role does not allow this. Ask your supervisor."))
    row = lock(survey, by)
    if not row.is_open:
        raise Conflict(_("This survey takes no answers now."))
    checker = Checker(row)
    values = checker.checked(said)
    if values["province_id"] not in provinces_of(by, checker.provinces):
        raise ValidationError({"province": [_("You enter answers for your own province only.")]})
    causes = values.pop("causes")
    made = Respondent(survey=row, entered_by=by, **values)
    made.validate_constraints()
    made.save(force_insert=True)
    Answer.objects.bulk_create(answers_of(made, causes, checker))
    record("survey.enter", by=by, about=row, detail={"province": made.province_id})
    return made


def provinces_of(by: Any, known: Mapping[str, Province]) -> set[str]:
    """Return the provinces somebody enters answers for: all of them at the ministry."""
    return set(known) if by.is_ministry else set(known) & set(by.posted_provinces)


def answers_of(respondent: Respondent, causes: Sequence[str], checker: Checker) -> list[Answer]:
    """Return the rows of what was named, with their places where the survey puts causes in order."""
    ranked = checker.survey.is_ranking
    return [
        Answer(respondent=respondent, cause=checker.causes[code], rank=place if ranked else None)
        for place, code in enumerate(causes, 1)
    ]

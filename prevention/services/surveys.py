"""Write a survey, change it while it is a draft, open and close it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.services import record
from core.display import number
from core.exceptions import Conflict
from core.text import clean
from prevention.models import Cause, KnownCause, QuestionKind, RankedBy, Survey, SurveyStatus
from prevention.models.survey import MOST_CAUSES
from prevention.workflow import SURVEY
from workflow.models import Edit
from workflow.services import begin, edit, lock, perform, story_columns

LINES = ("title_km", "title_en", "question_km", "question_en", "organiser")
FEWEST = 2


class CauseSaid(NamedTuple):
    """A cause as it is offered: a code of the list, or empty for words of the survey's own."""

    code: str
    name_km: str = ""
    name_en: str = ""


@transaction.atomic
def add_survey(*, by: Any, causes: Sequence[CauseSaid], at: datetime.datetime | None = None, **said: Any) -> Survey:
    """Write a survey as a draft; `said` are its columns, `at` when it was written. Raises ValidationError by field, PermissionDenied."""
    _may_manage(by)
    offered = _offered(causes)
    survey = Survey(made_by=by, **_cleaned(said, offered))
    survey.clean_fields(exclude=["made_by"])
    survey.validate_constraints()
    survey.save(force_insert=True)
    _write(survey, offered)
    begin(SURVEY, survey, by=by, step="write_survey", at=at)
    return survey


@transaction.atomic
def change_survey(survey: Survey, *, by: Any, version: int, causes: Sequence[CauseSaid], **said: Any) -> Survey:
    """Change a draft under its version; Conflict once it is open, or with what is saved now when `version` is stale."""
    _may_manage(by)
    row = lock(survey, by)
    if row.status != SurveyStatus.DRAFT:
        raise Conflict(_("This survey was opened: its question and causes stay as they were asked."))
    offered = _offered(causes)
    now = [(cause.code, cause.name_km, cause.name_en) for cause in row.causes.all()]
    others = now != [tuple(one) for one in offered]
    if others and row.version != version:
        theirs = {"causes": ", ".join(str(cause) for cause in row.causes.all())}
        raise Conflict(_("Somebody changed this while you were writing. Compare, then save again."), theirs=theirs)
    edited = edit(row, by=by, version=version, changes=_cleaned(said, offered))
    if others:
        _replace(edited, offered, by)
    return edited


@transaction.atomic
def advance_survey(survey: Survey, step: str, *, by: Any, **said: Any) -> Survey:
    """Open, close or reopen a survey."""
    return perform(SURVEY, survey, step, by=by, **said)


def _may_manage(by: Any) -> None:
    if not by.may("survey.manage"):
        raise PermissionDenied(_("Surveys are written by the analysts."))


def _replace(survey: Survey, offered: list[CauseSaid], by: Any) -> None:
    before = ", ".join(survey.causes.values_list("code", flat=True))
    survey.causes.all().delete()
    _write(survey, offered)
    survey.version += 1
    survey.save(update_fields=["version"])
    after = ", ".join(one.code for one in offered)
    columns = story_columns(survey)
    Edit.objects.create(**columns, field="causes", before=before, after=after, by=by, version=survey.version)
    record("survey.causes", by=by, about=survey)


def _write(survey: Survey, offered: list[CauseSaid]) -> None:
    for place, one in enumerate(offered, 1):
        cause = Cause(survey=survey, code=one.code, name_km=one.name_km, name_en=one.name_en, place=place)
        cause.clean_fields(exclude=["survey"])
        cause.save(force_insert=True)


def _offered(causes: Sequence[CauseSaid]) -> list[CauseSaid]:
    """Return the causes with their codes and words, the survey's own numbered; raises ValidationError."""
    found: list[CauseSaid] = []
    for one in causes:
        km, en = (" ".join(clean(text).split()) for text in (one.name_km, one.name_en))
        if not one.code and not km and not en:
            continue
        if one.code and one.code not in KnownCause.values and not km and not en:
            raise ValidationError({"causes": [_("Choose from the answers.")]})
        if len(km) > 200 or len(en) > 200:
            raise ValidationError({"causes": [_("This is longer than %(most)s characters.") % {"most": number(200)}]})
        found.append(CauseSaid(one.code or f"own_{len(found) + 1}", km, en) if km or en else _known(one.code))
    if len({one.code for one in found}) < len(found):
        raise ValidationError({"causes": [_("The same cause stands here twice.")]})
    if not FEWEST <= len(found) <= MOST_CAUSES:
        said = {"least": number(FEWEST), "most": number(MOST_CAUSES)}
        raise ValidationError({"causes": [_("Offer from %(least)s to %(most)s causes.") % said]})
    return found


def _known(code: str) -> CauseSaid:
    """Return a cause of the list in both languages, kept with the survey: its words stay as they were asked."""
    words = []
    for language in ("km", "en"):
        with override(language):
            words.append(str(KnownCause(code).label))
    return CauseSaid(code, *words)


def _cleaned(said: dict[str, Any], offered: list[CauseSaid]) -> dict[str, Any]:
    values = {**said, **{name: " ".join(clean(said.get(name) or "").split()) for name in LINES}}
    values["population"] = clean(said.get("population") or "")
    errors: dict[str, list[Any]] = {}
    if values.get("kind") not in QuestionKind.values:
        errors["kind"] = [_("Choose one of the answers.")]
    elif values["kind"] == QuestionKind.MULTI_CHOICE:
        values["ranked_by"] = RankedBy.SHARE
    else:
        values["ranked_by"] = values.get("ranked_by") or RankedBy.FIRST_CHOICE
    if not 1 <= (values.get("most") or 0) <= len(offered):
        errors["most"] = [_("Give a number from 1 to %(most)s, the causes offered.") % {"most": number(len(offered))}]
    for name in ("from_on", "until_on"):
        if not values.get(name):
            errors[name] = [_("Write the day, like 29/9/2022.")]
    if not values["organiser"]:
        errors["organiser"] = [_("Write who makes the survey.")]
    if errors:
        raise ValidationError(errors)
    return values

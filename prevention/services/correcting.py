"""Correct one sheet of answers, with the reason; what stood before stays in its history."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.display import number
from core.exceptions import Conflict
from core.text import clean
from prevention.models import Respondent
from prevention.services.respondents import Checker, answers_of, provinces_of
from workflow.models import Edit, Transition
from workflow.services import edit, lock, story_columns

STEP = "correct_answers"
MOST_WHY = 2_000


def causes_of(row: Respondent) -> tuple[str, ...]:
    """Return the codes of what was named, in order."""
    named = row.answers.order_by("rank", "cause__place")
    return tuple(named.values_list("cause__code", flat=True))


def said_of(row: Respondent) -> dict[str, Any]:
    """Return what stands, as it would be said anew."""
    names = ("sex", "age", "occupation", "knows_hotline", "weight", "refused")
    said = {name: getattr(row, name) for name in names}
    band = row.band if row.age is None else ""
    return {"province": row.province_id, **said, "band": band, "causes": causes_of(row)}


@transaction.atomic
def correct_respondent(respondent: Respondent, *, by: Any, version: int, why: str, **said: Any) -> Respondent:
    """Correct a sheet of answers, said anew as a whole, while its survey is open; nothing is kept where nothing differs.

    Raises ValidationError by field, Conflict where the survey is closed or `version` is stale.
    """
    if not by.may("survey.correct"):
        raise PermissionDenied(_("Your role does not allow this. Ask your supervisor."))
    survey = lock(respondent.survey, by)
    row = Respondent.objects.correctable_by(by).filter(pk=respondent.pk, survey=survey).first()
    if row is None:
        raise Http404
    if not survey.is_open:
        raise Conflict(_("This survey takes no answers now. Answers are corrected once it is open again."))
    reason, checker = _reason(why), Checker(survey)
    values = checker.checked(said)
    if values["province_id"] not in provinces_of(by, checker.provinces):
        raise ValidationError({"province": [_("You enter answers for your own province only.")]})
    return _kept(row, values, checker, by=by, version=version, why=reason)


def _reason(why: str) -> str:
    try:
        reason = clean(why or "")
    except ValidationError as error:
        raise ValidationError({"why": error.messages}) from None
    if not reason:
        raise ValidationError({"why": [_("Write why it is corrected.")]})
    if len(reason) > MOST_WHY:
        said = {"most": number(MOST_WHY)}
        raise ValidationError({"why": [_("This is longer than %(most)s characters.") % said]})
    return reason


def _kept(row: Respondent, values: dict[str, Any], checker: Checker, *, by: Any, version: int, why: str) -> Respondent:
    """Write what differs, a line of history for each field, and why under the version that it made."""
    causes, stood = values.pop("causes"), causes_of(row)
    if not checker.survey.is_ranking:  # of several chosen the order says nothing
        causes = tuple(code for code in checker.causes if code in causes)
    if causes != stood and row.version != version:
        raise Conflict(_("Somebody changed this while you were writing. Compare, then save again."))
    read = row.version
    row = edit(row, by=by, version=version, changes=values)
    if causes != stood:
        _replace(row, stood, causes, checker, by=by, bump=row.version == read)
    if row.version != read:
        columns = story_columns(row)
        Transition(
            **columns, field="answers", step=STEP, before=str(read), after=str(row.version), note=why, by=by
        ).save()
        detail = {"respondent": row.reference, "version": row.version}
        record("survey.correct", by=by, about=checker.survey, detail=detail)
    return row


def _replace(
    row: Respondent, stood: tuple[str, ...], causes: tuple[str, ...], checker: Checker, *, by: Any, bump: bool
) -> None:
    row.answers.all().delete()
    row.answers.bulk_create(answers_of(row, causes, checker))
    if bump:
        row.version += 1
        row.updated_at = timezone.now()
        row.save(update_fields=["version", "updated_at"])
    words = {"field": "causes", "before": ", ".join(stood), "after": ", ".join(causes)}
    Edit.objects.create(**story_columns(row) | words, by=by, version=row.version)

"""Record what a person agreed to, and who stands by a child: one answer after another, nothing is overwritten."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict
from core.text import clean
from victims.answers import answers_of
from victims.guardians import require_guardian
from victims.guards import FOUND
from victims.models import Afraid, Consent, ConsentAnswer, ConsentFor, Guardian, GuardianKind, Victim
from victims.services.rescue import hold_person
from victims.services.stopping import stop_returns
from workflow.services import lock

MAX_NOTE, MAX_VIEW, MAX_NAME, MAX_LANGUAGE = 2000, 5000, 200, 60
UNSAFE = (Afraid.YES, Afraid.DOUBT)
Errors = dict[str, list[str]]


def may_record_consent(victim: Victim, by: Any) -> bool:
    """Return whether `by` may record answers of this person now."""
    return bool(by.may("victim.rescue")) and _was_found(victim)


@transaction.atomic
def record_consent(
    victim: Victim,
    *,
    by: Any,
    answers: Mapping[str, str],
    asked_alone: bool | None,
    asked_language: str,
    asked_on: datetime.date | None = None,
    afraid: str = "",
    note: str = "",
) -> list[Consent]:
    """Keep the answers of one asking, by purpose; those not asked are left out. No yes to the embassy stops a return.

    A fear that was told is kept with the embassy, as "later" where the embassy itself was not asked about: it is not told.

    Raises PermissionDenied, Conflict for somebody not found or a child without a guardian, ValidationError by field.
    """
    day, said = asked_on or timezone.localdate(), _said(answers, afraid)
    if any(answer != ConsentAnswer.YES for answer in said.values()):
        hold_person(victim)  # what it ends may run in another complaint
    row = _held(victim, by)
    require_guardian(row)
    if wrong := _asked(day, asked_language, asked_alone, note) | _answers(row, said, asked_alone, afraid, by):
        raise ValidationError(wrong)
    how = {"asked_on": day, "asked_alone": bool(asked_alone), "asked_language": clean(asked_language)}
    made = [_kept(row, by, purpose, answer, afraid=afraid, note=clean(note), **how) for purpose, answer in said.items()]
    record("victim.consent", by=by, about=row, detail=dict(said))
    if said.get(ConsentFor.EMBASSY, ConsentAnswer.YES) != ConsentAnswer.YES:
        stop_returns(row.person_id, within=row.handling, because=made[-1].pk)
    _tell(row, said)
    return made


def _said(answers: Mapping[str, str], afraid: str) -> dict[str, str]:
    """Return what was answered, and "later" of the embassy for a fear told without a word of it."""
    said = {name: answer for name, answer in answers.items() if answer}
    if said and afraid in UNSAFE:
        said.setdefault(ConsentFor.EMBASSY, ConsentAnswer.LATER)
    return said


def _kept(row: Victim, by: Any, purpose: str, answer: str, *, afraid: str, **how: Any) -> Consent:
    """Write one answer down; the fear stands beside the embassy alone."""
    fear = afraid if purpose == ConsentFor.EMBASSY else ""
    made: Consent = Consent.objects.create(**_columns(row, by), purpose=purpose, answer=answer, afraid=fear, **how)
    return made


Follower = Callable[[Victim, Mapping[str, str]], None]
FOLLOWERS: list[Follower] = []


def _tell(row: Victim, said: Mapping[str, str]) -> None:
    """Let the rooms above do what follows."""
    for follower in FOLLOWERS:
        follower(row, said)


def when_answered(follower: Follower) -> None:
    """Let a room above say what follows, in the same transaction, from what somebody agreed to or took back."""
    FOLLOWERS.append(follower)


@transaction.atomic
def name_guardian(
    victim: Victim,
    *,
    by: Any,
    name: str,
    kind: str,
    own_view: str,
    view_language: str,
    since: datetime.date | None = None,
) -> Guardian:
    """Name who stands by a child from a day on, with what the child says itself; errors as `record_consent`."""
    row = _held(victim, by)
    if not row.is_child:
        raise Conflict(_("This is no child as far as known. Correct the age first."))
    day, wrong = since or timezone.localdate(), _guardian(name, kind, own_view, view_language)
    if day > timezone.localdate():
        wrong["since"] = [_("This day has not come yet.")]
    if wrong:
        raise ValidationError(wrong)
    made: Guardian = Guardian.objects.create(
        **_columns(row, by),
        name=clean(name),
        kind=kind,
        since=day,
        own_view=clean(own_view),
        view_language=clean(view_language),
    )
    record("victim.guardian", by=by, about=row, detail={"kind": kind})
    return made


def _columns(row: Victim, by: Any) -> dict[str, Any]:
    """Return the columns by which a row hangs on a person and their complaint, and who recorded it."""
    scope = {"complaint_id": row.complaint_id, "province_id": row.province_id, "handling": row.handling}
    return {"victim": row, **scope, "by": by}


def _was_found(victim: Victim) -> bool:
    return victim.rescue_status in FOUND or bool(victim.found_unreported)


def _held(victim: Victim, by: Any) -> Victim:
    if not by.may("victim.rescue"):
        raise PermissionDenied(_("Your role does not record what a person agreed to."))
    row = lock(victim, by)
    if not _was_found(row):
        raise Conflict(_("The person was not found yet. Record the rescue first."))
    return row


def _asked(day: datetime.date, language: str, alone: bool | None, note: str) -> Errors:
    wrong: Errors = {}
    if day > timezone.localdate():
        wrong["asked_on"] = [_("This day has not come yet.")]
    if alone is None:
        wrong["asked_alone"] = [_("Answer this question.")]
    if not clean(language):
        wrong["asked_language"] = [_("Answer this question.")]
    return wrong | _too_long({"asked_language": (language, MAX_LANGUAGE), "note": (note, MAX_NOTE)})


def _answers(victim: Victim, said: Mapping[str, str], alone: bool | None, afraid: str, by: Any) -> Errors:
    if not said:
        return {"answers": [_("Record at least one answer.")]}
    if not set(said) <= set(ConsentFor.values) or not set(said.values()) <= set(ConsentAnswer.values):
        return {"answers": [_("Choose one of the answers.")]}
    wrong: Errors = {}
    kept = answers_of(victim, by)  # a hidden yes that could be withdrawn would tell of itself
    for purpose, answer in said.items():
        before = kept.get(purpose)
        if answer == ConsentAnswer.WITHDRAWN and (before is None or before.answer != ConsentAnswer.YES):
            wrong[purpose] = [_("There is no yes to withdraw. Record no or later.")]
    if afraid and afraid not in Afraid.values:
        wrong["afraid"] = [_("Choose one of the answers.")]
    if said.get(ConsentFor.EMBASSY) == ConsentAnswer.YES:
        wrong |= _embassy(alone, afraid)
    return wrong


def _embassy(alone: bool | None, afraid: str) -> Errors:
    if not afraid:
        return {"afraid": [_("Ask this first: without the answer the embassy is not told.")]}
    if afraid != Afraid.NO:
        return {
            "embassy": [
                _(
                    "The person is afraid, or in doubt. The embassy is not told: record no or later, and look for another way."
                )
            ]
        }
    if alone is False:
        return {"embassy": [_("A yes to the embassy counts only when the person was asked alone.")]}
    return {}


def _guardian(name: str, kind: str, view: str, language: str) -> Errors:
    wrong = {
        field: [_("Answer this question.")]
        for field, text in (("name", name), ("own_view", view), ("view_language", language))
        if not clean(text)
    }
    if kind not in GuardianKind.values:
        wrong["kind"] = [_("Choose one of the answers.")]
    sizes = {"name": (name, MAX_NAME), "own_view": (view, MAX_VIEW), "view_language": (language, MAX_LANGUAGE)}
    return wrong | _too_long(sizes)


def _too_long(texts: Mapping[str, tuple[str, int]]) -> Errors:
    return {
        name: [_("This is longer than %(most)s characters.") % {"most": most}]
        for name, (text, most) in texts.items()
        if len(clean(text)) > most
    }

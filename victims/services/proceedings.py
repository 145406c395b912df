"""Record what courts and authorities did with a person: one act after another; what was a mistake is taken back by a row."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.exceptions import Conflict
from core.text import clean
from victims.guards import FOUND
from victims.models import Proceeding, ProceedingKind, Victim
from victims.models.proceeding import PENALTIES, WITH_AMOUNT
from workflow.services import lock

MAX_AUTHORITY, MAX_NOTE = 200, 2000
MAX_AMOUNT = 999_999_999_999
EARLIEST = datetime.date(1990, 1, 1)


def courts() -> Any:
    """Return the courts; they live in a room beside."""
    return Proceeding._meta.get_field("court").related_model._base_manager.all()  # type: ignore[union-attr]


def files_for(victim: Victim, by: Any) -> Any:
    """Return the case files that hold the person, their complaint or its suspects, of those `by` may see."""
    model: Any = Proceeding._meta.get_field("case_file").related_model
    if not by.may("casefile.read"):
        return model.objects.none()
    holding = Q(victims=victim.pk) | Q(complaints=victim.complaint_id) | Q(suspects__complaint=victim.complaint_id)
    keys = model._base_manager.filter(holding).values("pk")
    return model.objects.visible_to(by).filter(pk__in=keys)


def may_record_proceeding(victim: Victim, by: Any) -> bool:
    """Return whether `by` may record what a court did with this person now."""
    return bool(by.may("victim.rescue")) and _was_found(victim)


@transaction.atomic
def record_proceeding(
    victim: Victim,
    *,
    by: Any,
    kind: str,
    happened_on: datetime.date | None,
    court: str = "",
    authority: str = "",
    case_file: str = "",
    amount_riel: int | None = None,
    note: str = "",
) -> Proceeding:
    """Keep one act of a court or another authority on a day.

    Raises PermissionDenied, Conflict for somebody not found, ValidationError by field.
    """
    row = _held(victim, by)
    wrong = _wrong(kind, happened_on, court, authority, amount_riel, note)
    file = _file(row, case_file, by, wrong)
    if wrong:
        raise ValidationError(wrong)
    before_whom = {"court_id": court or None, "authority": clean(authority), "case_file": file}
    said = {"kind": kind, "happened_on": happened_on, "amount_riel": amount_riel, "note": clean(note)}
    made: Proceeding = Proceeding.objects.create(**_columns(row, by), **before_whom, **said)
    record("victim.proceeding", by=by, about=row, detail={"kind": kind})
    return made


@transaction.atomic
def take_back_proceeding(proceeding: Proceeding, *, by: Any, note: str) -> Proceeding:
    """Take an act back that was recorded by mistake; a penalty only by the ministry. Conflict where it was already."""
    row = _held(proceeding.victim, by)
    if proceeding.kind in PENALTIES and not by.may("victim.confirm"):
        raise PermissionDenied(_("That somebody was penalised is taken back by the ministry."))
    held = Proceeding.objects.standing().filter(pk=proceeding.pk, victim=row).first()
    if held is None:
        raise Conflict(_("This was taken back already. Load the record again."))
    why = clean(note)
    if not why:
        raise ValidationError({"note": [_("Write down why.")]})
    if len(why) > MAX_NOTE:
        raise ValidationError({"note": [_("This is longer than %(most)s characters.") % {"most": MAX_NOTE}]})
    said = {"kind": held.kind, "happened_on": held.happened_on, "takes_back": held, "note": why}
    made: Proceeding = Proceeding.objects.create(**_columns(row, by), **said)
    record("victim.proceeding_back", by=by, about=row, detail={"kind": held.kind})
    return made


def _columns(row: Victim, by: Any) -> dict[str, Any]:
    scope = {"complaint_id": row.complaint_id, "province_id": row.province_id, "handling": row.handling}
    return {"victim": row, **scope, "by": by}


def _was_found(victim: Victim) -> bool:
    return victim.rescue_status in FOUND or bool(victim.found_unreported)


def _held(victim: Victim, by: Any) -> Victim:
    if not by.may("victim.rescue"):
        raise PermissionDenied(_("Your role does not record what courts did with a person."))
    row = lock(victim, by)
    if not _was_found(row):
        raise Conflict(_("The person was not found yet. Record the rescue first."))
    return row


def _wrong(
    kind: str, day: datetime.date | None, court: str, authority: str, amount: int | None, note: str
) -> dict[str, list[str]]:
    """Say what is wrong, by field, all at once."""
    wrong = _wrong_day(day) | _wrong_amount(kind, amount)
    if kind not in ProceedingKind.values:
        wrong["kind"] = [_("Choose one of the answers.")]
    if court and not courts().filter(pk=court).exists():
        wrong["court"] = [_("Choose the court.")]
    elif not court and not clean(authority):
        wrong["authority"] = [_("Choose the court, or write which authority it was.")]
    for name, text, most in (("authority", authority, MAX_AUTHORITY), ("note", note, MAX_NOTE)):
        if len(clean(text)) > most:
            wrong[name] = [_("This is longer than %(most)s characters.") % {"most": most}]
    return wrong


def _wrong_day(day: datetime.date | None) -> dict[str, list[str]]:
    if day is None:
        return {"happened_on": [_("Write the day, like 29/9/2022.")]}
    if day > timezone.localdate():
        return {"happened_on": [_("This lies in the future. Give the day it happened.")]}
    if day < EARLIEST:
        return {"happened_on": [_("This lies too far back. Write the year as 20xx.")]}
    return {}


def _wrong_amount(kind: str, amount: int | None) -> dict[str, list[str]]:
    if amount is None:
        return {}
    if kind in ProceedingKind.values and kind not in WITH_AMOUNT:
        return {"amount_riel": [_("There is no amount to this. Leave it empty.")]}
    if not 1 <= amount <= MAX_AMOUNT:
        return {"amount_riel": [_("Give a whole amount, like 4,000,000.")]}
    return {}


def _file(row: Victim, reference: str, by: Any, wrong: dict[str, list[str]]) -> Any:
    if not reference:
        return None
    file = files_for(row, by).filter(reference=reference.strip().upper()).first()
    if file is None:
        wrong["case_file"] = [_("Choose a case file of this person or their complaint.")]
    return file

"""Set hearings, record what came of them, and remind the officers concerned before they begin."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.exceptions import Conflict
from core.text import clean
from notifications.services import duty_recipients, notify
from suspects.hearing_workflow import HEARING
from suspects.models import Court, Hearing, HearingKind, HearingStatus, Restraint, Suspect, SuspectStatus
from suspects.services.court import columns_of
from workflow.notes import in_source
from workflow.services import begin, lock, perform

ADJOURNED_BY_MISTAKE = gettext_lazy("The adjournment that set it was taken back.")

AT_COURT = (
    SuspectStatus.SENT_TO_COURT,
    SuspectStatus.CHARGED,
    SuspectStatus.ON_TRIAL,
    SuspectStatus.CONVICTED,
    SuspectStatus.ACQUITTED,
    SuspectStatus.DISMISSED,
)
MAX_ROOM, MAX_RESULT, MOST, MOST_TOGETHER = 120, 2000, 200, 30
FURTHEST = datetime.timedelta(days=3 * 366)
EARLY, LATE = datetime.timedelta(days=3), datetime.timedelta(days=1)


def may_set(suspect: Suspect, by: Any) -> bool:
    """Return whether `by` may record a hearing of this suspect now."""
    return bool(by.may("suspect.court")) and suspect.status in AT_COURT


@transaction.atomic
def set_hearing(
    suspect: Suspect,
    *,
    by: Any,
    at: datetime.datetime | None,
    kind: str,
    court: str = "",
    room: str = "",
    also: Iterable[Suspect] = (),
) -> list[Hearing]:
    """Record a hearing, of co-suspects too; the court is the suspect's own unless said. One row a suspect, the own first.

    Raises PermissionDenied, Conflict before the court, ValidationError by field. A hearing may lie in the past.
    """
    if not by.may("suspect.court"):
        raise PermissionDenied(_("Your role does not record hearings."))
    together = sorted({row.pk: row for row in (suspect, *also)}.values(), key=lambda row: (row.complaint_id, row.pk))
    if len(together) > MOST_TOGETHER:
        raise ValidationError({"also": [_("At most %(most)s suspects at once.") % {"most": MOST_TOGETHER}]})
    held = [lock(row, by) for row in together]
    early = [row.reference for row in held if row.status not in AT_COURT]
    if early:
        raise Conflict(_("Not at court yet: %(who)s. Record that they were sent to court.") % {"who": ", ".join(early)})
    first = next(row for row in held if row.pk == suspect.pk)
    values = _checked(first, at, kind, court, room)
    made = [_made(row, by, values) for row in held]
    return sorted(made, key=lambda row: row.suspect_id != suspect.pk)


def _made(row: Suspect, by: Any, values: dict[str, Any]) -> Hearing:
    scope = {name: value for name, value in columns_of(row, by).items() if name != "by"}
    made = Hearing(**scope, **values, recorded_by=by)
    made.validate_constraints()
    made.save(force_insert=True)
    begin(HEARING, made, by=by, step="set_hearing")
    return made


def _checked(suspect: Suspect, at: datetime.datetime | None, kind: str, court: str, room: str) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    code = court or suspect.court_id or ""
    if not Court.objects.filter(pk=code).exists():
        errors["court"] = [_("Choose the court.")]
    if kind not in HearingKind.values:
        errors["kind"] = [_("Choose one of the answers.")]
    if len(clean(room)) > MAX_ROOM:
        errors["room"] = [_("This is longer than %(most)s characters.") % {"most": MAX_ROOM}]
    errors |= _wrong_time(suspect, at, "at")
    if errors:
        raise ValidationError(errors)
    return {"at": at, "kind": kind, "court_id": code, "room": clean(room)}


def _wrong_time(suspect: Suspect, at: datetime.datetime | None, name: str) -> dict[str, list[str]]:
    """Say what is wrong with the hour of a hearing."""
    if at is None:
        return {name: [_("Write the day, like 29/9/2022, and the hour.")]}
    if at > timezone.now() + FURTHEST:
        return {name: [_("This lies too far ahead. Check the year.")]}
    if suspect.sent_to_court_on and timezone.localtime(at).date() < suspect.sent_to_court_on:
        return {name: [_("This lies before the day they were sent to court. Check the day.")]}
    return {}


@transaction.atomic
def advance_hearing(hearing: Hearing, step: str, *, by: Any, **said: Any) -> Hearing:
    """Take one step of a hearing; an adjournment to a day sets the next one. See `perform` for `said` and the errors."""

    def effect(row: Hearing, values: dict[str, Any], _moment: datetime.datetime) -> dict[str, Any]:
        if len(values.get("result") or "") > MAX_RESULT:
            raise ValidationError({"result": [_("This is longer than %(most)s characters.") % {"most": MAX_RESULT}]})
        if step == "take_back_result":
            _withdraw_next(row, by)
            return {"result": "", "next": None}
        next_at = values.pop("next_at", None)
        return {**values, "next": _next(row, next_at, by)} if next_at else values

    return perform(HEARING, hearing, step, by=by, effect=effect, **said)


def _withdraw_next(row: Hearing, by: Any) -> None:
    """Take the hearing back that a mistaken adjournment set; Conflict where something came of it already."""
    if row.next is None or row.next.status == HearingStatus.MISTAKEN:
        return
    if row.next.status != HearingStatus.SET:
        raise Conflict(_("The hearing after this one has a result. Take that back first."))
    perform(HEARING, row.next, "strike", by=by, note=in_source(ADJOURNED_BY_MISTAKE))


def _next(row: Hearing, at: datetime.datetime, by: Any) -> Hearing:
    errors = _wrong_time(row.suspect, at, "next_at")
    if not errors and at <= row.at:
        errors = {"next_at": [_("The next hearing comes after this one. Check the day.")]}
    if errors:
        raise ValidationError(errors)
    return _made(row.suspect, by, {"at": at, "kind": row.kind, "court_id": row.court_id, "room": row.room})


@transaction.atomic
def remind(now: datetime.datetime | None = None) -> int:
    """Tell once three days and once one day before a hearing; return how many hearings were told of.

    Who learns of a hearing late gets the later reminder alone.
    """
    now = now or timezone.now()
    early = Q(at__lte=now + EARLY, told_early_at=None)
    late = Q(at__lte=now + LATE, told_late_at=None)
    due = Hearing.objects.coming(now).filter(early | late).order_by("pk")
    rows = list(due.select_for_update(skip_locked=True, of=("self",), no_key=True)[:MOST])
    for hearing in rows:
        _tell(hearing, now)
    return len(rows)


def _tell(hearing: Hearing, now: datetime.datetime) -> None:
    is_late = hearing.at <= now + LATE
    notify(
        concerned(hearing, hearing.recorded_by),
        "hearing_tomorrow" if is_late else "hearing_soon",
        about=hearing.suspect,
        transition=hearing.pk,
    )
    told = {"told_early_at": now, **({"told_late_at": now} if is_late else {})}
    Hearing.objects.filter(pk=hearing.pk).update(**told)


def concerned(row: Hearing | Restraint, recorder: User) -> list[User]:
    """Return the officers concerned who see the suspect: of the complaint, who recorded, who is on duty."""
    complaint: Any = row.complaint
    people = {recorder, complaint.officer}
    people |= set(duty_recipients(row.province_id, row.handling, row.complaint_id))
    seen = Suspect.objects.filter(pk=row.suspect_id)
    return [user for user in people if user is not None and seen.visible_to(user).exists()]


def coming_of(suspect: Suspect) -> Hearing | None:
    """Return the next hearing that is set."""
    return Hearing.objects.coming().filter(suspect=suspect).order_by("at").first()


__all__ = ["HearingStatus", "advance_hearing", "coming_of", "concerned", "may_set", "remind", "set_hearing"]

"""Name somebody as a suspect, and move them along the way to court."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.text import clean
from people.models import Person
from suspects.models import CustodyLimit, ProcessRole, Review, Suspect
from suspects.services import gate
from suspects.services.custody import NO_CLOCK, clock_from
from suspects.workflow import SUSPECT
from workflow.services import begin, perform

NO_ARREST = {
    "arrested_at": None,
    "arrested_in_id": None,
    "arrest_unit": "",
    "arrest_kind": "",
    "arrest_recorded_by": None,
    "extension_number": "",
    "extended_on": None,
    **NO_CLOCK,
}
NO_COURT = {"sent_to_court_on": None, "court_id": None}
Values = dict[str, Any]


@transaction.atomic
def add_suspect(
    complaint: Any, person: Person, *, by: Any, roles: Iterable[str] = (), public_official: str = ""
) -> Suspect:
    """Put a person into a complaint as a suspect; ValidationError by field, also for one who is there already."""
    chosen = list(dict.fromkeys(roles))
    if not set(chosen) <= set(ProcessRole.values):
        raise ValidationError({"roles": [_("Choose roles from the list.")]})
    suspect = Suspect(
        complaint=complaint,
        province_id=complaint.province_id,
        handling=complaint.handling,
        person=person,
        roles=chosen,
        public_official=clean(public_official),
        received_at=complaint.received_at,
        due_at=complaint.due_at,
        recorded_by=by,
    )
    suspect.validate_constraints()
    suspect.save(force_insert=True)
    begin(SUSPECT, suspect, by=by, step="add_suspect", at=complaint.received_at)
    return suspect


@transaction.atomic
def advance(suspect: Suspect, step: str, *, by: Any, **said: Any) -> Suspect:
    """Take one step of the way to court; see `workflow.services.perform` for `said` and the errors.

    *Sent to court* passes the non-punishment gate first (`suspects.services.gate`).
    """
    kept: list[tuple[str, str]] = []

    def effect(row: Suspect, values: Values, moment: datetime.datetime) -> Values:
        if step == "send_to_court" and (why := gate.pass_or_refuse(row, values.pop("override_why", ""))):
            kept.append((Review.Finding.OVERRIDDEN, why))
        if step == "review":
            kept.append((values.pop("finding"), clean(said.get("note", ""))))
            return {}
        stays = step == "extend_custody"
        changed = CHANGES[step](row, values, moment)
        if step == "arrest":
            changed["arrest_recorded_by"] = by
        return changed if stays else {"status_at": moment, "recorded_by": by, **changed}

    done = perform(SUSPECT, suspect, step, by=by, effect=effect, **said)
    for finding, why in kept:
        gate.keep(done, finding, why, by=by)
    return done


def _arrested(row: Suspect, values: Values, moment: datetime.datetime) -> Values:
    complaint: Any = row.complaint
    where = values.pop("arrested_in", None) or complaint.province_of_incident_id or row.province_id
    clock = clock_from(CustodyLimit.Kind.FIRST, moment)
    return {**values, **clock, "arrested_at": moment, "arrested_in_id": where}


def _extended(row: Suspect, values: Values, _moment: datetime.datetime) -> Values:
    first, ends = row.arrested_at, row.custody_ends_at
    if first is None or ends is None:
        raise ValidationError({"extended_on": [_("There was no arrest.")]})
    if not timezone.localtime(first).date() <= values["extended_on"] <= timezone.localtime(ends).date():
        message = _("An extension is ordered between the arrest and the end of custody. Check the date.")
        raise ValidationError({"extended_on": [message]})
    return {**values, **clock_from(CustodyLimit.Kind.EXTENSION, ends)}


def _sent(row: Suspect, values: Values, moment: datetime.datetime) -> Values:
    if row.arrested_at is not None and moment < row.arrested_at:
        raise ValidationError({"happened_at": [_("This lies before the arrest. Check the day and hour.")]})
    day = timezone.localtime(moment).date()
    return {"court_id": values["court"], "sent_to_court_on": day, **NO_CLOCK, "due_at": moment}


def _released(row: Suspect, values: Values, moment: datetime.datetime) -> Values:
    if row.arrested_at is not None and moment < row.arrested_at:
        raise ValidationError({"happened_at": [_("This lies before the arrest. Check the day and hour.")]})
    return {**values, "released_on": timezone.localtime(moment).date(), **NO_CLOCK, "due_at": moment}


def _arrest_taken_back(_row: Suspect, _values: Values, _moment: datetime.datetime) -> Values:
    return NO_ARREST


def _court_taken_back(row: Suspect, _values: Values, _moment: datetime.datetime) -> Values:
    if row.arrested_at is None:
        return dict(NO_COURT)
    return {**NO_COURT, **clock_from(CustodyLimit.Kind.FIRST, row.arrested_at)}


def _as_said(_row: Suspect, values: Values, _moment: datetime.datetime) -> Values:
    return values


CHANGES = {
    "mark_wanted": _as_said,
    "arrest": _arrested,
    "extend_custody": _extended,
    "send_to_court": _sent,
    "release": _released,
    "take_back_arrest": _arrest_taken_back,
    "take_back_court": _court_taken_back,
    "take_back_court_unarrested": _court_taken_back,
}

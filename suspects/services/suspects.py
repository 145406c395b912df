"""Name somebody as a suspect, and move them along the way to court."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Conflict
from core.text import clean
from notifications.services import notify
from people.models import Person
from suspects.models import CustodyLimit, ProcessRole, Review, Suspect
from suspects.services import court, gate
from suspects.services.custody import NO_CLOCK, clock_from
from suspects.services.sets import change_set
from suspects.words import done_operations
from suspects.workflow import SUSPECT
from workflow.services import begin, edit, lock, perform, transition_of

NO_ARREST = {
    "arrested_at": None,
    "arrested_in_id": None,
    "operation": None,
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
    suspect = Suspect(
        complaint=complaint,
        province_id=complaint.province_id,
        handling=complaint.handling,
        person=person,
        roles=_roles(roles),
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
def change_suspect(suspect: Suspect, *, by: Any, version: int, roles: Iterable[str], harmed: Iterable[Any]) -> Suspect:
    """Change the roles, and whom of their complaint the suspect harmed; Conflict when `version` is stale."""
    if not by.may("suspect.add"):
        raise PermissionDenied(_("Your role does not name suspects."))
    row = lock(suspect, by)
    people: Any = row.victims.model
    offered = people.objects.visible_to(by).live().filter(complaint=row.complaint_id)
    seen = dict(offered.values_list("pk", "reference"))
    wanted = {victim.pk: victim.reference for victim in harmed}
    if not set(wanted) <= set(seen):
        raise ValidationError({"harmed": [_("Choose persons of this complaint.")]})
    kept = dict(row.victims.values_list("pk", "reference"))
    hidden = {key: reference for key, reference in kept.items() if key not in seen}
    wanted |= hidden
    if row.version != version and kept != wanted:
        message = _("Somebody changed this while you were writing. Compare, then save again.")
        raise Conflict(message, theirs={"harmed": ", ".join(sorted(kept.values()))})
    before = row.version
    changed = edit(row, by=by, version=version, changes={"roles": _roles(roles)})
    if kept != wanted:
        change_set(changed, "victims", kept, wanted, by=by, version=before)
    return changed


def _roles(roles: Iterable[str]) -> list[str]:
    chosen = list(dict.fromkeys(roles))
    if not set(chosen) <= set(ProcessRole.values):
        raise ValidationError({"roles": [_("Choose roles from the list.")]})
    return chosen


@transaction.atomic
def advance(suspect: Suspect, step: str, *, by: Any, **said: Any) -> Suspect:
    """Take one step of the way to court; see `workflow.services.perform` for `said` and the errors.

    *Sent to court* passes the non-punishment gate first (`suspects.services.gate`).
    """
    kept: list[tuple[str, str]] = []

    def effect(row: Suspect, values: Values, moment: datetime.datetime) -> Values:
        if step == "send_to_court" and (why := gate.pass_or_refuse(row, values.pop("override_why", ""), by=by)):
            kept.append((Review.Finding.OVERRIDDEN, why))
        if step == "review":
            kept.append((values.pop("finding"), clean(said.get("note", ""))))
            return {}
        if at_court := court.CHANGES.get(step):
            changed = at_court(row, values, moment, by)
            return changed if step in court.BESIDE else {"status_at": moment, "recorded_by": by, **changed}
        stays = step == "extend_custody"
        changed = CHANGES[step](row, values, moment)
        if step == "arrest":
            changed["arrest_recorded_by"] = by
        return changed if stays else {"status_at": moment, "recorded_by": by, **changed}

    done = perform(SUSPECT, suspect, step, by=by, effect=effect, **said)
    for finding, why in kept:
        review = gate.keep(done, finding, why, by=by)
        if finding == Review.Finding.OVERRIDDEN:
            unit = User.objects.active().filter(role="integrity")
            notify(unit, "review_overridden", about=review, transition=transition_of(done))
    return done


def _arrested(row: Suspect, values: Values, moment: datetime.datetime) -> Values:
    complaint: Any = row.complaint
    where = values.pop("arrested_in", None) or complaint.province_of_incident_id or row.province_id
    if met_in := values.pop("operation", None):
        values["operation"] = done_operations(row).get(reference=met_in)
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


def _arrest_taken_back(row: Suspect, _values: Values, _moment: datetime.datetime) -> Values:
    complaint: Any = row.complaint
    return {**NO_ARREST, "due_at": complaint.due_at}


def _court_taken_back(row: Suspect, _values: Values, _moment: datetime.datetime) -> Values:
    if row.arrested_at is None:
        complaint: Any = row.complaint
        return {**NO_COURT, "due_at": complaint.due_at}
    clock = clock_from(CustodyLimit.Kind.FIRST, row.arrested_at)
    if row.extension_number:
        clock = clock_from(CustodyLimit.Kind.EXTENSION, clock["custody_ends_at"])
    return {**NO_COURT, **clock}


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

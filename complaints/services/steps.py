"""Take the steps of a complaint, and of the people in it, and tell those concerned."""

import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from complaints.models import Complaint, Handling, Stage
from complaints.models.deadline import due
from complaints.workflow import COMPLAINT
from notifications.services import duty_recipients, notify
from suspects.services import close_around
from victims import services as victims
from workflow.services import perform, transition_of

NO_PROPOSAL = {"proposed_outcome": "", "proposed_finding": "", "proposed_by": None}


@transaction.atomic
def advance(complaint: Complaint, step: str, *, by: Any, **said: Any) -> Complaint:
    """Take one step of a complaint; see `workflow.services.perform` for `said` and the errors."""

    def effect(row: Complaint, values: dict[str, Any], moment: datetime.datetime) -> dict[str, Any]:
        return _changes(row, step, values, moment, by)

    done = perform(COMPLAINT, complaint, step, by=by, effect=effect, **said)
    if step in HANDED:
        close_around(done)
    _tell(done, step, by)
    return done


Values = dict[str, Any]


def _changes(row: Complaint, step: str, values: Values, moment: datetime.datetime, by: Any) -> Values:
    """Return the columns a step changes besides the status."""
    if step == "assign":
        return _assigned(row, values["province"])
    if step in HANDED:
        return {"handling": HANDED[step], "officer": None}
    own = OWN_CHANGES.get(step, _as_answered)(row, values, moment, by)
    stage = STAGE.get(step)
    clock = {"due_at": due(stage, row.urgency, moment)} if stage else {}
    return {"status_at": moment, **own, **clock}


def _as_answered(_row: Complaint, values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    return values


def _taken(_row: Complaint, _values: Values, _moment: datetime.datetime, by: Any) -> Values:
    return {"officer": by}


def _recorded(_row: Complaint, values: Values, moment: datetime.datetime, _by: Any) -> Values:
    return {"outcome": values["outcome"], "finding": "", "outcome_at": moment}


def _proposed(_row: Complaint, values: Values, _moment: datetime.datetime, by: Any) -> Values:
    outcome, finding = values.get("outcome", ""), values.get("finding", "")
    return {"proposed_outcome": outcome, "proposed_finding": finding, "proposed_by": by}


def _confirmed(row: Complaint, _values: Values, moment: datetime.datetime, _by: Any) -> Values:
    decided = {"outcome": row.proposed_outcome, "finding": row.proposed_finding, "outcome_at": moment}
    return {**decided, **NO_PROPOSAL}


def _settled(_row: Complaint, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    return NO_PROPOSAL


def _reopened(_row: Complaint, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    return {**NO_PROPOSAL, "outcome": "", "finding": "", "outcome_at": None}


# Who handles it changes; where it stands does not. Who may see it next is named anew.
HANDED = {
    "lead_nationally": Handling.NATIONAL_LED,
    "hand_to_province": Handling.PROVINCIAL,
    "seal": Handling.SEALED,
}
OWN_CHANGES = {
    "acknowledge": _taken,
    "record_outcome": _recorded,
    "propose_outcome": _proposed,
    "propose_closing": _proposed,
    "confirm_outcome": _confirmed,
    "send_back": _settled,
    "close": _settled,
    "reopen": _reopened,
}
STAGE = {
    "acknowledge": Stage.VERIFY,
    "record_outcome": Stage.RESCUE,
    "confirm_outcome": Stage.RESCUE,
    "reopen": Stage.VERIFY,
}


def _assigned(row: Complaint, province: str) -> dict[str, Any]:
    """The responsible province; it is the province of incident too where that was not known and not abroad."""
    changes: dict[str, Any] = {"province_id": province}
    if row.province_of_incident_id is None and not row.country_of_incident:
        changes["province_of_incident_id"] = province
    return changes


KINDS = {
    "assign": "complaint_assigned",
    "acknowledge": "complaint_acknowledged",
    "propose_outcome": "outcome_proposed",
    "propose_closing": "closing_proposed",
    "send_back": "sent_back",
    "close": "closed",
    "reopen": "reopened",
    "confirm_outcome": "outcome_recorded",
    "lead_nationally": "complaint_led",
    "hand_to_province": "complaint_assigned",
    "seal": "complaint_sealed",
}
ASKS_SUPERVISOR = {"propose_outcome", "propose_closing"}


def _tell(complaint: Complaint, step: str, by: Any) -> None:
    kind = KINDS.get(step)
    if kind is None:
        return
    people = {user.pk: user for user in _concerned(complaint, step)}
    people.pop(by.pk, None)
    notify(people.values(), kind, about=complaint, transition=transition_of(complaint))


def _concerned(complaint: Complaint, step: str) -> list[User]:
    """Who is told: who may decide what was proposed, who logged an acknowledged one, else the officer in charge."""
    if step in ASKS_SUPERVISOR:
        seen = Complaint.objects.filter(pk=complaint.pk)
        deciding = User.objects.filter(is_active=True, role="supervisor")
        return [user for user in deciding if seen.visible_to(user).exists()]
    if step == "acknowledge":
        logged = complaint.logged_by
        return [logged] if Complaint.objects.visible_to(logged).filter(pk=complaint.pk).exists() else []
    on_duty = list(duty_recipients(complaint.province_id, complaint.handling, complaint.pk))
    return [complaint.officer] if complaint.officer and step != "assign" else on_duty


advance_victim = victims.advance
decide_victim = victims.decide

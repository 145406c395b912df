"""Move people along the rescue workflow. A Rescue ends every search for the person, in every complaint."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.deciding import who_decides
from accounts.models import User
from accounts.services import system_user
from notifications.services import duty_recipients, notify
from people.models import Person
from provinces.models import MINISTRY
from victims.models import Victim
from victims.services.moved import moved_to, open_to_province
from victims.services.places import brought_to, end_stay
from victims.workflow import RESCUE, done_operations
from workflow.notes import in_source
from workflow.services import perform, transition_of

ASKS_SUPERVISOR = {"record_declined", "record_not_found"}
ENDABLE = {source for step in RESCUE.named("record_rescue") for source in step.sources}
CLEARED = {
    "rescued_on": None,
    "rescued_in_id": None,
    "ended_by": None,
    "left_how": "",
    "asked_by": "",
    "asked_alone": None,
    "asked_away": None,
    "asked_language": "",
    "final_by": None,
    "final_at": None,
}
ENDED_ELSEWHERE = gettext_lazy("Rescued, as recorded elsewhere.")
TAKEN_BACK = gettext_lazy("The rescue that ended this search was taken back.")
Values = dict[str, Any]


@transaction.atomic
def advance(victim: Victim, step: str, *, by: Any, **said: Any) -> Victim:
    """Take one step of the rescue workflow and tell who decides a final status.

    Recording a rescue ends the person's other searches; taking such a search up again gives those back. See
    `workflow.services.perform` for `said` and the errors.
    """
    if step in {"record_rescue", "resume_search"}:
        hold_person(victim)

    asked: Values = {}

    def effect(row: Victim, values: Values, moment: datetime.datetime) -> Values:
        asked["place_now"] = values.pop("place_now", "")
        if step == "record_moved":
            values |= moved_to(values.pop("moved_to"), values.pop("moved_country", ""))
        return _changes(row, step, values, moment, by)

    done = perform(RESCUE, victim, step, by=by, effect=effect, **said)
    touch(done)
    _follow(done, step, asked.get("place_now", ""), by)
    return done


def _follow(done: Victim, step: str, place_now: str, by: Any) -> None:
    """Do what follows from a step: other searches, where the person is, who is told."""
    if step == "record_rescue":
        _end_other_searches(done, by)
        if place_now:
            brought_to(done, place_now, by=by)
    if step == "resume_search":
        end_stay(done)
        _give_back(done)
    if step == "record_moved":
        open_to_province(done, by)
    if step in ASKS_SUPERVISOR:
        _ask_supervisors(done, by)


def hold_person(victim: Victim) -> None:
    """Lock the person of a row and the complaints that seek them, as `hold_people`."""
    hold_people([victim.pk])


def hold_people(victims: Iterable[Any], also: Iterable[Any] = ()) -> None:
    """Lock the people of rows, then the complaints that seek them and those of `also`, each in order of id.

    Every act that changes several searches begins so, before it locks anything else: then no two can deadlock.
    """
    people = _held_people(set(victims))
    complaints: Any = Victim._meta.get_field("complaint").related_model
    seeking = Victim.objects.live().filter(person_id__in=people).values_list("complaint_id", flat=True)
    rows = complaints._base_manager.filter(pk__in={*seeking, *also}).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _held_people(victims: set[Any]) -> set[Any]:
    """Lock whose rows they are now: while one waited, a person may have been merged into another, or parted again."""
    rows = Victim.objects.filter(pk__in=victims)
    while True:
        people = set(rows.values_list("person_id", flat=True))
        before = transaction.savepoint()
        held = Person.objects.filter(pk__in=people).order_by("pk")
        list(held.select_for_update(no_key=True).values_list("pk"))
        if set(rows.values_list("person_id", flat=True)) <= people:
            transaction.savepoint_commit(before)
            return people
        transaction.savepoint_rollback(before)  # lets go of the wrong person's lock


def _changes(row: Victim, step: str, values: Values, moment: datetime.datetime, by: Any) -> Values:
    if step == "confirm_final":
        return {"final_by": by, "final_at": timezone.now()}
    where, met_in = values.pop("rescued_in", None), values.pop("operation", None)
    own: Values = {"operation": done_operations(row).get(reference=met_in)} if met_in else {}
    if step == "record_rescue":
        complaint: Any = row.complaint
        own["rescued_on"] = timezone.localtime(moment).date()
        here = row.province_id if row.province_id != MINISTRY else None
        own["rescued_in_id"] = where or complaint.province_of_incident_id or here
    if step == "resume_search":
        own["operation"] = None
    return {**CLEARED, **values, **own, "status_at": moment, "recorded_by": by}


def touch(victim: Victim) -> None:
    """Say that the complaint changed too; victims may not import the class that says so."""
    type(victim.complaint)._base_manager.filter(pk=victim.complaint_id).update(updated_at=timezone.now())


def _end_other_searches(done: Victim, by: Any) -> None:
    """End the other searches for the person as the system; their stories say when (where stands with the person), not by which complaint."""
    system, at = system_user(), transition_of(done).happened_at
    others = Victim.objects.live().filter(person_id=done.person_id, rescue_status__in=ENDABLE).exclude(pk=done.pk)
    if not (rows := list(others.order_by("pk"))):
        return
    note = in_source(ENDED_ELSEWHERE)

    def effect(_row: Victim, _values: Values, moment: datetime.datetime) -> Values:
        same = {"rescued_on": done.rescued_on, "rescued_in_id": done.rescued_in_id, "ended_by": done}
        return {**CLEARED, **same, "status_at": moment, "recorded_by": by}

    for row in rows:
        ended = perform(RESCUE, row, "record_rescue", by=system, note=note, happened_at=at, effect=effect)
        touch(ended)
        notify(concerned(ended, by), "rescue_recorded", about=ended, transition=transition_of(ended))


def concerned(victim: Victim, by: Any) -> list[User]:
    """Who is told that a search ended: the officer in charge of the complaint, else who is on duty for it."""
    complaint: Any = victim.complaint
    officer: User | None = complaint.officer
    if officer and Victim.objects.visible_to(officer).filter(pk=victim.pk).exists():
        return [officer] if officer.pk != by.pk else []
    on_duty = duty_recipients(victim.province_id, victim.handling, victim.complaint_id)
    return [user for user in on_duty if user.pk != by.pk]


def _give_back(done: Victim) -> None:
    """Take up again the searches that this rescue had ended, as the system."""
    system = system_user()

    def effect(_row: Victim, _values: Values, moment: datetime.datetime) -> Values:
        return {**CLEARED, "status_at": moment, "recorded_by": system}

    for row in Victim.objects.live().filter(ended_by=done, rescue_status="rescued").order_by("pk"):
        note = in_source(TAKEN_BACK)
        touch(perform(RESCUE, row, "resume_search", by=system, note=note, effect=effect))
        end_stay(row)


def _ask_supervisors(victim: Victim, by: Any) -> None:
    notify(deciders(victim, by), "final_proposed", about=victim, transition=transition_of(victim))


def deciders(victim: Victim, by: Any) -> list[User]:
    """Return who may decide about a person, without who asks."""
    rows = Victim.objects.filter(pk=victim.pk)
    return who_decides("victim.confirm", rows, provinces=[victim.province_id], but=by)

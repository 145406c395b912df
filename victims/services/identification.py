"""Decide who somebody is: presumed, trafficked, exploited, not a victim. One decision for one Rescue."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.services import system_user
from notifications.services import notify
from victims.guardians import require_guardian
from victims.models import Victim
from victims.services.rescue import deciders, hold_person
from victims.workflow import IDENTIFICATION
from workflow.notes import in_source
from workflow.services import perform, transition_of

DECIDED_ELSEWHERE = gettext_lazy("Decided for the person, as recorded elsewhere.")
Values = dict[str, Any]
# What rests on an interview. Presumed needs none: it only protects, and waits for nobody.
ASKS_CHILD = {"decide_trafficked", "decide_exploited", "propose_not_a_victim"}
PROPOSE, REFUSE = "propose_not_a_victim", "refuse_not_a_victim"


@transaction.atomic
def decide(victim: Victim, step: str, *, by: Any, **said: Any) -> Victim:
    """Take one step of the identification, for the person's every row of the same Rescue in the same act.

    See `workflow.services.perform` for `said` and the errors.
    """
    hold_person(victim)

    def effect(row: Victim, values: Values, moment: datetime.datetime) -> Values:
        if step in ASKS_CHILD:
            require_guardian(row)
        return _changes(step, values, moment, by)

    done = perform(IDENTIFICATION, victim, step, by=by, effect=effect, **said)
    _same_elsewhere(done, step, by)
    if step == PROPOSE:
        notify(deciders(done, by), "clearing_proposed", about=done, transition=transition_of(done))
    return done


def _changes(step: str, values: Values, moment: datetime.datetime, by: Any) -> Values:
    if step == PROPOSE:
        return {**values, "cleared_proposed_by": by}
    if step == REFUSE:
        return {"cleared_proposed_by": None}
    return {
        **values,
        "decided_by": by,
        "decided_on": timezone.localtime(moment).date(),
        "cleared_proposed_by": None,
    }


def _same_elsewhere(done: Victim, step: str, by: Any) -> None:
    """Write the decision to the other searches that this Rescue ended; the system's act, without the words of the note."""
    if done.rescued_on is None:
        return
    system, at = system_user(), transition_of(done).happened_at
    kept = ("decided_by", "decided_on", "cleared_proposed_by", "has_act", "has_means", "has_purpose")
    same = {name: getattr(done, name) for name in kept}
    others = Victim.objects.live().filter(person_id=done.person_id, rescued_on=done.rescued_on).exclude(pk=done.pk)
    for row in others.order_by("pk"):
        if step in {PROPOSE, REFUSE} or row.decision != done.decision:
            note = in_source(DECIDED_ELSEWHERE)
            perform(IDENTIFICATION, row, step, by=system, note=note, happened_at=at, effect=lambda *_said: dict(same))

"""What becomes of searches, rescues and decisions when two persons turn out to be one, and when that is taken back."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.services import system_user
from core.exceptions import Conflict
from notifications.services import notify
from victims.models import Decision, Victim
from victims.services import rescue
from victims.workflow import IDENTIFICATION, RESCUE
from workflow.notes import in_source
from workflow.services import perform, transition_of

UNDECIDED = Decision.NOT_YET_SCREENED
MERGED = gettext_lazy("Rescued, as recorded elsewhere for the same person.")
PARTED = gettext_lazy("These are two persons after all: the search goes on.")
DECIDED = gettext_lazy("Decided for the same person, as recorded elsewhere.")
PARTED_DECISION = gettext_lazy("These are two persons after all: nothing is decided of this one.")
STEP_TO = {
    Decision.PRESUMED: "decide_presumed",
    Decision.TRAFFICKED: "decide_trafficked",
    Decision.EXPLOITED: "decide_exploited",
}
SAME = ("decided_by", "decided_on", "cleared_proposed_by", "has_act", "has_means", "has_purpose")
Values = dict[str, Any]


def refuse_two_decisions(rows: Iterable[Victim]) -> None:
    """Raise Conflict where one Rescue would carry two different decisions: people decide that first, not a merge."""
    found: dict[datetime.date, set[str]] = {}
    for row in rows:
        if row.rescued_on and row.decision != UNDECIDED:
            found.setdefault(row.rescued_on, set()).add(row.decision)
    if any(len(decisions) > 1 for decisions in found.values()):
        message = _("They were identified differently for the same day. Let one of the decisions be changed first.")
        raise Conflict(message)


def end_searches(open_rows: Iterable[Any], of: Iterable[Any], by: Any) -> None:
    """End searches, as the system, that a rescue in the rows `of` came after; a later search goes on. Both are keys."""
    rescues = Victim.objects.filter(pk__in=list(of), rescued_on__isnull=False).select_related("ended_by")
    found = sorted(rescues, key=lambda row: (row.rescued_on, row.ended_by_id is not None))
    wanted = Victim.objects.live().filter(pk__in=list(open_rows), rescue_status__in=rescue.ENDABLE)
    for row in wanted.order_by("pk"):
        since = timezone.localtime(row.received_at).date()
        done = next((one for one in found if one.rescued_on and one.rescued_on >= since), None)
        if done is not None:
            _end(row, done, by)


def _rows(person: Any, left: Iterable[Any]) -> Any:
    own = Q(merged_into=None) | Q(pk__in=list(left))
    return Victim.objects.filter(own, person=person).order_by("pk")


def _end(row: Victim, done: Victim, by: Any) -> None:
    source = done.ended_by or done

    def effect(_row: Victim, _values: Values, moment: datetime.datetime) -> Values:
        same = {"rescued_on": done.rescued_on, "rescued_in_id": done.rescued_in_id, "ended_by": source}
        return {**rescue.CLEARED, **same, "status_at": moment, "recorded_by": by}

    ended = perform(
        RESCUE,
        row,
        "record_rescue",
        by=system_user(),
        note=in_source(MERGED),
        happened_at=done.status_at,
        effect=effect,
    )
    rescue.touch(ended)
    notify(rescue.concerned(ended, by), "rescue_recorded", about=ended, transition=transition_of(ended))


def same_decisions(person: Any, left: Iterable[Any]) -> dict[str, str]:
    """Write what was decided of a Rescue to its other rows; return the decision written, by key of the row.

    `left` are the rows that just left the counters for their like: what was decided there is decided of the person too.
    """
    rows = list(_rows(person, left).filter(rescued_on__isnull=False))
    decided = {row.rescued_on: row for row in rows if row.decision != UNDECIDED}
    written = {}
    for row in rows:
        source = decided.get(row.rescued_on)
        if source is not None and row.merged_into_id is None and row.decision == UNDECIDED:
            _decide(row, source)
            written[str(row.pk)] = source.decision
    return written


def _decide(row: Victim, source: Victim) -> None:
    system, note, same = system_user(), in_source(DECIDED), {name: getattr(source, name) for name in SAME}
    if source.decision in STEP_TO:
        step = STEP_TO[Decision(source.decision)]
        perform(IDENTIFICATION, row, step, by=system, note=note, effect=lambda *_said: dict(same))
        return
    proposed = {**same, "cleared_proposed_by": system}
    row = perform(IDENTIFICATION, row, "propose_not_a_victim", by=system, note=note, effect=lambda *_said: proposed)
    perform(IDENTIFICATION, row, "confirm_not_a_victim", by=system, note=note, effect=lambda *_said: dict(same))


def give_searches_back(persons: Iterable[Any]) -> set[str]:
    """Take up again, as the system, the searches that a rescue of somebody else ended; return their keys."""
    rows = Victim.objects.live().filter(person__in=list(persons), rescue_status="rescued", ended_by__isnull=False)
    system, given = system_user(), set()

    def effect(_row: Victim, _values: Values, moment: datetime.datetime) -> Values:
        return {**rescue.CLEARED, "status_at": moment, "recorded_by": system}

    for row in rows.select_related("ended_by").order_by("pk"):
        if row.ended_by is None or row.ended_by.person_id == row.person_id:
            continue
        note = in_source(PARTED)
        rescue.touch(perform(RESCUE, row, "resume_search", by=system, note=note, effect=effect))
        given.add(str(row.pk))
    return given


def take_decisions_back(keys: Iterable[str], written: dict[str, str]) -> None:
    """Let nothing be decided of searches given back, nor where a merge alone had written the decision."""
    wanted = {*keys, *written}
    empty = {**dict.fromkeys(SAME), "decided_by": None}
    for row in Victim.objects.live().filter(pk__in=wanted).exclude(decision=UNDECIDED).order_by("pk"):
        if str(row.pk) in keys or row.decision == written[str(row.pk)]:
            note = in_source(PARTED_DECISION)
            perform(IDENTIFICATION, row, "undecide", by=system_user(), note=note, effect=lambda *_said: dict(empty))

"""What the sender of a list is told of each name: one of four states, from one function, for the page, the paper and the API.

*Safe* is said only to an embassy of the directory, of its own nationals who were found and agreed that their embassy is told (the
newest answer, wherever it was given; of a child only with a guardian). An organisation is never told: what people agree to of
organisations names none, so a yes to one would be told to another. Everybody else is being looked for until the complaint is
closed, so that a name that is no longer sought tells nothing. Of a sealed complaint nothing moves: what was said before stays,
but *safe* only for as long as the sender is the embassy of the person.

In the first day of a list every name is *received*, also who stood in a complaint before it came: the sender, whom a person may
fear, would else read in the same minute who was known to the ministry. Only *safe* waits for nothing: the person said yes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from complaints.models import Complaint, Handling, ListedName, NameList, NameState, Status
from partners.models import Partner, PartnerKind
from victims.answers import newest_of
from victims.models import ConsentAnswer, ConsentFor, Guardian, RescueStatus, Victim

SAME_FOR_ALL = timedelta(days=1)  # from when the names were entered: until then no word tells who was known
FOUND = (RescueStatus.RESCUED, RescueStatus.LEFT_ON_OWN)
RELATED = (
    "list__partner",
    "victim__complaint",
    "victim__person",
    "victim__merged_into__complaint",
    "victim__merged_into__person",
)


def states_of(names: Iterable[ListedName]) -> dict[Any, NameState]:
    """Return the state of each name, of however many lists, as its sender is told it now; two queries."""
    now = timezone.now()
    rows = [(name, standing(name.victim)) for name in names]
    return {name.pk: _told(state, name, now) for name, state in _states(rows)}


def _states(rows: Sequence[tuple[ListedName, Victim]]) -> list[tuple[ListedName, NameState]]:
    safe = _told_safe(rows)
    return [(name, _state_of(name, victim, is_told=name.pk in safe)) for name, victim in rows]


def _told(state: NameState, name: ListedName, now: datetime) -> NameState:
    """Return the one word of all names while their list is new; that somebody is safe is said at once."""
    is_new = now < name.list.made_at + SAME_FOR_ALL
    return NameState.RECEIVED if is_new and state != NameState.SAFE else state


def with_names(rows: QuerySet[NameList]) -> QuerySet[NameList]:
    """Fetch with lists who sent them, and their names with all that is asked of each."""
    names = Prefetch("names", ListedName.objects.select_related(*RELATED))
    return rows.select_related("partner").prefetch_related(names)


def standing(victim: Victim) -> Victim:
    """Return the row that stands for a person now: one that was merged is in another."""
    while victim.merged_into is not None:
        victim = victim.merged_into
    return victim


def keep_states(complaint: Complaint) -> None:
    """Keep what is said of the names of a complaint that is about to be sealed: no sender reads a seal in what moves."""
    if complaint.handling == Handling.SEALED:
        return
    its = Q(victim__complaint=complaint) | Q(victim__merged_into__complaint=complaint)
    names = list(ListedName.objects.filter(its).select_related(*RELATED))
    rows = [(name, standing(name.victim)) for name in names]
    rows = [(name, victim) for name, victim in rows if victim.complaint_id == complaint.pk]
    for name, state in _states(rows):
        name.kept, name.reference = state, complaint.reference
    names = [name for name, _victim in rows]
    ListedName.objects.bulk_update(names, ["kept", "reference"])


def _state_of(name: ListedName, victim: Victim, *, is_told: bool) -> NameState:
    complaint = victim.complaint
    if complaint.handling == Handling.SEALED:
        return _kept(name, victim)
    if is_told:
        return NameState.SAFE
    if complaint.status == Status.CLOSED:
        return NameState.CLOSED
    return NameState.RECEIVED if complaint.status == Status.NEW else NameState.SOUGHT


def _kept(name: ListedName, victim: Victim) -> NameState:
    """Return what was said before the seal; that somebody is safe only where the sender, as it is now, may know it."""
    kept = NameState(name.kept or NameState.SOUGHT)
    return kept if kept != NameState.SAFE or _is_own(name.list.partner, victim) else NameState.SOUGHT


def _told_safe(rows: Sequence[tuple[ListedName, Victim]]) -> set[Any]:
    """Return the names of those found of whom the sender may know that they are safe."""
    found = [(name, victim) for name, victim in rows if victim.rescue_status in FOUND]
    found = [(name, victim) for name, victim in found if _is_own(name.list.partner, victim)]
    if not found:
        return set()
    answers = newest_of([victim.person_id for _name, victim in found], ConsentFor.EMBASSY)
    children = [victim.pk for _name, victim in found if victim.is_child]
    guarded = set(Guardian.objects.filter(victim__in=children).values_list("victim_id", flat=True))
    return {
        name.pk
        for name, victim in found
        if (answer := answers.get(victim.person_id)) is not None
        and answer.answer == ConsentAnswer.YES
        and (not victim.is_child or victim.pk in guarded)
    }


def _is_own(partner: Partner | None, victim: Victim) -> bool:
    """Return whether a sender is the embassy of a person."""
    is_embassy = partner is not None and partner.is_active and partner.kind == PartnerKind.EMBASSY
    return bool(partner and is_embassy and victim.person.nationality in partner.nationalities)

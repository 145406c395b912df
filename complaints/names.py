"""What the sender of a list is told of each name: one of four states, from one function, for the page, the paper and the API.

*Safe* is said only of somebody who was found, who agreed that this kind of sender is told (the newest answer, wherever it was given;
to an embassy only of its nationals; of a child only with a guardian), and to a sender of the directory. Everybody else is being looked
for until the complaint is closed, so that a name that is no longer sought tells nothing. Of a sealed complaint nothing moves.
"""

from collections.abc import Iterable
from typing import Any

from complaints.models import Handling, ListedName, NameState, Status
from partners.models import Partner, PartnerKind
from victims.answers import newest_of
from victims.models import ConsentAnswer, ConsentFor, Guardian, RescueStatus, Victim

PURPOSES: dict[str, str] = {PartnerKind.EMBASSY: ConsentFor.EMBASSY, PartnerKind.NGO: ConsentFor.NGO}
FOUND = (RescueStatus.RESCUED, RescueStatus.LEFT_ON_OWN)
RELATED = ("list__partner", "victim__complaint", "victim__person", "victim__merged_into__complaint")


def states_of(names: Iterable[ListedName]) -> dict[Any, NameState]:
    """Return the state of each name of one list; three queries however many."""
    rows = [(name.pk, standing(name.victim)) for name in names]
    partner = next((name.list.partner for name in names), None)
    told = _told_safe([victim for _key, victim in rows], partner)
    return {key: state_of(victim, is_told=victim.pk in told) for key, victim in rows}


def standing(victim: Victim) -> Victim:
    """Return the row that stands for a person now: one that was merged is in another."""
    while victim.merged_into is not None:
        victim = victim.merged_into
    return victim


def state_of(victim: Victim, *, is_told: bool) -> NameState:
    """Return what is said of one person; `is_told`: found, and this sender may be told so."""
    complaint = victim.complaint
    if complaint.handling == Handling.SEALED:
        return NameState.SOUGHT
    if is_told:
        return NameState.SAFE
    if complaint.status == Status.CLOSED:
        return NameState.CLOSED
    return NameState.RECEIVED if complaint.status == Status.NEW else NameState.SOUGHT


def _told_safe(victims: list[Victim], partner: Partner | None) -> set[Any]:
    """Return the rows of those found of whom this sender may know that they are safe."""
    purpose = PURPOSES.get(partner.kind) if partner and partner.is_active else None
    found = [victim for victim in victims if victim.rescue_status in FOUND]
    if partner is None or purpose is None or not found:
        return set()
    if partner.kind == PartnerKind.EMBASSY:
        found = [victim for victim in found if victim.person.nationality in partner.nationalities]
    answers = newest_of([victim.person_id for victim in found], purpose)
    guarded = set(Guardian.objects.filter(victim__in=found).values_list("victim_id", flat=True))
    return {
        victim.pk
        for victim in found
        if (answer := answers.get(victim.person_id)) is not None
        and answer.answer == ConsentAnswer.YES
        and (not victim.is_child or victim.pk in guarded)
    }

"""What the steps of a return insist on beyond role and state: consent that stands, a child's guardian, the right way."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from core.exceptions import Conflict
from victims.answers import newest_of
from victims.guardians import require_guardian
from victims.guards import FOUND, SYSTEM
from victims.models import Afraid, Consent, ConsentAnswer, ConsentFor, Decision, Guardian, Victim


def newest_answers(people: Iterable[Any]) -> dict[Any, Consent]:
    """Return the newest answer about the embassy that people gave anywhere; one query."""
    return newest_of(people, ConsentFor.EMBASSY)


def newest_answer(person_id: Any) -> Consent | None:
    """Return the newest answer about the embassy that one person gave anywhere."""
    return newest_answers([person_id]).get(person_id)


def why_not(newest: Consent | None) -> str:
    """Say why an answer lets nothing go on, and what to do; empty for a yes."""
    if newest is None:
        return _("Nobody has asked this person alone yet about the own embassy. Record the answers first.")
    if newest.afraid in (Afraid.YES, Afraid.DOUBT):
        return _(
            "The person is afraid, or in doubt. The embassy is not told and nothing goes on: look for another way, "
            "to stay or to a third country."
        )
    if newest.answer != ConsentAnswer.YES:
        return _(
            "The person did not say yes to the own embassy, or took it back. Ask again, alone, and record the answers."
        )
    return ""


def standing_consent(victim: Victim) -> Consent:
    """Return the yes to the own embassy that stands now; raises Conflict with what to do where there is none."""
    newest = newest_answer(victim.person_id)
    if newest is None or why_not(newest):
        raise Conflict(why_not(newest))
    return newest


def agreed(row: Any, by: Any) -> None:
    """Insist that the person's yes stands, and for a child a guardian and its own view; asked once for a row."""
    if not hasattr(row, "_agreed"):
        row._agreed = _refusal(row.victim, newest_answer(row.victim.person_id))
    if row._agreed:
        raise Conflict(row._agreed)


def learn(rows: Iterable[Any]) -> None:
    """Learn for many returns at once what their guards ask; two queries."""
    listed = list(rows)
    answers = newest_answers(row.victim.person_id for row in listed)
    guarded = set(
        Guardian.objects.filter(victim__in={row.victim_id for row in listed}).values_list("victim_id", flat=True)
    )
    for row in listed:
        row.victim._guarded = row.victim_id in guarded
        row._agreed = _refusal(row.victim, answers.get(row.victim.person_id))


def _refusal(victim: Victim, newest: Consent | None) -> str:
    if victim.rescue_status not in FOUND and not victim.found_unreported:
        return _("The person is sought again. Record first, on their page, how they came out.")
    if words := why_not(newest):
        return words
    try:
        require_guardian(victim)
    except Conflict as error:
        return error.message
    return ""


def same_country(row: Any, by: Any) -> None:
    """Insist that the person still is of the country whose embassy is to be told."""
    agreed(row, by)
    nationality = row.victim.person.nationality
    if not nationality or nationality == "KH":
        raise Conflict(_("Write down which country the person is of first, on the page of the person."))


def was_found(row: Any, by: Any) -> None:
    """Insist that the search for somebody received has ended."""
    if row.victim.rescue_status not in FOUND and not row.victim.found_unreported:
        raise Conflict(_("The person is still sought. Record first, on their page, how they came out."))


def screened(row: Any, by: Any) -> None:
    """Insist on a screening, and for a child on a guardian, before a plan is made."""
    if row.victim.decision == Decision.NOT_YET_SCREENED:
        raise Conflict(_("This person is not screened yet. Decide first who they are, on their page."))
    require_guardian(row.victim)


def way_out(row: Any, by: Any) -> None:
    """Keep a step to people on the way out of Cambodia."""
    if row.direction != "out_of_cambodia":
        raise Conflict(_("This person was coming to Cambodia. Begin a return on their page."))


def again(row: Any, by: Any) -> None:
    """Take a return up again where the person now says yes."""
    way_out(row, by)
    same_country(row, by)


def by_system(row: Any, by: Any) -> None:
    """Keep what follows from an answer or a deportation to the system."""
    if by.role != SYSTEM:
        raise Conflict(_("This follows by itself when the person takes the consent back, or is deported."))

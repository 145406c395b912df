"""What a second person looks at before deciding: everything the decision rests on, on one page, in constant queries."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from complaints.models import AttemptResult, AttemptWhom, Complaint
from complaints.presenters import evidence as checklist
from complaints.presenters.attempts import attempt_rows, tried_words
from complaints.presenters.story import actor_of
from complaints.services.evidence import evidence_of
from core import display
from people.presenters import names_of
from victims.models import Victim
from victims.presenters import in_ledger_order, marks_of, rescue_words
from workflow.models import Transition
from workflow.story import lateness, word_of

LATE = timedelta(hours=24)
MOST = 20


def basis_of(complaint: Complaint, user: Any) -> dict[str, Any]:
    """Return the ledger, who was asked and how, what was recorded late, the checklist, the attempts, the reporter's answer."""
    people = list(Victim.objects.visible_to(user).live().filter(complaint=complaint).for_list())
    ordered, kept = in_ledger_order(people), evidence_of(complaint, user)
    attempts = attempt_rows(complaint, user)
    return {
        "marks": marks_of(ordered, user),
        "asked": [asked_row(victim, user) for victim in ordered if victim.asked_by],
        "not_asked": sum(1 for victim in people if not victim.asked_by),
        "late": late_lines(complaint, user),
        "adds_up": checklist.adds_up(kept, any(victim.is_child for victim in people)),
        "attempts": attempts[:MOST],
        "tried": tried_words(complaint),
        "answer": reporters_answer(attempts),
    }


def asked_row(victim: Victim, user: Any) -> dict[str, Any]:
    """Say who was asked by whom, alone or not, away from the site or not, in which language."""
    identity = user.may("identity.read")
    how = [
        _said(victim.asked_alone, _("alone"), _("not alone")),
        _said(victim.asked_away, _("away from the site"), _("at the site")),
        victim.asked_language,
    ]
    return {
        "name": names_of(victim.person, user)[0] or victim.reference,
        "reference": victim.reference,
        "status": rescue_words(victim),
        "by": victim.asked_by if identity else "",
        "how": ", ".join(part for part in how if part),
        "worrying": victim.asked_alone is False or victim.asked_away is False,
    }


def _said(answer: bool | None, yes: str, no: str) -> str:
    return "" if answer is None else (yes if answer else no)


def late_lines(complaint: Complaint, user: Any) -> list[dict[str, Any]]:
    """Return the steps recorded more than a day after they happened, newest first, with why; one query."""
    rows = Transition.objects.of_complaint(complaint).filter(recorded_at__gt=F("happened_at") + LATE)
    found = [(row, lateness(row, notes=user.may("identity.read"))) for row in rows.select_related("by")[: 2 * MOST]]
    return [
        {"title": word_of(row), "about": row.reference, "by": actor_of(row, user), "at": row.happened_at, "why": why}
        for row, why in found
        if why
    ][:MOST]


def reporters_answer(attempts: list[dict[str, Any]]) -> str:
    """Say when the reporter was last reached and what was learnt."""
    for one in attempts:
        row = one["row"]
        if row.whom == AttemptWhom.REPORTER and row.result == AttemptResult.REACHED:
            return display.sentences(display.moment(row.happened_at, "short"), one["note"])
    return _("No answer of the reporter is recorded.")

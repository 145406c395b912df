"""What a step would do to the ledger of its complaint, said before it is taken."""

from django.utils.translation import gettext as _

from core.display import number
from victims.models import RescueStatus, Victim
from victims.presenters import is_pending
from workflow.table import Step

ENDS = {"rescued", "left_on_own", "deceased"}


def term_of(victim: Victim) -> str:
    """Return the term of the ledger a person is counted under now."""
    if is_pending(victim) or victim.rescue_status in {RescueStatus.REPORTED, RescueStatus.LOCATED}:
        return "sought"
    return str(victim.rescue_status)


def after(victim: Victim, step: Step) -> dict[str, int]:
    """Return the ledger as it would be after the step."""
    ledger = dict(victim.complaint.ledger)
    if victim.found_unreported:
        return ledger
    target = str(step.target) if step.target in ENDS else "sought"
    if step.name == "confirm_final":
        target = str(victim.rescue_status)
    ledger[term_of(victim)] -= 1
    ledger[target] += 1
    return ledger


def effect_of(victim: Victim, step: Step) -> str:
    """Say it: "Ledger becomes 8 rescued, 2 still sought"."""
    ledger = after(victim, step)
    if ledger == victim.complaint.ledger:
        return _("Ledger stays: %(sought)s still sought") % {"sought": number(ledger["sought"])}
    words = {
        "left_on_own": _("Ledger becomes %(n)s left on own, %(sought)s still sought"),
        "declined": _("Ledger becomes %(n)s declined, %(sought)s still sought"),
        "not_found": _("Ledger becomes %(n)s not found, %(sought)s still sought"),
        "deceased": _("Ledger becomes %(n)s deceased, %(sought)s still sought"),
    }
    changed = [term for term in words if ledger[term] > victim.complaint.ledger[term]]
    term = changed[0] if changed else "rescued"
    sentence = words.get(term, _("Ledger becomes %(n)s rescued, %(sought)s still sought"))
    return sentence % {"n": number(ledger[term]), "sought": number(ledger["sought"])}

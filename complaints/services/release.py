"""The release of what was proposed of a message: a step of its own in the story, with what was proposed and what was decided.

It is kept as codes, with the words of rules and places in both languages as they were then; each reader has it in their own.
"""

import dataclasses
import json
from typing import Any

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.models import Complaint, Contact, Handling, Urgency
from complaints.said import ComplaintSaid
from complaints.services.kept_signs import all_of, signs_of
from complaints.services.message_pages import is_by_code
from complaints.signs import ProposedUrgency, proposed_urgency, shortened
from complaints.triage import proposal
from complaints.workflow import COMPLAINT
from provinces.models import Province
from provinces.services.mentions import provinces_in
from workflow.notes import WRITERS
from workflow.services import begin

LANGUAGES = ("km", "en")
Both = dict[str, str]  # words by language


def record_release(complaint: Complaint, said: ComplaintSaid, contact: Contact, by: Any) -> None:
    """Write into the story who released a complaint that a message became, what was proposed and what was decided."""
    handling = Handling(proposal(dataclasses.replace(said, handling="")).handling)
    by_code = is_by_code(
        contact
    )  # its words are sealed with the messages: what is proposed is of the words that went on
    proposed = proposed_urgency(said.narrative) if by_code else signs_of(contact).urgency
    words = said.narrative if by_code else all_of(contact)
    kept = {
        "urgency": _urgency(proposed, complaint.urgency),
        "province": _province(provinces_in(shortened(words)), complaint.province_of_incident),
        "handling": {"proposed": handling.value, "decided": complaint.handling},
    }
    begin(COMPLAINT, complaint, by=by, step="release", note=json.dumps(kept, ensure_ascii=False))


def _urgency(proposed: ProposedUrgency, decided: str) -> dict[str, Any]:
    why = [{"km": one.rule.reason_km, "en": one.rule.reason_en} for one in proposed.found]
    return {"proposed": proposed.urgency.value, "why": why, "decided": decided}


def _province(proposed: list[Province], decided: Province | None) -> dict[str, Any]:
    is_same = decided == (proposed[0] if len(proposed) == 1 else None)
    return {
        "proposed": [_both(one) for one in proposed],
        "decided": _both(decided) if decided else None,
        "is_same": is_same,
    }


def _both(thing: Any) -> Both:
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[language] = str(thing)
    return words


def written(note: str) -> str:
    """Return a release in the language of its reader; one that was kept as words stays as it is."""
    try:
        kept = json.loads(note)
    except ValueError:
        return note
    urgency, province, handling = kept["urgency"], kept["province"], kept["handling"]
    why = "; ".join(map(_here, urgency["why"]))
    level = str(Urgency(urgency["proposed"]).label)
    named, decided = ", ".join(map(_here, province["proposed"])), province["decided"]
    lines = [
        _line(_("Urgency"), f"{level} ({why})" if why else level, urgency, Urgency(urgency["decided"]).label),
        _line(_("Province of incident"), named or _("none"), province, _here(decided) if decided else _("none")),
        _line(_("Handling"), str(Handling(handling["proposed"]).label), handling, Handling(handling["decided"]).label),
    ]
    return "\n".join(lines)


def _here(words: Both) -> str:
    return words["km" if (get_language() or "km").startswith("km") else "en"]


def _line(what: str, proposed: str, kept: dict[str, Any], decided: Any) -> str:
    said = {"what": what, "proposed": proposed, "decided": decided}
    if kept.get("is_same", kept["proposed"] == kept["decided"]):
        return _("%(what)s: proposed %(proposed)s, accepted") % said
    return _("%(what)s: proposed %(proposed)s, decided %(decided)s") % said


WRITERS["complaints.complaint.release"] = written

"""What followed the raid of the demonstration: a child's guardian, consents, evidence, and what waits for a second person."""

from collections import defaultdict
from typing import Any

from complaints.models import Complaint
from complaints.services import propose_change, propose_merge
from complaints.services.evidence import keep_evidence
from victims.models import Operation, Victim
from victims.services.consent import name_guardian, record_consent

ASKED: dict[str, Any] = {"asked_alone": True, "asked_language": "Tiếng Việt"}


def tell(done: Operation, complaint: Complaint, cast: dict[str, Any]) -> None:
    """Tell it, by the officer in charge."""
    officer = cast["officer.psh"]
    found = list(Victim.objects.live().filter(operation=done).select_related("person").order_by("received_at", "pk"))
    named = [victim for victim in found if victim.person.names.exists()]
    for victim in named:
        if victim.is_child:
            said: dict[str, Any] = {"name": "លី សុវណ្ណ", "kind": "social_affairs", "view_language": "中文"}
            name_guardian(victim, by=officer, own_view="Wants to ring his grandmother before anything else.", **said)
            record_consent(victim, by=officer, answers={"help": "yes", "social_affairs": "yes"}, **ASKED)
    adults = sorted((v for v in named if not v.is_child), key=lambda v: v.person.sex != "female")
    answers = {"help": "yes", "shelter": "yes", "embassy": "yes", "photograph": "no"}
    record_consent(adults[0], by=officer, answers=answers, afraid="no", **ASKED)
    record_consent(adults[1], by=officer, answers={"help": "yes", "embassy": "later"}, afraid="doubt", **ASKED)
    ticked = {"act": ["receipt", "harbouring"], "means": ["deception"], "purpose": ["forced_labour"]}
    signs = {"signs_yes": ["retention_of_id", "withholding_of_wages"], "signs_no": ["excessive_overtime"]}
    keep_evidence(complaint, by=officer, version=0, said={**ticked, **signs, "evidence_note": "Passports in the safe."})
    _waits(complaint, officer)


def _waits(complaint: Complaint, officer: Any) -> None:
    """Leave something for the supervisor: a lower urgency, and two rows of one name."""
    why = "Everybody who could be reached is out; the rest were seen leaving by bus."
    propose_change(complaint, by=officer, field="urgency", after="normal", why=why)
    by_name: dict[str, list[Victim]] = defaultdict(list)
    rows = Victim.objects.live().filter(complaint=complaint).order_by("reference").prefetch_related("person__names")
    for victim in rows:
        for name in victim.person.names.all():
            by_name[name.text].append(victim)
    pair = next((found for found in by_name.values() if len(found) > 1), None)
    if pair:
        one, other = pair[:2]
        references = (one.reference, other.reference)
        why = "One name, one age, and the mother has only one child."
        propose_merge(one.person, other.person, by=officer, why=why, references=references)

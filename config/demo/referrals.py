"""Referrals of the demonstration, one in every state: after the raid, to shelters, an embassy, a province, and one that comes in."""

from functools import partial
from typing import Any

from django.db import connection

from accounts.services import system_user
from complaints.models import Complaint
from core.exceptions import Conflict
from partners.models import Partner
from referrals.models import Referral
from referrals.services import advance, report, send
from victims.models import Consent, Operation, Victim
from victims.services.consent import record_consent

ASKED: dict[str, Any] = {"asked_alone": True, "asked_language": "Tiếng Việt"}
BED: dict[str, Any] = {
    "needs_tonight": "Bed, food, dry clothes",
    "language": "Tiếng Việt",
    "health": "Cough for two weeks",
    "papers": "Passport in the safe of the company",
    "brought_by": "Chea Sopheak, 012 000 900",
    "contact": "Duty officer, 012 000 901",
}
BACK = """
UPDATE referrals_referral SET received_at = received_at - %(by)s::interval, remind_at = remind_at - %(by)s::interval, due_at = due_at - %(by)s::interval,
    escalate_at = escalate_at - %(by)s::interval, updated_at = updated_at - %(by)s::interval, status_at = status_at - %(by)s::interval,
    seen_at = seen_at - %(by)s::interval, answered_at = answered_at - %(by)s::interval, ended_at = ended_at - %(by)s::interval WHERE id = %(id)s;
UPDATE workflow_transition SET happened_at = happened_at - %(by)s::interval, recorded_at = recorded_at - %(by)s::interval WHERE object_id = %(id)s;
"""


def tell(done: Operation, complaint: Complaint, cast: dict[str, Any]) -> None:
    """Tell them, by the officer in charge."""
    officer = cast["officer.psh"]
    people = _adults(done, officer)
    woman, other, man = (*people["female"][:2], people["male"][0])
    house = {row.name_en.split(" (")[0]: row for row in Partner.objects.all()}
    shelter, river = house["Lotus House"], house["River Shelter for men"]
    embassy = Partner.objects.serving(woman.person.nationality).get()

    sent = partial(_sent, complaint, officer)
    phoned = {"answered_by": "Ms Kunthea, by telephone"}
    accept: dict[str, Any] = {"step": "accept", **phoned}
    sent(shelter, 30, woman, accept, {"step": "begin"}, **BED)
    sent(embassy, 50, woman, health="Fit to travel", papers="Travel document", contact=BED["contact"])
    sent(shelter, 0.4, other, **BED)
    sent(river, 1.5, man, **BED)
    ask = {"message": "Find the family, and an interpreter for Tuesday", "contact": BED["contact"]}
    sent(house["Way Home Network"], 40, man, {"step": "return", "reason": "no_room", **phoned}, **ask)
    legal = {"message": "Wages of seven months were withheld", "contact": BED["contact"]}
    sent(house["Lawyers for Workers"], 90, None, accept, {"step": "complete", "outcome": "helped"}, **legal)
    sent("12", 60, None, message="The van of the company was registered in Phnom Penh: whose is it?")
    again = sent(house["Way Home Network"], 20, other, {"step": "recall", "note": "Sent twice by mistake"}, **ask)
    advance(again, "settle", by=officer, note="The shelter has an interpreter")
    _waiting(sent, house, accept, cast)
    _others(cast, officer)


def _waiting(sent: Any, house: dict[str, Partner], accept: dict[str, Any], cast: dict[str, Any]) -> None:
    """Questions without a person: one seen, one accepted, one that nobody answered in time."""
    beds = sent(
        house["Lotus House"], 0.6, None, message="Is there room for three women on Friday?", contact=BED["contact"]
    )
    advance(beds, "see", by=cast["partner"])
    plan = {"message": "Who visits the families once they are home?", "contact": BED["contact"]}
    sent(house["Social affairs, Preah Sihanouk"], 20, None, accept, **plan)
    ask_doctor = {"message": "When may two of them be examined?", "contact": BED["contact"]}
    late = sent(house["Provincial hospital, Preah Sihanouk"], 1.5, None, **ask_doctor)
    advance(late, "expire", by=system_user())


def _sent(
    complaint: Complaint,
    officer: Any,
    to: Partner | str,
    hours: float,
    victim: Victim | None = None,
    *steps: dict[str, Any],
    **said: Any,
) -> Referral:
    """Send one, take its steps, and let it be so many hours old."""
    code = to.reference if isinstance(to, Partner) else to
    made = send(complaint, by=officer, to=code, victim=victim, **said)
    for step in steps:
        made = advance(made, by=officer, **step)
    with connection.cursor() as cursor:
        cursor.execute(BACK, {"by": f"{hours} hours", "id": str(made.pk)})
    return made


def _adults(done: Operation, officer: Any) -> dict[str, list[Victim]]:
    """Return the adults met in the raid by sex, all of whom agreed to a shelter, an organisation and a lawyer."""
    found = Victim.objects.live().filter(operation=done).select_related("person").order_by("received_at", "pk")
    named = [victim for victim in found if victim.person.names.exists() and not victim.is_child]
    by_sex: dict[str, list[Victim]] = {"female": [], "male": []}
    for victim in named:
        record_consent(victim, by=officer, answers={"shelter": "yes", "ngo": "yes", "legal_aid": "yes"}, **ASKED)
        by_sex[victim.person.sex].append(victim)
    agreed = Consent.objects.filter(purpose="embassy", answer="yes").values_list("victim_id", flat=True)
    by_sex["female"].sort(key=lambda victim: victim.pk not in agreed)
    return by_sex


def _others(cast: dict[str, Any], officer: Any) -> None:
    """A transfer that waits for Phnom Penh, and people whom a shelter reports to the ministry."""
    open_ones = Complaint.objects.of_own_provinces(officer).filter(status="acknowledged").order_by("-received_at", "pk")
    for complaint in open_ones:
        try:
            send(
                complaint,
                by=officer,
                to="12",
                kind="transfer",
                message="All of them were moved to Phnom Penh last week.",
            )
        except Conflict:
            continue
        break
    words = (
        "A woman who left us rang: four people of her floor are held in a villa near the river. She names the street."
    )
    report(by=cast["partner"], narrative=words, contact="Ms Kunthea, 012 000 000", key="demonstration-report", number=4)

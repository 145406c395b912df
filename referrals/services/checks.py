"""What has to hold before somebody or something is referred; the same rule for one, for many, for page and API."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from complaints.models import Complaint, Status
from core.exceptions import Conflict
from partners.models import Partner, PartnerKind, Takes
from people.models import Sex
from provinces.models import Province
from referrals.models import MINISTRY, Referral, ReferralKind, ReferralQuerySet
from victims.answers import newest_of
from victims.guards import FOUND
from victims.models import Consent, ConsentAnswer, ConsentFor, Guardian, Victim

CONSENT: dict[str, str] = {
    PartnerKind.SHELTER: ConsentFor.SHELTER,
    PartnerKind.NGO: ConsentFor.NGO,
    PartnerKind.EMBASSY: ConsentFor.EMBASSY,
    PartnerKind.HOSPITAL: ConsentFor.HOSPITAL,
    PartnerKind.LEGAL_AID: ConsentFor.LEGAL_AID,
    PartnerKind.SOCIAL_AFFAIRS: ConsentFor.SOCIAL_AFFAIRS,
}  # a court learns what the law gives it; provinces of the police too


def require_sendable(complaint: Complaint) -> None:
    """Raise Conflict where nothing may be sent any more."""
    if complaint.status == Status.CLOSED:
        raise Conflict(_("The complaint is closed. Have it reopened first."))


def require_person(victim: Victim | None, partner: Partner) -> None:
    """Raise Conflict where an embassy would learn of a complaint: it learns of people only, each by their own yes."""
    if victim is None and partner.kind == PartnerKind.EMBASSY:
        raise Conflict(_("An embassy gets people only, each with their own consent. Begin on the page of the person."))


def require_province(complaint: Complaint, province: str, kind: str, by: Any) -> None:
    """Raise Conflict where this complaint, or somebody in it, may not go to that province."""
    if province == complaint.province_id:
        raise Conflict(_("This province is responsible already."))
    if complaint.handling == "sealed":
        raise Conflict(_("A sealed complaint goes to no province."))
    if complaint.handling == "national_led" and (kind == ReferralKind.TRANSFER or not by.is_ministry):
        raise Conflict(_("The ministry leads this complaint. Hand it to its province first."))
    if kind == ReferralKind.TRANSFER and complaint.province_id == MINISTRY:
        raise Conflict(_("No province is responsible yet. Assign the complaint first."))


def require_once(complaint: Complaint, victim: Victim | None, receiver: Partner | Province, kind: str) -> None:
    """Raise Conflict where the same person, or the complaint itself, runs at this receiver already; of transfers see the model."""
    if kind == ReferralKind.TRANSFER or (victim is not None and isinstance(receiver, Partner)):
        return  # who is at a partner already is an obstacle, said with the others
    of = {"victim": victim} if victim else {"complaint": complaint, "victim": None, "kind": ReferralKind.REFERRAL}
    if running_at(receiver).filter(**of).exists():
        raise Conflict(_("This is referred there already."))


def running_at(receiver: Partner | Province) -> ReferralQuerySet:
    """Return what runs at a receiver."""
    to = {"to_partner": receiver} if isinstance(receiver, Partner) else {"to_province": receiver}
    return Referral.objects.filter(**to).running()


def obstacle(victim: Victim, partner: Partner, *, emergency: bool = False) -> str:
    """Say why a person cannot be referred to a partner now; empty where nothing stands in the way."""
    return obstacles([victim], partner, emergency=emergency)[victim.pk]


def obstacles(victims: Sequence[Victim], partner: Partner, *, emergency: bool = False) -> dict[Any, str]:
    """Say it of many at once; at most three queries however many they are."""
    running = set(running_at(partner).filter(victim__in=victims).values_list("victim_id", flat=True))
    found = {victim.pk: _misplaced(victim, partner, running) for victim in victims}
    return _with_consent(found, victims, partner, emergency=emergency)


def already(victims: Sequence[Victim], province: Province) -> dict[Any, str]:
    """Say of whom a province was asked already; nothing else stands in the way of asking one."""
    running = running_at(province).filter(victim__in=victims).values_list("victim_id", flat=True)
    return dict.fromkeys(running, _("referred there already"))


def hindrances(victims: Sequence[Victim], receiver: Partner | Province, *, emergency: bool = False) -> dict[Any, str]:
    """Say what stands in the way of sending many people to whatever receiver."""
    if isinstance(receiver, Partner):
        return obstacles(victims, receiver, emergency=emergency)
    return already(victims, receiver)


def lost(referral: Referral) -> str:
    """Say why a referral that runs at a partner could not be sent now; empty where its ground still stands.

    Whom a shelter takes in is its own to say once it has accepted somebody.
    """
    victim, partner = referral.victim, referral.to_partner
    if victim is None or partner is None:
        return ""
    found = {victim.pk: _misplaced(victim, partner, set(), taken=not referral.is_unanswered)}
    return _with_consent(found, [victim], partner, emergency=referral.emergency)[victim.pk]


def _with_consent(
    found: dict[Any, str], victims: Sequence[Victim], partner: Partner, *, emergency: bool
) -> dict[Any, str]:
    """Add what is missing of the people's own word where nothing else stands in the way."""
    if emergency and partner.kind == PartnerKind.HOSPITAL:
        return found  # a life is at stake: said, recorded, told to the supervisors
    purpose = CONSENT.get(partner.kind)
    answers = newest_of([victim.person_id for victim in victims], purpose) if purpose else {}
    guarded = set(Guardian.objects.filter(victim__in=victims).values_list("victim_id", flat=True))
    for victim in victims:
        unguarded = victim.is_child and victim.pk not in guarded
        answer = answers.get(victim.person_id)
        found[victim.pk] = found[victim.pk] or _unwilling(answer, asked=bool(purpose), unguarded=unguarded)
    return found


def _misplaced(victim: Victim, partner: Partner, running: set[Any], *, taken: bool = False) -> str:
    """Say why this is the wrong place, whatever the person wants."""
    if victim.rescue_status not in FOUND and not victim.found_unreported:
        return _("not found yet")
    if partner.kind == PartnerKind.EMBASSY and victim.person.nationality not in partner.nationalities:
        return _("this embassy does not serve the nationality")
    if not taken and not _takes(partner, victim):
        return _("this shelter does not take this person in")
    return _("referred there already") if victim.pk in running else ""


def _unwilling(answer: Consent | None, *, asked: bool, unguarded: bool) -> str:
    """Say what is missing of the person's own word: a guardian's presence, or a yes to this kind of partner."""
    if unguarded:
        return _("a child without a guardian and its own view")
    if not asked or (answer is not None and answer.answer == ConsentAnswer.YES):
        return ""
    return _("was not asked for consent") if answer is None else _("did not agree")


def _takes(partner: Partner, victim: Victim) -> bool:
    """Return whether a shelter that says whom it takes in takes this person; of whom little is known it may."""
    groups = {("female", True): Takes.GIRLS, ("male", True): Takes.BOYS, ("female", False): Takes.WOMEN}
    group = groups.get((victim.person.sex, victim.is_child), Takes.MEN if victim.person.sex == Sex.MALE else None)
    return not partner.takes or group is None or group in partner.takes or Takes.FAMILIES in partner.takes

"""What follows elsewhere: what lost its ground is recalled, somebody moved on is handed over, closing waits."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Grant
from accounts.scope import is_stricter
from accounts.services import system_user
from complaints.guards import when_closing
from complaints.models import Complaint, Handling
from complaints.services.merge_people import when_joined
from complaints.services.withheld import when_withheld
from partners.models import PartnerKind
from people.models import Person
from people.services import when_changed
from referrals.models import MINISTRY, RUNNING, Referral, ReferralKind, times
from referrals.services.answer import advance
from referrals.services.checks import CONSENT, lost
from referrals.workflow import REFERRAL
from victims.models import Consent, ConsentAnswer, Victim
from victims.services.consent import when_answered
from victims.services.moved import when_moved
from victims.services.stopping import tell_apart
from workflow.notes import in_source
from workflow.services import begin

WITHDRAWN = gettext_noop("The person took the consent back.")
ELSEWHERE = gettext_noop("The person was moved on to another place.")
GROUNDLESS = gettext_noop("What is known of the person changed: now it could not be sent there.")
WITHHELD = gettext_noop("The complaint is not the provinces' any more.")
DECIDING = {"sex", "born_on", "born_year", "age", "nationality"}  # what decides where somebody may be referred
MOVED = gettext_noop("Moved or sold on to this province: the search goes on there.")


def recall_without_consent(victim: Victim, said: Mapping[str, str]) -> None:
    """Recall what runs at partners of a kind the person no longer agrees to; they read nothing from now on.

    What is handled more strictly than the record where it was said is its own people's to recall: they are told.
    """
    gone = {purpose for purpose, answer in said.items() if answer != ConsentAnswer.YES}
    kinds = [kind for kind, purpose in CONSENT.items() if purpose in gone]
    mine = Referral.objects.filter(victim__person_id=victim.person_id, status__in=RUNNING)  # in every complaint
    rows = mine.filter(to_partner__kind__in=kinds)
    rows = rows.exclude(emergency=True, to_partner__kind=PartnerKind.HOSPITAL).select_related("victim").order_by("pk")
    apart = [referral for referral in rows if is_stricter(referral.handling, victim.handling)]
    for referral in rows:
        if referral not in apart:
            advance(referral, "recall", by=system_user(), note=in_source(WITHDRAWN))
    if apart:
        tell_apart(apart, Consent.objects.filter(victim=victim).latest("recorded_at", "pk").pk)


def recall_groundless(person: Person) -> None:
    """Recall what runs at partners and could not be sent any more: two persons became one, the age or nationality was corrected.

    The answers, the age and the nationality that count now may be others than those it was sent on. Of what is sealed its
    own people are told instead: a province could else end it by a correction.
    """
    mine = Referral.objects.filter(victim__person_id=person.pk, status__in=RUNNING, to_partner__isnull=False)
    for referral in mine.select_related("victim__person", "to_partner").order_by("pk"):
        if not lost(referral):
            continue
        if referral.handling == Handling.SEALED:
            tell_apart([referral], uuid4())
        else:
            advance(referral, "recall", by=system_user(), note=in_source(GROUNDLESS))


def follow_change(person: Person, changed: Collection[str]) -> None:
    """Look again at what runs once the age, the sex or the nationality was corrected."""
    if not DECIDING.isdisjoint(changed):
        recall_groundless(person)


def recall_from_provinces(complaint: Complaint) -> None:
    """Recall what other provinces were asked or told: the ministry leads the complaint, or it is sealed."""
    rows = Referral.objects.filter(complaint=complaint, status__in=RUNNING, to_province__isnull=False)
    for referral in rows.exclude(to_province_id=MINISTRY).order_by("pk"):
        advance(referral, "recall", by=system_user(), note=in_source(WITHHELD))


def hand_on(victim: Victim, by: Any) -> None:
    """Keep as a referral, to be accepted, what a province was told of somebody moved on; what runs elsewhere is recalled.

    Abroad nobody is asked, and what was recalled stays on the list of who nobody helps; back in the responsible province that
    one goes on itself, so it is settled.
    """
    province = victim.moved_province_id if victim.moved_province_id != victim.province_id else None
    rows = Referral.objects.filter(victim=victim, status__in=RUNNING, to_province__isnull=False)
    gone = [
        advance(referral, "recall", by=system_user(), note=in_source(ELSEWHERE))
        for referral in rows.exclude(to_province_id=province).order_by("received_at", "pk")
    ]
    if victim.moved_province_id == victim.province_id:
        _settled(gone)
    if province is None or rows.filter(to_province_id=province).exists():
        return
    made = _handed_on(victim, province, by)
    made.after = gone.pop() if gone else None
    made.save(force_insert=True)
    _settled(gone)
    begin(REFERRAL, made, by=by, step="send")  # who is on duty there was told of the person


def _settled(gone: list[Referral]) -> None:
    for referral in gone:
        advance(referral, "settle", by=system_user(), note=in_source(ELSEWHERE))


def _handed_on(victim: Victim, province: str, by: Any) -> Referral:
    opened = Grant.objects.active().filter(victim_id=victim.pk, province_id=province).first()
    scope = {"complaint_id": victim.complaint_id, "province_id": victim.province_id, "handling": victim.handling}
    made = Referral(**scope, victim=victim, to_province_id=province, sent_by=by, kind=ReferralKind.REFERRAL)
    made.from_province_id, made.grant_id = victim.province_id, opened.pk if opened else None
    made.message = in_source(MOVED)
    for name, value in times("province", made.received_at).items():
        setattr(made, name, value)
    return made


def unanswered(complaint: Complaint) -> str:
    """Say how many referrals keep a complaint from being closed."""
    waiting = Referral.objects.filter(complaint=complaint)
    n = waiting.unanswered().count()
    if n:
        return _("%(number)s referral(s) not answered yet. Wait for the answer, or recall them.") % {"number": n}
    homeless = waiting.homeless().filter(victim__isnull=False).count()
    if homeless:
        message = _(
            "%(number)s person(s) came back without help. Refer them to somebody else, or say why nobody is needed."
        )
        return message % {"number": homeless}
    return ""


when_answered(recall_without_consent)
when_moved(hand_on)
when_changed(follow_change)
when_joined(recall_groundless)
when_withheld(recall_from_provinces)
when_closing(unanswered)

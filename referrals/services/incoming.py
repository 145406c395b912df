"""A partner refers somebody to the ministry: a complaint is made for triage, and the partner sees how far it is."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import system_user
from complaints.models import Channel, Complaint, Relation
from complaints.said import ComplaintSaid, ReporterSaid
from complaints.services import register_complaint
from core.text import clean
from partners.models import Partner
from referrals.models import MINISTRY, Referral, times
from referrals.services.told import tell_receiver
from referrals.workflow import REFERRAL
from workflow.services import begin, submit_once

MAX_CONTACT = 200
RELATION = {"embassy": Relation.EMBASSY, "court": Relation.OTHER_AGENCY}


@transaction.atomic
def report(*, by: Any, narrative: str, contact: str, key: str, number: int | None = None) -> Referral:
    """Take in what a partner reports; the complaint is the ministry's to triage, the partner its reporter.

    Raises PermissionDenied for whoever is no partner, ValidationError by field, Unprocessable for a key used with other
    words. The same key answers the same referral.
    """
    partner = Partner.objects.active().filter(reference=by.partner_id).first() if by.partner_id else None
    if partner is None or not by.may("referral.report"):
        raise PermissionDenied(_("Only a partner reports here."))
    _check(narrative, contact)
    said = _said(partner, narrative, contact, number)
    body = {"narrative": clean(narrative), "contact": clean(contact), "number": number}
    ours = Referral.objects.filter(from_partner=partner)
    referral, _made = submit_once(
        key,
        by=by,
        route="referrals:report",
        body=body,
        make=lambda: _reported(said, partner, by),
        find=lambda reference: ours.filter(reference=reference).first(),
    )
    return referral


def _reported(said: ComplaintSaid, partner: Partner, by: Any) -> Referral:
    complaint, _made = register_complaint(said, by=system_user(), key=uuid4().hex)
    referral = _referral(complaint, partner, by)
    # Whom to ask stands sealed with the complaint's reporter, and nowhere else.
    referral.message = clean(said.narrative)
    referral.save(force_insert=True)
    tell_receiver(referral, "referral_sent", begin(REFERRAL, referral, by=by, step="send"), by)
    return referral


def _check(narrative: str, contact: str) -> None:
    wrong: dict[str, list[str]] = {}
    if not clean(narrative):
        wrong["narrative"] = [_("Write down what happened, to whom and where.")]
    if len(clean(contact)) > MAX_CONTACT:
        wrong["contact"] = [_("This is longer than %(most)s characters.") % {"most": MAX_CONTACT}]
    if wrong:
        raise ValidationError(wrong)


def _said(partner: Partner, narrative: str, contact: str, number: int | None) -> ComplaintSaid:
    """Return the complaint as if the partner had rung: it is the reporter."""
    relation = RELATION.get(partner.kind, Relation.NGO)
    reporter = ReporterSaid(partner.name_en or partner.name_km, "", relation=relation, address=clean(contact))
    people = (None, number, None) if number else None
    return ComplaintSaid(channel=Channel.OFFICIAL_REQUEST, narrative=narrative, reporter=reporter, number=people)


def _referral(complaint: Complaint, partner: Partner, by: Any) -> Referral:
    scope = {"complaint": complaint, "province_id": complaint.province_id, "handling": complaint.handling}
    made = Referral(**scope, from_partner=partner, from_province_id=complaint.province_id, to_province_id=MINISTRY)
    made.sent_by = by
    for name, value in times("ministry", made.received_at).items():
        setattr(made, name, value)
    return made

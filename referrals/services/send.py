"""Send a referral or a transfer: one record, a grant for the receiver, notices, the first line of its story."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Grant
from complaints.models import Complaint
from core.exceptions import Conflict
from core.text import clean
from partners.models import Partner, PartnerKind
from provinces.models import Province
from referrals.models import MINISTRY, Referral, ReferralKind, times
from referrals.services.bounds import brought_wrong
from referrals.services.checks import obstacle, require_once, require_person, require_province, require_sendable
from referrals.services.sender import hold_complaints, require_sender
from referrals.services.told import tell_receiver, tell_supervisors
from referrals.shown import EACH, typed_for
from referrals.workflow import REFERRAL
from victims.models import Victim
from workflow.services import begin, lock

TYPED = (
    "message", "needs_tonight", "language", "health", "papers", "brought_by", "brought_at", "contact", "placement_paper",
)  # fmt: skip
Receiver = Partner | Province


def receiver_of(code: str) -> Receiver | None:
    """Return the partner or the province a code stands for; None where there is none that takes anything."""
    try:
        code = clean(code).upper()
    except ValidationError:  # characters that no code has
        return None
    if code.startswith("PT-"):
        return Partner.objects.active().prefetch_related("phones").filter(reference=code).first()
    return Province.objects.choosable().filter(pk=code).first()


@transaction.atomic
def send(
    complaint: Complaint,
    *,
    by: Any,
    to: str,
    victim: Victim | None = None,
    kind: str = ReferralKind.REFERRAL,
    emergency: bool = False,
    after: str = "",
    **said: Any,
) -> Referral:
    """Send a person (or the complaint itself) to a partner (`PT-…`) or a province (its code).

    `said` are the fields the table of what a receiver reads asks for, `after` the reference of the referral it takes the place of. Raises PermissionDenied, Http404 out of scope,
    Conflict with words where it may not be sent, ValidationError by field.
    """
    if not by.may("referral.send"):
        raise PermissionDenied(_("Your role does not refer anybody. Ask your supervisor."))
    row = lock(complaint, by)
    require_sender(row, by)
    person = _person(row, victim, by)
    receiver = receiver_of(to)
    if receiver is None:
        raise ValidationError({"to": [_("Choose whom to send it to.")]})
    require_sendable(row)
    _check(row, person, receiver, kind, by, emergency=emergency)
    require_once(row, person, receiver, kind)
    return _made(
        row, person, receiver, by=by, kind=kind, emergency=emergency, after=_after(after, row, person, by), said=said
    )


@transaction.atomic
def send_many(victims: Iterable[Victim], *, by: Any, to: str, **said: Any) -> list[Referral]:
    """Send several people at once, each in a referral of its own; all or none.

    What is each person's own is not said of several: it is given afterwards, referral by referral (`services.change`).
    """
    rows = sorted(victims, key=lambda victim: str(victim.pk))
    own = [name for name in EACH if len(rows) > 1 and said.get(name)]
    wrong = {name: [_("This is each person's own. Send it to each afterwards.")] for name in own}
    if len(rows) > 1 and said.get("after"):
        wrong["after"] = [_("A referral takes the place of one other: send one person alone.")]
    if wrong:
        raise ValidationError(wrong)
    hold_complaints(victim.complaint_id for victim in rows)
    return [send(victim.complaint, by=by, to=to, victim=victim, **said) for victim in rows]


def _person(complaint: Complaint, victim: Victim | None, by: Any) -> Victim | None:
    """Return the person, held and in this complaint, as they stand now."""
    if victim is None:
        return None
    row = lock(victim, by)
    if row.complaint_id != complaint.pk:
        raise Http404
    return row


def _after(reference: str, complaint: Complaint, victim: Victim | None, by: Any) -> Referral | None:
    """Return the referral this one takes the place of: of this person, without help, and followed by none."""
    if not reference:
        return None
    seen = Referral.objects.visible_to(by).filter(reference=clean(reference).upper(), complaint=complaint)
    before = seen.first()
    if before is None:
        raise ValidationError({"after": [_("There is no referral of this reference that you may see.")]})
    if before.victim_id != (victim.pk if victim else None):
        raise ValidationError({"after": [_("That referral is of somebody else. Each person has their own.")]})
    if Referral.objects.filter(after=before).exists():
        raise Conflict(_("Another referral has taken its place already."))
    if not before.is_without_help:
        raise ValidationError({"after": [_("That referral did not come back. Recall it first if it still runs.")]})
    return before


def _check(
    complaint: Complaint, victim: Victim | None, receiver: Receiver, kind: str, by: Any, *, emergency: bool
) -> None:
    if emergency and (victim is None or isinstance(receiver, Province) or receiver.kind != PartnerKind.HOSPITAL):
        raise ValidationError({"emergency": [_("Only a person sent to a hospital is an emergency without consent.")]})
    if isinstance(receiver, Province):
        require_province(complaint, receiver.pk, kind, by)
        if kind == ReferralKind.TRANSFER and victim is not None:
            raise Conflict(_("A transfer hands the whole complaint over."))
        return
    if kind == ReferralKind.TRANSFER:
        raise Conflict(_("A complaint is transferred to a province; a partner gets a referral."))
    require_person(victim, receiver)
    if victim is not None and (why := obstacle(victim, receiver, emergency=emergency)):
        raise Conflict(_("This person cannot be referred there: %(why)s.") % {"why": why})


def _made(
    complaint: Complaint,
    victim: Victim | None,
    receiver: Receiver,
    *,
    by: Any,
    kind: str,
    emergency: bool,
    after: Referral | None,
    said: dict[str, Any],
) -> Referral:
    to: dict[str, Any] = {"to_partner": receiver} if isinstance(receiver, Partner) else {"to_province": receiver}
    referral = Referral(complaint=complaint, province_id=complaint.province_id, handling=complaint.handling, **to)
    referral.victim, referral.kind, referral.after, referral.sent_by = victim, kind, after, by
    referral.from_province_id, referral.emergency = complaint.province_id, emergency
    _fill(referral, said)
    for name, value in times(referral.limit_kind, referral.received_at).items():
        setattr(referral, name, value)
    referral.clean_fields(exclude=["complaint", "province", "victim", "to_partner", "to_province", "from_province"])
    referral.validate_constraints()
    referral.grant_id = _grant(referral).pk
    referral.save(force_insert=True)
    transition = begin(REFERRAL, referral, by=by, step="send")
    tell_receiver(referral, "transfer_sent" if kind == ReferralKind.TRANSFER else "referral_sent", transition, by)
    if kind == ReferralKind.TRANSFER or emergency:
        tell_supervisors(
            referral, "transfer_sent" if kind == ReferralKind.TRANSFER else "referral_emergency", transition, by
        )
    return referral


def _fill(referral: Referral, said: dict[str, Any]) -> None:
    """Take what this receiver reads, and refuse by name what it does not: nothing is kept that nobody may show."""
    kind = referral.to_partner.kind if referral.to_partner else "province"
    known = typed_for(kind, of_person=referral.victim_id is not None)
    wrong = {
        name: [_("This receiver does not read it. Leave it out.")] for name in said if said[name] and name not in known
    }
    wrong |= brought_wrong(said.get("brought_at"))
    if "message" in known and not clean(said.get("message") or ""):
        wrong["message"] = [_("Write down what is asked.")]
    if wrong:
        raise ValidationError(wrong)
    for name in set(known) & said.keys():
        value = said[name]
        setattr(referral, name, clean(value) if isinstance(value, str) else value)


def _grant(referral: Referral) -> Grant:
    """Open the complaint, or one person of it, to the receiver."""
    to: dict[str, Any] = {"province_id": referral.to_province_id} if referral.to_province_id else {}
    if referral.to_partner is not None:
        to = {"partner_id": referral.to_partner.reference}
    made: Grant = Grant.objects.create(
        complaint_id=referral.complaint_id, victim_id=referral.victim_id, kind=referral.kind, **to
    )
    return made


def end_grant(referral: Referral) -> None:
    """Close what the referral opened."""
    if referral.grant_id:
        Grant.objects.active().filter(pk=referral.grant_id).update(until_at=timezone.now())


__all__ = ["MINISTRY", "end_grant", "receiver_of", "send", "send_many"]

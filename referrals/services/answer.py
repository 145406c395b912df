"""Take the steps of a referral, and do what follows: beds, arrival, care, the end of what was opened, responsibility."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import system_user
from complaints.services.transfer import take_over
from core.display import day_of
from core.exceptions import Conflict
from core.filters import day_begins
from core.text import clean
from partners.models import PartnerKind, Service
from partners.services import say_beds
from referrals.guards import receives
from referrals.models import Referral, ReferralKind, ReferralOutcome, ReferralStatus
from referrals.services.bounds import arrival_wrong, require_after
from referrals.services.leaving import PLACES, leave_place
from referrals.services.send import end_grant
from referrals.services.told import tell_receiver, tell_sender
from referrals.workflow import REFERRAL
from victims.services.assistance import end_care, record_care
from victims.services.places import record_place, stay_of
from workflow.services import perform, transition_of

GIVEN = {
    PartnerKind.SHELTER: Service.SHELTER,
    PartnerKind.HOSPITAL: Service.MEDICAL,
    PartnerKind.LEGAL_AID: Service.LEGAL,
}
TOLD = {
    "accept": "referral_accepted",
    "begin": "referral_begun",
    "return": "referral_returned",
    "complete": "referral_completed",
}
GONE = (ReferralOutcome.LEFT, ReferralOutcome.MOVED_ON)
MAX_WHO = 200
Values = dict[str, Any]


@transaction.atomic
def advance(referral: Referral, step: str, *, by: Any, sender_knows: bool = False, **said: Any) -> Referral:
    """Take one step; see `workflow.services.perform` for `said` and the errors.

    `sender_knows`: the sender was told why already, so a recall is told to the receiver alone.
    """
    aside: Values = {"sender_knows": sender_knows}

    def effect(row: Referral, values: Values, moment: datetime.datetime) -> Values:
        require_after(row, moment)
        aside.update(values, on=min(day_of(moment), timezone.localdate()), before=row.status)
        return {"status_at": moment, **CHANGES.get(step, _nothing)(row, values, moment, by)}

    done = perform(REFERRAL, referral, step, by=by, effect=effect, **said)
    FOLLOWS.get(step, _no_more)(done, aside, by)
    if step in TOLD:
        tell_sender(done, TOLD[step], transition_of(done), by)
    return done


def _nothing(_row: Referral, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    return {}


def _said_by(row: Referral, values: Values, by: Any) -> Values:
    """Return who answered; whoever writes it down for a partner says who it was."""
    who = clean(values.get("answered_by", ""))
    if len(who) > MAX_WHO:
        raise ValidationError({"answered_by": [_("This is longer than %(most)s characters.") % {"most": MAX_WHO}]})
    if not receives(row, by) and not who:
        raise ValidationError({"answered_by": [_("Write down who answered, and how you know.")]})
    return {"answered_by": who}


def _answered(row: Referral, moment: datetime.datetime) -> Values:
    """Return the columns of a first answer; a later one keeps them."""
    if row.answered_at:
        return {}
    timely = row.status != ReferralStatus.EXPIRED and moment <= row.due_at
    return {"answered_at": moment, "in_time": timely, "seen_at": row.seen_at or moment}


def _accepted(row: Referral, values: Values, moment: datetime.datetime, by: Any) -> Values:
    return {**_said_by(row, values, by), **_answered(row, moment)}


def _returned(row: Referral, values: Values, moment: datetime.datetime, by: Any) -> Values:
    return {
        **_said_by(row, values, by),
        **_answered(row, moment),
        "return_reason": values["reason"],
        "ended_at": moment,
    }


def _completed(_row: Referral, values: Values, moment: datetime.datetime, _by: Any) -> Values:
    return {"outcome": values["outcome"], "ended_at": moment}


def _ended(_row: Referral, _values: Values, moment: datetime.datetime, _by: Any) -> Values:
    return {"ended_at": moment}


def _settled(_row: Referral, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    return {"settled": True}


def _seen(row: Referral, _values: Values, moment: datetime.datetime, _by: Any) -> Values:
    return {"seen_at": row.seen_at or moment}


def _arrived(row: Referral, values: Values, moment: datetime.datetime, _by: Any) -> Values:
    arrived = values.get("arrived_on")
    if arrived and (why := arrival_wrong(row, arrived)):
        raise ValidationError({"arrived_on": [why]})
    return {"status_at": day_begins(arrived)} if arrived and arrived < day_of(moment) else {}


CHANGES = {
    "accept": _accepted,
    "begin": _arrived,
    "return": _returned,
    "complete": _completed,
    "recall": _ended,
    "settle": _settled,
    "see": _seen,
}


def _no_more(_done: Referral, _values: Values, _by: Any) -> None:
    return


def _after_accept(done: Referral, values: Values, by: Any) -> None:
    if values.get("beds") is not None and done.to_partner and done.to_partner.kind == PartnerKind.SHELTER:
        say_beds(done.to_partner, by=by, beds=values["beds"])
    if done.kind == ReferralKind.TRANSFER:
        end_grant(done)
        take_over(done.complaint, province=str(done.to_province_id), officer=by, note=done.reference)
        perform(REFERRAL, done, "end_transfer", by=system_user(), effect=_ends)
        done.refresh_from_db()


def _ends(_row: Referral, _values: Values, moment: datetime.datetime) -> Values:
    """End an accepted transfer: responsibility has moved, and another one may begin."""
    return {"status_at": moment, "ended_at": moment}


def _after_begin(done: Referral, values: Values, by: Any) -> None:
    """Keep where the person is now, and that care begins, from what the partner says."""
    if done.victim is None or done.to_partner is None:
        return
    day = values.get("arrived_on") or values["on"]
    if place := PLACES.get(PartnerKind(done.to_partner.kind)):
        stay = stay_of(done.victim)
        try:
            record_place(done.victim, by=system_user(), kind=place, since=max(day, stay.since) if stay else day)
        except Conflict as error:
            raise ValidationError({"arrived_on": [error.message]}) from error
    if service := GIVEN.get(PartnerKind(done.to_partner.kind)):
        record_care(done.victim, by=by, service=service, provider=done.to_partner, from_on=day)


def _after_end(done: Referral, values: Values, by: Any) -> None:
    """End what was opened, on the day it happened: the grant, the care, and the stay of somebody who is not there any more."""
    end_grant(done)
    if done.victim is None or done.to_partner is None:
        return
    end_care(done.victim, done.to_partner, on=values["on"])
    returned = done.status == ReferralStatus.RETURNED and values["before"] == ReferralStatus.IN_PROGRESS
    if returned or values.get("outcome") in GONE:
        leave_place(done, values["on"])


def _after_recall(done: Referral, values: Values, by: Any) -> None:
    _after_end(done, values, by)
    tell_receiver(done, "referral_recalled", transition_of(done), by)
    if not values["sender_knows"]:
        tell_sender(done, "referral_recalled", transition_of(done), by)


FOLLOWS = {
    "accept": _after_accept,
    "begin": _after_begin,
    "complete": _after_end,
    "return": _after_end,
    "recall": _after_recall,
}

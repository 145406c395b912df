"""Take the steps of a referral, and do what follows: beds, arrival, care, the end of what was opened, responsibility."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import system_user
from complaints.services.transfer import take_over
from core.exceptions import Conflict
from core.text import clean
from partners.models import PartnerKind, Service
from partners.services import say_beds
from referrals.guards import receives
from referrals.models import Referral, ReferralKind, ReferralOutcome
from referrals.services.send import end_grant
from referrals.services.told import tell_receiver, tell_sender
from referrals.workflow import REFERRAL
from victims.models import PlaceKind
from victims.services.assistance import end_care, record_care
from victims.services.places import record_place, stay_of
from workflow.services import perform, transition_of

PLACES = {PartnerKind.SHELTER: PlaceKind.SHELTER, PartnerKind.HOSPITAL: PlaceKind.HOSPITAL}
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
MAX_WHO = 200
Values = dict[str, Any]


@transaction.atomic
def advance(referral: Referral, step: str, *, by: Any, **said: Any) -> Referral:
    """Take one step; see `workflow.services.perform` for `said` and the errors."""
    aside: Values = {}

    def effect(row: Referral, values: Values, moment: datetime.datetime) -> Values:
        aside.update(values)
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
    return {"answered_at": moment, "in_time": moment <= row.due_at, "seen_at": row.seen_at or moment}


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


def _recalled(_row: Referral, _values: Values, moment: datetime.datetime, _by: Any) -> Values:
    return {"ended_at": moment}


def _settled(_row: Referral, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    return {"settled": True}


def _seen(row: Referral, _values: Values, moment: datetime.datetime, _by: Any) -> Values:
    return {"seen_at": row.seen_at or moment}


def _day(_row: Referral, values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    if values.get("arrived_on") and values["arrived_on"] > timezone.localdate():
        raise ValidationError({"arrived_on": [_("This day has not come yet.")]})
    return {}


CHANGES = {
    "accept": _accepted,
    "begin": _day,
    "return": _returned,
    "complete": _completed,
    "recall": _recalled,
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


def _after_begin(done: Referral, values: Values, by: Any) -> None:
    """Keep where the person is now, and that care begins, from what the partner says."""
    if done.victim is None or done.to_partner is None:
        return
    day = values.get("arrived_on") or timezone.localdate()
    if place := PLACES.get(PartnerKind(done.to_partner.kind)):
        stay = stay_of(done.victim)
        try:
            record_place(done.victim, by=system_user(), kind=place, since=max(day, stay.since) if stay else day)
        except Conflict as error:
            raise ValidationError({"arrived_on": [error.message]}) from error
    if service := GIVEN.get(PartnerKind(done.to_partner.kind)):
        record_care(done.victim, by=by, service=service, provider=done.to_partner, from_on=day)


def _after_end(done: Referral, values: Values, by: Any) -> None:
    end_grant(done)
    if done.victim is not None and done.to_partner is not None:
        end_care(done.victim, done.to_partner)
        if values.get("outcome") == ReferralOutcome.LEFT and done.to_partner.kind in PLACES and stay_of(done.victim):
            record_place(done.victim, by=system_user(), kind=PlaceKind.UNKNOWN)


def _after_recall(done: Referral, values: Values, by: Any) -> None:
    _after_end(done, values, by)
    tell_receiver(done, "referral_recalled", transition_of(done), by)
    tell_sender(done, "referral_recalled", transition_of(done), by)


FOLLOWS = {
    "accept": _after_accept,
    "begin": _after_begin,
    "complete": _after_end,
    "return": _after_end,
    "recall": _after_recall,
}

"""The services a person gets from the partner of a referral, kept while it looks after them."""

from typing import Any

from django.utils.translation import gettext as _

from core.exceptions import Conflict
from referrals.models import Referral
from victims.models import Care
from victims.services.assistance import record_care
from workflow.services import submit_once


def keep_care(referral: Referral, said: dict[str, Any], *, by: Any, key: str = "") -> Care:
    """Record a service of a referral's partner, once per `key` where there is one.

    Raises Conflict once the referral has ended, ValidationError by field, Unprocessable for a key used with other words.
    """
    words: dict[str, Any] = {name: said.get(name) or "" for name in ("service", "note")}
    words |= {name: said.get(name) for name in ("from_on", "until_on")}
    if not key:
        return _kept(referral, words, by)
    care: Care
    care, _made = submit_once(
        key,
        by=by,
        route=f"referrals.care:{referral.reference}",
        body=words,
        make=lambda: _kept(referral, words, by),
        find=lambda reference: Care.objects.filter(victim=referral.victim, pk=reference).first(),
    )
    return care


def _kept(referral: Referral, words: dict[str, Any], by: Any) -> Care:
    if not referral.is_running or referral.is_unanswered or referral.victim is None:
        raise Conflict(_("Services are recorded while the partner looks after the person: accept it first."))
    return record_care(referral.victim, by=by, provider=referral.to_partner, **words)

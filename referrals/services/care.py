"""The services a person gets from the partner of a referral, kept while it looks after them."""

from typing import Any

from django.utils.translation import gettext as _

from core.exceptions import Conflict
from referrals.models import Referral
from victims.models import Care
from victims.services.assistance import record_care


def keep_care(referral: Referral, said: dict[str, Any], *, by: Any) -> Care:
    """Record a service of a referral's partner; raises Conflict once it has ended."""
    if not referral.is_running or referral.is_unanswered or referral.victim is None:
        raise Conflict(_("Services are recorded while the partner looks after the person: accept it first."))
    words: dict[str, Any] = {name: said.get(name) or "" for name in ("service", "note")}
    days: dict[str, Any] = {"from_on": said.get("from_on"), "until_on": said.get("until_on")}
    return record_care(referral.victim, by=by, provider=referral.to_partner, **words, **days)

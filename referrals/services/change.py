"""What was shared may be corrected and completed while a referral runs: a paper that came later, what one of many needs."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Conflict
from core.text import clean
from referrals.guards import receives
from referrals.models import Referral, ReferralKind
from referrals.services.bounds import brought_wrong
from referrals.services.sender import may_refer
from referrals.services.told import once, tell_receiver
from referrals.shown import typed_for
from workflow.services import edit, lock

CHANGED = (
    "placement_paper", "papers", "health", "language", "needs_tonight", "brought_by", "brought_at", "contact",
)  # fmt: skip


def changeable(referral: Referral) -> list[str]:
    """Name what may be changed of a referral: of what its receiver reads, all but what was asked."""
    kind = referral.to_partner.kind if referral.to_partner else "province"
    known = typed_for(kind, of_person=referral.victim_id is not None)
    return [name for name in known if name in CHANGED]


def may_change(referral: Referral, by: Any) -> bool:
    """Return whether `by` may change what was shared: the sender's side, while it runs and was not handed over."""
    ours = referral.from_partner_id is None and not receives(referral, by)
    handed_over = referral.kind == ReferralKind.TRANSFER and not referral.is_unanswered
    return ours and referral.is_running and not handed_over and may_refer(referral.complaint, by)


@transaction.atomic
def change(referral: Referral, *, by: Any, version: int, changes: dict[str, Any]) -> tuple[Referral, list[User]]:
    """Change what the receiver reads, one history row a field, and tell the receiver; return the row and who was told.

    Raises PermissionDenied, Http404 out of scope, ValidationError by field, Conflict once it has ended or where `version`
    is stale.
    """
    row = lock(referral, by)
    if not row.is_running:
        raise Conflict(_("This has ended. What was shared is not changed any more."))
    if not may_change(row, by):
        raise PermissionDenied(_("Only the sender's side changes what was shared."))
    known = changeable(row)
    wrong = {name: [_("This receiver does not read it. Leave it out.")] for name in changes if name not in known}
    if "brought_at" in known and changes.get("brought_at") != row.brought_at:
        wrong |= brought_wrong(changes.get("brought_at"))
    if wrong:
        raise ValidationError(wrong)
    said = {name: clean(value) if isinstance(value, str) else value for name, value in changes.items()}
    edited = edit(row, by=by, version=version, changes=said)
    if edited.version == version:
        return edited, []
    return edited, tell_receiver(edited, "referral_changed", once(edited, f"changed-{edited.version}"), by)

"""Referrals sent at once, found again by the first of them: a repeated key answers what the first answer said."""

from collections.abc import Iterable

from core.text import clean
from referrals.models import Referral


def sent_with(first: Referral, people: Iterable[str]) -> list[str]:
    """Return the references of what was sent with `first`, itself included: of each person the earliest since then, by the same sender to the same receiver."""
    if first.victim_id is None:
        return [first.reference]
    alike = {
        "sent_by_id": first.sent_by_id,
        "to_partner_id": first.to_partner_id,
        "to_province_id": first.to_province_id,
    }
    rows = Referral.objects.filter(**alike, received_at__gte=first.received_at)
    rows = rows.filter(victim__reference__in={clean(text).upper() for text in people}).order_by("received_at", "pk")
    found: dict[str, str] = {}
    for victim, reference in rows.values_list("victim_id", "reference"):
        found.setdefault(str(victim), reference)
    return list(found.values())

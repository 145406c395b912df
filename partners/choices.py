"""The partners as a form or a question offers them."""

from partners.models import Partner


def partner_choices(*kinds: str) -> list[tuple[str, str]]:
    """Return the active partners of some kinds (all where none is named) as (reference, name), in the reader's language."""
    rows = Partner.objects.active().order_by("sort_name", "pk")
    return [(row.reference, row.name) for row in (rows.of_kind(*kinds) if kinds else rows)]

"""Partners of the ministry and their telephones."""

from partners.models.partner import Partner, PartnerPhone, PartnerQuerySet, partner_reference
from partners.models.words import PartnerKind, Service, Takes

__all__ = [
    "Partner",
    "PartnerKind",
    "PartnerPhone",
    "PartnerQuerySet",
    "Service",
    "Takes",
    "partner_reference",
]

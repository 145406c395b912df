"""Open a reporter's sealed identity: an act with a reason, recorded, seen by the integrity unit."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from audit.services import record
from complaints.models import Complaint, Contact, Reporter
from core.sealed import open_sealed
from core.text import clean


@dataclass(frozen=True)
class Revealed:
    """A reporter's identity, for this visit only."""

    relation: str
    name: str
    phone: str
    address: str
    safe_contact: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def reveal(complaint: Complaint, *, by: Any, reason: str) -> list[Revealed]:
    """Return the reporters of a complaint's contacts; the reason is kept in the audit.

    Raises PermissionDenied without `reporter.reveal`, Http404 out of scope, ValidationError without a reason.
    """
    if not by.may("reporter.reveal"):
        raise PermissionDenied(_("The reporter's identity is protected. Ask your supervisor."))
    row = Complaint.objects.visible_to(by).filter(pk=complaint.pk).first()
    if row is None:
        raise Http404
    record("reporter.reveal", by=by, about=row, purpose=_coded(_sufficient(reason)))
    rows = Reporter.objects.filter(contact__complaint=row).order_by("contact__received_at", "pk")
    return [_opened(reporter) for reporter in rows]


@transaction.atomic
def reveal_teller(contact: Contact, *, by: Any, reason: str) -> list[Revealed]:
    """Return who told one contact, if anything is known; the reason is kept in the audit. Raises as `reveal` does."""
    if not by.may("reporter.reveal"):
        raise PermissionDenied(_("The reporter's identity is protected. Ask your supervisor."))
    row = Contact.objects.visible_to(by).filter(pk=contact.pk).first()
    if row is None:
        raise Http404
    record("reporter.reveal", by=by, about=row, purpose=_coded(_sufficient(reason)))
    return [_opened(reporter) for reporter in Reporter.objects.filter(contact=row)]


def _sufficient(reason: str) -> str:
    reason = clean(reason)
    if len(reason) < 5:
        raise ValidationError({"reason": [_("Write down why you need to see it.")]})
    return reason


def _coded(reason: str) -> str:
    """Keep the reason's length only: typed words may name a person, and the audit holds no personal data."""
    return f"reason given ({len(reason)} characters)"


def _opened(reporter: Reporter) -> Revealed:
    contact = open_sealed(reporter, "safe_contact")
    return Revealed(
        relation=str(reporter.get_relation_display()),
        name=open_sealed(reporter, "name"),
        phone=open_sealed(reporter, "phone"),
        address=open_sealed(reporter, "address"),
        safe_contact=json.loads(contact) if contact else {},
    )

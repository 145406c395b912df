"""Let a contact that waits become a complaint's: the same row, none doubled; who told it stays sealed and comes along."""

import dataclasses
import datetime
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from complaints.came import columns_of, with_sealed
from complaints.contact_workflow import CONTACT, LET_IN_SEALED
from complaints.models import Complaint, Contact, ContactStatus, Handling, Relation, Reporter
from complaints.said import NEVER, ComplaintSaid, ContactSaid, ReporterSaid
from complaints.ways import PHONE, Way
from core.exceptions import Conflict
from core.phones import KEY_VERSION, e164
from core.sealed import keyed_hash, open_sealed
from workflow.services import lock, perform


def of_call(said: ComplaintSaid | ContactSaid) -> dict[str, Any]:
    """Return the key and the length a contact has from its call of the hotline: a call becomes one contact, once."""
    return {"id": UUID(said.call), "seconds": said.seconds} if said.call else {}


def write_reporter(contact: Contact, said: ReporterSaid) -> None:
    """Write, sealed, who told it; over what was known of them."""
    known = Reporter.objects.filter(contact=contact).first()
    row = known or Reporter(contact=contact)
    row.relation, row.name, row.phone, row.address = said.relation, said.name, said.phone, said.address
    row.safe_contact = json.dumps(said.safe_contact, ensure_ascii=False) if said.safe_contact else ""
    row.phone_hash, row.key_version = hash_of_phone(said.phone), KEY_VERSION
    row.save(force_insert=known is None)


def hash_of_phone(phone: str) -> bytes | None:
    """Return by what a reporter's telephone is found; None where it is no number."""
    number = e164(phone) if phone else ""
    return keyed_hash("phone", number) if number else None


def step_into(row: Contact) -> str:
    """Return the step by which a contact becomes a complaint's now; empty where it was dealt with, or is held apart in the inbox."""
    if row.status == ContactStatus.HELD and row.handling == Handling.SEALED:
        return LET_IN_SEALED
    return "file" if row.status == ContactStatus.WAITING else ""


def waiting(reference: str, by: Any) -> Contact:
    """Return a contact that can still become a complaint's, locked; raises Conflict where it was dealt with, or is not open to `by`."""
    found = Contact.objects.visible_to(by).filter(reference=reference.upper()[:20]).first()
    if found is None:
        raise Conflict(_("The message this comes from is not open to you any more. Nothing was saved."))
    try:
        row = lock(found, by)
    except Http404:
        raise Conflict(_("The message this comes from is not open to you any more. Nothing was saved.")) from None
    if not step_into(row):
        words = {"reference": row.reference, "status": row.get_status_display()}
        raise Conflict(
            _("Somebody was faster: %(reference)s is not waiting any more (%(status)s). Nothing was saved.") % words
        )
    return row


def with_teller(said: ComplaintSaid, by: Any) -> ComplaintSaid:
    """Return what is said with who told the contact it comes from; what is said anew stands over what was known."""
    if not said.contact:
        return said
    known = Reporter.objects.filter(contact=waiting(said.contact, by)).first()
    if known is None:
        return said
    return dataclasses.replace(said, reporter=_joined(opened(known), said.reporter))


def is_never_contacted(row: Reporter) -> bool:
    """Return whether a reporter is not to be contacted; nothing else of them is opened."""
    return _safe(row).get("way") == NEVER


def opened(row: Reporter) -> ReporterSaid:
    """Return what is known of who told it, for a service that carries it on; shown it is by `reveal` alone."""
    return ReporterSaid(
        name=open_sealed(row, "name"),
        phone=open_sealed(row, "phone"),
        address=open_sealed(row, "address"),
        relation=row.relation,
        safe_contact=_safe(row),
    )


def _safe(row: Reporter) -> dict[str, str]:
    said = open_sealed(row, "safe_contact")
    found: dict[str, str] = json.loads(said) if said else {}
    return found


def moved_to_teller(contact: Contact, ways: Sequence[Way]) -> ReporterSaid:
    """Return who told a contact with ways to reach them that stood in its words; what was known of them stays."""
    known = Reporter.objects.filter(contact=contact).first()
    teller = opened(known) if known else ReporterSaid()
    texts = [way.text for way in ways]
    phones = [way.text for way in ways if way.kind == PHONE]
    phone = teller.phone or next(iter(phones), "")
    rest = [text for text in texts if text != phone and text not in teller.address]
    return dataclasses.replace(teller, phone=phone, address="; ".join(filter(None, [teller.address, *rest])))


def has_phone(reference: str, by: Any) -> bool:
    """Return whether the telephone of who told a contact is known, of those `by` sees; it is not opened."""
    if not reference:
        return False
    seen = Contact.objects.visible_to(by).filter(reference=reference.upper()[:20])
    return seen.filter(reporter__phone_hash__isnull=False).exists()


def _joined(known: ReporterSaid, said: ReporterSaid | None) -> ReporterSaid:
    if said is None:
        return known
    return ReporterSaid(
        name=said.name or known.name,
        phone=said.phone or known.phone,
        address=_both(known.address, said.address),  # another way to find them takes none away
        relation=known.relation if said.relation == Relation.ANONYMOUS else said.relation,
        safe_contact={**known.safe_contact, **said.safe_contact},
    )


def _both(known: str, said: str) -> str:
    return known if said in known else said if known in said else f"{known}; {said}"


def take_in(complaint: Complaint, said: ComplaintSaid, by: Any, *, kind: str, adds: str = "", **step: Any) -> Contact:
    """Make the contact that waits the complaint's; its own words stay sealed as they came in."""

    def effect(row: Contact, _answers: dict[str, Any], moment: datetime.datetime) -> dict[str, Any]:
        names = kind == Contact.Kind.MORE and row.kind == Contact.Kind.NAMES
        return {
            "complaint_id": complaint.pk,
            "province_id": complaint.province_id,
            "handling": complaint.handling,
            "province_of_report_id": said.province_of_report or row.province_of_report_id,
            "kind": row.kind if names else kind,
            "narrative": adds,
            "status_at": moment,
            **columns_of(said.came, row.channel),
        }

    row = waiting(said.contact, by)
    name = step_into(row)
    asked: dict[str, Any] = {"complaint": complaint.reference} if name == "file" else {}
    done = perform(CONTACT, row, name, by=by, effect=effect, **asked, **step)
    reporter = with_sealed(said.reporter, said.came, row.channel)  # of the way it came in, as the open columns are
    if reporter is not None:
        write_reporter(done, reporter)
    return done

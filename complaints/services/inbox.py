"""Log what came in without making it a complaint, and deal with it: nothing is lost, nothing counts as a complaint that is none."""

import dataclasses
import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.came import columns_of, with_sealed
from complaints.checks import MAX_LANGUAGE, checked
from complaints.contact_workflow import (
    CONTACT,
    HELD,
    LET_IN_SEALED,
    NAMES,
    TRIAGE,
    sealed,
)
from complaints.guards import MINISTRY
from complaints.models import Complaint, Contact, ContactStatus, Handling, Stage, Urgency, turn_of
from complaints.models.deadline import due
from complaints.said import ComplaintSaid, ContactSaid
from complaints.services import passing_on
from complaints.services.comparing import mark
from complaints.services.contacts import add
from complaints.services.filing import moved_to_teller, of_call, write_reporter
from complaints.services.kept_signs import read, signs_of
from complaints.services.message_pages import is_by_code
from complaints.services.register import ROUTE as REGISTER
from complaints.services.register import find_registered, register
from complaints.ways import ways_in, without
from core.exceptions import Conflict
from core.text import clean
from provinces.services.mentions import provinces_in
from workflow.services import begin, lock, perform, submit_once

ROUTE = "contacts.log"
KINDS = {
    "spam": Contact.Kind.SPAM,
    "wrong_number": Contact.Kind.WRONG_NUMBER,
    "hold_again": Contact.Kind.NEW_REPORT,  # what is held came in by the public form
}
NOISE = {Contact.Kind.SPAM, Contact.Kind.WRONG_NUMBER}
BACK = "bring_back"  # its clock begins anew; what is let in keeps the limit that it had when it came in
WAITS_AGAIN = {BACK, "let_in"}  # it is compared
WORDLESS = NOISE  # nobody said anything


def log_contact(said: ContactSaid, *, by: Any, key: str) -> tuple[Contact, bool]:
    """Log a call or message once per `key`; it waits at the ministry. Returns it and whether this call made it.

    Raises PermissionDenied, ValidationError by field, Unprocessable for a key used with other words.
    """
    if not by.may(TRIAGE):
        raise PermissionDenied(_("Your role does not log calls and messages."))
    seen = Contact.objects.visible_to(by)
    return submit_once(
        key,
        by=by,
        route=ROUTE,
        body=said.body(),
        make=lambda: write_waiting(said, by),
        find=lambda reference: seen.filter(reference=reference).first(),
    )


@transaction.atomic
def write_waiting(
    said: ContactSaid,
    by: Any,
    *,
    status: str = ContactStatus.WAITING,
    handling: str = Handling.PROVINCIAL,
    raw: str = "",
    reads: bool = True,
) -> Contact:
    """Write a contact that waits (or is held apart, sealed or not), each time it is called; `raw` where more was said than can be shown.

    What the rules propose of it is kept with it. Not `reads`: the rules are not read on it now, and its urgency is said.
    """
    said = checked_contact(said)
    contact = Contact(
        **_said(said), logged_by=by, province_id=MINISTRY, status=status, handling=handling, raw=raw or said.narrative
    )
    proposed = read(contact).urgency.urgency if reads else Urgency.NORMAL
    _let_wait(contact, said.urgency or proposed)
    contact.save(force_insert=True)
    if said.reporter is not None:
        write_reporter(contact, said.reporter)
    begin(CONTACT, contact, by=by, step="log_contact", at=contact.received_at)
    mark(contact)
    return contact


def _said(said: ContactSaid) -> dict[str, Any]:
    """Return the columns of what was said."""
    copied = ("channel", "kind", "urgency", "language", "received_at", "narrative")
    return {
        **of_call(said),
        **columns_of(said.came, said.channel),
        **{name: getattr(said, name) for name in copied},
        "province_of_report_id": said.province_of_report or None,
    }


def _let_wait(contact: Contact, urgency: str) -> None:
    """Give a contact that came in its clock and its place in the queue."""
    contact.due_at = due(Stage.INBOX, urgency, contact.received_at)
    contact.turn = turn_of(urgency, contact.due_at)


def checked_contact(said: ContactSaid) -> ContactSaid:
    """Return what was said, cleaned by the rules of a complaint; raises ValidationError by field, all at once."""
    errors: dict[str, list[Any]] = {}
    if said.kind not in Contact.Kind.values:
        errors["kind"] = [_("Choose what it is.")]
    if said.urgency and said.urgency not in Urgency.values:
        errors["urgency"] = [_("Choose how urgent it is.")]
    language = ""
    try:
        language = clean(said.language)
    except ValidationError as error:
        errors["language"] = error.messages
    if len(language) > MAX_LANGUAGE:
        errors["language"] = [_("This is longer than %(most)s characters.") % {"most": MAX_LANGUAGE}]
    try:
        same = checked(_as_complaint(said))
    except ValidationError as error:
        errors |= error.message_dict
    if errors:
        raise ValidationError(errors)
    reporter = with_sealed(same.reporter, same.came, said.channel)
    checked_said: dict[str, Any] = {
        "narrative": clean(said.narrative),
        "reporter": reporter,
        "received_at": same.received_at,
    }
    return dataclasses.replace(said, language=language, came=same.came, **checked_said)


def _as_complaint(said: ContactSaid) -> ComplaintSaid:
    words = said.narrative
    if said.kind in WORDLESS and not words.strip():
        words = "—"  # the rule of a complaint asks for words; of these there are none to write down
    return ComplaintSaid(
        channel=said.channel,
        narrative=words,
        received_at=said.received_at,
        province_of_report=said.province_of_report,
        reporter=said.reporter,
        came=said.came,
    )


@transaction.atomic
def advance_contact(contact: Contact, step: str, *, by: Any, **said: Any) -> Contact:
    """Take one step of a contact; see `workflow.services.perform` for `said` and the errors.

    `file` adds it to the complaint whose reference is said, through the rules of `add_contact`; `let_in_sealed` registers
    the sealed complaint that a report of a flood would have been.
    """
    if step == "file":
        return _file(contact, by, **said)
    if step == LET_IN_SEALED:
        return _let_in_sealed(contact, by, said)
    if step == NAMES and by.may(TRIAGE):
        raise ValidationError(_("Names are entered with their list, not by a step alone."))

    def effect(row: Contact, values: dict[str, Any], moment: datetime.datetime) -> dict[str, Any]:
        again = _again(row, moment) if step == BACK else {}
        return {**values, **again, "status_at": moment, "kind": KINDS.get(step, row.kind)}

    done = perform(CONTACT, contact, step, by=by, effect=effect, **said)
    if step in WAITS_AGAIN:
        mark(done)
    return done


def _again(row: Contact, moment: datetime.datetime) -> dict[str, Any]:
    """Return the clock of what waits once more; it runs from now."""
    limit = due(Stage.INBOX, row.haste, moment)
    return {"due_at": limit, "turn": turn_of(row.haste, limit)}


def _file(
    contact: Contact,
    by: Any,
    *,
    complaint: str = "",
    urgency: str = "",
    official: str = "",
    words: str = "",
    numbers: str = "",
    **step: Any,
) -> Contact:
    if not by.may(TRIAGE):
        raise PermissionDenied(_("Your role does not allow this step."))
    row = Complaint.objects.visible_to(by).filter(reference=str(complaint).strip().upper()[:20]).first()
    if row is None:
        raise ValidationError({"complaint": [_("There is no complaint of this reference that you may see.")]})
    takes_part, told = passing_on.takes_part(official, contact, row, words), passing_on.going_on(contact, words)
    ways = passing_on.ways_to_move(numbers, told, row)
    said = ComplaintSaid(
        names_official=takes_part,
        channel=contact.channel,
        narrative=without(told, ways),
        reporter=moved_to_teller(contact, ways) if ways else None,
        received_at=contact.received_at,
        urgency=urgency or Urgency.NORMAL,
        contact=contact.reference,
    )
    add(row, said, by, step)
    return Contact._base_manager.get(pk=contact.pk)


def _let_in_sealed(contact: Contact, by: Any, step: dict[str, Any]) -> Contact:
    if not by.may(HELD):
        raise PermissionDenied(_("Your role does not allow this step."))
    row = lock(contact, by)
    sealed(row, by)
    if row.status != ContactStatus.HELD:
        raise Conflict(_("This step is not possible now: somebody may have been faster. Load the record again."))
    said = ComplaintSaid(
        channel=row.channel,
        narrative=row.narrative,
        received_at=row.received_at,
        urgency=row.haste,
        names_official=True,
        contact=row.reference,
    )
    register(said, by, step=step)
    return Contact._base_manager.get(pk=row.pk)


def accept_proposals(contact: Contact, *, by: Any, key: str) -> Complaint:
    """Make a complaint of a message as its words propose, once per `key`; the errors are `register_complaint`'s.

    What who logged it said of the urgency stands over what is proposed. A province is taken where but one is named.
    ValidationError where an official may be named, or a telephone or an address stands in the words that a province would
    read: who handles it, and whose that is, is then asked on the form; or where it came by the code.
    """
    complaint, _made = submit_once(
        key,
        by=by,
        route=REGISTER,
        body={"accepted": contact.reference},  # its words are the complaint's by the second press
        make=lambda: register(_proposed(contact), by),
        find=find_registered,
    )
    return complaint


def _proposed(contact: Contact) -> ComplaintSaid:
    contact = Contact._base_manager.get(pk=contact.pk)  # as it is kept, never as it was opened for a page
    if is_by_code(contact):
        raise ValidationError({"narrative": [_("Go over the words first.")]})
    signs = signs_of(contact)
    if signs.names_official:
        raise ValidationError({"names_official": [_("Say whether an official takes part.")]})
    if ways_in(contact.narrative):
        raise ValidationError({"narrative": [_("Say whose telephone number or address stands in the words.")]})
    provinces = provinces_in(contact.narrative)
    return ComplaintSaid(
        channel=contact.channel,
        narrative=contact.narrative,
        received_at=contact.received_at,
        urgency=contact.urgency or signs.urgency.urgency,
        province_of_report=contact.province_of_report_id or "",
        province_of_incident=provinces[0].code if len(provinces) == 1 else "",
        contact=contact.reference,
    )

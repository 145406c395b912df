"""A call of the hotline: begun, kept while it is typed, given on to a colleague, ended once."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.services import record
from complaints.contact_workflow import TRIAGE
from complaints.models import Call, CallKind, Channel, Complaint, Contact
from complaints.said import ComplaintSaid, ContactSaid
from complaints.services.contacts import add_contact
from complaints.services.hearers import triagers
from complaints.services.inbox import advance_contact, log_contact
from complaints.services.register import register_complaint
from core.exceptions import Conflict
from core.sealed import open_sealed
from core.text import clean
from notifications.kinds import Sort, Target
from notifications.kinds import register as register_kind
from notifications.services import notify
from workflow.services import submit_once

Pairs = list[tuple[str, str]]
ROUTE = "hotline.begin"
MOST_TYPED = 200_000  # characters of a form
ASKED = "code-asked"  # who looked which code up last in a call
NO_WORDS = {"spam": Contact.Kind.SPAM, "wrong_number": Contact.Kind.WRONG_NUMBER}
HANDED = register_kind(
    "call_handed",
    gettext_lazy("A call is handed to you"),
    Target("complaints.call", "hotline:call"),
    sort=Sort.WORK,
    urgent=True,
)


def begin_call(*, by: Any, key: str) -> Call:
    """Begin a call now, once per `key`; its clock is the server's. Raises PermissionDenied."""
    _require(by)
    mine = Call.objects.visible_to(by)

    def make() -> Call:
        call = Call.objects.create(by=by, began_by=by)
        record("call.begin", by=by, about=call)
        return call

    call, _made = submit_once(
        key,
        by=by,
        route=ROUTE,
        body={},
        make=make,
        find=lambda reference: mine.filter(reference=reference).first(),
    )
    return call


@transaction.atomic
def keep_call(call: Call, typed: Iterable[tuple[str, str]], *, by: Any) -> Call:
    """Keep what is typed so far, sealed, in place of what was kept before; raises Conflict where the call is not theirs now."""
    return _keep(held(call, by), typed)


def _keep(row: Call, typed: Iterable[tuple[str, str]]) -> Call:
    asked = [pair for pair in _pairs(row) if pair[0] == ASKED]  # of no form: it is kept beside what is typed
    return _write(row, [*(pair for pair in typed if pair[0] != ASKED), *asked])


def _write(row: Call, pairs: Pairs) -> Call:
    text = json.dumps([list(pair) for pair in pairs], ensure_ascii=False)
    if len(text) > MOST_TYPED:
        raise ValidationError(_("This is too long to be kept. Shorten the words."))
    row.body, row.kept_at = text, timezone.now()
    row.save(update_fields=["body", "kept_at"])
    return row


def typed_in(call: Call, *, by: Any) -> Pairs:
    """Return what was typed in a call, to who has it or is asked to take it; to nobody else, whoever began it."""
    if call.ended_at is not None or by.pk not in (call.by_id, call.handed_to_id):
        raise Http404
    return [pair for pair in _pairs(call) if pair[0] != ASKED]


def _pairs(call: Call) -> Pairs:
    text = open_sealed(call, "body")
    return [(name, value) for name, value in json.loads(text)] if text else []


def asked_code(call: Call, *, by: Any) -> str:
    """Return the code that was looked up last in a call by who has it; looking at it again is no new look."""
    last = dict(_pairs(call)).get(ASKED, "")
    return last.removeprefix(f"{by.pk}:") if last.startswith(f"{by.pk}:") else ""


@transaction.atomic
def keep_asked(call: Call, code: str, *, by: Any) -> None:
    """Keep, sealed, which code was looked up; raises Conflict where the call is not theirs now."""
    row = held(call, by)
    _write(row, [*typed_in(row, by=by), (ASKED, f"{by.pk}:{code}")])


def held(call: Call, by: Any) -> Call:
    """Return the call locked, if `by` has it and it goes on; raises Conflict with who has it, or what it became where they may know it."""
    row = Call.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk=call.pk).first()
    if row is None:
        raise Http404
    if row.ended_at is not None:
        raise _is_saved(row, by)
    if row.by_id != by.pk:
        raise _is_anothers(row)
    _require(by)
    return row


@transaction.atomic
def end_as_complaint(call: Call, said: ComplaintSaid, *, by: Any, more: str = "") -> Call:
    """End a call as a new complaint, or (`more`: a reference) as more about one; raises as the services of intake do."""
    row = held(call, by)
    said = replace(said, **_of_call(row), channel=Channel.HOTLINE.value)
    if more:
        seen = Complaint.objects.visible_to(by).filter(reference=more.strip().upper()[:20]).first()
        if seen is None:
            raise ValidationError({"more": [_("There is no complaint of this reference that you may see.")]})
        complaint, _made = add_contact(seen, said, by=by, key=str(row.pk))
    else:
        complaint, _made = register_complaint(said, by=by, key=str(row.pk))
    return _ended(row, complaint.reference, by)


@transaction.atomic
def end_as_contact(call: Call, said: ContactSaid, *, by: Any, kind: str, why: str = "") -> Call:
    """End a call as a contact that waits in the inbox; a wrong number or spam is set aside at once: `why` is asked by the page."""
    row = held(call, by)
    told = replace(said, **_of_call(row), kind=kind, channel=Channel.HOTLINE.value)
    contact, _made = log_contact(told, by=by, key=str(row.pk))
    if kind in NO_WORDS.values():
        note = clean(why) or _("Nothing was said in the call.")
        advance_contact(contact, kind, by=by, note=note)
    return _ended(row, contact.reference, by)


def contact_kind(kind: str) -> str:
    """Return what kind of contact a kind of call is: a threat, a child, a demand for money are reports."""
    return kind if kind in (CallKind.MORE, CallKind.ENQUIRY) else Contact.Kind.NEW_REPORT.value


def _of_call(row: Call) -> Mapping[str, Any]:
    return {"call": str(row.pk), "received_at": row.began_at, "seconds": row.length()}


def _ended(row: Call, became: str, by: Any) -> Call:
    """End it: the words now stand, sealed or not, where they belong, and no copy of them stays here."""
    row.ended_at, row.became, row.handed_to, row.handed_at, row.body = timezone.now(), became, None, None, ""
    row.save(update_fields=["ended_at", "became", "handed_to", "handed_at", "body"])
    record("call.end", by=by, about=row, detail={"became": became.partition("-")[0], "seconds": row.length()})
    return row


def colleagues(by: Any) -> QuerySet[User]:
    """Return who else answers the hotline."""
    return triagers().exclude(pk=by.pk).order_by("name", "pk")


@transaction.atomic
def hand_over(call: Call, typed: Iterable[tuple[str, str]], *, to: str, by: Any) -> Call:
    """Ask a colleague (a user name) to take the call; they see at once what was typed. It stays with `by` until they do."""
    row = held(call, by)
    colleague = colleagues(by).filter(username=to).first()
    if colleague is None:
        raise ValidationError({"to": [_("Choose a colleague who answers the hotline.")]})
    _keep(row, typed)
    row.handed_to, row.handed_at = colleague, timezone.now()
    row.save(update_fields=["handed_to", "handed_at"])
    event = record("call.hand_over", by=by, about=row, detail={"to": str(colleague.pk)})
    notify([colleague], HANDED.name, about=row, transition=event.pk)
    return row


@transaction.atomic
def take_over(call: Call, *, by: Any) -> Call:
    """Take a call that was handed to `by`, one that nobody goes on with, or back one that nobody took yet; its clock goes on."""
    _require(by)
    row = Call.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk=call.pk).first()
    if row is None:
        raise _is_out_of_sight(call, by)
    if row.ended_at is not None:
        raise _is_saved(row, by)
    is_left = Call.objects.left_to(by).filter(pk=row.pk).exists()
    if row.handed_to_id == by.pk or is_left:
        row.before, row.by, row.taken_at = row.by, by, timezone.now()
    elif row.by_id != by.pk:
        raise Conflict(_("This call is not handed to you any more."))
    row.handed_to = row.handed_at = None
    row.save(update_fields=["by", "before", "taken_at", "handed_to", "handed_at"])
    record("call.take_over", by=by, about=row, detail={"left": is_left})
    return row


def _is_out_of_sight(call: Call, by: Any) -> Exception:
    """Return what is said to who does not see a call: who was quicker to take one left, else that there is none."""
    taken = Call.objects.taken_lately(by).select_related("by").filter(pk=call.pk).first()
    if taken is None:
        return Http404()
    return _is_anothers(taken)


def _is_saved(call: Call, by: Any) -> Conflict:
    """Return what is said to who comes too late: as what it was saved, or only that a colleague has it."""
    if not may_know(call, by):
        return _is_anothers(call)
    return Conflict(_("This call was saved already, as %(what)s.") % {"what": call.became})


def _is_anothers(call: Call) -> Conflict:
    words = {"who": call.by.display_name}
    return Conflict(_("%(who)s has taken this call over, and saves it. Nothing was saved here.") % words)


def may_know(call: Call, by: Any) -> bool:
    """Return whether somebody may read what a call became: who saved it, and who may see that; to others it may be sealed."""
    if call.by_id == by.pk:
        return True
    return any(model.objects.visible_to(by).filter(reference=call.became).exists() for model in (Complaint, Contact))


def _require(by: Any) -> None:
    if not by.may(TRIAGE):
        raise PermissionDenied(_("Your role does not answer the hotline."))

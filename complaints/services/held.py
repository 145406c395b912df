"""Deal with several reports that are held apart: each by its own step, each with its own answer, and taken back by one press."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from complaints.contact_workflow import CONTACT, HELD, LET_IN_SEALED
from complaints.models import Contact, ContactStatus, Handling
from complaints.services.inbox import advance_contact
from core.display import number
from core.exceptions import Conflict
from core.text import clean
from workflow.models import Transition
from workflow.services import MAX_NOTE, lock

MOST = 100
LET_IN, SET_ASIDE, TAKE_BACK = "let_in", "spam", "hold_again"
ACTS = (LET_IN, SET_ASIDE, TAKE_BACK)
ASKS = (SET_ASIDE, TAKE_BACK)  # both keep a report from who would read it: a reason stands in the story of each
FROM = {
    LET_IN: (ContactStatus.HELD,),
    SET_ASIDE: (ContactStatus.HELD,),
    TAKE_BACK: (ContactStatus.SET_ASIDE, ContactStatus.WAITING),
}


@dataclass(frozen=True)
class Taking:
    """What is done, or would be, with one reference: `fits`, or why not; `contact` None where there is none to see."""

    reference: str
    contact: Contact | None
    fits: bool
    why: str = ""
    done: bool = False

    @property
    def goes_back(self) -> bool:
        """Return whether it can be held apart again; a complaint it became stands."""
        return self.done and self.contact is not None and self.contact.status != ContactStatus.FILED


def wanted(references: Iterable[str]) -> list[str]:
    """Return references once each, in the order given; raises ValidationError where there are none or too many."""
    found = list(dict.fromkeys(text for reference in references if (text := str(reference).strip().upper()[:40])))
    if not found:
        raise ValidationError({"references": [_("Tick the reports first.")]})
    if len(found) > MOST:
        raise ValidationError({"references": [_("At most %(most)s reports at once.") % {"most": number(MOST)}]})
    return found


def preview(references: Iterable[str], *, by: Any, act: str) -> list[Taking]:
    """Say of each reference whether the act would be done, and why not; constant queries.

    What `by` may not see is answered like what does not exist. Raises PermissionDenied, ValidationError by field.
    """
    _require(by, act)
    keys = wanted(references)
    seen = {row.reference: row for row in Contact.objects.visible_to(by).filter(reference__in=keys).for_list()}
    done = _by_me(seen.values(), by, act)
    return [_would(key, seen.get(key), act, done) for key in keys]


@transaction.atomic
def take_many(references: Iterable[str], *, by: Any, act: str, note: str = "") -> list[Taking]:
    """Take the step for each that is held apart, in order of id; pressed twice, the second time says it was done.

    A row that cannot be taken holds up no other. To set aside, or hold apart again, asks for a reason, which stands in the
    story of each.
    """
    looked = preview(references, by=by, act=act)
    note = _reason(act, note)
    found: dict[str, Taking] = {}
    for row in sorted(looked, key=lambda one: str(one.contact.pk) if one.contact else ""):
        found[row.reference] = _take(row, by, act, note) if row.fits else row
    return [found[row.reference] for row in looked]


def _reason(act: str, note: str) -> str:
    note = clean(note)
    if act in ASKS and not note:
        raise ValidationError({"note": [_("Write down why.")]})
    if len(note) > MAX_NOTE:
        raise ValidationError({"note": [_("This is longer than %(most)s characters.") % {"most": number(MAX_NOTE)}]})
    return note


def _take(row: Taking, by: Any, act: str, note: str) -> Taking:
    contact: Any = row.contact
    try:
        with transaction.atomic():
            now = lock(contact, by)  # a colleague may have let it in: what waits in the inbox is set aside one by one
            if now.status not in FROM[act]:
                return replace(row, fits=False, why=_moved(now))
            done = advance_contact(now, step_of(act, now), by=by, note=note)
    except (Conflict, ValidationError, PermissionDenied) as error:
        return replace(row, fits=False, why=_words(error))
    except Http404:
        return Taking(row.reference, None, fits=False, why=_unseen())
    return Taking(row.reference, done, fits=True, done=True)


def step_of(act: str, contact: Contact) -> str:
    """Return the step that an act is for a contact: what is sealed is let in as a sealed complaint."""
    return LET_IN_SEALED if act == LET_IN and contact.handling == Handling.SEALED else act


def _would(reference: str, contact: Contact | None, act: str, done: set[Any]) -> Taking:
    if contact is None:
        return Taking(reference, None, fits=False, why=_unseen())
    if contact.status in FROM[act]:
        return Taking(reference, contact, fits=True)
    if contact.pk in done:
        return Taking(reference, contact, fits=False, why=_("You did this already."), done=True)
    return Taking(reference, contact, fits=False, why=_moved(contact))


def _by_me(rows: Iterable[Contact], by: Any, act: str) -> set[Any]:
    """Return which of them stand where they do by the same act of one's own; one query."""
    targets = {step.name: step.target for step in CONTACT.steps if step.name in (*ACTS, LET_IN_SEALED)}
    there = [row.pk for row in rows if row.status == targets[step_of(act, row)]]
    taken = Transition.objects.filter(object_id__in=there, step__in=(act, LET_IN_SEALED), by=by)
    return set(taken.values_list("object_id", flat=True))


def _require(by: Any, act: str) -> None:
    if not by.may(HELD):
        raise PermissionDenied(_("Your role does not allow this step."))
    if act not in ACTS:
        raise ValidationError({"act": [_("Choose what is done with them.")]})


def _moved(contact: Contact) -> str:
    return _("It stands elsewhere by now: %(status)s.") % {"status": contact.get_status_display()}


def _unseen() -> str:
    return _("There is no message of this reference that you may see.")


def _words(error: Any) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(getattr(error, "message", error))

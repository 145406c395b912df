"""What the rules propose of a message: read when it comes in, kept in its row, and read again only where the rules changed.

To read a long text takes seconds (docs/decisions/0035). Its page, its release and one press on it take what is kept. Where
the rules are others by now it is read once more by who asks first, one message at a time, and kept for the next.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from complaints.checks import MAX_NARRATIVE
from complaints.models import Channel, Complaint, Contact, UrgencyRule
from complaints.services.message_pages import is_by_code, words_in
from complaints.signs import Found, Parts, ProposedUrgency, proposed_by, proposed_urgency
from complaints.triage import LANGUAGES, OFFICIALS, is_unread, may_name_official
from core.sealed import open_sealed

COLUMNS = ("signs_mark", "signs", "signs_official")
NEARLY = MAX_NARRATIVE - 2_200  # characters: what is longer was cut for the page, or nearly
MOST = 5  # messages of a complaint that are looked at for a cut one
READER = 1  # counted up where a text is read in another way


@dataclass(frozen=True)
class Signs:
    """What the words of a message propose, and whether they may speak of an official."""

    urgency: ProposedUrgency
    names_official: bool


def signs_of(contact: Contact) -> Signs:
    """Return what the rules, as they are now, propose of a message; one query, where it was read under these rules."""
    rules = tuple(UrgencyRule.objects.spoken())
    if is_by_code(contact):  # it grows while nobody reads it, and is short: nothing of it is kept
        return _read_now(words_in(contact), contact.language, rules)
    if contact.signs_mark != mark_of(rules):
        read(contact, rules)
        kept = {name: getattr(contact, name) for name in COLUMNS}
        Contact._base_manager.filter(pk=contact.pk).update(**kept)
    return _kept(contact, rules)


def read(contact: Contact, rules: Sequence[UrgencyRule] | None = None) -> Signs:
    """Read the words of a message, all that came in, and note in its columns what is proposed; who calls this saves them."""
    rules = tuple(UrgencyRule.objects.spoken()) if rules is None else rules
    words = all_of(contact)
    parts = Parts(words)
    contact.signs = [one.rule.code for one in proposed_urgency(parts, rules).found]
    contact.signs_official = may_name_official(words, parts=parts)
    contact.signs_mark = mark_of(rules)
    return _kept(contact, rules)


def _read_now(words: str, language: str, rules: Sequence[UrgencyRule]) -> Signs:
    parts = Parts(words)
    return Signs(proposed_urgency(parts, rules), may_name_official(words, language, parts))


def all_of(contact: Contact) -> str:
    """Return all that came in; what is read of it never leaves this process but as codes of rules."""
    return open_sealed(contact, "raw") or contact.narrative


def is_cut(contact: Contact) -> bool:
    """Return whether more came in than is shown of it, by its length; a short one is not opened for that."""
    if contact.channel != Channel.PUBLIC_FORM:
        return False  # what was taken down of a call may say who called: nobody opens it as words
    return len(getattr(contact.raw, "box", b"")) > NEARLY and len(open_sealed(contact, "raw")) > NEARLY


def cut_of(complaint: Complaint, user: Any) -> Contact | None:
    """Return the message of which a complaint shows the beginning alone, for who may open messages; no query where it is not long."""
    if len(complaint.narrative) < NEARLY or not user.may("contact.read"):
        return None
    seen = Contact.objects.visible_to(user).filter(complaint=complaint).order_by("received_at", "pk")
    return next((row for row in seen[:MOST] if is_cut(row)), None)


def mark_of(rules: Sequence[UrgencyRule]) -> str:
    """Return what changes where anything changes by which a text is read."""
    said = [[rule.code, rule.words, rule.exceptions, rule.reads_ages] for rule in rules]
    told = json.dumps([READER, said, OFFICIALS, sorted(LANGUAGES)], ensure_ascii=False)
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def _kept(contact: Contact, rules: Sequence[UrgencyRule]) -> Signs:
    spoken = [Found(rule, []) for rule in rules if rule.code in contact.signs]
    return Signs(proposed_by(spoken), contact.signs_official or is_unread(contact.language))
